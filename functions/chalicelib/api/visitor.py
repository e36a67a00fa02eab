"""Patients and guests: the link, e-ID, and the waiting room (G2, G5, G6, S7)."""

from chalicelib.api import cookies
from chalicelib.api.endpoint import Answer, Done, endpoint
from chalicelib.api.request import Request
from chalicelib.api.schemas import visitor as schemas
from chalicelib.api.visitor_views import eid_answer, entry_answer, visitor_view
from chalicelib.domain.session import VisitorSession
from chalicelib.services import enter_as_guest as guests
from chalicelib.services import identify_visitor as eid
from chalicelib.services import open_link as links
from chalicelib.services.leave_visit import WAY_BACK, leave_visit
from chalicelib.services.ports import Ports
from chalicelib.services.resume_session import find_visitor, resume_visitor
from chalicelib.services.show_visitor import show_visitor

PLACE_GONE = "link_ended, link_cancelled, link_replaced, removed"


@endpoint(
    "GET",
    "/visitor/settings",
    audience="public",
    action="use_service",
    summary="What the visitor's page needs to know beforehand",
)
def visitor_settings(ports: Ports) -> schemas.VisitorSettings:
    return schemas.VisitorSettings(
        eid_providers=list(ports.settings.eid_providers),
        eid_app_url=ports.settings.eid_app_url or None,
        freja_app_url=ports.settings.freja_app_url or None,
    )


@endpoint(
    "POST",
    "/links/open",
    audience="public",
    action="open_link",
    summary="Trade a link's token for a session that is not yet let in",
    spec="G5",
    problems={
        403: "guardian_may_not_act",
        404: "link_unknown",
        410: f"link_expired, {PLACE_GONE}",
        429: "too_many_attempts",
    },
)
def open_link(ports: Ports, request: Request, body: schemas.OpenLink) -> Answer[schemas.VisitorView]:
    current = find_visitor(ports, request.cookies.get(cookies.VISITOR, ""))
    return entry_answer(links.open_link(ports, body.token, request.source_ip, current))


@endpoint(
    "POST",
    "/visitor/here",
    audience="public",
    action="open_link",
    summary="Använd här i stället: the link anew on a device that another has replaced",
    spec="G2",
    problems={
        401: "not_logged_in",
        403: "guardian_may_not_act",
        404: "link_unknown",
        410: f"link_expired, {PLACE_GONE}",
        429: "too_many_attempts",
    },
)
def use_here(ports: Ports, request: Request) -> Answer[schemas.VisitorView]:
    """By the cookie alone, as a page that is read anew knows no more; from our own pages alone, as each state change."""
    session = resume_visitor(ports, request.cookies.get(cookies.VISITOR, ""))
    return entry_answer(links.use_here_instead(ports, session, request.source_ip))


@endpoint(
    "GET",
    "/visitor",
    audience="visitor",
    action="view",
    summary="The visitor's page",
    spec="S7, G2",
    problems={401: "replaced", 403: "guardian_may_not_act", 410: PLACE_GONE},
)
def visitor(ports: Ports, session: VisitorSession) -> schemas.VisitorView:
    return visitor_view(show_visitor(ports, session))


@endpoint(
    "POST",
    "/visitor/eid",
    audience="visitor",
    action="identify",
    summary="Start an identification that only the invited person can complete",
    spec="G6",
    problems={
        400: "bad_input",
        403: "not_allowed, guardian_may_not_act",
        409: "already_admitted, changed_meanwhile",
        410: PLACE_GONE,
        429: "too_many_attempts",
        503: "eid_unavailable, eid_already_in_progress, eid_refused, freja_not_found",
    },
)
def start_eid(
    ports: Ports,
    request: Request,
    session: VisitorSession,
    body: schemas.StartEid = schemas.StartEid(),  # noqa: B008  frozen
) -> schemas.EidView:
    started = eid.start_eid(ports, session, request.source_ip, provider=body.provider, return_here=body.return_here)
    return eid_answer(started).body


@endpoint(
    "POST",
    "/visitor/eid/collect",
    audience="visitor",
    action="identify",
    summary="How far the identification has come, and the QR code of this second",
    spec="G6",
    problems={
        401: "replaced",
        403: "not_allowed, wrong_person, guardian_may_not_act",
        409: "no_eid_order, already_admitted",
        410: PLACE_GONE,
        503: "eid_unavailable, eid_refused",
    },
)
def collect_eid(
    ports: Ports, session: VisitorSession, same_device: bool = False, computer: bool = False
) -> Answer[schemas.EidView]:
    return eid_answer(eid.collect_eid(ports, session, eid.PageDevice(same=same_device, computer=computer)))


@endpoint("DELETE", "/visitor/eid", audience="visitor", action="leave", summary="Give up the identification", spec="G6")
def cancel_eid(ports: Ports, session: VisitorSession) -> None:
    eid.cancel_eid(ports, session)


@endpoint(
    "POST",
    "/visitor/enter",
    audience="visitor",
    action="enter_unidentified",
    summary="A guest says who they are and is let in",
    spec="G2",
    problems={400: "invalid_name", 403: "not_allowed", 409: "already_admitted", 410: PLACE_GONE},
)
def enter_as_guest(ports: Ports, session: VisitorSession, body: schemas.EnterAsGuest) -> Answer[schemas.VisitorView]:
    return entry_answer(guests.enter_as_guest(ports, session, body.name))


@endpoint(
    "POST",
    "/visitor/leave",
    audience="visitor",
    action="leave",
    summary="End the session; the link stays, and whoever was inside has half an hour to identify again",
    spec="S7",
)
def leave(ports: Ports, session: VisitorSession) -> Done:
    way_back = leave_visit(ports, session)
    if way_back is None:
        return Done((cookies.clear_cookie(cookies.VISITOR),))
    return Done((cookies.set_cookie(cookies.VISITOR, way_back, int(WAY_BACK.total_seconds())),))
