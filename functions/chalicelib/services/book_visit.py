"""Booking: one read round, one transaction, and the same answer to the same request sent again (B2, B3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import by_staff, of_visit
from chalicelib.domain.booking import Booking, require_sensible_time, visit_of
from chalicelib.domain.changes import Change, Count, Create, created
from chalicelib.domain.invitations import invitations
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.participants import require_not_own
from chalicelib.domain.patient import Patient
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Visit
from chalicelib.errors import BadInput, Conflict, NotFound, VardrumError
from chalicelib.services.log_access import log_read, log_visit_read
from chalicelib.services.new_links import new_link
from chalicelib.services.ports import Ports
from chalicelib.services.show_visit import VisitPage, page_of, page_with

# Far above what one clinician books by hand; each booking sends up to eleven messages.
BOOKINGS, BOOKINGS_WINDOW_S = 300, 3600


@dataclass(frozen=True, slots=True, repr=False)
class _Plan(Concealed):
    """What a booking becomes, and whom it concerns."""

    visit: Visit
    organisation: Organisation
    patient: Patient
    messages: list[OutboxMessage]


def book_visit(
    ports: Ports, staff: Staff, patient_id: str, colleagues: Sequence[str], booking: Booking
) -> tuple[VisitPage, bool]:
    """The booked visit's page, and whether it was booked now: visit, links, messages and audit in one transaction.

    The page is made of what was written: nothing is read again. Raises BadInput (`starts_in_past`, `starts_too_far`,
    `unknown_staff`), NotFound for an unknown patient, TooManyAttempts, and what `domain.booking.visit_of` raises.
    """
    plan = _planned(ports, staff, patient_id, colleagues, booking)
    visit = plan.visit
    changes: list[Change] = [
        *created(visit),
        *(Create(new_link(ports, plan.organisation, visit, each)) for each in visit.participants if each.link_id),
        *(Create(message) for message in plan.messages),
        *map(Create, of_visit(staff, "visit.book", visit.created_at, visit)),
        Count(f"booking#{staff.org_id}#{staff.hsa_id}", BOOKINGS, BOOKINGS_WINDOW_S),
    ]
    try:
        ports.store.commit(changes)
    except Conflict:
        return _booked_before(ports, staff, visit), False
    return page_with(visit, visit.owner, [plan.patient], plan.messages), True


def preview_booking(
    ports: Ports, staff: Staff, patient_id: str, colleagues: Sequence[str], booking: Booking
) -> tuple[Visit, list[OutboxMessage]]:
    """What `book_visit` would write and send; nothing but the access is written. Raises as it does."""
    plan = _planned(ports, staff, patient_id, colleagues, booking)
    log_read(ports, by_staff(staff, "visit.preview", plan.visit.created_at, patient_id=patient_id))
    return plan.visit, plan.messages


def _planned(ports: Ports, staff: Staff, patient_id: str, colleagues: Sequence[str], booking: Booking) -> _Plan:
    now = ports.clock.now()
    require_sensible_time(booking.starts_at, now)
    wanted = list(dict.fromkeys((staff.hsa_id, *colleagues)))
    organisation, patients, members = ports.store.booking_context(staff.org_id, [patient_id], wanted)
    if organisation is None or not patients:
        raise NotFound("no such patient")
    if len([member for member in members if "clinician" in member.roles]) < len(wanted):
        raise BadInput("not staff of this organisation", code="unknown_staff", field="staff")
    (patient,) = patients
    try:
        visit = visit_of(booking, organisation, patient, members, now)
        require_not_own([guest.contact for guest in booking.guests], visit, [patient.contact])
    except VardrumError:  # why it cannot be booked tells of the patient
        log_read(ports, by_staff(staff, "visit.preview", now, patient_id=patient_id))
        raise
    visit = replace(visit, unit_id=staff.unit_id, unit_name=staff.unit_name)  # of the commission that is worked on
    return _Plan(visit, organisation, patient, invitations(visit, now))


def _booked_before(ports: Ports, staff: Staff, planned: Visit) -> VisitPage:
    """The same request has booked already, and the visit may have gone on since."""
    visit = ports.store.visit(planned.visit_id)
    me = visit.staff(staff.hsa_id) if visit else None
    if visit is None or me is None:
        raise Conflict("the booking could not be written", code="changed_meanwhile")
    log_visit_read(ports, staff, visit, "visit.view")
    return page_of(ports, visit, me)
