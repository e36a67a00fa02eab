"""Personal links (G5): no token is stored, neither in clear where it is sent nor anywhere else.

A link has a random id. Its token is HMAC-SHA256(link key, link id): whoever holds only the database cannot make one, and
the outbox can make it again each time a message with it goes out. The links table is keyed by the token's SHA-256.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import datetime

from msgspec import Struct

from chalicelib.concealed import Concealed


class Link(Concealed, Struct, frozen=True, kw_only=True):
    """One link, which admits one participant of one visit until `open_minutes` after the visit's planned end.

    A visit that is moved takes its links with it (`link_state.expiry`). `expires_at` is that moment as it was when the row
    was written, or a later one: until when the row is kept at least.
    """

    token_hash: str
    link_id: str
    visit_id: str
    participant_id: str
    expires_at: datetime
    open_minutes: int = 120


def link_token(key: bytes, link_id: str) -> str:
    """The token of a link: 160 bits, 27 URL-safe characters."""
    digest = hmac.new(key, f"link\n{link_id}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest[:20]).decode().rstrip("=")


def link_url(public_url: str, token: str) -> str:
    """The address that is sent. The token stands after `#`, so that no server, proxy or log ever sees it."""
    return f"{public_url}/b#{token}"
