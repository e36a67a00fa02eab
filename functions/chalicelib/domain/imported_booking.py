"""A booking of another system as it last told of it, and what became of it here (V1-V3)."""

import hashlib
from base64 import b32encode
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.organisation import Organisation, StaffMember
from chalicelib.domain.patient import Patient
from chalicelib.domain.visit import Visit

BookingState = Literal["booked", "pending", "cancelled", "ignored"]
Missing = Literal["unknown_patient", "contact", "ombud", "not_bookable"]

# As long as the messages that told of it. What is older changes nothing: nothing is booked in the past.
KEPT_AFTER_END = timedelta(days=90)


class SourceVersion(Concealed, Struct, frozen=True, kw_only=True):
    """What orders the deliveries of one booking: `meta.versionId` where it is a whole number, else `meta.lastUpdated`."""

    number: int | None = None
    updated_at: datetime | None = None


class Wanted(Concealed, Struct, frozen=True, kw_only=True):
    """The visit that is asked for. `staff`: HSA-ids, the owner first."""

    patient_id: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    staff: tuple[str, ...]


class ImportedBooking(Concealed, Struct, frozen=True, kw_only=True):
    """`version` counts its changes here and is its ETag; `source` is the newest that the other system has told.

    `wanted` is None where no visit is to be. `visits`: how many it has been, of which `visit_id` is the last. `number`,
    the patient's whole identity number, stands here only while the booking is `pending`; `missing` says for what.
    `why` is the code of what was decided. `external_system`: the naming system of `external_id`, "" for none told.
    """

    booking_id: str
    version: int
    org_id: str
    external_id: str
    source: SourceVersion
    state: BookingState
    why: str
    changed_at: datetime
    expires_at: datetime
    external_system: str = ""
    wanted: Wanted | None = None
    visit_id: str = ""
    visits: int = 0
    number: str = ""
    missing: Missing | None = None

    @property
    def owner_hsa_id(self) -> str:
        """Whose it is; "" where no visit is to be."""
        return self.wanted.staff[0] if self.wanted else ""


class WaitingFor(Struct, frozen=True, kw_only=True):
    """That a pending booking waits for this patient: written and removed with the booking itself."""

    org_id: str
    patient_id: str
    booking_id: str
    expires_at: datetime


class ImportContext(Concealed, Struct, frozen=True, kw_only=True):
    """What a delivery meets here; `staff` in the order that was asked for, without who is none."""

    organisation: Organisation | None
    booking: ImportedBooking | None = None
    patient: Patient | None = None
    visit: Visit | None = None
    staff: tuple[StaffMember, ...] = ()


def booking_id_of(org_id: str, system: str, external_id: str) -> str:
    """The booking with this identifier: always the same one (V1). Letters and digits, as FHIR wants of an id."""
    digest = hashlib.sha256("\n".join((org_id, system, external_id)).encode()).digest()
    return "b" + b32encode(digest[:20]).decode().lower()
