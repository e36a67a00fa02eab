"""Errors on the wire (RFC 9457)."""

from msgspec import Struct

MEDIA_TYPE = "application/problem+json"


class Problem(Struct, frozen=True, omit_defaults=True):
    """`code` is stable and is what the UI translates; `detail` is for the developer. `field` names the input at fault."""

    title: str
    status: int
    code: str
    detail: str
    field: str | None = None
