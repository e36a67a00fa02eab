"""The visit that another system's booking becomes, and how it follows it (V1, V4): what one transaction writes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.booked_visit import visit_of
from chalicelib.domain.booking import BookedPatient, Booking, visit_id_of
from chalicelib.domain.changes import Change, Create, Put, changed, created
from chalicelib.domain.imported_booking import ImportedBooking, Wanted
from chalicelib.domain.link import Link
from chalicelib.domain.organisation import Organisation, StaffMember
from chalicelib.domain.patient import Patient
from chalicelib.domain.pending import kind_of
from chalicelib.domain.rebooking import cancelled, is_at_another_time, moved, with_staff
from chalicelib.domain.relations import Relation
from chalicelib.domain.reminders import reminder_plan
from chalicelib.domain.removal import without_participant
from chalicelib.domain.visit import Form, Rebooking, Visit
from chalicelib.domain.visit_messages import cancelled_messages, invitations, moved_messages
from chalicelib.services.new_links import new_link
from chalicelib.services.ports import Ports

# Beside each change of a visit: who did it.
Entries = Callable[[str, Visit], Iterable[AuditEntry]]
Written = tuple[Visit, list[Change]]


@dataclass(frozen=True, slots=True, repr=False)
class Scene(Concealed):
    """Where it takes place; `staff` are those who are wanted in the visit, in that order."""

    ports: Ports
    organisation: Organisation
    staff: Sequence[StaffMember]
    now: datetime
    entries: Entries


def planned_visit_id(org_id: str, owner_hsa_id: str, booking_id: str, visits: int) -> str:
    """Of a booking's first visit, its second after it was cancelled and booked again, and so on."""
    return visit_id_of(org_id, owner_hsa_id, _request(booking_id, visits))


def new_visit(
    scene: Scene, booking: ImportedBooking, wanted: Wanted, patient: Patient, relations: tuple[Relation, ...] = ()
) -> Written:
    """The booked visit, with links, invitations and reminders. Raises what `domain.booked_visit.visit_of` does."""
    asked = Booking(
        request_id=_request(booking.booking_id, booking.visits),
        kind=kind_of(patient, wanted, scene.organisation),
        starts_at=wanted.starts_at,
        duration_minutes=_minutes(wanted),
        reason=wanted.reason,
        patients=(BookedPatient(patient_id=patient.patient_id),),
        relations=relations,
        form=_form(wanted),
    )
    visit = visit_of(asked, scene.organisation, [patient], scene.staff, scene.now)
    visit = replace(visit, external_id=booking.external_id)
    links = (new_link(scene.ports, scene.organisation, visit, each) for each in visit.participants if each.link_id)
    return visit, [
        *created(visit),
        *map(Create, links),
        *map(Create, invitations(visit, scene.now, scene.organisation)),
        *map(Create, reminder_plan(visit, scene.organisation, scene.now)),
        *map(Create, scene.entries("visit.book", visit)),
    ]


def followed_visit(scene: Scene, visit: Visit, before: Wanted, wanted: Wanted) -> Written | None:
    """The visit after what the other system has changed since `before`; None where that is nothing.

    What it has not changed stays as staff here have made it.
    """
    after, also = _with_people(scene, visit, before, wanted)
    if before.reason != wanted.reason:
        after = replace(after, reason=wanted.reason)
    if (before.starts_at, before.ends_at) != (wanted.starts_at, wanted.ends_at):
        at_its_time = moved(after, wanted.starts_at, _minutes(wanted), Rebooking("", scene.now))
        after = at_its_time if is_at_another_time(after, at_its_time) else after
    if after == visit:
        return None
    after = replace(after, version=visit.version + 1)
    if not is_at_another_time(visit, after):
        entries = scene.entries("visit.change_participants", after)
        return after, [*changed(visit, after), *also, *map(Create, entries)]
    return after, [
        *changed(visit, after),
        *also,
        *map(Put, _longer_links(scene, visit, after)),
        *map(Create, moved_messages(after, scene.now, scene.organisation)),
        *map(Create, reminder_plan(after, scene.organisation, scene.now)),
        *map(Create, scene.entries("visit.reschedule", after)),
    ]


def _longer_links(scene: Scene, before: Visit, after: Visit) -> list[Link]:
    """The rows of links that must be kept longer than before."""
    if after.ends_at <= before.ends_at:
        return []
    return [new_link(scene.ports, scene.organisation, after, each) for each in after.participants if each.link_id]


def cancelled_visit(scene: Scene, visit: Visit) -> Written:
    """Cancelled by the other system; who was invited is told, unless the visit's time is over."""
    after = replace(cancelled(visit, "", Rebooking("", scene.now), "system"), version=visit.version + 1)
    told = [] if visit.ends_at <= scene.now else cancelled_messages(after, scene.now, scene.organisation)
    return after, [*changed(visit, after), *map(Create, told), *map(Create, scene.entries("visit.cancel", after))]


def _with_people(scene: Scene, visit: Visit, before: Wanted, wanted: Wanted) -> Written:
    """The owner and the staff as the other system now wants them; those whom staff here have added stay."""
    after, also = visit, list[Change]()
    for member in scene.staff:
        if member.hsa_id not in before.staff or member.hsa_id == wanted.staff[0] != before.staff[0]:
            after = with_staff(after, member)
    if wanted.staff[0] != before.staff[0]:
        owner = scene.staff[0]
        after = replace(after, owner_hsa_id=owner.hsa_id, unit_id=owner.unit_id, unit_name=owner.unit_name)
    for hsa_id in before.staff:
        person = after.staff(hsa_id)
        if hsa_id not in wanted.staff and person is not None and hsa_id != after.owner_hsa_id:
            after, more = without_participant(after, person, scene.now)
            also += [each for each in more if isinstance(each, Create)]  # rows of the start page go with the visit's
    return _of_form(after, before, wanted), also


def _of_form(visit: Visit, before: Wanted, wanted: Wanted) -> Visit:
    return visit if _form(before) is _form(wanted) else replace(visit, form=_form(wanted))


def _form(wanted: Wanted) -> Form:
    """Several practitioners are a team (B6)."""
    return Form.TEAM if len(wanted.staff) > 1 else Form.INDIVIDUAL


def _minutes(wanted: Wanted) -> int:
    return int((wanted.ends_at - wanted.starts_at).total_seconds()) // 60


def _request(booking_id: str, visits: int) -> str:
    return f"{booking_id}#{visits}"
