"""A visit: one document with its participants, who waits, and its call (docs/data-model.md)."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.errors import NotFound

Role = Literal["staff", "colleague", "patient", "ombud", "guest"]
GuestKind = Literal["relative", "interpreter", "other"]
Language = Literal["sv", "en"]
CancelledBy = Literal["staff", "patient", "system"]


class Kind(StrEnum):
    """By the patient's age on the day: an adult, a child under 13 (with an ombud), one of 13 to 17 (B4, B5)."""

    ADULT = "adult"
    CHILD = "child"
    YOUTH = "youth"


class Form(StrEnum):
    """What the visit is besides: B1's other kinds. A team visit is for a patient of any age (B6), a group has 2 to 20
    patients (B8), and a relative's conversation (Anhörigsamtal) is without the patient (B7)."""

    INDIVIDUAL = "individual"
    TEAM = "team"
    GROUP = "group"
    RELATIVE = "relative"


class Status(StrEnum):
    """S1."""

    BOOKED = "bokat"
    RECEIVED = "mottaget"
    ONGOING = "pagaende"
    ENDED = "avslutat"
    CANCELLED = "avbokat"
    NO_SHOW = "uteblivet"


PLANNED = frozenset({Status.BOOKED, Status.RECEIVED})
OVER = frozenset({Status.ENDED, Status.CANCELLED, Status.NO_SHOW})


class Contact(Concealed, Struct, frozen=True):
    """Where messages go: E.164 phone and e-mail, each may be empty."""

    phone: str = ""
    email: str = ""


class Late(Struct, frozen=True):
    """What a patient has told of themselves: so many minutes after the planned start (B11)."""

    minutes: int
    at: datetime


class Participant(Concealed, Struct, frozen=True, kw_only=True):
    """One person in a visit. `session_hash` is the visitor's one admitted session: a newer device replaces it (G2).

    `waiting_since` is set while they are in the waiting room; `away_since` when their socket has closed but they have
    not left (a phone that sleeps). `colleague`: logs in as staff, and is a guest of the visit (G4). `ombud`: the guardian
    `guardian_id` who acts for a child under 13, who then has no link (B4). `guest_kind` is a guest's alone (G1).
    `patient_id` is a patient's; `display_name` what the others of a group see of one (B8), and `youth` whether they are one,
    which of other visits their `kind` tells. `invited_again`: how often after the first time, at last by `invited_request`.
    `unreached`: the newest of what they were sent has not come to them (B10).
    """

    participant_id: str
    role: Role
    name: str
    hsa_id: str = ""
    link_id: str = ""
    contact: Contact = Contact()
    session_hash: str = ""
    waiting_since: datetime | None = None
    away_since: datetime | None = None
    guardian_id: str = ""
    guest_kind: GuestKind = "other"
    patient_id: str = ""
    display_name: str = ""
    language: Language = "sv"
    late: Late | None = None
    youth: bool = False
    invited_again: int = 0
    invited_request: str = ""
    unreached: bool = False

    @property
    def shown_name(self) -> str:
        """What the others in the visit call them; staff alone knows better in a group (B8)."""
        return self.display_name or self.name


class Removed(Concealed, Struct, frozen=True, kw_only=True):
    """Someone who was taken out of the visit: remembered without a name, so that their pages can be told why (G5).

    `person_id` was their participant id; `hsa_id` of staff and colleagues alone.
    """

    person_id: str
    hsa_id: str
    at: datetime


class Received(Concealed, Struct, frozen=True):
    """Who pressed Ta emot first, and when (L3)."""

    hsa_id: str
    name: str
    at: datetime


