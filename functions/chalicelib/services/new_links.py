"""The links of those who come in by one, from when they are invited until a set time after the visit's end (G5)."""

from datetime import timedelta

from chalicelib.domain.ids import secret_hash
from chalicelib.domain.link import Link, link_token
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.visit import Participant, Visit
from chalicelib.services.ports import Ports


def new_link(ports: Ports, organisation: Organisation, visit: Visit, person: Participant) -> Link:
    """The row of the person's link; `link_id` is in them already."""
    return Link(
        token_hash=secret_hash(link_token(ports.settings.link_key, person.link_id)),
        link_id=person.link_id,
        visit_id=visit.visit_id,
        participant_id=person.participant_id,
        expires_at=visit.ends_at + timedelta(minutes=organisation.link_open_minutes_after_end),
        open_minutes=organisation.link_open_minutes_after_end,
    )
