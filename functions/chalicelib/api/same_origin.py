"""State changes come from our own pages: their origin, and the session's proof (OWASP, cross-site request forgery)."""

import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from chalicelib.errors import CsrfRejected


def require_own_origin(headers: Mapping[str, str], public_url: str) -> None:
    """Raises CsrfRejected unless `Origin` is ours. Browsers send it with every POST, PUT, DELETE and WebSocket."""
    if headers.get("origin") != origin_of(public_url):
        raise CsrfRejected("the request comes from another origin")


def require_csrf_token(headers: Mapping[str, str], expected: str) -> None:
    """Raises CsrfRejected unless `X-CSRF-Token` is the session's, compared in constant time."""
    given = headers.get("x-csrf-token", "")
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise CsrfRejected("the session's token is missing or wrong")


def origin_of(url: str) -> str:
    """RFC 6454 6.2: scheme, host and port of a URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
