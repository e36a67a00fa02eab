"""One probe: for a moment more is sent than the estimate allows, and the arrivals tell whether the path carries it.

Whatever is sent in that moment counts, media and padding alike.
"""

import math
from collections.abc import Sequence
from itertools import accumulate

from mediaserver.rtp.sent_history import Acknowledged

MIN_DURATION_US = 60_000
# Enough packets of padding to measure by; a slow probe takes longer instead of filling a narrow path.
MIN_BYTES = 2_000
# How long ahead padding is sent at once: the interval at which `due_bytes` is asked.
STEP_US = 20_000
MIN_PACKETS = 5
MIN_ARRIVED = 0.8
# Far more than a probe has: what is numbered further ahead was sent before it.
MAX_PACKETS = 0x4000
# Arriving slower than this part of what was sent means that the path was full; then not all of it is free for us.
SATURATED = 0.9
UTILISATION = 0.95
TIMEOUT_US = 1_500_000


class ProbeCluster:
    """A probe at `target_bps`, from its first packet to its result."""

    def __init__(self, target_bps: float, *, started_us: int, bytes_sent: int, next_number: int) -> None:
        """`bytes_sent` and `next_number` are the `PathFeedback.position` before the probe."""
        self.target_bps = target_bps
        self._started_us = started_us
        self._duration_us = max(MIN_DURATION_US, MIN_BYTES * 8_000_000 / target_bps)
        self._bytes_before = bytes_sent
        self._first = next_number
        # How many packets were sent; None until all are.
        self._packets: int | None = None
        self._arrived: list[Acknowledged] = []
        self._answered = False

    def due_bytes(self, now_us: int, bytes_sent: int, next_number: int) -> int | None:
        """How much padding to send now, in bytes; None once the probe is sent. The arguments as at the start."""
        elapsed_us = now_us - self._started_us
        if self._packets is not None:
            return None
        if elapsed_us >= self._duration_us:
            self._packets = (next_number - self._first) & 0xFFFF
            return None
        wanted = self.target_bps * (elapsed_us + STEP_US) / 8_000_000
        return max(int(wanted) - (bytes_sent - self._bytes_before), 0)

    def acknowledge(self, packets: Sequence[Acknowledged]) -> None:
        """Feedback came."""
        for packet in packets:
            place = (packet[0] - self._first) & 0xFFFF
            if place < (MAX_PACKETS if self._packets is None else self._packets):
                self._arrived.append(packet)
            if self._packets is not None and self._packets - 1 <= place < MAX_PACKETS:
                self._answered = True

    def finished(self, now_us: int) -> bool:
        """Whether `result_bps` is final: its last packet or a later one was acknowledged, or none will be."""
        return self._answered or now_us - self._started_us > TIMEOUT_US

    def result_bps(self) -> float | None:
        """What the path carried, at most the target; None if too little came to tell."""
        if self._packets is None or len(self._arrived) < max(MIN_PACKETS, MIN_ARRIVED * self._packets):
            return None
        arrived_bps = _slope_bps(sorted(self._arrived, key=_sent_at))
        if arrived_bps >= SATURATED * self.target_bps:
            return self.target_bps
        return UTILISATION * arrived_bps


def _sent_at(packet: Acknowledged) -> int:
    return packet[2]


def _slope_bps(packets: list[Acknowledged]) -> float:
    """The bitrate of the arrivals by least squares, which jitter moves less than first and last arrival; or infinity."""
    received = list(accumulate(size for _, size, _, _ in packets))
    mean_size = sum(received) / len(received)
    mean_us = sum(arrival_us for _, _, _, arrival_us in packets) / len(packets)
    spread = sum((size - mean_size) ** 2 for size in received)
    slope = sum(
        (size - mean_size) * (arrival_us - mean_us)
        for size, (_, _, _, arrival_us) in zip(received, packets, strict=True)
    )
    return 8_000_000 * spread / slope if slope > 0 else math.inf
