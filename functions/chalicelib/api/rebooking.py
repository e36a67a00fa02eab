"""Omboka and Avboka (B9)."""

from msgspec.structs import replace

from chalicelib.api.booking_views import overlap_views, preview_view, relations_of
from chalicelib.api.changed_visit import changed_visit
from chalicelib.api.endpoint import endpoint
from chalicelib.api.schemas import rebooking as schemas
from chalicelib.api.schemas.visits import BookingPreview, VisitView
from chalicelib.domain.rescheduling import Rescheduling
from chalicelib.domain.session import StaffSession
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Kind
from chalicelib.services import cancel_visit as cancelling
from chalicelib.services import reschedule_visit as moving
from chalicelib.services.ports import Ports

_MOVE_REFUSED = {
    400: (
        "starts_in_past, starts_too_far, unknown_staff, wrong_kind_adult, wrong_kind_child, wrong_kind_youth, group_child, "
        "patient_contact_missing, one_ombud, ombud_not_needed, one_primary_contact, ombud_contact_missing"
    ),
    403: "not_allowed",
    404: "not_found, unknown_guardian",
    409: (
        "booking_changed, visit_begun, visit_over, deceased, deregistered, referred, guardian_may_not_act, own_number, "
        "too_many_participants"
    ),
}


@endpoint(
    "POST",
    "/visits/{visit_id}/reschedule/preview",
    audience="staff",
    action="reschedule",
    summary="What moving the visit would send, and what it would overlap, without moving it",
    spec="B9",
    problems=_MOVE_REFUSED,
)
def preview_rescheduling(ports: Ports, staff: Staff, visit_id: str, body: schemas.RescheduleVisit) -> BookingPreview:
    planned = moving.preview_rescheduling(ports, staff, visit_id, _rescheduling(body))
    told = preview_view(planned.visit, planned.messages, ports.settings)
    return replace(told, overlaps=overlap_views(planned.overlaps))


@endpoint(
    "POST",
    "/visits/{visit_id}/reschedule",
    audience="staff",
    action="reschedule",
    summary="Omboka: everyone is told, and keeps their link; the same request again is harmless",
    spec="B9, B4",
    problems={**_MOVE_REFUSED, 409: f"{_MOVE_REFUSED[409]}, changed_meanwhile", 429: "too_many_attempts"},
)
def reschedule_visit(ports: Ports, session: StaffSession, visit_id: str, body: schemas.RescheduleVisit) -> VisitView:
    return changed_visit(ports, session, moving.reschedule_visit(ports, session.staff, visit_id, _rescheduling(body)))


@endpoint(
    "POST",
    "/visits/{visit_id}/cancel/preview",
    audience="staff",
    action="cancel",
    summary="What cancelling the visit would send, without cancelling it",
    spec="B9",
    problems={403: "not_allowed", 404: "not_found", 409: "visit_begun, visit_over"},
)
def preview_cancelling(ports: Ports, staff: Staff, visit_id: str) -> schemas.CancellationPreview:
    visit, messages = cancelling.preview_cancelling(ports, staff, visit_id)
    return schemas.CancellationPreview(preview_view(visit, messages, ports.settings).messages)


@endpoint(
    "POST",
    "/visits/{visit_id}/cancel",
    audience="staff",
    action="cancel",
    summary="Avboka: links say so at once, and everyone invited is told; again is harmless",
    spec="B9",
    problems={
        403: "not_allowed",
        404: "not_found",
        409: "booking_changed, visit_begun, visit_over, changed_meanwhile",
        429: "too_many_attempts",
    },
)
def cancel_visit(ports: Ports, session: StaffSession, visit_id: str, body: schemas.CancelVisit) -> VisitView:
    visit = cancelling.cancel_visit(ports, session.staff, visit_id, body.sequence, body.reason.strip())
    return changed_visit(ports, session, visit)


def _rescheduling(body: schemas.RescheduleVisit) -> Rescheduling:
    return Rescheduling(
        sequence=body.sequence,
        starts_at=body.starts_at,
        duration_minutes=body.duration_minutes,
        reason=None if body.reason is None else body.reason.strip(),
        owner_hsa_id=body.owner_hsa_id,
        kind=Kind(body.kind) if body.kind else None,
        relations=relations_of(body.relations),
    )
