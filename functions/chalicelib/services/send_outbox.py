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

from chalicelib.domain.changes import Change, Count, Put, Replace
from chalicelib.domain.gsm7 import segments
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.receipt import ReceiptPointer
from chalicelib.domain.retry import ATTEMPTS, THROTTLED_MOST, patience, retry_delay
from chalicelib.errors import BadInput, Throttled, TooManyAttempts, Unavailable
from chalicelib.services.deliver_message import deliver, full_text, undeliverable
from chalicelib.services.expand_reminder import expand_reminder
from chalicelib.services.fall_back_to_email import fall_back_to_email
from chalicelib.services.ports import Ports
from chalicelib.services.try_to_commit import try_to_commit

CLAIM = timedelta(seconds=60)
PAGE = 100
SWEEP_LASTS = timedelta(seconds=55)  # until the next one begins; its function has 90 s, and one message takes up to 20
DAY_S = 86_400

Outcome = Literal["sent", "expanded", "retry", "throttled", "failed", "by_email", "dropped", "not_due", "taken"]


def send_message(ports: Ports, message_id: str) -> Outcome:
    """Send it if it is due and nobody else does. Raises Unavailable when the dead letters cannot be reached.

    `retry`, `throttled`: not now, the sweep will come back to it. `failed`: never, and operators are told; `by_email`:
    never, and an e-mail goes in its stead. `dropped`: what it says is no longer so, as when the link in it is dead.
    `expanded`: it was a reminder's row, and is now a message to each person. `taken`: another sender has it.
    """
    message = ports.store.message(message_id)
    if message is None or not message.is_due(ports.clock.now()):
        return "not_due"
    return expand_reminder(ports, message) if message.channel == "reminder" else _send(ports, message)


def due_now(ports: Ports, page: int = PAGE) -> Iterator[str]:
    """What the sweep is to send, oldest first, until nothing is due or SWEEP_LASTS is over: each once.

    What is written or falls due meanwhile comes in turn; what the index still shows though it is settled is skipped.
    """
    started, seen = ports.clock.now(), set[str]()
    while due := [each for each in ports.store.due_messages(ports.clock.now(), page) if each not in seen]:
        for message_id in due:
            if ports.clock.now() - started > SWEEP_LASTS:
                return
            seen.add(message_id)
            yield message_id


def _send(ports: Ports, message: OutboxMessage) -> Outcome:
    claimed = _claimed(message, ports.clock.now())
    try:
        if not _written(ports, claimed, *_counted(ports, message)):
            return "taken"
    except TooManyAttempts:
        return _over_the_cap(ports, claimed)
    reason = undeliverable(ports, claimed)
    if not reason:
        return _attempt(ports, claimed)
    _settle(ports, replace(claimed, state="failed", failure=reason))
    return "dropped"


def _claimed(message: OutboxMessage, now: datetime) -> OutboxMessage:
    return replace(
        message, version=message.version + 1, state="sending", attempts=message.attempts + 1, due_at=now + CLAIM
    )


def _counted(ports: Ports, message: OutboxMessage) -> list[Change]:
    """An SMS's segments against the organisation's daily cap, once: when it is first tried (B10)."""
    if message.channel != "sms" or message.attempts or message.throttled:
        return []
    organisation = ports.store.organisation(message.org_id)
    if organisation is None:
        return []
    amount = segments(full_text(ports, message))
    return [Count(f"sms#{message.org_id}", organisation.sms_daily_cap, DAY_S, amount)]


def _over_the_cap(ports: Ports, claimed: OutboxMessage) -> Outcome:
    """The day's SMS are spent: by e-mail then, and else never."""
    return _give_up(ports, claimed, "daily_cap") if _written(ports, claimed) else "taken"


def _attempt(ports: Ports, message: OutboxMessage) -> Outcome:
    if message.attempts > ATTEMPTS:
        return _give_up(ports, message, "too_many_attempts")
    try:
        provider_id = deliver(ports, message)
    except Throttled:
        return _wait(ports, message)
    except Unavailable as error:
        return _again(ports, message, error)
    except BadInput as error:
        return _give_up(ports, message, error.code)
    _settle(ports, replace(message, state="sent", provider_id=provider_id), *_pointer(message, provider_id))
    return "sent"


def _pointer(message: OutboxMessage, provider_id: str) -> list[Change]:
    """By which an SMS's receipt finds it: it repeats the carrier's id alone."""
    if message.channel != "sms":
        return []
    return [Put(ReceiptPointer(provider_id, message.message_id, message.expires_at))]


def _wait(ports: Ports, message: OutboxMessage) -> Outcome:
    """The carrier has had enough for now: that is no attempt of this message's."""
    if message.throttled >= THROTTLED_MOST:
        return _give_up(ports, message, "throttled")
    throttled = message.throttled + 1
    due_at = ports.clock.now() + patience(throttled, random.random())  # noqa: S311 - jitter, not a secret
    waiting = replace(message, state="queued", due_at=due_at, attempts=message.attempts - 1, throttled=throttled)
    _settle(ports, waiting)
    return "throttled"


def _again(ports: Ports, message: OutboxMessage, error: Unavailable) -> Outcome:
    if message.attempts >= ATTEMPTS:
        return _give_up(ports, message, error.code)
    due_at = ports.clock.now() + retry_delay(message.attempts, random.random())  # noqa: S311 - jitter, not a secret
    _settle(ports, replace(message, state="queued", due_at=due_at))
    return "retry"


def _give_up(ports: Ports, message: OutboxMessage, failure: str) -> Outcome:
    """Told first, noted then: a crash between them tells twice rather than never."""
    if fall_back_to_email(ports, message, failure):
        return "by_email"
    ports.dead_letters.bury(message.message_id, message.channel, failure)
    _settle(ports, replace(message, state="failed", failure=failure))
    return "failed"


def _settle(ports: Ports, message: OutboxMessage, *also: Change) -> None:
    """Note how it went, unless our claim has run out and another sender has it: then it notes its own."""
    _written(ports, replace(message, version=message.version + 1), *also)


def _written(ports: Ports, message: OutboxMessage, *also: Change) -> bool:
    return try_to_commit(ports.store, [Replace(message), *also])
