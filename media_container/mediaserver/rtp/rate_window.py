"""How much of a stream comes, measured over the last second."""

from collections import deque

WINDOW_US = 1_000_000
# Header, number slot and SRTP tag of each packet, as receivers get them.
OVERHEAD_BYTES = 36
_MAX_SAMPLES = 32


class RateWindow:
    """Bitrate from regular samples of two growing counts. Times are of one monotonic clock, in us."""

    __slots__ = ("_changed_at_us", "_samples")

    def __init__(self) -> None:
        self._samples: deque[tuple[int, int]] = deque(maxlen=_MAX_SAMPLES)
        self._changed_at_us = -WINDOW_US

    def sample(self, now_us: int, octets: int, packets: int) -> None:
        """Take note of all payload bytes and packets so far; call it about every 100 ms."""
        total = octets + packets * OVERHEAD_BYTES
        if self._samples and total != self._samples[-1][1]:
            self._changed_at_us = now_us
        self._samples.append((now_us, total))
        while len(self._samples) > 2 and now_us - self._samples[1][0] >= WINDOW_US:
            self._samples.popleft()

    def bitrate_bps(self, now_us: int) -> int:
        """Bits per second over about the last second, packet headers included; 0 if nothing came in it."""
        if len(self._samples) < 2 or self.silent_us(now_us) >= WINDOW_US:
            return 0
        (began_us, began), (ended_us, ended) = self._samples[0], self._samples[-1]
        return max(ended - began, 0) * 8_000_000 // max(ended_us - began_us, 1)

    def is_active(self, now_us: int) -> bool:
        """Whether something came within the last second."""
        return self.silent_us(now_us) < WINDOW_US

    def silent_us(self, now_us: int) -> int:
        """For how long nothing has come, to the sample; at least a second before the first packet."""
        return now_us - self._changed_at_us
