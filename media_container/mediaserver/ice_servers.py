"""The STUN and TURN servers that a browser is told, TURN with credentials of its own that end by themselves."""

import base64
import hmac
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

Data = dict[str, Any]


@dataclass(frozen=True)
class TurnService:
    """TURN servers that know the secret (coturn: `use-auth-secret`). `urls` as in RFC 7065."""

    urls: tuple[str, ...]
    secret: str = field(repr=False)
    lifetime_s: int

    def access(self, now_s: float) -> Data:
        """A server with credentials made for one browser (draft-uberti-behave-turn-rest-00).

        The user name is the time that it ends at and a random number; nobody can be told from it.
        """
        username = f"{int(now_s) + self.lifetime_s}:{secrets.token_hex(8)}"
        # SHA-1 is what the draft names and what coturn computes.
        signature = hmac.digest(self.secret.encode(), username.encode(), "sha1")
        return {"urls": list(self.urls), "username": username, "credential": base64.b64encode(signature).decode()}


@dataclass(frozen=True)
class IceServers:
    """What stands in the settings, and TURN if there is one."""

    fixed: tuple[Data, ...] = ()
    turn: TurnService | None = None

    def for_a_browser(self) -> list[Data]:
        """Servers as RTCPeerConnection reads them, with fresh credentials."""
        relays = [] if self.turn is None else [self.turn.access(time.time())]
        return [*self.fixed, *relays]
