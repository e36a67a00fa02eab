"""Another system that has shown who it is gets a token, and comes back with it (V5).

RFC 6749 4.4 (client credentials); RFC 9068 (the token); RFC 8705 3 (good only with the certificate it was asked for with).
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from chalicelib.concealed import Concealed
from chalicelib.domain.client_address import hashed_address
from chalicelib.domain.integration_client import SCOPES, IntegrationClient, Scope
from chalicelib.domain.sealed import derived_key
from chalicelib.domain.system_caller import System
from chalicelib.errors import BadInput, NotLoggedIn
from chalicelib.services.identify_client import Shown, identify_client, issuer
from chalicelib.services.ports import Ports

TOKEN_LASTS = timedelta(minutes=10)
REQUESTS, REQUESTS_WINDOW_S = 60, 60
_TOKEN_ALGORITHM, _TOKEN_TYPE = "HS256", "at+jwt"


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
    client = identify_client(ports, shown)
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


def audience(ports: Ports) -> str:
    """The FHIR endpoint: what the tokens are for."""
    return f"{ports.settings.public_url}/api/fhir/R4"


def _key(ports: Ports) -> bytes:
    return derived_key(ports.settings.integration_key, "system tokens")


def _invalid_token() -> NotLoggedIn:
    return NotLoggedIn("there is no valid token", code="invalid_token")
