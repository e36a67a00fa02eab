"""How long packets stand in the queue on the way: the least delay of late over the least delay of long.

The least of some packets is blind to jitter, which lengthens the way of some, and sees a queue, which lengthens that of
all (as CoDel, RFC 8289 section 3.2).
"""

from collections import deque
from collections.abc import Iterable

from mediaserver.rtp.arrival_groups import ArrivalGroup

RECENT_PACKETS = 20
RECENT_US = 500_000
BUCKET_US = 1_000_000
BUCKETS = 12


class QueueDelay:
    """Takes groups in order of sending; the clocks of the two ends need not agree."""

    def __init__(self) -> None:
        # The standing queue, 0 before the first packet.
        self.standing_ms = 0.0
        self._recent: deque[ArrivalGroup] = deque(maxlen=RECENT_PACKETS)
        self._least_us: deque[tuple[int, int]] = deque(maxlen=BUCKETS)

    def update(self, groups: Iterable[ArrivalGroup]) -> None:
        """Take in groups that arrived."""
        for group in groups:
            self._recent.append(group)
            self._note(group.sent_us // BUCKET_US, group.least_delay_us)
        if self._recent:
            least_us = min(delay_us for _, delay_us in self._least_us)
            self.standing_ms = (self._recent_least_us() - least_us) / 1000

    def _note(self, bucket: int, delay_us: int) -> None:
        """The least delay of each second."""
        least = self._least_us
        if not least or least[-1][0] < bucket:
            least.append((bucket, delay_us))
        elif delay_us < least[-1][1]:
            least[-1] = (least[-1][0], delay_us)
        while least[0][0] <= bucket - BUCKETS:
            least.popleft()

    def _recent_least_us(self) -> int:
        """Of the last packets, if they are of late."""
        newest = self._recent[-1]
        least_us, packets = newest.least_delay_us, 0
        for group in reversed(self._recent):
            if packets >= RECENT_PACKETS or group.sent_us < newest.sent_us - RECENT_US:
                break
            packets += group.packets
            least_us = min(least_us, group.least_delay_us)
        return least_us
