"""How long packets stand in the queue on the way: the least delay of late over the least delay of long.

The least of some packets is blind to jitter, which lengthens the way of some, and sees a queue, which lengthens that of
all (as CoDel, RFC 8289 section 3.2).
"""

from collections import deque

RECENT_PACKETS = 20
RECENT_US = 500_000
BUCKET_US = 1_000_000
BUCKETS = 12


class QueueDelay:
    """Takes packets in order of sending; the clocks of the two ends need not agree."""

    def __init__(self) -> None:
        self._recent: deque[tuple[int, int]] = deque(maxlen=RECENT_PACKETS)
        self._least_us: deque[tuple[int, int]] = deque(maxlen=BUCKETS)

    def add(self, sent_at_us: int, arrival_us: int) -> None:
        """A packet arrived."""
        delay_us = arrival_us - sent_at_us
        self._recent.append((sent_at_us, delay_us))
        while self._recent[0][0] < sent_at_us - RECENT_US:
            self._recent.popleft()
        bucket = sent_at_us // BUCKET_US
        if self._least_us and self._least_us[-1][0] >= bucket:
            bucket, least_us = self._least_us.pop()
            delay_us = min(delay_us, least_us)
        self._least_us.append((bucket, delay_us))
        while self._least_us[0][0] <= bucket - BUCKETS:
            self._least_us.popleft()

    @property
    def standing_ms(self) -> float:
        """The standing queue, 0 before the first packet."""
        if not self._recent:
            return 0.0
        least_us = min(delay_us for _, delay_us in self._least_us)
        return (min(delay_us for _, delay_us in self._recent) - least_us) / 1000
