"""Another system shows who it is (V5): RFC 6749 2.3.1 (`client_secret_basic`), RFC 7523 3 (`private_key_jwt`), RFC 8705 3
(the certificate that it comes with)."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.concealed import Concealed
from chalicelib.domain.changes import Create
from chalicelib.domain.ids import secret_hash
from chalicelib.domain.integration_client import IntegrationClient
from chalicelib.domain.session import UsedLogin
from chalicelib.errors import Conflict, NotLoggedIn
from chalicelib.services.ports import Ports

ASSERTION_LASTS_AT_MOST = timedelta(minutes=5)
CLOCKS_DIFFER = timedelta(seconds=30)
# Of keys that a client may register. Never one that is also a secret's (HS256), nor none.
ASSERTION_ALGORITHMS = ("ES256", "ES384", "PS256", "RS256", "EdDSA")
_LONGEST_CLIENT_ID = 256  # a longer one is no key of a row
_NO_SECRET = secret_hash("")


@dataclass(frozen=True, slots=True, repr=False)
class Shown(Concealed):
    """What a client shows of itself: a secret, or an assertion that it has signed. `certificate`: of its TLS connection,
    "" where the edge asks for none."""

    client_id: str
    secret: str = ""
    assertion: str = ""
    certificate: str = ""


def identify_client(ports: Ports, shown: Shown) -> IntegrationClient:
    """The client that this is. Raises NotLoggedIn (`invalid_client`), alike for one that there is not."""
    client = ports.bookings.client(shown.client_id) if 0 < len(shown.client_id) <= _LONGEST_CLIENT_ID else None
    _require_shown(ports, client, shown)
    if client is None or client.disabled or client.certificate not in {"", shown.certificate}:
        raise _unknown()
    return client


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


def issuer(ports: Ports) -> str:
    """Who issues the tokens, and what an assertion may be meant for beside `token_url`."""
    return ports.settings.public_url


def token_url(ports: Ports) -> str:
    return f"{ports.settings.public_url}/api/oauth/token"


def _unknown() -> NotLoggedIn:
    return NotLoggedIn("the client is not known, or did not show that it is itself", code="invalid_client")
