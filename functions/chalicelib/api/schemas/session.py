"""Who is logged in (L1)."""

from typing import Literal

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.staff import StaffRole


class StaffSession(Concealed, Struct, frozen=True):
    """Who of the staff is logged in. `csrf_token` goes back in `X-CSRF-Token` with every state change."""

    hsa_id: str
    name: str
    given_name: str
    org_id: str
    org_name: str
    unit_id: str
    unit_name: str
    roles: tuple[StaffRole, ...]
    csrf_token: str
    join_button_text: str


class LoggedOut(Concealed, Struct, frozen=True):
    """Where the browser goes to end the identity provider's session too."""

    redirect_to: str


class Colleague(Concealed, Struct, frozen=True):
    """Someone who can be added as Sjukvårdspersonal."""

    hsa_id: str
    name: str
    title: str
    unit_name: str


class Health(Concealed, Struct, frozen=True):
    status: Literal["ok"] = "ok"
