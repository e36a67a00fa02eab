"""Control calls to the media fleet, sent through the outbox like any message: kept until they have arrived."""

from datetime import datetime, timedelta

from chalicelib.domain.message import OutboxMessage, message_id
from chalicelib.domain.visit import Call, Visit

KEPT_FOR = timedelta(days=1)


def end_call_message(visit: Visit, call: Call, now: datetime) -> OutboxMessage:
    """Ask the node that has the call to end it. The signed token is made when it is sent (docs/protocol.md §3)."""
    return OutboxMessage(
        message_id=message_id(visit.visit_id, call.call_id, "end_call", "media"),
        visit_id=visit.visit_id,
        participant_id="",
        reason="end_call",
        channel="media",
        address=call.call_id,
        subject="",
        text="end_call",
        link_id="",
        state="queued",
        attempts=0,
        due_at=now,
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
