"""The start page, booking, and the visit page (L2, L3, B2, B3, S1, S3, S5)."""

from datetime import date as Date
from http import HTTPStatus

from chalicelib.api.booking_views import booking_of, booking_preview, relations_of
from chalicelib.api.changed_visit import changed_visit
from chalicelib.api.endpoint import Answer, endpoint
from chalicelib.api.schemas import visits as schemas
from chalicelib.api.visit_views import agenda_view, visit_view
from chalicelib.domain.chat import Note
from chalicelib.domain.places import open_guest
from chalicelib.domain.session import StaffSession
from chalicelib.domain.staff import Staff
from chalicelib.services import advance_visit as advance
from chalicelib.services import book_visit as booking
from chalicelib.services import change_relations as relations
from chalicelib.services import save_note as notes
from chalicelib.services import show_visit
from chalicelib.services.ports import Ports
from chalicelib.services.show_agenda import show_agenda

BOOKING_REFUSED = (
    "invalid_name, invalid_phone, invalid_email, guest_contact_missing, starts_in_past, starts_too_far, unknown_staff, "
    "wrong_kind_adult, wrong_kind_child, wrong_kind_youth, patient_contact_missing, one_patient, team_needs_two, "
    "group_size, group_child, same_patient_twice, display_name_taken, relative_not_adult, "
)
RELATIONS_REFUSED = "one_ombud, ombud_not_needed, one_primary_contact, ombud_contact_missing"
NOT_BOOKABLE = "deceased, deregistered, referred, guardian_may_not_act, own_number"


@endpoint(
    "GET",
    "/agenda",
    audience="staff",
    action="agenda",
    summary="My visits of one day, today unless said",
    spec="L2, L3",
)
def agenda(ports: Ports, staff: Staff, date: Date | None = None) -> schemas.Agenda:
    return agenda_view(show_agenda(ports, staff, date))


@endpoint(
    "POST",
    "/visits/preview",
    audience="staff",
    action="book",
    summary="What a booking would send, without booking",
    spec="B2",
    problems={400: BOOKING_REFUSED + RELATIONS_REFUSED, 404: "not_found, unknown_guardian", 409: NOT_BOOKABLE},
)
def preview_booking(ports: Ports, staff: Staff, body: schemas.BookVisit) -> schemas.BookingPreview:
    return booking_preview(booking.preview_booking(ports, staff, booking_of(body)), ports.settings)


@endpoint(
    "POST",
    "/visits",
    audience="staff",
    action="book",
    summary="Book a visit and send its invitations; 200 when this request has booked already",
    spec="B2, B3",
    statuses=(201, 200),
    problems={
        400: BOOKING_REFUSED + RELATIONS_REFUSED,
        404: "not_found, unknown_guardian",
        409: f"{NOT_BOOKABLE}, changed_meanwhile",
        429: "too_many_attempts",
    },
)
def book_visit(ports: Ports, session: StaffSession, body: schemas.BookVisit) -> Answer[schemas.BookedVisit]:
    booked = booking.book_visit(ports, session.staff, booking_of(body))
    link = show_visit.link_address(ports, open_guest(booked.page.visit))
    view = visit_view(booked.page, session.join_button_text)
    series = [schemas.SeriesVisit(visit.visit_id, visit.starts_at) for visit in booked.series]
    status = HTTPStatus.CREATED if booked.is_new else HTTPStatus.OK
    return Answer(schemas.BookedVisit(view, link, series), status=status)


@endpoint(
    "GET",
    "/visits/{visit_id}",
    audience="staff",
    action="view",
    summary="The visit page",
    spec="S1",
    problems={404: "not_found"},
)
def visit(ports: Ports, session: StaffSession, visit_id: str) -> schemas.VisitView:
    return visit_view(show_visit.show_visit(ports, session.staff, visit_id), session.join_button_text)


