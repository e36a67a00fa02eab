"""Redigera deltagare: guests, staff and colleagues are added and removed, also while the call runs (G1, G3, G4, G5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.concealed import Concealed
from chalicelib.domain.access import require
from chalicelib.domain.audit import of_visit
from chalicelib.domain.changes import Change, Count, Create
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation, StaffMember, require_clinicians
from chalicelib.domain.participants import Additions, added, require_not_own, require_removable, with_added
from chalicelib.domain.patient import Patient
from chalicelib.domain.removal import without_participant
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Participant, Visit, was_removed
from chalicelib.domain.visit_messages import invitation, removed_messages
from chalicelib.errors import NotFound
from chalicelib.services.change_visit import Decision
from chalicelib.services.end_participation import end_participation_now
from chalicelib.services.known_organisation import organisation_of
from chalicelib.services.log_access import change_as_staff, log_visit_read
from chalicelib.services.new_links import new_link
from chalicelib.services.open_visit import open_visit
from chalicelib.services.ports import Ports

# Far above what one clinician invites by hand; each change adds at most 24 people.
CHANGES, CHANGES_WINDOW_S = 300, 3600


@dataclass(frozen=True, slots=True, repr=False)
class _Context(Concealed):
    """What adding needs of the database: `members` are those asked for."""

    organisation: Organisation
    patients: Sequence[Patient]
    members: Sequence[StaffMember]


def add_participants(ports: Ports, staff: Staff, visit_id: str, wanted: Additions) -> Visit:
    """The visit with them in it: visit, links, messages and access log in one transaction; the same request adds once.

    Raises NotFound, BadInput (`unknown_staff`), TooManyAttempts, and Conflict (`own_number`, `already_in_visit`,
    `too_many_participants`, `visit_over`).
    """
    opened, _ = open_visit(ports, staff, visit_id, "change_participants")
    context = _context(ports, staff, opened, wanted)
    now = ports.clock.now()

    def decide(visit: Visit) -> Decision | None:
        people = _allowed(visit, wanted, context)
        if not people:
            return None
        after = with_added(visit, people)
        return after, [*_invited(ports, after, people, context.organisation, now), *_logged(staff, visit, "add", now)]

    return change_as_staff(ports, staff, opened, decide)


def preview_additions(
    ports: Ports, staff: Staff, visit_id: str, wanted: Additions
) -> tuple[Visit, list[OutboxMessage]]:
    """The visit as it would be, and what would be sent; nothing but the access is written. Raises as `add_participants`."""
    visit, _ = open_visit(ports, staff, visit_id, "change_participants")
    log_visit_read(ports, staff, visit, "participant.preview")
    context = _context(ports, staff, visit, wanted)
    people = _allowed(visit, wanted, context)
    after = with_added(visit, people)
    return after, _messages(after, people, context.organisation, ports.clock.now())


def remove_participant(ports: Ports, staff: Staff, visit_id: str, participant_id: str) -> Visit:
    """The visit without them, at once everywhere; of a visit to come they are told. Removing again changes nothing.

    Raises NotFound, and Conflict (`not_removable`, `visit_over`).
    """
    opened, _ = open_visit(ports, staff, visit_id, "change_participants")
    organisation = organisation_of(ports, opened)
    now = ports.clock.now()

    def decide(visit: Visit) -> Decision | None:
        require(visit, "staff", "change_participants")
        if was_removed(visit, participant_id):
            return None
        person = visit.participant(participant_id)
        require_removable(visit, person)
        after, also = without_participant(visit, person, now)
        told = removed_messages(visit, person, now, organisation)
        return after, [*also, *map(Create, told), *_logged(staff, visit, "remove", now)]

    visit = change_as_staff(ports, staff, opened, decide)
    end_participation_now(ports, visit)
    return visit


def _context(ports: Ports, staff: Staff, visit: Visit, wanted: Additions) -> _Context:
    organisation, patients, members = ports.store.booking_context(staff.org_id, visit.patient_ids, wanted.hsa_ids)
    if organisation is None or len(patients) < len(visit.patient_ids):
        raise NotFound("the visit's patient is not there")
    require_clinicians(members, wanted.hsa_ids)
    return _Context(organisation, patients, members)


def _allowed(visit: Visit, wanted: Additions, context: _Context) -> tuple[Participant, ...]:
    require(visit, "staff", "change_participants")
    require_not_own(
        [guest.contact for guest in wanted.guests], visit, [patient.contact for patient in context.patients]
    )
    return added(visit, wanted, context.members)


def _invited(
    ports: Ports, visit: Visit, people: Sequence[Participant], organisation: Organisation, now: datetime
) -> list[Change]:
    links = [new_link(ports, organisation, visit, person) for person in people if person.link_id]
    return [*map(Create, links), *map(Create, _messages(visit, people, organisation, now))]


def _messages(
    visit: Visit, people: Sequence[Participant], organisation: Organisation, now: datetime
) -> list[OutboxMessage]:
    written = (invitation(visit, person, now, organisation) for person in people)
    return [message for message in written if message is not None]


def _logged(staff: Staff, visit: Visit, what: str, now: datetime) -> list[Change]:
    entries = of_visit(staff, f"participant.{what}", now, visit)
    return [*map(Create, entries), Count(f"participants#{staff.org_id}#{staff.hsa_id}", CHANGES, CHANGES_WINDOW_S)]
