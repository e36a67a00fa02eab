"""Patients and guests: the link, e-ID, and the waiting room (G2, G5, G6, S7)."""

from chalicelib.api.endpoint import Answer, Done, endpoint
from chalicelib.api.request import Request
from chalicelib.api.schemas import visitor as schemas
from chalicelib.domain.session import VisitorSession
from chalicelib.services.ports import Ports


@endpoint("GET", "/visitor/settings", audience="public", summary="What the visitor's page needs to know beforehand")
def visitor_settings(ports: Ports) -> schemas.VisitorSettings:
    raise NotImplementedError


@endpoint(
    "POST",
    "/links/open",
    audience="public",
    summary="Trade a link's token for a session that is not yet let in",
    spec="G5",
    problems={404: "link_unknown", 410: "link_dead", 429: "too_many_attempts"},
)
def open_link(ports: Ports, request: Request, body: schemas.OpenLink) -> Answer[schemas.VisitorView]:
    raise NotImplementedError


@endpoint(
    "GET",
    "/visitor",
    audience="visitor",
    summary="The visitor's page",
    spec="S7, G2",
    problems={401: "replaced", 410: "link_dead"},
)
def visitor(ports: Ports, session: VisitorSession) -> schemas.VisitorView:
    raise NotImplementedError


@endpoint(
    "POST",
    "/visitor/eid",
    audience="visitor",
    summary="Start an identification that only the invited person can complete",
    spec="G6",
    problems={403: "not_allowed", 410: "link_dead", 429: "too_many_attempts", 503: "eid_unavailable"},
)
def start_eid(ports: Ports, request: Request, session: VisitorSession) -> schemas.EidView:
    raise NotImplementedError


@endpoint(
    "POST",
    "/visitor/eid/collect",
    audience="visitor",
    summary="How far the identification has come, and the QR code of this second",
    spec="G6",
    problems={403: "wrong_person", 409: "no_eid_order", 410: "link_dead", 503: "eid_unavailable"},
)
def collect_eid(ports: Ports, session: VisitorSession) -> Answer[schemas.EidView]:
    raise NotImplementedError


@endpoint("DELETE", "/visitor/eid", audience="visitor", summary="Give up the identification", spec="G6")
def cancel_eid(ports: Ports, session: VisitorSession) -> None:
    raise NotImplementedError


@endpoint(
    "POST",
    "/visitor/enter",
    audience="visitor",
    summary="A guest says who they are and is let in",
    spec="G2",
    problems={403: "not_allowed", 410: "link_dead"},
)
def enter_as_guest(ports: Ports, session: VisitorSession, body: schemas.EnterAsGuest) -> Answer[schemas.VisitorView]:
    raise NotImplementedError


@endpoint("POST", "/visitor/leave", audience="visitor", summary="End the session; the link stays", spec="S7")
def leave(ports: Ports, session: VisitorSession) -> Done:
    raise NotImplementedError
