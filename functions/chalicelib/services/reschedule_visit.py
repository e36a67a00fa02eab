"""Omboka: another time, another owner, another reason; everyone concerned is told (B4, B9)."""

from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.access import require
from chalicelib.domain.audit import of_visit
from chalicelib.domain.booking import FARTHEST
from chalicelib.domain.changes import MOST_IN_ONE, Change, Count, Create, Put, changed
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import require_clinicians
from chalicelib.domain.rescheduling import Rescheduling, fitting, is_carried_out, require_as_seen
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Rebooking, Visit
from chalicelib.errors import NotFound
from chalicelib.services.change_visit import Decision
from chalicelib.services.end_participation import end_participation_now
from chalicelib.services.find_overlaps import Overlap, find_overlaps
from chalicelib.services.log_access import change_as_staff, log_visit_read, refusal_as_reading
from chalicelib.services.open_visit import open_visit
from chalicelib.services.planned_move import Around, Move, planned_move
from chalicelib.services.ports import Ports

# Far above what one clinician changes by hand; each change writes to everyone in the visit.
CHANGES, CHANGES_WINDOW_S = 300, 3600


def reschedule_visit(ports: Ports, staff: Staff, visit_id: str, wanted: Rescheduling) -> Visit:
    """The visit as it is booked now: with start pages' rows, links, messages and access log in one transaction.

    The same request again changes nothing. Raises NotFound (also `unknown_guardian`), BadInput (`starts_in_past`,
    `starts_too_far`, `unknown_staff`, `patient_contact_missing`, `ombud_contact_missing`, and what
    `rescheduling.require_movable` raises), Conflict (`booking_changed`, `visit_begun`, `visit_over`, `deceased`,
    `deregistered`, `referred`, `own_number`, `guardian_may_not_act`, `too_many_participants`), and TooManyAttempts.
    """
    opened, _ = open_visit(ports, staff, visit_id, "reschedule")
    around = _around(ports, opened, wanted)
    by = Rebooking(staff.name, ports.clock.now())
    with refusal_as_reading(ports, staff, opened):
        planned = _planned(ports, opened, wanted, around, by)
    ahead = _written_ahead(ports, staff, opened, planned, by.at)

    def decide(visit: Visit) -> Decision | None:
        require(visit, "staff", "reschedule")
        move = _planned(ports, visit, wanted, around, by)
        if move is None:
            return None
        return move.visit, _changes(staff, visit, move, by.at, ahead)

    after = change_as_staff(ports, staff, opened, decide)
    end_participation_now(ports, after)
    return after


@dataclass(frozen=True, slots=True, repr=False)
class PlannedMove(Concealed):
    """What would become of the visit, what would be sent, and what the clinicians in it have at the same time.

    `visit` has also those in it who would be so no longer: one of them may be written to.
    """

    visit: Visit
    messages: list[OutboxMessage]
    overlaps: list[Overlap]


def preview_rescheduling(ports: Ports, staff: Staff, visit_id: str, wanted: Rescheduling) -> PlannedMove:
    """Nothing but the access is written. Raises as `reschedule_visit`."""
    visit, _ = open_visit(ports, staff, visit_id, "reschedule")
    log_visit_read(ports, staff, visit, "visit.preview")
    by = Rebooking(staff.name, ports.clock.now())
    move = _planned(ports, visit, wanted, _around(ports, visit, wanted), by)
    if move is None:
        return PlannedMove(visit, [], [])
    return PlannedMove(_with_both(visit, move.visit), move.messages, find_overlaps(ports, [move.visit]))


def _with_both(before: Visit, after: Visit) -> Visit:
    staying = {person.participant_id for person in after.participants}
    gone = (person for person in before.participants if person.participant_id not in staying)
    return replace(after, participants=(*after.participants, *gone))


def _around(ports: Ports, visit: Visit, wanted: Rescheduling) -> Around:
    named = [wanted.owner_hsa_id] if wanted.owner_hsa_id not in {None, visit.owner_hsa_id} else []
    organisation, patients, members = ports.store.booking_context(visit.org_id, visit.patient_ids, named)
    if organisation is None or len(patients) < len(visit.patient_ids):
        raise NotFound("the visit's patient is not there")
    require_clinicians(members, named, "owner_hsa_id")
    owner = members[0] if named else None
    return Around(organisation, patients, owner)


def _planned(ports: Ports, visit: Visit, wanted: Rescheduling, around: Around, by: Rebooking) -> Move | None:
    """None for what has been done already."""
    asked = fitting(wanted, visit)
    if is_carried_out(asked, visit):
        return None
    require_as_seen(visit, asked.sequence)
    return planned_move(ports, visit, asked, around, by)


def _written_ahead(ports: Ports, staff: Staff, visit: Visit, move: Move | None, now: datetime) -> frozenset[str] | None:
    """Of a large group more is written than fits in one transaction: then the access log comes first, and the links' rows,
    whose ids this tells. None where all fits in one.

    What they say is right also when the rest then is not written: the access has taken place, and links follow the visit
    whatever their rows say, which are kept as long as another editor could need them who moves it meanwhile.
    """
    if move is None or len([*changed(visit, move.visit), *_changes(staff, visit, move, now)]) <= MOST_IN_ONE:
        return None
    longest = now + FARTHEST
    ports.store.commit([*(Put(replace(link, expires_at=longest)) for link in move.links), *_entries(staff, visit, now)])
    return frozenset(link.link_id for link in move.links)


def _changes(
    staff: Staff, visit: Visit, move: Move, now: datetime, ahead: frozenset[str] | None = None
) -> list[Change]:
    """What goes with the visit, but for what was written ahead of it."""
    links = (Put(link) for link in move.links if link.link_id not in (ahead or ()))
    entries = [] if ahead is not None else _entries(staff, visit, now)
    count = Count(f"rebooking#{staff.org_id}#{staff.hsa_id}", CHANGES, CHANGES_WINDOW_S)
    return [*links, *entries, *map(Create, move.messages), *move.others, count]


def _entries(staff: Staff, visit: Visit, now: datetime) -> list[Change]:
    return [Create(entry) for entry in of_visit(staff, "visit.reschedule", now, visit)]
