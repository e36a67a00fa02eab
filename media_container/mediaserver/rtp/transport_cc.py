"""Arrivals of a publisher's packets, by transport-wide sequence number, and the feedback that tells them.

draft-holmer-rmcat-transport-wide-cc-extensions-01. Ask every 100 ms whether feedback is due.
"""

from collections import deque
from collections.abc import Callable

from mediaserver.rtp.transport_feedback import (
    DELTA_US,
    MAX_DELTA_TICKS,
    MIN_DELTA_TICKS,
    REFERENCE_US,
    serialize_transport_feedback,
)

MAX_PENDING = 4_096
_MAX_GAP = 512  # lost packets told in a row; beyond, the sender finds out by itself
_MAX_STATUSES = 500  # keeps one feedback packet below 1,200 bytes even if every delta is large
_MASK = 0xFFFF
# So many packets are told of at the next tick, fewer (about 2.5 Mbps) at every other one: each message costs both sides.
MANY_PENDING = 32
CALM_INTERVAL_US = 150_000
# After a loss the sender has to find out soon what the way carries.
WATCHFUL_US = 2_000_000
_STATUS_COUNT_AT = 14


class ArrivalRecorder:
    """Records when packets arrived and builds feedback of what was not told yet. Bounded to `MAX_PENDING` packets.

    `record` takes a (transport-wide sequence number, arrival in us) of each packet, also of padding and RTX. It only
    appends: the arithmetic is done for many packets at once when feedback is due. Beyond the bound the oldest are lost.
    """

    __slots__ = ("_arrivals", "_feedback_count", "_highest", "_next", "_told_at_us", "_watchful_until_us", "record")

    def __init__(self) -> None:
        self._arrivals: deque[tuple[int, int]] = deque(maxlen=MAX_PENDING)
        self.record: Callable[[tuple[int, int]], None] = self._arrivals.append
        self._feedback_count = 0
        self._told_at_us = -CALM_INTERVAL_US
        self._watchful_until_us = 0
        self._highest = -1
        self._next = -1  # the first number that no feedback spoke of yet, -1 before the first feedback

    def _take_arrivals(self) -> list[tuple[int, int]]:
        """What was recorded, with unwrapped numbers and in their order. Of a duplicate the first arrival counts."""
        taken: dict[int, int] = {}
        for seq, arrival_us in self._arrivals:
            if self._highest < 0:
                self._highest = seq + _MASK  # room for packets that come before the first one
            number = self._highest + ((seq - self._highest + 0x8000) & _MASK) - 0x8000
            self._highest = max(self._highest, number)
            taken.setdefault(number, arrival_us)
        self._arrivals.clear()
        return sorted(taken.items())

    @property
    def pending_count(self) -> int:
        """Of how many packets no feedback has told."""
        return len(self._arrivals)

    def is_due(self, now_us: int) -> bool:
        """Whether to send feedback now, at most every 100 ms; then it counts as sent."""
        pending = self.pending_count
        is_calm = pending < MANY_PENDING and now_us >= self._watchful_until_us
        if not pending or (is_calm and now_us - self._told_at_us < CALM_INTERVAL_US):
            return False
        self._told_at_us = now_us
        return True

    def due_feedback(self, sender_ssrc: int, media_ssrc: int, now_us: int) -> list[bytes]:
        """`build_feedback` where it is due, and sooner again if it tells of a loss."""
        if not self.is_due(now_us):
            return []
        pending = self.pending_count
        messages = self.build_feedback(sender_ssrc, media_ssrc)
        told = sum(int.from_bytes(message[_STATUS_COUNT_AT : _STATUS_COUNT_AT + 2], "big") for message in messages)
        if told > pending:
            self._watchful_until_us = now_us + WATCHFUL_US
        return messages

    def build_feedback(self, sender_ssrc: int, media_ssrc: int) -> list[bytes]:
        """RTCP packets that tell of everything recorded since the last call; empty if nothing came.

        `media_ssrc` is any source of the transport. Packets that came after newer ones were told get a message of their
        own, so that no message takes back what an earlier one said.
        """
        messages: list[bytes] = []
        message: _Message | None = None
        for number, arrival_us in self._take_arrivals():
            if message is None or not message.append(number, arrival_us, self._next):
                if message is not None:
                    messages.append(self._finish(message, sender_ssrc, media_ssrc))
                message = _Message(self._base(number), number, arrival_us)
        if message is not None:
            messages.append(self._finish(message, sender_ssrc, media_ssrc))
        return messages

    def _base(self, number: int) -> int:
        """Where a message that `number` is the first arrival of begins: with the lost packets right before it."""
        if 0 <= self._next <= number <= self._next + _MAX_GAP:
            return self._next
        return number

    def _finish(self, message: "_Message", sender_ssrc: int, media_ssrc: int) -> bytes:
        self._next = max(self._next, message.base + len(message.deltas))
        packet = serialize_transport_feedback(
            sender_ssrc,
            media_ssrc,
            base_sequence_number=message.base,
            reference_time=message.reference_time,
            feedback_count=self._feedback_count,
            deltas=message.deltas,
        )
        self._feedback_count = (self._feedback_count + 1) & 0xFF
        return packet


class _Message:
    """One feedback packet in the making."""

    __slots__ = ("_last_us", "base", "deltas", "reference_time")

    def __init__(self, base: int, number: int, arrival_us: int) -> None:
        self.base = base
        self.reference_time = arrival_us // REFERENCE_US
        self._last_us = self.reference_time * REFERENCE_US
        self.deltas: list[int | None] = [None] * (number - base)
        self._append_delta((arrival_us - self._last_us) // DELTA_US)

    def append(self, number: int, arrival_us: int, told_until: int) -> bool:
        """Add the next arrival; False if it does not fit, for its delta, the gap before it or the size of the message.

        The gap may not reach over numbers before `told_until`: an earlier message spoke of them.
        """
        end = self.base + len(self.deltas)
        lost = number - end
        ticks = (arrival_us - self._last_us) // DELTA_US
        if lost > (_MAX_GAP if end >= told_until else 0) or len(self.deltas) + lost >= _MAX_STATUSES:
            return False
        if not MIN_DELTA_TICKS <= ticks <= MAX_DELTA_TICKS:
            return False
        self.deltas.extend([None] * lost)
        self._append_delta(ticks)
        return True

    def _append_delta(self, ticks: int) -> None:
        self.deltas.append(ticks)
        self._last_us += ticks * DELTA_US
