"""The bandwidth of the way to a receiver that sends receiver reports only (draft-ietf-rmcat-gcc-02 section 6).

Without arrival times there is nothing to probe with. So it grows slowly, up to a little more than what is wanted, and
falls by loss and by a round trip that grows.
"""

from collections import deque

from mediaserver.rtp.rate_control import HIGH_LOSS, MIN_BPS

START_BPS = 600_000.0
LOW_LOSS = 0.02
GROWTH_PER_S = 1.08
DELAY_DECREASE = 0.85
MAX_ROUND_TRIP_GROWTH_MS = 150.0
INTERVAL_US = 1_000_000
ROUND_TRIPS = 30
WISH_FACTOR = 1.2


class ReportEstimator:
    """Takes the worst of all reports of a second."""

    def __init__(self, start_bps: float = START_BPS) -> None:
        self.estimate_bps = start_bps
        self.round_trip_ms = 0.0
        self.loss = 0.0
        self.heard_at_us: int | None = None
        self._round_trips_ms: deque[float] = deque(maxlen=ROUND_TRIPS)
        self._worst = 0.0
        self._blocks = 0
        self._updated_at_us: int | None = None

    def report(self, fraction_lost: float, round_trip_ms: float, now_us: int) -> None:
        """One block: `fraction_lost` 0 to 1 since the last, round trip 0 if not known."""
        self.heard_at_us = now_us
        self._worst = max(self._worst, fraction_lost)
        self._blocks += 1
        if round_trip_ms > 0:
            self.round_trip_ms = round_trip_ms
            self._round_trips_ms.append(round_trip_ms)

    def tick(self, now_us: int, wanted_bps: float) -> None:
        """Once a second: up or down."""
        if self._updated_at_us is None:
            self._updated_at_us = now_us
        if now_us - self._updated_at_us < INTERVAL_US or not self._blocks:
            return
        self._updated_at_us = now_us
        self.loss, self._worst, self._blocks = self._worst, 0.0, 0
        self.estimate_bps = max(self._next_bps(wanted_bps), MIN_BPS)

    def _next_bps(self, wanted_bps: float) -> float:
        if self.loss > HIGH_LOSS:
            return self.estimate_bps * (1 - 0.5 * self.loss)
        if self._round_trips_ms and self.round_trip_ms > min(self._round_trips_ms) + MAX_ROUND_TRIP_GROWTH_MS:
            return self.estimate_bps * DELAY_DECREASE
        if self.loss < LOW_LOSS:
            return max(min(self.estimate_bps * GROWTH_PER_S, WISH_FACTOR * wanted_bps), self.estimate_bps)
        return self.estimate_bps
