"""What came in from another system, word for word but encrypted, and what became of it (V1: replay and troubleshooting)."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Literal

from msgspec import Struct

from chalicelib.concealed import Concealed

Outcome = Literal["created", "updated", "cancelled", "pending", "ignored", "unchanged", "rejected"]
Operation = Literal["create", "update", "replay"]

KEPT = timedelta(days=90)
# A region delivers some 50,000 bookings a day, in bursts of hundreds a second: a place takes about 300 of them.
SHARDS = 4


class IntegrationMessage(Concealed, Struct, frozen=True, kw_only=True):
    """`body` is encrypted under the message's own id (`domain.sealed`). `why`: the code of what was decided or refused.
    `replay_of`: the message that this one repeats. `patient_id`: whom it concerns, as far as it could be read."""

    message_id: str
    org_id: str
    received_at: datetime
    expires_at: datetime
    client_id: str
    system: str
    operation: Operation
    external_id: str
    outcome: Outcome
    why: str
    visit_id: str
    body: bytes
    replay_of: str = ""
    patient_id: str = ""


def new_message_id(now: datetime) -> str:
    """Tells when, so that ids sort by time, and where it is kept; nothing of what it says."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(8)}"


def shard_of(message_id: str) -> int:
    """Below SHARDS: a day's messages lie in as many places, so that no one of them gets all writes."""
    return sum(message_id.encode()[-4:]) % SHARDS


def external_key(org_id: str, external_id: str) -> str:
    """By what the messages of one booking are found. Hashed: what another system calls its bookings is not ours to show."""
    return hashlib.sha256(f"{org_id}\n{external_id}".encode()).hexdigest()[:32]
