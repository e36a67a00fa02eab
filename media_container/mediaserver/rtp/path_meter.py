"""What the arrivals of a path say of it: its trend, its queue, and what gets through."""

from collections.abc import Sequence
from typing import NamedTuple

from mediaserver.rtp.acknowledged_rate import WINDOW_US, AcknowledgedRate
from mediaserver.rtp.arrival_groups import ArrivalGroup
from mediaserver.rtp.queue_delay import QueueDelay
from mediaserver.rtp.trendline import TrendlineDetector, Usage

RECENT_US = 250_000


class PathMeasure(NamedTuple):
    """As of the newest arrival."""

    usage: Usage
    # How long packets wait on the way.
    standing_ms: float
    # What arrived over the last half second and over half of that; 0 until there is enough to measure.
    acknowledged_bps: float
    recent_bps: float


class PathMeter:
    """One path's. Times are of each end's own clock."""

    def __init__(self) -> None:
        self._trend = TrendlineDetector()
        self._queue = QueueDelay()
        self._rate = AcknowledgedRate()

    def update(self, groups: Sequence[ArrivalGroup]) -> PathMeasure:
        """Take in the groups that are complete since the last time."""
        self._rate.update(groups)
        self._queue.update(groups)
        return PathMeasure(
            self._trend.update(groups),
            self._queue.standing_ms,
            self._rate.bitrate_bps(WINDOW_US),
            self._rate.bitrate_bps(RECENT_US),
        )
