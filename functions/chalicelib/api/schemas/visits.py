"""Visits: booking, start page, visit page (B2, L2, L3, S1-S5)."""

from datetime import date as Date
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.schemas.patients import GuardianView, Problem
from chalicelib.concealed import Concealed

Status = Literal["bokat", "mottaget", "pagaende", "avslutat", "avbokat", "uteblivet"]
Kind = Literal["adult", "child", "youth"]
Role = Literal["staff", "colleague", "patient", "ombud", "guest"]
GuestKind = Literal["relative", "interpreter", "other"]
PresenceState = Literal["invited", "waiting", "away", "in_call"]
DeliveryState = Literal["queued", "sent", "failed", "none"]
HsaId = Annotated[str, Meta(min_length=1, max_length=31)]
Action = Literal[
    "receive",
    "start",
    "start_call",
    "join_call",
    "end",
    "no_show",
    "chat",
    "note",
    "change_participants",
    "change_relations",
    "reschedule",
    "cancel",
]


class NewGuest(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """An external guest (G1); phone or e-mail, either is enough (G2)."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    phone: Annotated[str, Meta(max_length=40)] = ""
    email: Annotated[str, Meta(max_length=254)] = ""
    kind: GuestKind = "other"


class RelationChoice(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """What a guardian of the patient is in the visit: a child has exactly one ombud, others none (P6)."""

    guardian_id: Annotated[str, Meta(max_length=64)]
    ombud: bool = False
    primary_contact: bool = False


class ChangeRelations(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    relations: Annotated[list[RelationChoice], Meta(max_length=10)]


class BookVisit(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`request_id` is made when the wizard opens: the same one books once, however often it is sent (B2)."""

    request_id: Annotated[str, Meta(pattern="^[0-9a-f-]{36}$", max_length=36)]
    patient_id: Annotated[str, Meta(max_length=64)]
    starts_at: Annotated[datetime, Meta(tz=True)]
    duration_minutes: Annotated[int, Meta(ge=5, le=480)]
    reason: Annotated[str, Meta(max_length=200)]
    kind: Kind = "adult"
    staff: Annotated[list[HsaId], Meta(max_length=20)] = []
    guests: Annotated[list[NewGuest], Meta(max_length=10)] = []
    relations: Annotated[list[RelationChoice], Meta(max_length=10)] = []


class MessagePreview(Concealed, Struct, frozen=True):
    """What one person will receive, in the words they will see; the link is shown as `https://.../b#...`."""

    name: str
    role: Role
    channel: Literal["sms", "email"]
    text: str
    segments: int


class BookingPreview(Concealed, Struct, frozen=True):
    messages: list[MessagePreview]


class Person(Concealed, Struct, frozen=True):
    hsa_id: str
    name: str


class Received(Concealed, Struct, frozen=True):
    by: str
    at: datetime


class Presence(Concealed, Struct, frozen=True):
    """`since`: when that state began. `away`: was in the waiting room, the socket is closed (a sleeping phone)."""

    state: PresenceState
    since: datetime | None


class ParticipantView(Concealed, Struct, frozen=True):
    """`guest_kind` of guests alone. `removable`: the visit can do without them (G1)."""

    participant_id: str
    role: Role
    name: str
    presence: Presence
    delivery: DeliveryState
    is_owner: bool
    guest_kind: GuestKind | None
    removable: bool


class PatientOfVisit(Concealed, Struct, frozen=True):
    """`version`, `problem`, `guardians` and `guardians_withheld` are those of `PatientView`."""

    patient_id: str
    version: int
    name: str
    age: int | None
    number_masked: str
    phone: str
    email: str | None
    protected: bool
    protected_registration: bool
    problem: Problem | None
    guardians: list[GuardianView]
    guardians_withheld: bool


class Relations(Concealed, Struct, frozen=True):
    """The guardians who are ombud and primary contact in this visit; `invited_phone`: where the ombud was invited."""

    ombud_id: str | None
    invited_phone: str | None
    primary_contact_id: str | None


class CallView(Concealed, Struct, frozen=True):
    """The call that runs now. `staff_connected` > 0: the patient has the call request."""

    call_id: str
    staff_connected: int
    connected: int


class Me(Concealed, Struct, frozen=True):
    participant_id: str
    is_owner: bool
    role: Literal["staff", "colleague"]


class VisitView(Concealed, Struct, frozen=True):
    """Everything the visit page shows. `actions`: what this person may do now; the server decides again on each."""

    visit_id: str
    version: int
    kind: Kind
    status: Status
    starts_at: datetime
    ends_at: datetime
    reason: str
    unit_name: str
    owner: Person
    patient: PatientOfVisit
    relations: Relations
    participants: list[ParticipantView]
    received: Received | None
    started_at: datetime | None
    ended_at: datetime | None
    call: CallView | None
    last_call_id: str | None
    me: Me
    actions: list[Action]
    join_button_text: str


class BookedVisit(Concealed, Struct, frozen=True):
    """`guest_link`: a link that admits one guest, for **Kopiera inbjudningslänk**."""

    visit: VisitView
    guest_link: str


class AgendaWaiting(Concealed, Struct, frozen=True):
    name: str
    since: datetime
    away: bool


class AgendaEntry(Concealed, Struct, frozen=True):
    """One row of the start page. A protected patient's `patient_name` is empty. `invited`: as a guest of the visit (G4)."""

    visit_id: str
    starts_at: datetime
    ends_at: datetime
    kind: Kind
    status: Status
    patient_name: str
    protected: bool
    reason: str
    waiting: list[AgendaWaiting]
    received: Received | None
    call_running: bool
    invited: bool


class Agenda(Concealed, Struct, frozen=True):
    """One local day. `next_visit_at`: the first visit after an empty day."""

    today: Date
    date: Date
    entries: list[AgendaEntry]
    next_visit_at: datetime | None


class EndVisit(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`end_call` false while a call runs answers 409 `call_running`, so that the UI can ask first (S5)."""

    end_call: bool = False


class GuestLink(Concealed, Struct, frozen=True):
    url: str


class NoteView(Concealed, Struct, frozen=True):
    text: str
    version: int
    saved_at: datetime | None
    saved_by: str


class SaveNote(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`version`: the one the text was written on; another's newer note answers 409 `changed_meanwhile`."""

    text: Annotated[str, Meta(max_length=20_000)]
    version: Annotated[int, Meta(ge=0, le=1_000_000)]
