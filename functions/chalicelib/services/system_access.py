"""Another system shows who it is and gets a token, and comes back with it (V5).

RFC 6749 4.4 (client credentials), 2.3.1 (`client_secret_basic`); RFC 7523 3 (`private_key_jwt`); RFC 9068 (the token);
RFC 8705 3 (a token that is good only with the certificate it was asked for with).
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from chalicelib.concealed import Concealed
from chalicelib.domain.changes import Create
from chalicelib.domain.client_address import hashed_address
from chalicelib.domain.ids import secret_hash
from chalicelib.domain.integration_client import SCOPES, IntegrationClient, Scope
from chalicelib.domain.sealed import derived_key
from chalicelib.domain.session import UsedLogin
from chalicelib.domain.system_caller import System
from chalicelib.errors import BadInput, Conflict, NotLoggedIn
from chalicelib.services.ports import Ports

TOKEN_LASTS = timedelta(minutes=10)
ASSERTION_LASTS_AT_MOST = timedelta(minutes=5)
CLOCKS_DIFFER = timedelta(seconds=30)
REQUESTS, REQUESTS_WINDOW_S = 60, 60
_LONGEST_CLIENT_ID = 256  # a longer one is no key of a row
# Of keys that a client may register. Never one that is also a secret's (HS256), nor none.
ASSERTION_ALGORITHMS = ("ES256", "ES384", "PS256", "RS256", "EdDSA")
_TOKEN_ALGORITHM, _TOKEN_TYPE = "HS256", "at+jwt"
_NO_SECRET = secret_hash("")


@dataclass(frozen=True, slots=True, repr=False)
class Shown(Concealed):
    """What a client shows of itself: a secret, or an assertion that it has signed. `certificate`: of its TLS connection,
    "" where the edge asks for none."""

    client_id: str
    secret: str = ""
    assertion: str = ""
    certificate: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Issued(Concealed):
    token: str
    scopes: tuple[Scope, ...]
    expires_in_s: int


def issue_token(ports: Ports, shown: Shown, asked: Sequence[str], source_ip: str) -> Issued:
    """A token for these scopes, or for all that the client may have where none is asked for.

    Raises NotLoggedIn (`invalid_client`), BadInput (`invalid_scope`), TooManyAttempts.
    """
    ports.rate_limits.hit(f"token#{hashed_address(ports.settings.link_key, source_ip)}", REQUESTS, REQUESTS_WINDOW_S)
    client = ports.bookings.client(shown.client_id) if 0 < len(shown.client_id) <= _LONGEST_CLIENT_ID else None
    _require_shown(ports, client, shown)
    if client is None or client.disabled or client.certificate not in {"", shown.certificate}:
        raise _unknown()
    scopes = _scopes(client, asked)
    return Issued(_token(ports, client, scopes, shown.certificate), scopes, int(TOKEN_LASTS.total_seconds()))


def resume_system(ports: Ports, authorization: str, certificate: str) -> System:
    """Who comes with this `Authorization`. Raises NotLoggedIn (`invalid_token`): also for a client that has been disabled
    since, for a token that belongs to another certificate, and for one from before the client was bound to its own."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise _invalid_token()
    claims = _claims(ports, token.strip())
    if not hmac.compare_digest(str(claims.get("cnf", {}).get("x5t#S256", "")), certificate if "cnf" in claims else ""):
        raise _invalid_token()
    client = ports.bookings.client(str(claims["sub"]))
    if client is None or client.disabled or client.certificate not in {"", certificate}:
        raise _invalid_token()
    granted = str(claims["scope"]).split()
    scopes = tuple(scope for scope in client.scopes if scope in granted)
    return System(org_id=client.org_id, client_id=client.client_id, name=client.name, scopes=scopes)


def _require_shown(ports: Ports, client: IntegrationClient | None, shown: Shown) -> None:
    """As much work for a client that there is as for one that there is not."""
    if shown.assertion:
        return _require_assertion(ports, client, shown)
    expected = client.secret_hash if client is not None and client.secret_hash else _NO_SECRET
    if not hmac.compare_digest(secret_hash(shown.secret), expected) or expected == _NO_SECRET:
        raise _unknown()
    return None