@endpoint(
    "POST",
    "/visits/{visit_id}/receive",
    audience="staff",
    action="receive",
    summary="Ta emot; again is harmless",
    spec="L3, S1",
    problems={404: "not_found", 409: "visit_over"},
)
def receive_visit(ports: Ports, session: StaffSession, visit_id: str) -> schemas.VisitView:
    return changed_visit(ports, session, advance.receive_visit(ports, session.staff, visit_id))


@endpoint(
    "POST",
    "/visits/{visit_id}/start",
    audience="staff",
    action="start",
    summary="Starta besök; again is harmless",
    spec="S1",
    problems={404: "not_found", 409: "not_received, visit_over"},
)
def start_visit(ports: Ports, session: StaffSession, visit_id: str) -> schemas.VisitView:
    return changed_visit(ports, session, advance.start_visit(ports, session.staff, visit_id))


@endpoint(
    "POST",
    "/visits/{visit_id}/no-show",
    audience="staff",
    action="no_show",
    summary="Uteblev; not before the visit's time",
    spec="S5, B9",
    problems={404: "not_found", 409: "call_running, no_show_too_early, visit_over"},
)
def mark_no_show(ports: Ports, session: StaffSession, visit_id: str) -> schemas.VisitView:
    return changed_visit(ports, session, advance.mark_no_show(ports, session.staff, visit_id))


@endpoint(
    "POST",
    "/visits/{visit_id}/end",
    audience="staff",
    action="end",
    summary="Avsluta besök: links and chat end, and a call that runs",
    spec="S5",
    problems={404: "not_found", 409: "call_running, not_received, visit_over"},
)
def end_visit(ports: Ports, session: StaffSession, visit_id: str, body: schemas.EndVisit) -> schemas.VisitView:
    return changed_visit(ports, session, advance.end_visit(ports, session.staff, visit_id, end_call=body.end_call))


@endpoint(
    "GET",
    "/visits/{visit_id}/note",
    audience="staff",
    action="note",
    summary="The staff's note",
    spec="S3",
    problems={404: "not_found"},
)
def note(ports: Ports, staff: Staff, visit_id: str) -> schemas.NoteView:
    return _note(notes.read_note(ports, staff, visit_id))


@endpoint(
    "PUT",
    "/visits/{visit_id}/note",
    audience="staff",
    action="note",
    summary="Save the note under the version it was written on",
    spec="S3",
    problems={404: "not_found", 409: "changed_meanwhile"},
)
def save_note(ports: Ports, staff: Staff, visit_id: str, body: schemas.SaveNote) -> schemas.NoteView:
    return _note(notes.save_note(ports, staff, visit_id, body.text, body.version))


@endpoint(
    "PUT",
    "/visits/{visit_id}/relations",
    audience="staff",
    action="change_relations",
    summary="Another ombud or primary contact: the former ombud's link dies at once, the new one is invited",
    spec="P6, B4",
    problems={
        400: RELATIONS_REFUSED,
        403: "not_allowed",
        404: "not_found, unknown_guardian",
        409: "guardian_may_not_act, visit_over",
    },
)
def change_relations(
    ports: Ports, session: StaffSession, visit_id: str, body: schemas.ChangeRelations
) -> schemas.VisitView:
    return changed_visit(
        ports, session, relations.change_relations(ports, session.staff, visit_id, relations_of(body.relations))
    )


@endpoint(
    "POST",
    "/visits/{visit_id}/participants/{participant_id}/link",
    audience="staff",
    action="copy_link",
    summary="Someone's own link, to copy",
    spec="B2, G3, B10",
    problems={403: "not_allowed", 404: "not_found", 409: "visit_over"},
)
def copy_link(ports: Ports, staff: Staff, visit_id: str, participant_id: str) -> schemas.GuestLink:
    return schemas.GuestLink(show_visit.copy_link(ports, staff, visit_id, participant_id))


def _note(note: Note | None) -> schemas.NoteView:
    if note is None:
        return schemas.NoteView(text="", version=0, saved_at=None, saved_by="")
    return schemas.NoteView(text=note.text, version=note.version, saved_at=note.saved_at, saved_by=note.saved_by)
