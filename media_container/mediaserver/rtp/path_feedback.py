"""What was sent to one receiver, and what its transport-wide feedback tells of it, gathered until the next tick.

Messages are matched when they come, for each tells of packets that may be forgotten soon; what follows from them is worked
out for all of them together.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from mediaserver.rtp.arrival_groups import ArrivalGroup, ArrivalGroups
from mediaserver.rtp.path_meter import PathMeasure, PathMeter
from mediaserver.rtp.sent_history import MAX_OUTSTANDING, Acknowledged, Record, SentHistory
from mediaserver.rtp.transport_feedback import TransportFeedback
from mediaserver.rtp.trendline import Usage

INITIAL_RTT_MS = 100.0
# Between two ticks; of more the oldest are left out.
MAX_GROUPS = 256
MAX_KEPT_PACKETS = 1_024


class PathNews(NamedTuple):
    """Times in us of the sender's monotonic clock, 0: never."""

    # Since the last time: packets that arrived, and those that are lost for good.
    acknowledged: int
    lost: int
    # Those that arrived, while they are kept.
    packets: Sequence[Acknowledged]
    measure: PathMeasure
    # As it is now: smoothed, with the time that feedback waits; when a message last told of an arrival; when something was
    # sent; and since when what was sent has not been told of.
    round_trip_ms: float
    heard_at_us: int
    sent_at_us: int
    unanswered_since_us: int


class PathFeedback:
    """`record` takes (transport-wide sequence number, size of the datagram in bytes, sent at in us), in order."""

    def __init__(self) -> None:
        self._sent: deque[Record] = deque(maxlen=MAX_OUTSTANDING)
        self.record: Callable[[Record], None] = self._sent.append
        self._history = SentHistory()
        self._arrivals = ArrivalGroups()
        self._meter = PathMeter()
        self._measure = PathMeasure(Usage.NORMAL, 0.0, 0.0, 0.0)
        self._acknowledged = self._lost = 0
        self._groups: deque[ArrivalGroup] = deque(maxlen=MAX_GROUPS)
        self._packets: deque[Acknowledged] = deque(maxlen=MAX_KEPT_PACKETS)
        self._keeps_packets = False
        self._round_trip_ms = INITIAL_RTT_MS
        self._heard_at_us = self._sent_at_us = self._unanswered_since_us = 0

    def _add_sent(self) -> None:
        """Records are only appended packet by packet; this takes them in."""
        sent = self._sent
        if sent:
            self._unanswered_since_us = self._unanswered_since_us or sent[0][2]
            self._sent_at_us = sent[-1][2]
            self._history.add(sent)
            sent.clear()

    def feedback(self, message: TransportFeedback, now_us: int) -> None:
        """Match a message of the receiver."""
        self._add_sent()
        packets, lost = self._history.acknowledge(message)
        self._lost += lost
        if not packets:
            return
        self._acknowledged += len(packets)
        self._heard_at_us, self._unanswered_since_us = now_us, 0
        self._round_trip_ms += ((now_us - packets[-1][2]) / 1000 - self._round_trip_ms) / 8
        self._groups.extend(self._arrivals.add(packets))
        if self._keeps_packets:
            self._packets.extend(packets)

    def take(self) -> PathNews:
        """What is new since the last time, and how things are now."""
        self._add_sent()
        if self._acknowledged:
            self._measure = self._meter.update(self._groups)
        news = PathNews(
            self._acknowledged,
            self._lost,
            tuple(self._packets),
            self._measure,
            self._round_trip_ms,
            self._heard_at_us,
            self._sent_at_us,
            self._unanswered_since_us,
        )
        self._acknowledged = self._lost = 0
        self._groups.clear()
        self._packets.clear()
        return news

    def keep_packets(self, kept: bool) -> None:
        """Whether arrivals are wanted one by one."""
        self._keeps_packets = kept

    def position(self) -> tuple[int, int]:
        """(bytes sent so far, number of the packet to be sent next)."""
        self._add_sent()
        return self._history.bytes_sent, self._history.next_number
