"""What became of the packets sent to one receiver: its feedback matched with the record of what was sent.

Numbers are transport-wide sequence numbers, 16 bits on the wire, unwrapped here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from mediaserver.rtp.transport_feedback import REFERENCE_US, TransportFeedback

MAX_OUTSTANDING = 8_192
# A packet told missing is lost only once what was sent this much later has arrived: before, it may be reordered.
REORDERING_US = 100_000
_MASK = 0xFFFF
_CLOCK_US = (1 << 24) * REFERENCE_US  # the receiver's clock wraps after 12 days


class Acknowledged(NamedTuple):
    """A packet that arrived; `arrival_us` is of the receiver's clock, unwrapped."""

    number: int
    size: int
    sent_at_us: int
    arrival_us: int


@dataclass(frozen=True, slots=True)
class FeedbackResult:
    """What one message told: packets that arrived, in their order, and how many packets are lost for good."""

    acknowledged: list[Acknowledged]
    lost: int


class SentHistory:
    """The packets of which no feedback has told yet that they arrived; bounded to `MAX_OUTSTANDING`, oldest first."""

    def __init__(self) -> None:
        self.bytes_sent = 0
        self.newest = -1  # unwrapped number of the packet sent last, -1 before the first
        self._outstanding: dict[int, tuple[int, int]] = {}
        self._missing: set[int] = set()
        self._newest_acknowledged_sent_at_us = 0
        self._arrival_us: int | None = None

    def add(self, records: Iterable[tuple[int, int, int]]) -> None:
        """Take in (number, size in bytes, sent at in us), in order of sending."""
        for seq, size, sent_at_us in records:
            self.newest = seq if self.newest < 0 else self.newest + ((seq - self.newest) & _MASK)
            self._outstanding[self.newest] = (size, sent_at_us)
            self.bytes_sent += size
        while len(self._outstanding) > MAX_OUTSTANDING:
            self._forget_oldest()

    def oldest_sent_at_us(self) -> int | None:
        """When the oldest packet was sent whose fate is unknown."""
        return next((sent_at_us for _, sent_at_us in self._outstanding.values()), None)

    def acknowledge(self, feedback: TransportFeedback) -> FeedbackResult:
        """Match feedback. Unknown numbers and what was told before are left out; lost feedback loses no packet."""
        if self.newest < 0:
            return FeedbackResult([], 0)
        acknowledged = [found for seq, at_us in feedback.arrivals if (found := self._arrived(seq, at_us)) is not None]
        acknowledged.sort()
        first = self._unwrap(feedback.base_sequence_number)
        told = range(first, min(first + feedback.packet_status_count, first + MAX_OUTSTANDING))
        self._missing.update(number for number in told if number in self._outstanding)
        return FeedbackResult(acknowledged, self._settle())

    def _unwrap(self, seq: int) -> int:
        """Feedback speaks of the past: the newest number with these 16 bits that was sent."""
        return self.newest - ((self.newest - seq) & _MASK)

    def _arrived(self, seq: int, arrival_us: int) -> Acknowledged | None:
        number = self._unwrap(seq)
        sent = self._outstanding.pop(number, None)
        if sent is None:
            return None
        self._missing.discard(number)
        size, sent_at_us = sent
        self._newest_acknowledged_sent_at_us = max(self._newest_acknowledged_sent_at_us, sent_at_us)
        return Acknowledged(number, size, sent_at_us, self._unwrap_clock(arrival_us))

    def _unwrap_clock(self, arrival_us: int) -> int:
        last = arrival_us if self._arrival_us is None else self._arrival_us
        ahead = (arrival_us - last) % _CLOCK_US
        self._arrival_us = last + (ahead if ahead < _CLOCK_US // 2 else ahead - _CLOCK_US)
        return self._arrival_us

    def _settle(self) -> int:
        """Forget what can no longer be reordered, and count what was told missing of it."""
        before_us = self._newest_acknowledged_sent_at_us - REORDERING_US
        lost = 0
        while (oldest := self.oldest_sent_at_us()) is not None and oldest < before_us:
            lost += self._forget_oldest()
        return lost

    def _forget_oldest(self) -> bool:
        """Whether the packet had been told missing."""
        number = next(iter(self._outstanding))
        del self._outstanding[number]
        was_missing = number in self._missing
        self._missing.discard(number)
        return was_missing
