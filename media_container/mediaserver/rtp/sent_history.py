"""What became of the packets sent to one receiver: its feedback matched with the record of what was sent.

Numbers are transport-wide sequence numbers of 16 bits. Every packet to every receiver goes through here: so a ring, whose
places hold the records themselves, and no arithmetic of wraps where the newest 8,192 are unmistakable.
"""

from collections.abc import Iterable
from typing import NamedTuple

from mediaserver.rtp.transport_feedback import REFERENCE_US, TransportFeedback

MAX_OUTSTANDING = 8_192
# A packet told missing is lost only once what was sent this much later has arrived: before, it may be reordered.
REORDERING_US = 100_000
_PLACE = MAX_OUTSTANDING - 1
_MASK = 0xFFFF
_CLOCK_US = (1 << 24) * REFERENCE_US  # the receiver's clock wraps after 12 days

# (number, size in bytes, sent at in us)
Record = tuple[int, int, int]
# (number, size in bytes, sent at in us, arrival in us of the receiver's clock, which does not wrap here)
Acknowledged = tuple[int, int, int, int]


class FeedbackResult(NamedTuple):
    """What one message told: packets that arrived, in order of their numbers, and how many are lost for good."""

    acknowledged: list[Acknowledged]
    lost: int


class SentHistory:
    """The packets of which no feedback has told yet that they arrived; at most the newest `MAX_OUTSTANDING`."""

    def __init__(self) -> None:
        self.bytes_sent = 0
        self.next_number = 0  # that of the packet to be sent next
        self._ring: list[Record | None] = [None] * MAX_OUTSTANDING
        self._told = bytearray(MAX_OUTSTANDING)
        self._oldest = -1  # everything before is settled; -1 before the first packet
        self._newest_acknowledged_sent_at_us = 0
        self._arrival_us: int | None = None

    def add(self, records: Iterable[Record]) -> None:
        """Take in what was sent, in order of sending."""
        ring, size, number = self._ring, 0, -1
        for record in records:
            number = record[0]
            if self._oldest < 0:
                self._oldest = number
            ring[number & _PLACE] = record
            size += record[1]
        if number < 0:
            return
        self.bytes_sent += size
        self.next_number = (number + 1) & _MASK
        if (self.next_number - self._oldest) & _MASK > MAX_OUTSTANDING:
            self._oldest = (self.next_number - MAX_OUTSTANDING) & _MASK

    def acknowledge(self, feedback: TransportFeedback) -> FeedbackResult:
        """Match feedback. Unknown numbers and what was told before are left out; lost feedback loses no packet."""
        if self._oldest < 0:
            return FeedbackResult([], 0)
        self._note_told(feedback.base_sequence_number, feedback.packet_status_count)
        ring, acknowledged = self._ring, []
        ahead_us = self._ahead_us(feedback)
        for number, arrival_us in feedback.arrivals:
            record = ring[number & _PLACE]
            if record is not None and record[0] == number:
                ring[number & _PLACE] = None
                acknowledged.append((number, record[1], record[2], arrival_us + ahead_us))
        if acknowledged:
            newest_us = acknowledged[-1][2]
            self._newest_acknowledged_sent_at_us = max(self._newest_acknowledged_sent_at_us, newest_us)
            self._arrival_us = acknowledged[-1][3]
        return FeedbackResult(acknowledged, self._settle(self._newest_acknowledged_sent_at_us - REORDERING_US))

    def _ahead_us(self, feedback: TransportFeedback) -> int:
        """What to add to a message's times, so that they go on where the last message ended."""
        if self._arrival_us is None or not feedback.arrivals:
            return 0
        arrival_us = feedback.arrivals[0][1]
        ahead = (arrival_us - self._arrival_us) % _CLOCK_US
        return self._arrival_us + (ahead if ahead < _CLOCK_US // 2 else ahead - _CLOCK_US) - arrival_us

    def _note_told(self, first: int, count: int) -> None:
        """Feedback spoke of these numbers; those which stay in the ring are missing."""
        count = min(count, MAX_OUTSTANDING)
        place = first & _PLACE
        wrapped = max(place + count - MAX_OUTSTANDING, 0)
        self._told[place : place + count - wrapped] = b"\1" * (count - wrapped)
        self._told[:wrapped] = b"\1" * wrapped

    def _settle(self, before_us: int) -> int:
        """Go past what has arrived and what was sent before `before_us`; how much of this had been told missing."""
        ring, told, oldest, end, lost = self._ring, self._told, self._oldest, self.next_number, 0
        while oldest != end:
            place = oldest & _PLACE
            record = ring[place]
            if record is not None:
                if record[2] >= before_us:
                    break
                ring[place] = None
                lost += told[place]
            told[place] = 0
            oldest = (oldest + 1) & _MASK
        self._oldest = oldest
        return lost
