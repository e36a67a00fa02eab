"""Patients and guests, who come in by a link (G5, G6, S7)."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.schemas.visits import Status
from chalicelib.concealed import Concealed


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


class EidView(Concealed, Struct, frozen=True):
    """`qr` is the text of the animated code now (ask again each second); `text_id` names the recommended text (RFA1 ...)."""

    status: Literal["pending", "failed", "complete"]
    hint_code: str
    text_id: str
    qr: str | None
    auto_start_token: str


class VisitorSettings(Concealed, Struct, frozen=True):
    """`eid_app_url`: where the e-ID app opens instead of the phone's own; null outside the local stack."""

    eid_app_url: str | None
