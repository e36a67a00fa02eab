"""Control calls to the media fleet, sent through the outbox like any message: kept until they have arrived."""

from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.message import OutboxMessage, message_id
from chalicelib.domain.visit import Call, Visit

Control = Literal["end_call", "remove_participant", "replace_device"]
KEPT_FOR = timedelta(days=1)


def end_call_message(visit: Visit, call: Call, now: datetime) -> OutboxMessage:
    """Ask the node that has the call to end it. The signed token is made when it is sent (docs/protocol.md §3)."""
    return _message(visit, call, "end_call", now, once_for=call.call_id)


def remove_participant_message(visit: Visit, call: Call, participant_id: str, now: datetime) -> OutboxMessage:
    """Put someone out who is no longer in the visit, and let no token of theirs in (G5)."""
    return _message(
        visit,
        call,
        "remove_participant",
        now,
        participant_id=participant_id,
        once_for=f"{call.call_id} {participant_id}",
    )


def replace_device_message(
    visit: Visit, call: Call, participant_id: str, former_session: str, now: datetime
) -> OutboxMessage:
    """Put the device out that a newer one has replaced: with every token from before `now`, not the newer one's (G2)."""
    return _message(
        visit,
        call,
        "replace_device",
        now,
        participant_id=participant_id,
        once_for=f"{call.call_id} {former_session}",
    )


def _message(
    visit: Visit, call: Call, action: Control, now: datetime, *, once_for: str, participant_id: str = ""
) -> OutboxMessage:
    return OutboxMessage(
        message_id=message_id(visit.visit_id, once_for, action, "media"),
        visit_id=visit.visit_id,
        participant_id=participant_id,
        reason=action,
        channel="media",
        address=call.call_id,
        subject="",
        text=action,
        link_id="",
        state="queued",
        attempts=0,
        due_at=now,
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
