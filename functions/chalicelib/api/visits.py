"""The start page, booking, and the visit page (L2, L3, B2, B3, S1, S3, S5)."""

from datetime import date as Date

from chalicelib.api.endpoint import Answer, endpoint
from chalicelib.api.schemas import visits as schemas
from chalicelib.domain.staff import Staff
from chalicelib.services.ports import Ports


@endpoint("GET", "/agenda", audience="staff", summary="My visits of one day, today unless said", spec="L2, L3")
def agenda(ports: Ports, staff: Staff, date: Date | None = None) -> schemas.Agenda:
    raise NotImplementedError


@endpoint(
    "POST",
    "/visits/preview",
    audience="staff",
    summary="What a booking would send, without booking",
    spec="B2",
    problems={404: "not_found"},
)
def preview_booking(ports: Ports, staff: Staff, body: schemas.BookVisit) -> schemas.BookingPreview:
    raise NotImplementedError


@endpoint(
    "POST",
    "/visits",
    audience="staff",
    summary="Book a visit and send its invitations; 200 when this request has booked already",
    spec="B2, B3",
    statuses=(201, 200),
    problems={400: "invalid_phone, invalid_email", 404: "not_found", 409: "changed_meanwhile"},
)
def book_visit(ports: Ports, staff: Staff, body: schemas.BookVisit) -> Answer[schemas.BookedVisit]:
    raise NotImplementedError


@endpoint(
    "GET", "/visits/{visit_id}", audience="staff", summary="The visit page", spec="S1", problems={404: "not_found"}
)
def visit(ports: Ports, staff: Staff, visit_id: str) -> schemas.VisitView:
    raise NotImplementedError


@endpoint(
    "POST",
    "/visits/{visit_id}/receive",
    audience="staff",
    summary="Ta emot; again is harmless",
    spec="L3, S1",
    problems={404: "not_found", 409: "visit_over"},
)
def receive_visit(ports: Ports, staff: Staff, visit_id: str) -> schemas.VisitView:
    raise NotImplementedError


@endpoint(
    "POST",
    "/visits/{visit_id}/start",
    audience="staff",
    summary="Starta besök; again is harmless",
    spec="S1",
    problems={404: "not_found", 409: "not_received, visit_over"},
)
def start_visit(ports: Ports, staff: Staff, visit_id: str) -> schemas.VisitView:
    raise NotImplementedError


@endpoint(
    "POST",
    "/visits/{visit_id}/no-show",
    audience="staff",
    summary="Uteblev",
    spec="S5",
    problems={404: "not_found", 409: "visit_over"},
)
def mark_no_show(ports: Ports, staff: Staff, visit_id: str) -> schemas.VisitView:
    raise NotImplementedError


@endpoint(
    "POST",
    "/visits/{visit_id}/end",
    audience="staff",
    summary="Avsluta besök: links and chat end, and a call that runs",
    spec="S5",
    problems={404: "not_found", 409: "call_running, not_started, visit_over"},
)
def end_visit(ports: Ports, staff: Staff, visit_id: str, body: schemas.EndVisit) -> schemas.VisitView:
    raise NotImplementedError


@endpoint(
    "GET",
    "/visits/{visit_id}/note",
    audience="staff",
    summary="The staff's note",
    spec="S3",
    problems={404: "not_found"},
)
def note(ports: Ports, staff: Staff, visit_id: str) -> schemas.NoteView:
    raise NotImplementedError


@endpoint(
    "PUT",
    "/visits/{visit_id}/note",
    audience="staff",
    summary="Save the note under the version it was written on",
    spec="S3",
    problems={404: "not_found", 409: "changed_meanwhile"},
)
def save_note(ports: Ports, staff: Staff, visit_id: str, body: schemas.SaveNote) -> schemas.NoteView:
    raise NotImplementedError


@endpoint(
    "POST",
    "/visits/{visit_id}/participants/{participant_id}/link",
    audience="staff",
    summary="A guest's link, to copy",
    spec="B2, G3",
    problems={403: "not_allowed", 404: "not_found", 409: "visit_over"},
)
def copy_link(ports: Ports, staff: Staff, visit_id: str, participant_id: str) -> schemas.GuestLink:
    raise NotImplementedError
