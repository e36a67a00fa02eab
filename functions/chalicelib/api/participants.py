"""Redigera deltagare on the visit page (G1, G3, G4, G5)."""

from msgspec.structs import replace

from chalicelib.api.booking_views import guest_of, overlap_views, preview_view
from chalicelib.api.changed_visit import changed_visit
from chalicelib.api.endpoint import endpoint
from chalicelib.api.schemas import participants as schemas
from chalicelib.api.schemas.visits import BookingPreview, VisitView
from chalicelib.domain.participants import Additions
from chalicelib.domain.session import StaffSession
from chalicelib.domain.staff import Staff
from chalicelib.errors import BadInput, NotFound
from chalicelib.services import change_participants as change
from chalicelib.services import invite_again as invite
from chalicelib.services.find_overlaps import find_overlaps
from chalicelib.services.invite_again import AskedAgain
from chalicelib.services.ports import Ports

REFUSED = {
    400: "invalid_name, invalid_phone, invalid_email, guest_contact_missing, nobody_to_add, unknown_staff",
    403: "not_allowed",
    404: "not_found",
    409: "own_number, already_in_visit, too_many_participants, visit_over, changed_meanwhile",
    429: "too_many_attempts",
}


@endpoint(
    "GET",
    "/interpreter",
    audience="staff",
    action="book",
    summary="Whom Lägg till tolk fills in",
    spec="G3",
    problems={404: "not_found"},
)
def interpreter(ports: Ports, staff: Staff) -> schemas.Interpreter:
    organisation = ports.store.organisation(staff.org_id)
    if organisation is None:
        raise NotFound("no such organisation")
    return schemas.Interpreter(
        given_name=organisation.interpreter_given_name,
        family_name=organisation.interpreter_family_name,
        email=organisation.interpreter_email,
    )


@endpoint(
    "POST",
    "/visits/{visit_id}/participants/preview",
    audience="staff",
    action="change_participants",
    summary="What the new participants would be sent, and which of the clinicians are booked then, without adding them",
    spec="G1, B9",
    problems=REFUSED,
)
def preview_participants(ports: Ports, staff: Staff, visit_id: str, body: schemas.AddParticipants) -> BookingPreview:
    wanted = _additions(body)
    visit, messages = change.preview_additions(ports, staff, visit_id, wanted)
    told = preview_view(visit, messages, ports.settings)
    return replace(told, overlaps=overlap_views(find_overlaps(ports, [visit], wanted.hsa_ids)))


@endpoint(
    "POST",
    "/visits/{visit_id}/participants",
    audience="staff",
    action="change_participants",
    summary="Add guests, staff and colleagues, and invite them; the same request again adds nobody",
    spec="G1, G3, G4",
    problems=REFUSED,
)
def add_participants(ports: Ports, session: StaffSession, visit_id: str, body: schemas.AddParticipants) -> VisitView:
    return changed_visit(ports, session, change.add_participants(ports, session.staff, visit_id, _additions(body)))


@endpoint(
    "DELETE",
    "/visits/{visit_id}/participants/{participant_id}",
    audience="staff",
    action="change_participants",
    summary="Take someone out of the visit, its links and its call; again is harmless",
    spec="G1, G5",
    problems={403: "not_allowed", 404: "not_found", 409: "not_removable, visit_over, changed_meanwhile"},
)
def remove_participant(ports: Ports, staff: Staff, visit_id: str, participant_id: str) -> None:
    change.remove_participant(ports, staff, visit_id, participant_id)


@endpoint(
    "POST",
    "/visits/{visit_id}/participants/{participant_id}/invitation",
    audience="staff",
    action="change_participants",
    summary="Send someone their invitation again, to a corrected number or address too; the same request again sends nothing",
    spec="B10, P4, G2",
    problems={
        400: "invalid_phone, invalid_email, patient_contact_missing, guest_contact_missing",
        403: "not_allowed",
        404: "not_found",
        409: "not_invitable, own_number, invited_too_often, visit_over, changed_meanwhile",
        429: "too_many_attempts",
    },
)
def invite_again(
    ports: Ports, session: StaffSession, visit_id: str, participant_id: str, body: schemas.InviteAgain
) -> VisitView:
    asked = AskedAgain(
        request_id=body.request_id,
        seen=body.invited_again,
        phone=body.phone,
        email=body.email,
        patient_version=body.patient_version,
    )
    return changed_visit(ports, session, invite.invite_again(ports, session.staff, visit_id, participant_id, asked))


def _additions(body: schemas.AddParticipants) -> Additions:
    """Raises BadInput, as `guest_of` does and for nobody at all."""
    if not (body.guests or body.staff or body.colleagues):
        raise BadInput("nobody is to be added", code="nobody_to_add", field="guests")
    return Additions(
        request_id=body.request_id,
        guests=tuple(guest_of(guest) for guest in body.guests),
        staff=tuple(body.staff),
        colleagues=tuple(body.colleagues),
    )
