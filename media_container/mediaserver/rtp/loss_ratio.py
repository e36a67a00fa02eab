"""Loss of packets on the way to a receiver, and how much of it the way has whatever one sends."""

import math
from collections import deque

WINDOW_US = 1_000_000
MAX_WINDOW_US = 3_000_000
MIN_PACKETS = 40
SAMPLE_US = 1_000_000
SAMPLES = 10
MIN_SAMPLES = 4
# More is never taken as given: a link that loses this much is worth sending less to.
MAX_INHERENT = 0.12


class LossRatio:
    """Losses of about the last second, longer where few packets are sent."""

    def __init__(self) -> None:
        self._told: deque[tuple[int, int, int]] = deque()  # (when told in us, lost, packets)
        self._samples: deque[float] = deque(maxlen=SAMPLES)
        self._lost = 0
        self._packets = 0
        self._sampled_at_us = 0

    def add(self, now_us: int, lost: int, packets: int) -> None:
        """`lost` of `packets` did not come."""
        if packets:
            self._told.append((now_us, lost, packets))
            self._lost += lost
            self._packets += packets
        self._trim(now_us)
        if now_us - self._sampled_at_us >= SAMPLE_US and self._packets >= MIN_PACKETS:
            self._sampled_at_us = now_us
            self._samples.append(self.ratio)

    def forget(self) -> None:
        """Count anew: what was sent before a cut says nothing of the rate after it."""
        self._told.clear()
        self._lost = self._packets = 0

    @property
    def ratio(self) -> float:
        """0 to 1; 0 if nothing is known."""
        return self._lost / self._packets if self._packets else 0.0

    @property
    def excess(self) -> float:
        """What is surely (one standard deviation) lost beyond what the way always loses, 0 to 1."""
        packets, ratio = self._packets, self.ratio
        if packets < MIN_PACKETS // 2 or not ratio:
            return 0.0
        deviation = math.sqrt(ratio * (1 - ratio) / packets)
        return max(ratio - deviation - self.inherent, 0.0)

    @property
    def inherent(self) -> float:
        """What the way loses whatever one sends, 0 to `MAX_INHERENT`; 0 until known."""
        return min(*self._samples, MAX_INHERENT) if len(self._samples) >= MIN_SAMPLES else 0.0

    def _trim(self, now_us: int) -> None:
        """Forget what is old, and what is not needed for enough packets."""
        while self._told:
            told_at_us, lost, packets = self._told[0]
            needed = self._packets - packets < MIN_PACKETS and told_at_us > now_us - MAX_WINDOW_US
            if needed or told_at_us > now_us - WINDOW_US:
                return
            self._told.popleft()
            self._lost -= lost
            self._packets -= packets