def _require_assertion(ports: Ports, client: IntegrationClient | None, shown: Shown) -> None:
    import jwt  # noqa: PLC0415  cold start

    try:
        key_id = str(jwt.get_unverified_header(shown.assertion).get("kid", ""))
        key = client.public_keys[key_id] if client is not None else ""
        claims: dict[str, Any] = jwt.decode(
            shown.assertion,
            key,
            algorithms=list(ASSERTION_ALGORITHMS),
            audience=[token_url(ports), issuer(ports)],
            issuer=shown.client_id,
            subject=shown.client_id,
            options={
                "require": ["exp", "aud", "iss", "sub", "jti"],
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            },
        )
        expires_at = datetime.fromtimestamp(int(claims["exp"]), UTC)
    except (jwt.PyJWTError, KeyError, ValueError, TypeError, OverflowError):  # TypeError: of claims that are no numbers
        raise _unknown() from None
    now = ports.clock.now()  # not the library's own clock: it is asked nothing of time
    if not now - CLOCKS_DIFFER < expires_at <= now + ASSERTION_LASTS_AT_MOST + CLOCKS_DIFFER:
        raise _unknown()
    _use_once(ports, shown.client_id, str(claims["jti"]), expires_at)


def _use_once(ports: Ports, client_id: str, jti: str, expires_at: datetime) -> None:
    """RFC 7523 3, 7: an assertion that was overheard is good for nothing."""
    marker = hashlib.sha256(f"assertion\n{client_id}\n{jti}".encode()).hexdigest()
    used = UsedLogin(marker=marker, expires_at=expires_at + 2 * CLOCKS_DIFFER)
    try:
        ports.store.commit([Create(used)])
    except Conflict:
        raise _unknown() from None


def _scopes(client: IntegrationClient, asked: Sequence[str]) -> tuple[Scope, ...]:
    if not set(asked) <= set(client.scopes):
        raise BadInput("the client may not have this scope", code="invalid_scope", field="scope")
    return tuple(scope for scope in SCOPES if scope in (asked or client.scopes))


def _token(ports: Ports, client: IntegrationClient, scopes: tuple[Scope, ...], certificate: str) -> str:
    import jwt  # noqa: PLC0415  cold start

    now = ports.clock.now()
    claims: dict[str, Any] = {
        "iss": issuer(ports),
        "aud": audience(ports),
        "sub": client.client_id,
        "client_id": client.client_id,
        "scope": " ".join(scopes),
        "iat": int(now.timestamp()),
        "exp": int((now + TOKEN_LASTS).timestamp()),
        "jti": str(uuid4()),
    }
    if certificate:
        claims["cnf"] = {"x5t#S256": certificate}
    return jwt.encode(claims, _key(ports), algorithm=_TOKEN_ALGORITHM, headers={"typ": _TOKEN_TYPE})


def _claims(ports: Ports, token: str) -> dict[str, Any]:
    import jwt  # noqa: PLC0415  cold start

    try:
        decoded = jwt.decode_complete(
            token,
            _key(ports),
            algorithms=[_TOKEN_ALGORITHM],
            audience=audience(ports),
            issuer=issuer(ports),
            options={
                "require": ["exp", "iat", "aud", "iss", "sub", "scope"],
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            },
        )
    except (jwt.PyJWTError, ValueError):
        raise _invalid_token() from None
    claims: dict[str, Any] = decoded["payload"]
    if decoded["header"].get("typ") != _TOKEN_TYPE or int(claims["exp"]) <= ports.clock.now().timestamp():
        raise _invalid_token()
    return claims


def issuer(ports: Ports) -> str:
    return ports.settings.public_url


def audience(ports: Ports) -> str:
    """The FHIR endpoint: what the tokens are for."""
    return f"{ports.settings.public_url}/api/fhir/R4"


def token_url(ports: Ports) -> str:
    return f"{ports.settings.public_url}/api/oauth/token"


def _key(ports: Ports) -> bytes:
    return derived_key(ports.settings.integration_key, "system tokens")


def _unknown() -> NotLoggedIn:
    return NotLoggedIn("the client is not known, or did not show that it is itself", code="invalid_client")


def _invalid_token() -> NotLoggedIn:
    return NotLoggedIn("there is no valid token", code="invalid_token")
