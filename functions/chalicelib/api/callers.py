"""Who is calling: the cookie of the endpoint's audience and the proof that the call is meant, or another system's token."""

from typing import Any

from chalicelib.api import cookies
from chalicelib.api.endpoint import Endpoint
from chalicelib.api.request import Request
from chalicelib.api.same_origin import require_csrf_token, require_own_origin
from chalicelib.domain.access import TABLE, require_staff
from chalicelib.domain.session import StaffSession, VisitorSession
from chalicelib.domain.staff import Staff
from chalicelib.domain.system_caller import System
from chalicelib.services.ports import Ports
from chalicelib.services.resume_session import look_at_staff, resume_staff, resume_visitor
from chalicelib.services.system_access import resume_system


def identify(endpoint: Endpoint, request: Request, ports: Ports) -> dict[type, Any]:
    """What a handler may ask for, by type. Raises NotLoggedIn, CsrfRejected, and NotAllowed for staff of another role."""
    known: dict[type, Any] = {Ports: ports, Request: request}
    if endpoint.audience == "system":
        return known | _system(endpoint, request, ports)
    if endpoint.changes_state:
        require_own_origin(request.headers, ports.settings.public_url)
    if endpoint.audience == "public":
        return known
    session = _session(endpoint, request, ports)
    if endpoint.changes_state:
        require_csrf_token(request.headers, session.csrf_token)
    if isinstance(session, StaffSession):
        require_staff(session.staff.roles, endpoint.action)
        known[Staff] = session.staff
    return known | {type(session): session}


def _system(endpoint: Endpoint, request: Request, ports: Ports) -> dict[type, Any]:
    """Another system, by its token. It has no cookies that a page could make it send, so its calls need no other proof."""
    if "anyone" in TABLE[endpoint.action]:
        return {}
    return {System: resume_system(ports, request.headers.get("authorization", ""), request.certificate)}


def _session(endpoint: Endpoint, request: Request, ports: Ports) -> StaffSession | VisitorSession:
    if endpoint.audience == "staff":
        resume = resume_staff if endpoint.is_use else look_at_staff
        return resume(ports, request.cookies.get(cookies.STAFF, ""))
    return resume_visitor(ports, request.cookies.get(cookies.VISITOR, ""))
