"""The visitor's page and identification as the API shows them."""

from chalicelib.api import cookies
from chalicelib.api.endpoint import Answer
from chalicelib.api.schemas import visitor as schemas
from chalicelib.api.schemas.visits import Late
from chalicelib.domain.visit import Form
from chalicelib.domain.visitor_page import VisitorPage
from chalicelib.services.identify_visitor import EidProgress
from chalicelib.services.open_link import VisitorEntry
from chalicelib.services.visitor_session import LIFETIME


def visitor_view(page: VisitorPage) -> schemas.VisitorView:
    call = schemas.VisitorCall(page.call.call_id, page.call.requested) if page.call else None
    return schemas.VisitorView(
        stage=page.stage,
        role=page.role,
        csrf_token=page.csrf_token,
        participant_id=page.participant_id,
        my_name=page.my_name,
        org_name=page.org_name,
        unit_name=page.unit_name,
        clinician_name=page.clinician_name,
        starts_at=page.starts_at,
        ends_at=page.ends_at,
        status=page.status.value,
        clinician=page.clinician,
        may_chat=page.may_chat,
        call=call,
        last_call_id=page.last_call_id,
        form=page.form.value,
        group=page.form is Form.GROUP,
        language=page.language,
        display_name=page.display_name,
        late=Late(page.late.minutes, page.late.at) if page.late else None,
        moved=page.moved,
        can_cancel=page.can_cancel,
        cancel_until=page.cancel_until,
        contact_phone=page.contact_phone,
    )


def entry_answer(entry: VisitorEntry) -> Answer[schemas.VisitorView]:
    return Answer(visitor_view(entry.page), cookies=entry_cookies(entry))


def eid_answer(progress: EidProgress) -> Answer[schemas.EidView]:
    view = schemas.EidView(
        provider=progress.provider,
        status=progress.status,
        hint_code=progress.hint_code,
        text_id=progress.text_id,
        qr=progress.qr,
        auto_start_token=progress.auto_start_token,
    )
    return Answer(view, cookies=entry_cookies(progress.entry) if progress.entry else ())


def entry_cookies(entry: VisitorEntry) -> tuple[str, ...]:
    """A phone that was put away keeps its session: the cookie lasts as long as the session can."""
    if entry.cookie is None:
        return ()
    return (cookies.set_cookie(cookies.VISITOR, entry.cookie, int(LIFETIME.total_seconds())),)
