"""Patients and guests, who come in by a link (G5, G6, S7)."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.schemas.visits import Form, Language, Late, Status
from chalicelib.concealed import Concealed
from chalicelib.domain.eid import EidProvider


class OpenLink(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """The token stands after `#` in the link, so that it reaches no log; it is sent here in the body."""

    token: Annotated[str, Meta(max_length=200)]


class EnterAsGuest(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1, max_length=80)]


class VisitorCall(Concealed, Struct, frozen=True):
    """`requested`: staff is connected and waits (C3)."""

    call_id: str
    requested: bool


class VisitorView(Concealed, Struct, frozen=True):
    """What the visitor's page shows. Before they are admitted nothing of the patient is in it.

    `group`: the others know them by `display_name` (B8). `moved`: the visit has had another time. `can_cancel`: here and
    now; `cancel_until` is null for who must call `contact_phone` (E.164, perhaps empty) to cancel (B11).
    `stage`: `identify` (e-ID needed), `name` (a guest says who they are), `admitted`, `ended`.
    `clinician`: `not_here`, `received`, `started` (S7).
    """

    stage: Literal["identify", "name", "admitted", "ended"]
    role: Literal["patient", "ombud", "guest"]
    csrf_token: str
    participant_id: str
    my_name: str
    org_name: str
    unit_name: str
    clinician_name: str
    starts_at: datetime
    ends_at: datetime
    status: Status
    clinician: Literal["not_here", "received", "started"]
    may_chat: bool
    call: VisitorCall | None
    last_call_id: str | None
    form: Form
    group: bool
    language: Language
    display_name: str
    late: Late | None
    moved: bool
    can_cancel: bool
    cancel_until: datetime | None
    contact_phone: str


class ReportLate(Struct, frozen=True, forbid_unknown_fields=True):
    """Minutes after the planned start."""

    minutes: Literal[5, 10, 15, 30]


class CancelOwnVisit(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing is asked for."""


class ChangeLanguage(Struct, frozen=True, forbid_unknown_fields=True):
    language: Language


class ChangeDisplayName(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    display_name: Annotated[str, Meta(min_length=1, max_length=80)]


class StartEid(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`provider`: one of the settings' `eid_providers`. `return_here`: the app opens our page when it is done, as on
    phones where it does not step aside by itself."""

    provider: EidProvider = "bankid"
    return_here: bool = False


class EidView(Concealed, Struct, frozen=True):
    """`qr` is the text of the animated code now (ask again each second); null when there is nothing to scan.

    `text_id` names the text for the user: BankID's recommended one (RFA1 ...), or ours (FREJA_STARTED ...).
    """

    provider: EidProvider
    status: Literal["pending", "failed", "complete"]
    hint_code: str
    text_id: str
    qr: str | None
    auto_start_token: str


class VisitorSettings(Concealed, Struct, frozen=True):
    """`eid_providers`: the e-IDs to choose among, the first one first. `eid_app_url` and `freja_app_url`: where the
    BankID and the Freja app open instead of the phone's own; null outside the local stack."""

    eid_providers: list[EidProvider]
    eid_app_url: str | None
    freja_app_url: str | None
