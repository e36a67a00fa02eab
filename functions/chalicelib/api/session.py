"""Logging in and out, and who may be added to a visit (L1, B2)."""

from urllib.parse import urlencode

from chalicelib.api import cookies
from chalicelib.api.endpoint import Answer, Redirect, endpoint
from chalicelib.api.request import Request
from chalicelib.api.schemas import session as schemas
from chalicelib.domain.local_path import local_path
from chalicelib.domain.session import StaffSession
from chalicelib.domain.staff import Staff
from chalicelib.errors import StaleLogin, VardrumError
from chalicelib.services.log_in import LOGIN_LASTS, CompletedLogin, complete_login, return_to_of, start_login
from chalicelib.services.log_out import log_out
from chalicelib.services.ports import Ports

LOGIN_PAGE = "/logga-in"


@endpoint("GET", "/login", audience="public", action="log_in", summary="Go to the identity provider", spec="L1")
def login(ports: Ports, request: Request, return_to: str = "/") -> Redirect:
    try:
        started = start_login(ports, return_to, request.source_ip)
    except VardrumError as refused:
        return _to_login_page(refused, local_path(return_to))
    lasts_s = int(LOGIN_LASTS.total_seconds())
    return Redirect(started.url, (cookies.set_cookie(cookies.LOGIN, started.secret, lasts_s),))


@endpoint(
    "GET",
    "/login/callback",
    audience="public",
    action="log_in",
    summary="Come back from the identity provider",
    spec="L1",
)
def login_callback(ports: Ports, request: Request, state: str = "", code: str = "", error: str = "") -> Redirect:
    try:
        login = _completed(ports, request, state, code, error)
    except VardrumError as refused:
        return _to_login_page(refused, return_to_of(ports, request.cookies.get(cookies.LOGIN, "")))
    session = cookies.set_cookie(cookies.STAFF, login.secret)
    return Redirect(login.return_to, (session, cookies.clear_cookie(cookies.LOGIN)))


def _to_login_page(refused: VardrumError, return_to: str) -> Redirect:
    """A person is looking, not a program: the page says in words what the code means, and begins anew from there."""
    query = urlencode({"fel": refused.code, **({} if return_to == "/" else {"return_to": return_to})})
    return Redirect(f"{LOGIN_PAGE}?{query}", (cookies.clear_cookie(cookies.LOGIN),))


def _completed(ports: Ports, request: Request, state: str, code: str, error: str) -> CompletedLogin:
    if error or not code:
        raise StaleLogin("the identity provider did not log anyone in")
    return complete_login(ports, request.cookies.get(cookies.LOGIN, ""), state, code)


@endpoint("POST", "/logout", audience="staff", action="own_session", summary="End the session on the server", spec="L1")
def logout(ports: Ports, session: StaffSession) -> Answer[schemas.LoggedOut]:
    redirect_to = log_out(ports, session)
    return Answer(schemas.LoggedOut(redirect_to), cookies=(cookies.clear_cookie(cookies.STAFF),))


@endpoint("GET", "/session", audience="staff", action="own_session", summary="Who is logged in", spec="L1")
def current_session(session: StaffSession) -> schemas.StaffSession:
    staff = session.staff
    return schemas.StaffSession(
        hsa_id=staff.hsa_id,
        name=staff.name,
        given_name=staff.given_name,
        org_id=staff.org_id,
        org_name=session.org_name,
        unit_id=staff.unit_id,
        unit_name=staff.unit_name,
        roles=staff.roles,
        csrf_token=session.csrf_token,
        join_button_text=session.join_button_text,
    )


@endpoint(
    "GET", "/colleagues", audience="staff", action="book", summary="Who can be added as Sjukvårdspersonal", spec="B2"
)
def colleagues(ports: Ports, staff: Staff) -> list[schemas.Colleague]:
    return [
        schemas.Colleague(hsa_id=member.hsa_id, name=member.name, title=member.title, unit_name=member.unit_name)
        for member in ports.store.colleagues(staff.org_id)
        if member.hsa_id != staff.hsa_id and "clinician" in member.roles
    ]
