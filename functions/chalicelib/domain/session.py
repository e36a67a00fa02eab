"""Server-side sessions, stored under the SHA-256 of their cookie."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.eid import EidOrder
from chalicelib.domain.staff import Staff

VisitorRole = Literal["patient", "ombud", "guest"]


class StaffSession(Concealed, Struct, frozen=True, kw_only=True, tag="staff"):
    """A logged-in clinician (L1).

    `version` counts how often it was kept awake: a session that has ended cannot be written again by a late request.
    """

    session_hash: str
    csrf_token: str
    staff: Staff
    org_name: str
    join_button_text: str
    created_at: datetime
    expires_at: datetime
    version: int = 1


class EidAttempt(Concealed, Struct, frozen=True, kw_only=True):
    """An e-ID order and how far it had come at `collected_at` (epoch seconds); its QR secret stays here."""

    order: EidOrder
    collected_at: float = 0.0
    status: Literal["pending", "failed", "complete"] = "pending"
    hint_code: str = "outstandingTransaction"


class VisitorSession(Concealed, Struct, frozen=True, kw_only=True, tag="visitor"):
    """Someone who came by a link. Only `admitted` ones reach the visit, and only as long as the participant's
    `session_hash` names them."""

    session_hash: str
    csrf_token: str
    visit_id: str
    participant_id: str
    role: VisitorRole
    admitted: bool
    created_at: datetime
    expires_at: datetime
    eid: EidAttempt | None = None


class PendingLogin(Concealed, Struct, frozen=True, kw_only=True, tag="login"):
    """A staff login that was sent to the identity provider, stored under the hash of its state cookie."""

    session_hash: str
    state_hash: str
    nonce: str
    code_verifier: str
    return_to: str
    expires_at: datetime


Session = StaffSession | VisitorSession | PendingLogin
