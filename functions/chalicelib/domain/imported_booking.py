"""A booking of another system as it last told of it, and what became of it here (V1-V3)."""

import hashlib
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from chalicelib.concealed import Concealed

BookingState = Literal["booked", "pending", "cancelled", "ignored"]
Missing = Literal["unknown_patient", "contact", "ombud", "not_bookable"]

# As long as the messages that told of it. What is older changes nothing: nothing is booked in the past.
KEPT_AFTER_END = timedelta(days=90)


class SourceVersion(Struct, frozen=True, kw_only=True):
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
    `why` is the code of what was decided.
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


def booking_id_of(org_id: str, system: str, external_id: str) -> str:
    """The booking with this identifier: always the same one (V1)."""
    return "b_" + _digest(org_id, system, external_id)


def visit_id_of(booking_id: str, visits: int) -> str:
    """The visit that a booking becomes; a new one when it is booked again after it was cancelled."""
    return "v_" + _digest(booking_id, str(visits))


def _digest(*parts: str) -> str:
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    return urlsafe_b64encode(digest[:15]).decode()
