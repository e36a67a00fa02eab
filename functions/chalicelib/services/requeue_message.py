"""A message that was given up is sent after all, once an operator has mended what was wrong (B3)."""

from typing import Literal

from msgspec.structs import replace

from chalicelib.domain.changes import Replace
from chalicelib.services.ports import Ports
from chalicelib.services.try_to_commit import try_to_commit

Requeued = Literal["queued", "expired", "not_failed"]


def requeue_message(ports: Ports, message_id: str) -> Requeued:
    """It waits anew, with all its attempts; the next sweep sends it, if what it says is still so.

    `expired`: its row is gone. `not_failed`: it is waiting already, or has been sent, so that asking twice sends once.
    """
    message = ports.store.message(message_id)
    if message is None:
        return "expired"
    if message.state != "failed":
        return "not_failed"
    waiting = replace(
        message,
        version=message.version + 1,
        state="queued",
        failure="",
        attempts=0,
        throttled=0,
        due_at=ports.clock.now(),
    )
    return "queued" if try_to_commit(ports.store, [Replace(waiting)]) else "not_failed"
