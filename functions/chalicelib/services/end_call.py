"""A call is ended from outside: a control message to the media fleet, by way of the outbox (S5)."""

from datetime import datetime, timedelta

from chalicelib.domain.changes import Create
from chalicelib.domain.message import OutboxMessage, message_id
from chalicelib.domain.visit import Call, Visit

ACTION = "end_call"
KEPT_FOR = timedelta(days=1)


def end_call_message(visit: Visit, call: Call, now: datetime) -> Create:
    """To be written in the transaction that ends the call in the visit: once per call.

    The message holds no token: it lives 60 s at most, so it is made when the message is sent. `address` is the call.
    """
    return Create(
        OutboxMessage(
            message_id=message_id(visit.visit_id, call.call_id, ACTION, "media"),
            visit_id=visit.visit_id,
            participant_id="",
            reason=ACTION,
            channel="media",
            address=call.call_id,
            subject="",
            text=ACTION,
            link_id="",
            state="queued",
            attempts=0,
            due_at=now,
            created_at=now,
            expires_at=now + KEPT_FOR,
        )
    )
