"""Staff log in by OpenID Connect: authorization code with state, nonce and PKCE (L1; RFC 6749, RFC 7636, RFC 9700).

A login under way is stored nowhere (domain/login_cookie.py). Its answer takes two round trips to the database: one reads
organisation, person and units, one writes the session, its trace in the access log, and that this login is used up.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import by_staff
from chalicelib.domain.changes import Change, Create
from chalicelib.domain.client_address import hashed_address
from chalicelib.domain.commission import StaffIdentity, usable
from chalicelib.domain.device import Device
from chalicelib.domain.ids import new_secret, secret_hash
from chalicelib.domain.login_cookie import LoginUnderWay, login_cookie, new_login, read_login_cookie
from chalicelib.domain.session import Arrival, HalfSession, UsedLogin
from chalicelib.errors import Conflict, IdpUnavailable, NotAllowed, StaleLogin
from chalicelib.services.begin_session import new_staff_session, person_of
from chalicelib.services.ports import Ports

LOGIN_LASTS = timedelta(minutes=10)
STARTS_PER_ADDRESS, STARTS_WINDOW_S = 600, 600

_BUSY: Final = frozenset({"server_error", "temporarily_unavailable"})


@dataclass(frozen=True, slots=True, repr=False)
class StartedLogin(Concealed):
    """Send the browser to `url` with this login cookie."""

    url: str
    cookie: str


@dataclass(frozen=True, slots=True, repr=False)
class IdpAnswer(Concealed):
    """What the browser brings back: a code, or an error (RFC 6749 4.1.2, 4.1.2.1)."""

    state: str
    code: str
    error: str


@dataclass(frozen=True, slots=True, repr=False)
class CompletedLogin(Concealed):
    """`secret`: of the session's cookie, or of the half session's when there is a commission `to_choose`."""

    secret: str
    return_to: str
    to_choose: bool


def start_login(ports: Ports, return_to: str, address: str) -> StartedLogin:
    """`address` is the caller's: a whole hospital may share one. Raises TooManyAttempts, and IdpUnavailable."""
    key = ports.settings.link_key
    ports.rate_limits.hit(f"login#{hashed_address(key, address)}", STARTS_PER_ADDRESS, STARTS_WINDOW_S)
    login = new_login(return_to, ports.clock.now() + LOGIN_LASTS)
    challenge = _challenge(login.secret(key, "code_verifier"))
    url = ports.identity_provider.authorization_url(login.secret(key, "state"), login.secret(key, "nonce"), challenge)
    return StartedLogin(url, login_cookie(key, login))


def complete_login(ports: Ports, cookie: str, answer: IdpAnswer, device: Device) -> CompletedLogin:
    """The provider's answer becomes a session, if this browser asked for it and the person is our staff.

    With several commissions to work on, it becomes a half session. Raises StaleLogin (`login_cancelled` when the person
    or the provider said no), IdpUnavailable, TooManyAttempts, Unavailable, and NotAllowed: `not_staff` for someone whom
    the organisation does not know, `no_commission` for someone with none that opens this service.
    """
    login = _under_way(ports, cookie, answer)
    key = ports.settings.link_key
    identity = ports.identity_provider.exchange(
        answer.code, login.secret(key, "code_verifier"), login.secret(key, "nonce")
    )
    arrival = _arrival(ports, identity, device, login.return_to)
    secret, written = _written(ports, arrival)
    try:
        ports.store.commit([_used_up(ports, login), *written])
    except Conflict:
        raise StaleLogin("the login has been completed before") from None
    return CompletedLogin(secret, login.return_to, to_choose=len(arrival.commissions) > 1)


def return_to_of(ports: Ports, cookie: str) -> str:
    """Where this browser's login was to lead, `/` when there is none: a login that failed is begun anew."""
    login = read_login_cookie(ports.settings.link_key, cookie)
    return login.return_to if login else "/"


def _challenge(verifier: str) -> str:
    """RFC 7636 4.2, S256."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _under_way(ports: Ports, cookie: str, answer: IdpAnswer) -> LoginUnderWay:
    login = read_login_cookie(ports.settings.link_key, cookie)
    if login is None or login.has_ended(ports.clock.now()):
        raise StaleLogin("this browser has no login under way")
    expected = login.secret(ports.settings.link_key, "state")
    if not hmac.compare_digest(answer.state.encode(errors="replace"), expected.encode()):
        raise StaleLogin("the answer is of another login")
    if answer.error in _BUSY:
        raise IdpUnavailable("the identity provider cannot log anyone in for now")
    if answer.error or not answer.code:
        raise StaleLogin("the identity provider logged nobody in", code="login_cancelled")
    return login


def _arrival(ports: Ports, identity: StaffIdentity, device: Device, return_to: str) -> Arrival:
    """The person in this organisation, with the commissions that count."""
    unit_ids = sorted({each.unit_id for each in identity.commissions})
    organisation, member, units = ports.store.login_context(ports.settings.org_id, identity.hsa_id, unit_ids)
    if organisation is None or member is None:
        raise NotAllowed("not staff of this organisation", code="not_staff")
    commissions = usable(identity.commissions, organisation, units, member.roles)
    if not commissions:
        raise NotAllowed("no commission opens this service", code="no_commission")
    return Arrival(
        member=member, organisation=organisation, commissions=commissions, device=device, return_to=return_to
    )


def _written(ports: Ports, arrival: Arrival) -> tuple[str, list[Change]]:
    """The secret of the cookie, and what stands behind it."""
    if len(arrival.commissions) == 1:
        secret, session = new_staff_session(ports, arrival, arrival.commissions[0])
        return secret, [Create(session), Create(by_staff(session.staff, "session.start", session.created_at))]
    secret = new_secret()
    half = HalfSession(
        session_hash=secret_hash(secret),
        person=person_of(ports, arrival.member.org_id, arrival.member.hsa_id),
        arrival=arrival,
        expires_at=ports.clock.now() + LOGIN_LASTS,
    )
    return secret, [Create(half)]


def _used_up(ports: Ports, login: LoginUnderWay) -> Create:
    marker = login.secret(ports.settings.link_key, "marker")
    return Create(UsedLogin(marker=marker, expires_at=datetime.fromtimestamp(login.expires_at, UTC)))
