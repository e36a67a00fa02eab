"""Joining a call, and rating it afterwards (C1, C3, C9, S4)."""

from chalicelib.api.call_views import join_answer, verdict_of
from chalicelib.api.endpoint import endpoint
from chalicelib.api.schemas import calls as schemas
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.staff import Staff
from chalicelib.services import join_call as joining
from chalicelib.services import rate_call as rating
from chalicelib.services.ports import Ports


@endpoint(
    "POST",
    "/visits/{visit_id}/call/join",
    audience="staff",
    action="join_call",
    summary="Start the visit's one call, or join it",
    spec="C1, S4",
    problems={404: "not_found", 409: "not_received, not_started, visit_over", 503: "no_media_node"},
)
def join_call(
    ports: Ports, staff: Staff, visit_id: str, lost_epoch: schemas.LostEpoch | None = None
) -> schemas.JoinAnswer:
    return join_answer(joining.join_call(ports, staff, visit_id, lost_epoch))


@endpoint(
    "POST",
    "/visits/{visit_id}/call/rating",
    audience="staff",
    action="rate",
    summary="How the call was",
    spec="C9",
    problems={404: "not_found"},
)
def rate_call(ports: Ports, staff: Staff, visit_id: str, body: schemas.RateCall) -> None:
    rating.rate_call(ports, staff, visit_id, body.call_id, verdict_of(body))


@endpoint(
    "POST",
    "/visitor/call/join",
    audience="visitor",
    action="join_call",
    summary="Accept the call request",
    spec="C3",
    problems={
        401: "not_admitted, replaced",
        403: "guardian_may_not_act",
        409: "not_requested, not_received, not_started, visit_over",
        410: "link_ended",
        503: "no_media_node",
    },
)
def visitor_join_call(
    ports: Ports, session: VisitorSession, lost_epoch: schemas.LostEpoch | None = None
) -> schemas.JoinAnswer:
    return join_answer(joining.join_call_as_visitor(ports, session, lost_epoch))


@endpoint(
    "POST",
    "/visitor/call/rating",
    audience="visitor",
    action="rate",
    summary="How the call was",
    spec="C9",
    problems={401: "not_admitted, replaced", 404: "not_found", 410: "link_ended"},
)
def visitor_rate_call(ports: Ports, session: VisitorSession, body: schemas.RateCall) -> None:
    rating.rate_call_as_visitor(ports, session, body.call_id, verdict_of(body))
