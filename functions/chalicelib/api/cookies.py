"""Cookies of the three sessions. `__Host-`: Secure, this host alone, Path=/ (RFC 6265bis 4.1.3.2)."""

from typing import Final

STAFF: Final = "__Host-staff"
VISITOR: Final = "__Host-visitor"
LOGIN: Final = "__Host-login"

_ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Lax"


def parse(header: str) -> dict[str, str]:
    """The cookies of a `Cookie` header; of two with one name, the first. What is no pair is passed over."""
    cookies: dict[str, str] = {}
    for pair in header.split(";"):
        name, separator, value = pair.strip().partition("=")
        if separator and name not in cookies:
            cookies[name] = value
    return cookies


def set_cookie(name: str, value: str, max_age_s: int | None = None) -> str:
    """A `Set-Cookie` value; without `max_age_s` the cookie ends with the browser."""
    age = "" if max_age_s is None else f"; Max-Age={max_age_s}"
    return f"{name}={value}; {_ATTRIBUTES}{age}"


def clear_cookie(name: str) -> str:
    return set_cookie(name, "", 0)
