"""An organisation, its units and its staff (O1 in part)."""

from collections.abc import Collection, Iterable

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.staff import StaffRole
from chalicelib.errors import BadInput


class Organisation(Struct, frozen=True, kw_only=True):
    """Settings that visits read. `sms_sender` has at most 11 ASCII characters (B10).

    Under `child_age_limit` years a child has an ombud; from then on it identifies itself (B4, B5). A patient may cancel
    until `self_cancel_until_minutes` before the start (B11). `morning_reminder_at` is Swedish clock time. `texts`: the
    organisation's own words by key (`domain.templates`); `sms_daily_cap` counts segments. `version` counts its changes; each
    is written under it.
    """

    org_id: str
    name: str
    care_provider_hsa_id: str
    sms_sender: str
    join_button_text: str = "Gå med i videosamtal"
    link_open_minutes_after_end: int = 120
    interpreter_given_name: str = "Tolk"
    interpreter_family_name: str = "digital"
    interpreter_email: str = "videolank@digitaltolk.se"
    child_age_limit: int = 13
    contact_phone: str = ""
    self_cancel_allowed: bool = True
    self_cancel_until_minutes: int = 120
    morning_reminder_at: str = "07:00"
    soon_reminder_minutes: int = 15
    sms_daily_cap: int = 20_000
    texts: dict[str, str] = {}
    booking_integration: bool = False
    version: int = 1


class Unit(Struct, frozen=True, kw_only=True):
    org_id: str
    unit_id: str
    name: str


class StaffMember(Concealed, Struct, frozen=True, kw_only=True):
    """Someone who may log in for this organisation, on this unit."""

    org_id: str
    hsa_id: str
    given_name: str
    family_name: str
    title: str
    unit_id: str
    unit_name: str
    roles: tuple[StaffRole, ...] = ("clinician",)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def is_clinician(self) -> bool:
        return "clinician" in self.roles


def require_clinicians(members: Iterable[StaffMember], hsa_ids: Collection[str], field: str = "staff") -> None:
    """`members`: those of the organisation whom the HSA-ids name. Raises BadInput (`unknown_staff`) unless all are there,
    and give care."""
    if not {member.hsa_id for member in members if member.is_clinician}.issuperset(hsa_ids):
        raise BadInput("not staff of this organisation", code="unknown_staff", field=field)
