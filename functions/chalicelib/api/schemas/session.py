"""Who is logged in, and where (L1)."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.staff import StaffRole


class Commission(Concealed, Struct, frozen=True):
    """A commission (medarbetaruppdrag) to work on; `purpose` in HSA's words."""

    commission_id: str
    name: str
    purpose: str
    unit_name: str


class CommissionChoice(Concealed, Struct, frozen=True):
    """Who has come from the identity provider, and what they may choose from."""

    name: str
    commissions: list[Commission]


class ChooseCommission(Struct, frozen=True, forbid_unknown_fields=True):
    commission_id: str


class LoggedIn(Concealed, Struct, frozen=True):
    """Where the login was to lead."""

    return_to: str


class StaffSession(Concealed, Struct, frozen=True):
    """Who of the staff is logged in, and for how long unless they do something.

    `csrf_token` goes back in `X-CSRF-Token` with every state change.
    """

    hsa_id: str
    name: str
    given_name: str
    org_id: str
    org_name: str
    unit_id: str
    unit_name: str
    roles: tuple[StaffRole, ...]
    commission_id: str
    commissions: list[Commission]
    csrf_token: str
    join_button_text: str
    seconds_left: int
    child_age_limit: int


class SessionExpiry(Concealed, Struct, frozen=True):
    """`can_be_extended`: by using it. Twelve hours after login it ends whatever is done."""

    seconds_left: int
    can_be_extended: bool


class OwnSession(Concealed, Struct, frozen=True):
    """One place where its owner is logged in. `browser` and `system` are empty where they are not known."""

    session_id: str
    browser: str
    system: str
    unit_name: str
    started_at: datetime
    used_at: datetime
    is_current: bool


class LoggedOut(Concealed, Struct, frozen=True):
    """Where the browser goes to end the identity provider's session too."""

    redirect_to: str


class Health(Concealed, Struct, frozen=True):
    status: Literal["ok"] = "ok"
