"""The visit page as one clinician sees it (S1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.concealed import Concealed
from chalicelib.domain.access import Action, offered
from chalicelib.domain.audit import of_visit
from chalicelib.domain.changes import Create
from chalicelib.domain.deliveries import delivery_ids
from chalicelib.domain.link import link_token, link_url
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.patient import Patient
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Form, Participant, Visit
from chalicelib.errors import NotFound
from chalicelib.services.known_patient import patients_of
from chalicelib.services.log_access import log_visit_read
from chalicelib.services.open_visit import open_visit
from chalicelib.services.ports import Ports


@dataclass(frozen=True, slots=True, repr=False)
class VisitPage(Concealed):
    """`patients` in the visit's order; `messages`: what its people were sent."""

    visit: Visit
    me: Participant
    patients: tuple[Patient, ...]
    messages: tuple[OutboxMessage, ...]
    actions: list[Action]


def show_visit(ports: Ports, staff: Staff, visit_id: str) -> VisitPage:
    """The page, logged as an access before it is shown. Raises NotFound."""
    visit, me = open_visit(ports, staff, visit_id, "view")
    log_visit_read(ports, staff, visit, "visit.view")
    return page_of(ports, visit, me)


def page_of(ports: Ports, visit: Visit, me: Participant) -> VisitPage:
    """The page of a visit already opened or just changed."""
    ids = delivery_ids(visit)
    messages = ports.store.messages(ids) if ids else ()
    return page_with(visit, me, patients_of(ports, visit), messages, ports.clock.now())


def page_with(
    visit: Visit, me: Participant, patients: Iterable[Patient], messages: Iterable[OutboxMessage], now: datetime
) -> VisitPage:
    """The page of what is at hand already."""
    may = offered(visit, me.role, now)
    actions = [action for action in may if action != "change_relations" or _has_relations(visit)]
    return VisitPage(visit, me, tuple(patients), tuple(messages), actions)


def _has_relations(visit: Visit) -> bool:
    """Nobody acts for a group's patients, or for a relative (B7, B8)."""
    return visit.form in {Form.INDIVIDUAL, Form.TEAM}


def copy_link(ports: Ports, staff: Staff, visit_id: str, participant_id: str) -> str:
    """Someone's own link, to be passed on by hand (B2, G3), also where no message reaches them (B10); logged.

    A patient's and an ombud's let in nobody else: they ask for that person's e-ID (G6). Raises NotFound, also for those who
    come in without a link.
    """
    visit, _ = open_visit(ports, staff, visit_id, "copy_link")
    person = visit.participant(participant_id)
    if not person.link_id:
        raise NotFound("no such link")
    ports.store.commit([*map(Create, of_visit(staff, "link.copy", ports.clock.now(), visit))])
    return link_address(ports, person)


def link_address(ports: Ports, person: Participant) -> str:
    """The address of this person's link, made anew from the link key: it is stored nowhere."""
    return link_url(ports.settings.public_url, link_token(ports.settings.link_key, person.link_id))
