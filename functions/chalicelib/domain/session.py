"""Server-side sessions, stored under the SHA-256 of their cookie."""

import hashlib
import hmac
from datetime import datetime
from typing import Literal

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.commission import Commission
from chalicelib.domain.device import Device
from chalicelib.domain.eid import EidOrder
from chalicelib.domain.organisation import Organisation, StaffMember
from chalicelib.domain.staff import Staff, StaffRole

VisitorRole = Literal["patient", "ombud", "guest"]


class StaffSession(Concealed, Struct, frozen=True, kw_only=True, tag="staff"):
    """Someone of the staff, logged in and at work on one of their commissions (L1).

    `staff` is who they are on that commission, `roles` what they may be on any of `commissions`. `session_id` names it to
    its owner, `person` in the index (`person_key`). `used_at` is right to five minutes. `version` counts the changes: a
    session that has ended cannot be written again by a late request.
    """

    session_hash: str
    csrf_token: str
    staff: Staff
    org_name: str
    join_button_text: str
    created_at: datetime
    expires_at: datetime
    session_id: str
    person: str
    used_at: datetime
    device: Device
    roles: tuple[StaffRole, ...]
    commission: Commission
    commissions: tuple[Commission, ...]
    child_age_limit: int = 13
    version: int = 1


class Arrival(Concealed, Struct, frozen=True, kw_only=True):
    """Someone of the staff as they come from the identity provider, with the commissions that open this service."""

    member: StaffMember
    organisation: Organisation
    commissions: tuple[Commission, ...]
    device: Device
    return_to: str


class HalfSession(Concealed, Struct, frozen=True, kw_only=True, tag="half"):
    """Someone who has still to choose a commission. It opens nothing but that choice."""

    session_hash: str
    person: str
    arrival: Arrival
    expires_at: datetime


class UsedLogin(Concealed, Struct, frozen=True, kw_only=True):
    """A login that has been completed cannot be again: kept until its cookie would no longer be taken.

    `marker` is made of the login with our key and gives nothing away.
    """

    marker: str
    expires_at: datetime


class EidAttempt(Concealed, Struct, frozen=True, kw_only=True):
    """An e-ID order and how far it had come at `collected_at` (epoch seconds); its QR secret stays here."""

    order: EidOrder
    collected_at: float = 0.0
    status: Literal["pending", "failed", "complete"] = "pending"
    hint_code: str = "outstandingTransaction"

    @property
    def to_scan(self) -> bool:
        """Whether there is a QR code that the person's app could open now (BankID, "QR code")."""
        waits = self.status == "pending" and self.hint_code == "outstandingTransaction"
        return waits and self.order.qr_start_token != ""


class VisitorSession(Concealed, Struct, frozen=True, kw_only=True, tag="visitor"):
    """Someone who came by a link. Only `admitted` ones reach the visit, and only as long as the participant's
    `session_hash` names them. `link_id`: of the link they came by. `version` counts the changes of `eid`: of two requests
    at once, one asks the provider."""

    session_hash: str
    csrf_token: str
    visit_id: str
    participant_id: str
    role: VisitorRole
    admitted: bool
    created_at: datetime
    expires_at: datetime
    eid: EidAttempt | None = None
    link_id: str = ""
    version: int = 1


def person_key(key: bytes, org_id: str, hsa_id: str) -> str:
    """What all sessions of a person have in common: a keyed hash of the HSA-id (128 bits)."""
    return hmac.new(key, f"staff sessions\n{org_id}\n{hsa_id}".encode(), hashlib.sha256).hexdigest()[:32]


Session = StaffSession | VisitorSession | HalfSession
