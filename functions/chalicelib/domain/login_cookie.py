"""A staff login under way stands in its browser's cookie alone, signed; nothing of it is stored (L1).

The cookie holds a random seed, an end and the way back, all readable. What must be known to us alone is made of the seed
with our key: the state, the nonce and the proof key (RFC 6749 10.12, OpenID Connect Core 15.5.2, RFC 7636 4.1).
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Final, Literal

import msgspec
from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.local_path import local_path

_LONGEST: Final = 3000
Use = Literal["state", "nonce", "code_verifier", "marker"]


class LoginUnderWay(Concealed, Struct, frozen=True, kw_only=True):
    """`expires_at` in epoch seconds; `return_to` a path of our own."""

    seed: str
    expires_at: int
    return_to: str

    def has_ended(self, now: datetime) -> bool:
        return now.timestamp() >= self.expires_at

    def secret(self, key: bytes, use: Use) -> str:
        """256 bits as 43 characters (base64url), another for each use."""
        return _encoded(_keyed(key, use, self.seed.encode()))


def new_login(return_to: str, expires_at: datetime) -> LoginUnderWay:
    """With a fresh seed; a `return_to` that leads elsewhere becomes `/`."""
    seed = secrets.token_urlsafe(32)
    return LoginUnderWay(seed=seed, expires_at=int(expires_at.timestamp()), return_to=local_path(return_to))


def login_cookie(key: bytes, login: LoginUnderWay) -> str:
    """`<content>.<signature>`, both base64url."""
    content = msgspec.json.encode(login)
    return f"{_encoded(content)}.{_encoded(_keyed(key, 'cookie', content))}"


def read_login_cookie(key: bytes, cookie: str) -> LoginUnderWay | None:
    """The login, also one that has ended; None for a cookie that is not ours or has been changed."""
    content, _, signature = cookie.partition(".")
    try:
        raw, signed = _decoded(content), _decoded(signature)
    except ValueError:
        return None
    if len(cookie) > _LONGEST or not hmac.compare_digest(signed, _keyed(key, "cookie", raw)):
        return None
    return msgspec.json.decode(raw, type=LoginUnderWay)


def _keyed(key: bytes, use: str, content: bytes) -> bytes:
    """The key has other uses too: the prefix keeps this one apart."""
    return hmac.digest(key, f"staff login\n{use}\n".encode() + content, hashlib.sha256)


def _encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    """Raises ValueError for what is no base64url."""
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
