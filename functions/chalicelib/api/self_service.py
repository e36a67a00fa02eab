"""What patients and guests do themselves, from the link (B11, B8)."""

from chalicelib.api.endpoint import Page, endpoint
from chalicelib.api.schemas import visitor as schemas
from chalicelib.api.visitor import PLACE_GONE
from chalicelib.api.visitor_views import visitor_view
from chalicelib.domain.session import VisitorSession
from chalicelib.services import own_place
from chalicelib.services.cancel_own_visit import cancel_own_visit
from chalicelib.services.fetch_calendar import fetch_calendar
from chalicelib.services.ports import Ports

_REFUSED = {
    401: "not_admitted, replaced",
    403: "not_allowed, guardian_may_not_act",
    409: "visit_begun, visit_over, changed_meanwhile",
    410: PLACE_GONE,
    429: "too_many_attempts",
}


@endpoint(
    "POST",
    "/visitor/late",
    audience="visitor",
    action="report_late",
    summary="Jag blir sen: staff sees it at once; again is harmless",
    spec="B11",
    problems=_REFUSED,
)
def report_late(ports: Ports, session: VisitorSession, body: schemas.ReportLate) -> schemas.VisitorView:
    return visitor_view(own_place.report_late(ports, session, body.minutes))


@endpoint(
    "POST",
    "/visitor/cancel",
    audience="visitor",
    action="self_cancel",
    summary="Cancel the visit, or of a group one's own place; again is harmless",
    spec="B11, B8",
    problems={**_REFUSED, 409: f"self_cancel_off, self_cancel_too_late, {_REFUSED[409]}"},
)
def cancel_own(
    ports: Ports,
    session: VisitorSession,
    body: schemas.CancelOwnVisit = schemas.CancelOwnVisit(),  # noqa: B008, ARG001  frozen, and empty
) -> None:
    cancel_own_visit(ports, session)


@endpoint(
    "GET",
    "/visitor/calendar",
    audience="visitor",
    action="calendar",
    summary="The visit for one's own calendar, as text/calendar (RFC 5545)",
    spec="B11",
    problems={key: _REFUSED[key] for key in (401, 403, 409, 410)},
)
def calendar(ports: Ports, session: VisitorSession) -> Page:
    return Page("text/calendar; charset=utf-8; method=PUBLISH", fetch_calendar(ports, session))


@endpoint(
    "PUT",
    "/visitor/language",
    audience="visitor",
    action="change_language",
    summary="The language of one's later messages",
    spec="B11",
    problems={**_REFUSED, 409: "changed_meanwhile"},
)
def change_language(ports: Ports, session: VisitorSession, body: schemas.ChangeLanguage) -> schemas.VisitorView:
    return visitor_view(own_place.change_language(ports, session, body.language))


@endpoint(
    "PUT",
    "/visitor/display-name",
    audience="visitor",
    action="change_display_name",
    summary="What the others of the group see one called; staff sees both names",
    spec="B8",
    problems={
        **_REFUSED,
        400: "invalid_name, display_name_taken",
        409: "not_a_group, visit_over, changed_meanwhile",
    },
)
def change_display_name(ports: Ports, session: VisitorSession, body: schemas.ChangeDisplayName) -> schemas.VisitorView:
    return visitor_view(own_place.change_display_name(ports, session, body.display_name))
