"""Staff come in: to the identity provider, back from it, and to the commission they work on (L1)."""

from urllib.parse import urlencode

from chalicelib.api import cookies
from chalicelib.api.endpoint import Answer, Redirect, endpoint
from chalicelib.api.observe import log_refused
from chalicelib.api.request import Request
from chalicelib.api.schemas import session as schemas
from chalicelib.api.session_views import commission_view
from chalicelib.domain.client_address import hashed_address
from chalicelib.domain.device import device_of
from chalicelib.domain.local_path import local_path
from chalicelib.errors import VardrumError
from chalicelib.services.choose_commission import choose_commission, commissions_to_choose
from chalicelib.services.log_in import LOGIN_LASTS, IdpAnswer, complete_login, return_to_of, start_login
from chalicelib.services.ports import Ports
from chalicelib.services.staff_sessions import end_session_before

LOGIN_PAGE = "/logga-in"
CHOICE_PAGE = "/logga-in/uppdrag"
_LASTS_S = int(LOGIN_LASTS.total_seconds())
# Another site cannot begin a login in someone's name, which a session at the provider would complete unasked: whoever
# comes from there sees our page and its button (Fetch Metadata, Sec-Fetch-Site).
_FROM_ELSEWHERE = frozenset({"cross-site", "same-site"})


@endpoint("GET", "/login", audience="public", action="log_in", summary="Go to the identity provider", spec="L1")
def login(ports: Ports, request: Request, return_to: str = "/") -> Redirect:
    if request.headers.get("sec-fetch-site", "") in _FROM_ELSEWHERE:
        return Redirect(_login_page({}, local_path(return_to)))
    try:
        started = start_login(ports, return_to, request.source_ip)
    except VardrumError as refused:
        _log(ports, request, "GET /login", refused)
        return _to_login_page(refused, local_path(return_to))
    return Redirect(started.url, (cookies.set_cookie(cookies.LOGIN, started.cookie, _LASTS_S),))


@endpoint(
    "GET",
    "/login/callback",
    audience="public",
    action="log_in",
    summary="Come back from the identity provider",
    spec="L1",
)
def login_callback(ports: Ports, request: Request, state: str = "", code: str = "", error: str = "") -> Redirect:
    cookie = _login_cookie(request)
    try:
        device = device_of(request.headers.get("user-agent", ""))
        done = complete_login(ports, cookie, IdpAnswer(state, code, error), device)
    except VardrumError as refused:
        _log(ports, request, "GET /login/callback", refused)
        return _to_login_page(refused, return_to_of(ports, cookie))
    if done.to_choose:
        return Redirect(CHOICE_PAGE, (cookies.set_cookie(cookies.LOGIN, done.secret, _LASTS_S),))
    end_session_before(ports, request.cookies.get(cookies.STAFF, ""))
    session = cookies.set_cookie(cookies.STAFF, done.secret)
    return Redirect(done.return_to, (session, cookies.clear_cookie(cookies.LOGIN)))


@endpoint(
    "GET",
    "/login/commissions",
    audience="public",
    action="log_in",
    summary="The commissions to choose from after login",
    spec="L1",
    problems={401: "stale_login"},
)
def login_commissions(ports: Ports, request: Request) -> schemas.CommissionChoice:
    arrival = commissions_to_choose(ports, _login_cookie(request))
    return schemas.CommissionChoice(
        name=arrival.member.name, commissions=[commission_view(each) for each in arrival.commissions]
    )


@endpoint(
    "POST",
    "/login/commission",
    audience="public",
    action="log_in",
    summary="Choose the commission to work on: the login is then complete",
    spec="L1",
    problems={401: "stale_login", 403: "no_commission"},
)
def choose_login_commission(ports: Ports, request: Request, body: schemas.ChooseCommission) -> Answer[schemas.LoggedIn]:
    secret, return_to = choose_commission(ports, _login_cookie(request), body.commission_id)
    end_session_before(ports, request.cookies.get(cookies.STAFF, ""))
    session = cookies.set_cookie(cookies.STAFF, secret)
    return Answer(schemas.LoggedIn(return_to), cookies=(session, cookies.clear_cookie(cookies.LOGIN)))


def _login_cookie(request: Request) -> str:
    return request.cookies.get(cookies.LOGIN, "")


def _to_login_page(refused: VardrumError, return_to: str) -> Redirect:
    """A person is looking, not a program: the page says in words what the code means, and begins anew from there."""
    return Redirect(_login_page({"fel": refused.code}, return_to), (cookies.clear_cookie(cookies.LOGIN),))


def _login_page(query: dict[str, str], return_to: str) -> str:
    told = urlencode({**query, **({} if return_to == "/" else {"return_to": return_to})})
    return f"{LOGIN_PAGE}?{told}" if told else LOGIN_PAGE


def _log(ports: Ports, request: Request, what: str, refused: VardrumError) -> None:
    """A login that came to nothing. Who it was is not known, or not believed."""
    caller = hashed_address(ports.settings.link_key, request.source_ip)
    log_refused(what, refused.code, request.request_id, caller)
