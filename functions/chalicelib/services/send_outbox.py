"""Outgoing messages are sent: by the stream as they are written, by the sweep when their time comes (B3).

A message is claimed by a conditional write before it is handed over, so of all who try at once one sends. Whoever claimed
it is trusted for CLAIM; if it died between the carrier's yes and our note of it, the message goes out again. That gap is
the only way to a second SMS: no carrier offers a check for it, so the message's own id goes along as an attribute, to be
found by.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from msgspec.structs import replace

from chalicelib.domain.changes import Replace
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.retry import ATTEMPTS, retry_delay
from chalicelib.errors import BadInput, Conflict, Unavailable
from chalicelib.services.deliver_message import deliver, undeliverable
from chalicelib.services.ports import Ports

CLAIM = timedelta(seconds=60)
SWEEP_LIMIT = 50
SWEEP_LASTS = timedelta(seconds=30)  # it has 55 s, and one message that nobody answers takes up to 20 of them

Outcome = Literal["sent", "retry", "failed", "dropped", "not_due", "taken"]


def send_message(ports: Ports, message_id: str) -> Outcome:
    """Send it if it is due and nobody else does. Raises Unavailable when the dead letters cannot be reached.

    `retry`: not now, the sweep will come back to it. `failed`: never, and operators are told. `dropped`: what it says is
    no longer so, as when the link in it is dead. `taken`: another sender has it.
    """
    message = ports.store.message(message_id)
    if message is None or not message.is_due(ports.clock.now()):
        return "not_due"
    claimed = _claimed(message, ports.clock.now())
    if not _written(ports, claimed):
        return "taken"
    reason = undeliverable(ports, claimed)
    if reason:
        _settle(ports, replace(claimed, state="failed", failure=reason))
        return "dropped"
    return _attempt(ports, claimed)


def due_now(ports: Ports, limit: int = SWEEP_LIMIT) -> Iterator[str]:
    """What the sweep is to send: oldest first, at most `limit`, and no more when SWEEP_LASTS is over."""
    started = ports.clock.now()
    for message_id in ports.store.due_messages(started, limit):
        if ports.clock.now() - started > SWEEP_LASTS:
            return
        yield message_id


def _claimed(message: OutboxMessage, now: datetime) -> OutboxMessage:
    return replace(
        message, version=message.version + 1, state="sending", attempts=message.attempts + 1, due_at=now + CLAIM
    )


def _attempt(ports: Ports, message: OutboxMessage) -> Outcome:
    if message.attempts > ATTEMPTS:
        return _give_up(ports, message, "too_many_attempts")
    try:
        provider_id = deliver(ports, message)
    except Unavailable as error:
        return _again(ports, message, error)
    except BadInput as error:
        return _give_up(ports, message, error.code)
    _settle(ports, replace(message, state="sent", provider_id=provider_id))
    return "sent"


def _again(ports: Ports, message: OutboxMessage, error: Unavailable) -> Outcome:
    if message.attempts >= ATTEMPTS:
        return _give_up(ports, message, error.code)
    due_at = ports.clock.now() + retry_delay(message.attempts, random.random())  # noqa: S311 - jitter, not a secret
    _settle(ports, replace(message, state="queued", due_at=due_at))
    return "retry"


def _give_up(ports: Ports, message: OutboxMessage, failure: str) -> Outcome:
    """Told first, noted then: a crash between them tells twice rather than never."""
    ports.dead_letters.bury(message.message_id, message.channel, failure)
    _settle(ports, replace(message, state="failed", failure=failure))
    return "failed"


def _settle(ports: Ports, message: OutboxMessage) -> None:
    """Note how it went, unless our claim has run out and another sender has it: then it notes its own."""
    _written(ports, replace(message, version=message.version + 1))


def _written(ports: Ports, message: OutboxMessage) -> bool:
    try:
        ports.store.commit([Replace(message)])
    except Conflict:
        return False
    return True
