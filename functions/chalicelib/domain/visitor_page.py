"""What a visitor's page shows (S7, C3), and what it keeps back until they have shown who they are."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.self_service import can_cancel, cancel_until
from chalicelib.domain.session import VisitorRole, VisitorSession
from chalicelib.domain.visit import Form, Language, Late, Participant, Status, Visit
from chalicelib.domain.wording import is_neutral

Stage = Literal["identify", "name", "admitted", "ended"]
Clinician = Literal["not_here", "received", "started"]


class CallRequest(Struct, frozen=True):
    """The call that runs. `requested`: staff is connected and waits (C3)."""

    call_id: str
    requested: bool


class VisitorPage(Concealed, Struct, frozen=True, kw_only=True):
    """Before they are admitted: organisation, form, time and state alone, and a guest's own name as the invitation has it.

    A unit can be a speciality, so only the patient reads it, and only when admitted: a relative, who stands in a patient's
    place, does not (B7). `display_name`: their own in a group.
    `moved`: the visit has had another time. `cancel_until` is None for who may not cancel at all (B11).
    """

    stage: Stage
    role: VisitorRole
    csrf_token: str
    participant_id: str
    my_name: str
    org_name: str
    unit_name: str
    clinician_name: str
    starts_at: datetime
    ends_at: datetime
    status: Status
    clinician: Clinician
    may_chat: bool
    call: CallRequest | None
    last_call_id: str | None
    form: Form
    language: Language
    display_name: str
    late: Late | None
    moved: bool
    can_cancel: bool
    cancel_until: datetime | None
    contact_phone: str


def visitor_page(
    visit: Visit, me: Participant, session: VisitorSession, organisation: Organisation, now: datetime, *, may_chat: bool
) -> VisitorPage:
    """The page of this person, whose session is theirs. `may_chat`: in this visit, once they are let in."""
    inside = session.admitted
    patient = session.role != "guest"
    return VisitorPage(
        stage=_stage(visit, session),
        role=session.role,
        csrf_token=session.csrf_token,
        participant_id=me.participant_id,
        my_name=me.name if inside or not patient else "",
        org_name=visit.org_name,
        unit_name=visit.unit_name if inside and patient and visit.form is not Form.RELATIVE else "",
        clinician_name=visit.owner.name if inside else "",
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        status=visit.status,
        clinician=_clinician(visit),
        may_chat=inside and may_chat,
        call=_call(visit) if inside else None,
        last_call_id=(visit.last_call_id or None) if inside else None,
        form=visit.form if inside else shown_form(visit, me),
        language=me.language,
        display_name=me.display_name if inside else "",
        late=me.late if inside else None,
        moved=visit.timed_sequence > 0,
        can_cancel=inside and can_cancel(visit, me, organisation, now),
        cancel_until=cancel_until(visit, me, organisation) if inside else None,
        contact_phone=organisation.contact_phone,
    )


def shown_form(visit: Visit, me: Participant) -> Form:
    """What whoever holds the link reads of its form: of those who are written to neutrally not that it is a group (P5, B5)."""
    return Form.INDIVIDUAL if visit.form is Form.GROUP and is_neutral(visit, me) else visit.form


def _stage(visit: Visit, session: VisitorSession) -> Stage:
    if visit.is_over:
        return "ended"
    if session.admitted:
        return "admitted"
    return "name" if session.role == "guest" else "identify"


def _clinician(visit: Visit) -> Clinician:
    if visit.started_at is not None:
        return "started"
    return "received" if visit.received is not None else "not_here"


def _call(visit: Visit) -> CallRequest | None:
    if visit.call is None:
        return None
    return CallRequest(visit.call.call_id, requested=visit.call.staff_connected > 0)
