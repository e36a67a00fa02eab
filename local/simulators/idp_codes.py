"""Authorization codes of the staff identity provider: one use, one minute, one client, one proof key."""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from local.simulators.demo import Clinician

VALID_FOR_S = 60.0
MOST_CODES = 1000


class RefusedCode(Exception):
    """Unknown, used, old, or not this client's (RFC 6749 5.2 `invalid_grant`)."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code stands for. `code_challenge`: S256 (RFC 7636 4.2). `requested`: names of claims of the ID token."""

    clinician: Clinician
    redirect_uri: str
    nonce: str
    code_challenge: str
    requested: frozenset[str]
    made_at: float


class Codes:
    """The codes that nobody has used yet, at most MOST_CODES. `clock`: epoch seconds."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self._grants: dict[str, Grant] = {}

    def make(
        self, clinician: Clinician, redirect_uri: str, nonce: str, code_challenge: str, requested: frozenset[str]
    ) -> str:
        while len(self._grants) >= MOST_CODES:
            self._grants.pop(next(iter(self._grants)))
        code = secrets.token_urlsafe(32)
        self._grants[code] = Grant(clinician, redirect_uri, nonce, code_challenge, requested, self.clock())
        return code

    def use(self, code: str, redirect_uri: str, code_verifier: str) -> Grant:
        """Raises RefusedCode; the code is gone either way."""
        grant = self._grants.pop(code, None)
        if grant is None or self.clock() - grant.made_at > VALID_FOR_S or grant.redirect_uri != redirect_uri:
            raise RefusedCode
        if not hmac.compare_digest(_s256(code_verifier), grant.code_challenge.encode()):
            raise RefusedCode
        return grant


def _s256(code_verifier: str) -> bytes:
    digest = hashlib.sha256(code_verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=")
