"""The bitrate at which packets arrived, by the receiver's own clock."""

from collections import deque

WINDOW_US = 500_000
MIN_SPAN_US = 150_000


class AcknowledgedRate:
    """Bits per second over the last half second in which something arrived."""

    def __init__(self) -> None:
        self._arrivals: deque[tuple[int, int]] = deque()
        self._newest_us = 0
        self._first_us: int | None = None

    def add(self, arrival_us: int, size: int) -> None:
        """A packet of `size` bytes arrived."""
        if self._first_us is None:
            self._first_us = self._newest_us = arrival_us
        self._newest_us = max(self._newest_us, arrival_us)
        self._arrivals.append((arrival_us, size))
        while self._arrivals[0][0] <= self._newest_us - WINDOW_US:
            self._arrivals.popleft()

    def bitrate_bps(self, window_us: int = WINDOW_US) -> float | None:
        """None until there is enough to measure. `window_us` at most `WINDOW_US`."""
        if self._first_us is None or self._newest_us - self._first_us < MIN_SPAN_US:
            return None
        window_us = min(window_us, self._newest_us - self._first_us)
        size = sum(size for arrival_us, size in self._arrivals if arrival_us > self._newest_us - window_us)
        return size * 8_000_000 / window_us
