"""Väntar på patientuppgifter (V3)."""

from chalicelib.api.booking_views import relations_of
from chalicelib.api.endpoint import endpoint
from chalicelib.api.integration_views import pending_view
from chalicelib.api.schemas import integration as schemas
from chalicelib.api.schemas import patients as patient_schemas
from chalicelib.api.schemas import visits as visit_schemas
from chalicelib.api.visit_views import visit_view
from chalicelib.api.visits import RELATIONS_REFUSED
from chalicelib.domain.session import StaffSession
from chalicelib.domain.staff import Staff
from chalicelib.services import complete_booking as complete
from chalicelib.services import pending_bookings as pending
from chalicelib.services.ports import Ports
from chalicelib.services.show_visit import page_of


@endpoint(
    "GET",
    "/pending-bookings",
    audience="staff",
    action="pending_bookings",
    summary="Väntar på patientuppgifter: my bookings from another system that cannot be visits yet",
    spec="V3",
)
def pending_bookings(ports: Ports, staff: Staff) -> schemas.PendingBookings:
    return schemas.PendingBookings(bookings=[pending_view(each) for each in pending.pending_bookings(ports, staff)])


@endpoint(
    "POST",
    "/pending-bookings/{booking_id}/number",
    audience="staff",
    action="pending_bookings",
    summary="The whole identity number, to create the patient with; logged",
    spec="V3, S6",
    problems={404: "not_found", 429: "too_many_attempts"},
)
def pending_number(ports: Ports, staff: Staff, booking_id: str) -> patient_schemas.FullNumber:
    number = pending.reveal_pending_number(ports, staff, booking_id).digits
    return patient_schemas.FullNumber(f"{number[:8]}-{number[8:]}")


@endpoint(
    "POST",
    "/pending-bookings/{booking_id}/complete",
    audience="staff",
    action="pending_bookings",
    summary="Make it a visit and send its link, with a child's ombud chosen",
    spec="V3, P6",
    problems={
        400: f"{RELATIONS_REFUSED}, patient_contact_missing, starts_in_past",
        404: "not_found, unknown_guardian",
        409: "unknown_patient, deceased, deregistered, referred, guardian_may_not_act, changed_meanwhile",
    },
)
def complete_booking(
    ports: Ports, session: StaffSession, booking_id: str, body: schemas.CompleteBooking
) -> visit_schemas.VisitView:
    visit = complete.complete_booking(ports, session.staff, booking_id, relations_of(body.relations))
    return visit_view(page_of(ports, visit, visit.owner), session.join_button_text)
