"""Visits: booking, start page, visit page (B2, L2, L3, S1-S5)."""

from datetime import date as Date
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.schemas.patients import GuardianView, Problem
from chalicelib.concealed import Concealed

Status = Literal["bokat", "mottaget", "pagaende", "avslutat", "avbokat", "uteblivet"]
Kind = Literal["adult", "child", "youth"]
Form = Literal["individual", "team", "group", "relative"]
Language = Literal["sv", "en"]
CancelledBy = Literal["staff", "patient", "system"]
Role = Literal["staff", "colleague", "patient", "ombud", "guest"]
Failure = Literal["not_delivered", "no_such_address", "refused", "no_answer", "daily_cap"]
GuestKind = Literal["relative", "interpreter", "other"]
PresenceState = Literal["invited", "waiting", "away", "in_call"]
DeliveryState = Literal["none", "queued", "sent", "delivered", "failed", "bounced"]
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


class BookedPatient(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`display_name`: what the other patients of a group see; empty for `Deltagare 1` and so on (B8)."""

    patient_id: Annotated[str, Meta(max_length=64)]
    display_name: Annotated[str, Meta(max_length=80)] = ""
    language: Language = "sv"


class Repeat(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`count` visits in all, at the same Swedish clock time."""

    every_weeks: Annotated[int, Meta(ge=1, le=12)]
    count: Annotated[int, Meta(ge=2, le=12)]


class BookVisit(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`request_id` is made when the wizard opens: the same one books once, however often it is sent (B2).

    `patients`: one, and 2 to 20 of a group. `kind`: by the patient's age; of a group and a relative `adult`. `start_now`
    is a drop-in visit: it starts now, whatever `starts_at` says, and is received and started at once.
    """

    request_id: Annotated[str, Meta(pattern="^[0-9a-f-]{36}$", max_length=36)]
    patients: Annotated[list[BookedPatient], Meta(min_length=1, max_length=20)]
    starts_at: Annotated[datetime, Meta(tz=True)]
    duration_minutes: Annotated[int, Meta(ge=5, le=480)]
    reason: Annotated[str, Meta(max_length=200)]
    kind: Kind = "adult"
    form: Form = "individual"
    start_now: bool = False
    repeat: Repeat | None = None
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


class Overlap(Concealed, Struct, frozen=True):
    """A visit that a clinician has at the same time: warned of, never refused (B9)."""

    hsa_id: str
    name: str
    starts_at: datetime
    ends_at: datetime


class PlannedVisit(Concealed, Struct, frozen=True):
    starts_at: datetime


class BookingPreview(Concealed, Struct, frozen=True):
    """`series`: of a repeated visit each of them, the first one too; else empty."""

    messages: list[MessagePreview]
    overlaps: list[Overlap] = []
    series: list[PlannedVisit] = []


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


class Late(Concealed, Struct, frozen=True):
    """Jag blir sen: so many minutes, told `at` (B11)."""

    minutes: int
    at: datetime


class Delivery(Concealed, Struct, frozen=True):
    """One message to the person. `reason`: `invitation`, `moved`, `cancelled`, `reminder_morning`, `reminder_soon` or
    `started`; `at`: when it was last written, sent or told of. `failure`: why it has not come."""

    reason: str
    channel: Literal["sms", "email"]
    state: DeliveryState
    at: datetime
    failure: Failure | None


class ParticipantView(Concealed, Struct, frozen=True):
    """`guest_kind` of guests alone. `removable`: the visit can do without them (G1). `display_name`: of a group's patients
    alone. `deliveries`: of each message, newest first; `delivery`: of the newest one. `phone` and `email`: where they were
    invited, for the visit's staff. `invited_again`: how often since; null for who cannot be."""

    participant_id: str
    role: Role
    name: str
    presence: Presence
    delivery: DeliveryState
    is_owner: bool
    guest_kind: GuestKind | None
    removable: bool
    display_name: str
    language: Language
    late: Late | None
    deliveries: list[Delivery]
    phone: str
    email: str
    invited_again: int | None


class PatientOfVisit(Concealed, Struct, frozen=True):
    """`version`, `problem`, `guardians` and `guardians_withheld` are those of `PatientView`."""

    participant_id: str
    display_name: str

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


class Rebooked(Concealed, Struct, frozen=True):
    """`name`: of the clinician; empty for the patient and for the booking system."""

    name: str
    at: datetime


class VisitView(Concealed, Struct, frozen=True):
    """Everything the visit page shows. `actions`: what this person may do now; the server decides again on each.

    `patient`: the first of `patients`, which has one but for a group. `sequence`: how many times it has been moved.
    `rebooked`: who last moved or cancelled it. `series_id`: the same in visits that repeat one another. `external`: booked
    in the booking system.
    """

    visit_id: str
    version: int
    kind: Kind
    form: Form
    status: Status
    starts_at: datetime
    ends_at: datetime
    reason: str
    unit_name: str
    owner: Person
    patient: PatientOfVisit
    patients: list[PatientOfVisit]
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
    sequence: int
    rebooked: Rebooked | None
    cancel_reason: str
    cancelled_by: CancelledBy | None
    series_id: str
    external: bool


class SeriesVisit(Concealed, Struct, frozen=True):
    visit_id: str
    starts_at: datetime


class BookedVisit(Concealed, Struct, frozen=True):
    """`guest_link`: a link that admits one guest, for **Kopiera inbjudningslänk**. `series`: of a repeated visit all of
    them, `visit` being the first; else empty."""

    visit: VisitView
    guest_link: str
    series: list[SeriesVisit]


class AgendaWaiting(Concealed, Struct, frozen=True):
    name: str
    since: datetime
    away: bool


class AgendaEntry(Concealed, Struct, frozen=True):
    """One row of the start page. A protected patient's `patient_name` is empty. `invited`: as a guest of the visit (G4).

    `patients`: how many; a group has no `patient_name`. `late`: so many minutes, as the patient has told (B11).
    `unreached`: how many have not got the newest of what they were sent, and are not here either (B10).
    """

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
    form: Form
    patients: int
    late: int | None
    external: bool
    unreached: int


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
