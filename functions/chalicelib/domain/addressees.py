"""Who is written to about a visit, and how."""

from collections.abc import Iterator

from chalicelib.domain.text_keys import TextChannel
from chalicelib.domain.visit import Participant, Visit


def addressees(visit: Visit) -> Iterator[tuple[Participant, TextChannel]]:
    """Everyone outside the organisation who can be written to, and how: SMS, else e-mail."""
    for person in visit.participants:
        channel = channel_of(person)
        if channel is not None:
            yield person, channel


def channel_of(person: Participant) -> TextChannel | None:
    """None for staff, and for who has neither number nor address."""
    if person.hsa_id or person.role == "staff":
        return None
    if person.contact.phone:
        return "sms"
    return "email" if person.contact.email else None
