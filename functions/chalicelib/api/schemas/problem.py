"""Errors on the wire (RFC 9457)."""

from typing import Literal

from msgspec import Struct

MEDIA_TYPE = "application/problem+json"


class LinkSender(Struct, frozen=True):
    """Whose dead link it was, and the number to call, which may be empty. `form` and `role`: of the visit and of who was
    invited by the link, as a guest when that is not known any more; it tells what to call the visit."""

    name: str
    phone: str
    form: Literal["individual", "team", "group", "relative"]
    role: Literal["patient", "ombud", "guest"]


class Problem(Struct, frozen=True, omit_defaults=True):
    """`code` is stable and is what the UI translates; `detail` is for the developer. `field` names the input at fault,
    `sender` of a dead link who sent it."""

    title: str
    status: int
    code: str
    detail: str
    field: str | None = None
    sender: LinkSender | None = None
