"""The bitrate at which packets arrived, by the receiver's own clock."""

from collections import deque
from collections.abc import Iterable

from mediaserver.rtp.arrival_groups import ArrivalGroup

WINDOW_US = 500_000
MIN_SPAN_US = 150_000
MAX_GROUPS = 1_024


class AcknowledgedRate:
    """Bits per second over the last half second in which something arrived."""

    def __init__(self) -> None:
        # (arrival in us, bytes), the first one older than the window where there is one: it tells when the next began.
        self._arrivals: deque[tuple[int, int]] = deque(maxlen=MAX_GROUPS)

    def update(self, groups: Iterable[ArrivalGroup]) -> None:
        """Groups arrived."""
        arrivals = self._arrivals
        for group in groups:
            arrived_us = max(group.arrived_us, arrivals[-1][0]) if arrivals else group.arrived_us
            arrivals.append((arrived_us, group.size))
        while len(arrivals) > 1 and arrivals[1][0] <= arrivals[-1][0] - WINDOW_US:
            arrivals.popleft()

    def bitrate_bps(self, window_us: int = WINDOW_US) -> float:
        """Over the window, at most `WINDOW_US`; 0 until there is enough to measure."""
        if not self._arrivals:
            return 0.0
        newest_us, size, span_us = self._arrivals[-1][0], 0, 0
        for arrived_us, group_size in reversed(self._arrivals):
            span_us = newest_us - arrived_us
            if span_us >= window_us:
                break
            size += group_size
        if span_us < MIN_SPAN_US:
            return 0.0
        return size * 8_000_000 / min(span_us, 2 * window_us)
