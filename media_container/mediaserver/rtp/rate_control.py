"""What may be sent: up while the path is free, down to what arrives when it is not (draft-ietf-rmcat-gcc-02, 5.5 and 6).

Additive increase near the capacity found last, multiplicative elsewhere.
"""

from typing import NamedTuple

from mediaserver.rtp.trendline import Usage

MIN_BPS = 50_000.0
MAX_BPS = 20_000_000.0
DECREASE = 0.85
# Between two cuts: the effect of one is seen after a round trip, but a full queue makes that very long.
MIN_INTERVAL_US = 200_000
MAX_INTERVAL_US = 400_000
GROWTH_PER_S = 1.08
# What is not sent is not proven: beyond this multiple of what arrives only probes raise the estimate.
UNPROVEN = 1.5
UNPROVEN_MARGIN_BPS = 10_000.0
NEAR_CAPACITY = 1.3
PACKET_BITS = 1_200 * 8
RESPONSE_MS = 100.0
STANDING_MS = 20.0
HOLD_STANDING_MS = 30.0
LOSSY_STANDING_MS = 50.0
HIGH_LOSS = 0.10
LOW_LOSS = 0.05


class PathState(NamedTuple):
    """What feedback says of the path now."""

    usage: Usage
    standing_ms: float
    excess_loss: float
    acknowledged_bps: float
    recent_bps: float  # the same over a shorter time
    round_trip_ms: float

    @property
    def congested(self) -> bool:
        """A queue grows, or one that is full loses packets."""
        if self.usage is Usage.OVERUSE and self.standing_ms > STANDING_MS:
            return True
        return self.excess_loss > LOW_LOSS and self.standing_ms > LOSSY_STANDING_MS

    @property
    def free(self) -> bool:
        """No sign of a queue or of loss."""
        return self.usage is Usage.NORMAL and self.standing_ms < HOLD_STANDING_MS and self.excess_loss < LOW_LOSS


class RateControl:
    """The estimate of one path. `decreased_at_us` is when it was last cut."""

    def __init__(self, start_bps: float) -> None:
        self.estimate_bps = start_bps
        self.decreased_at_us: int | None = None
        self._capacity_bps: float | None = None
        self._updated_at_us: int | None = None

    def update(self, path: PathState, now_us: int) -> bool:
        """Follow the path; True if the estimate was cut."""
        elapsed_s = 0.0 if self._updated_at_us is None else min((now_us - self._updated_at_us) / 1_000_000, 1.0)
        self._updated_at_us = now_us
        if path.congested:
            return self._cut(DECREASE * path.recent_bps, path, now_us)
        if path.excess_loss > HIGH_LOSS:
            return self._cut(self._after_loss(path), path, now_us)
        if path.free:
            self._increase(path, elapsed_s)
        return False

    def raise_to(self, bitrate_bps: float) -> None:
        """A probe has proven this much."""
        self.estimate_bps = min(max(self.estimate_bps, bitrate_bps), MAX_BPS)
        if self._capacity_bps is not None and bitrate_bps > NEAR_CAPACITY * self._capacity_bps:
            self._capacity_bps = None

    def lower(self, factor: float, now_us: int) -> None:
        """Nothing is heard of the path: be careful."""
        self.estimate_bps = max(self.estimate_bps * factor, MIN_BPS)
        self.decreased_at_us = now_us

    def _after_loss(self, path: PathState) -> float:
        """Loss without a queue: half of it away at a time, yet not below what arrives."""
        sent_bps = path.acknowledged_bps / (1 - min(path.excess_loss, 0.9))
        halved_bps = min(self.estimate_bps, sent_bps) * (1 - 0.5 * path.excess_loss)
        return max(halved_bps, DECREASE * path.recent_bps)

    def _cut(self, target_bps: float, path: PathState, now_us: int) -> bool:
        interval_us = min(max(path.round_trip_ms * 1000, MIN_INTERVAL_US), MAX_INTERVAL_US)
        if self.decreased_at_us is not None and now_us - self.decreased_at_us < interval_us:
            return False
        self.decreased_at_us = now_us
        self._capacity_bps = path.recent_bps
        self.estimate_bps = min(self.estimate_bps, max(target_bps, MIN_BPS))
        return True

    def _increase(self, path: PathState, elapsed_s: float) -> None:
        if self._capacity_bps is not None and self._near(self._capacity_bps):
            per_s = PACKET_BITS * 1000 / (path.round_trip_ms + RESPONSE_MS)
            grown_bps = self.estimate_bps + per_s * elapsed_s
        else:
            grown_bps = self.estimate_bps * GROWTH_PER_S**elapsed_s
        limit_bps = max(UNPROVEN * path.acknowledged_bps + UNPROVEN_MARGIN_BPS, self.estimate_bps)
        self.estimate_bps = min(max(min(grown_bps, limit_bps), path.acknowledged_bps), MAX_BPS)

    def _near(self, capacity_bps: float) -> bool:
        return capacity_bps / NEAR_CAPACITY < self.estimate_bps < capacity_bps * NEAR_CAPACITY