class Call(Struct, frozen=True, kw_only=True):
    """The visit's one call (S4), as its media node last told it: `connected` maps participant id to the
    role that the media plane knows (`domain.access.CALL_ROLE`).

    `lost`: those whose socket is lost, and whose place in the call waits for them. `coming`: those of `connected` whom
    the call's former node told of and its new one has not seen yet; believed until `coming_until`.
    """

    call_id: str
    opened_at: datetime
    epoch: int = 0
    seq: int = 0
    connected: dict[str, Role] = {}
    lost: tuple[str, ...] = ()
    coming: dict[str, Role] = {}
    coming_until: datetime | None = None

    @property
    def staff_connected(self) -> int:
        return sum(role == "staff" for role in self.connected.values())


class Rebooking(Concealed, Struct, frozen=True):
    """Who last moved or cancelled the visit, and when; `name` is empty for the patient and for the booking system."""

    name: str
    at: datetime


class Visit(Concealed, Struct, frozen=True, kw_only=True):
    """The whole of a visit. `version` counts its changes; each is written under it.

    `primary_contact_id`: the guardian whom the clinic contacts first, who need not take part; "" for nobody (P6).
    `patient_id` is empty in a group: each patient's stands with them. `sequence` counts the bookings that this visit has
    been (RFC 5545 3.8.7.4), and `timed_sequence` is its value when the present time was set: what was written before that is
    not sent any more. `series_id` joins repeated visits; `external_id` names the booking system's booking, "" for one made
    here (V1). `staff_came_at`: when someone of the staff was first in its call; patients who were not there were told (B10).
    """

    visit_id: str
    version: int
    org_id: str
    org_name: str
    unit_id: str
    unit_name: str
    kind: Kind
    status: Status
    starts_at: datetime
    ends_at: datetime
    reason: str
    owner_hsa_id: str
    patient_id: str
    patient_protected: bool
    created_at: datetime
    participants: tuple[Participant, ...]
    received: Received | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    call: Call | None = None
    last_call_id: str = ""
    primary_contact_id: str = ""
    removed: tuple[Removed, ...] = ()
    form: Form = Form.INDIVIDUAL
    sequence: int = 0
    rebooked: Rebooking | None = None
    cancel_reason: str = ""
    cancelled_by: CancelledBy | None = None
    series_id: str = ""
    external_id: str = ""
    timed_sequence: int = 0
    staff_came_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    def participant(self, participant_id: str) -> Participant:
        """Raises NotFound."""
        for person in self.participants:
            if person.participant_id == participant_id:
                return person
        raise NotFound("no such participant in the visit")

    def staff(self, hsa_id: str) -> Participant | None:
        """The clinician with this HSA-id, if they are in the visit, as its staff or as a colleague."""
        return next((p for p in self.participants if p.hsa_id == hsa_id), None)

    @property
    def owner(self) -> Participant:
        owner = self.staff(self.owner_hsa_id)
        if owner is None:
            raise NotFound("the visit's owner is not among its staff")
        return owner

    @property
    def patient(self) -> Participant:
        """The patient; of a group the first."""
        return next(p for p in self.participants if p.role == "patient")

    @property
    def patients(self) -> tuple[Participant, ...]:
        """One, and in a group all of them."""
        return tuple(p for p in self.participants if p.role == "patient")

    @property
    def patient_ids(self) -> tuple[str, ...]:
        """Whose access log tells of this visit."""
        return (self.patient_id,) if self.patient_id else tuple(p.patient_id for p in self.patients)

    @property
    def ombud(self) -> Participant | None:
        """The guardian who acts for a child; None in a visit of another kind (B4)."""
        return next((p for p in self.participants if p.role == "ombud"), None)


def patient_id_of(visit: Visit, person: Participant) -> str:
    """Whose data this person comes for: a patient's own, for all others the one patient's; "" for the others of a group."""
    return person.patient_id or visit.patient_id


def was_removed(visit: Visit, participant_id: str) -> bool:
    """Whether this person was in the visit and has been taken out of it."""
    return any(gone.person_id == participant_id for gone in visit.removed)


def with_participant(visit: Visit, changed: Participant) -> Visit:
    """The visit with that participant in the place of the one with the same id."""
    people = tuple(changed if p.participant_id == changed.participant_id else p for p in visit.participants)
    return replace(visit, participants=people)
