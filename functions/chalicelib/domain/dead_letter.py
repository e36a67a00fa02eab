"""A message that was given up, as the queue `outbox-dead` tells of it: which and why, nothing of what it says."""

from msgspec import Struct


class DeadLetter(Struct, frozen=True):
    """`handle`: by which the queue lets go of it."""

    message_id: str
    channel: str
    failure: str
    handle: str
