"""Whether the queue on the way grows, from the trend of the delay (draft-ietf-rmcat-gcc-02 sections 5.4 and 5.5).

As in libwebrtc the trend is the slope of a line through the smoothed delays of the last groups, in place of the draft's
Kalman filter.
"""

from collections import deque
from collections.abc import Sequence
from enum import IntEnum

from mediaserver.rtp.arrival_groups import ArrivalGroup

WINDOW = 20
SMOOTHING = 0.9
GAIN = 4.0
MAX_COUNT = 60
INITIAL_THRESHOLD_MS = 12.5
MIN_THRESHOLD_MS = 6.0
MAX_THRESHOLD_MS = 600.0
GAIN_UP = 0.0087
GAIN_DOWN = 0.039
MAX_STEP_MS = 100.0
OUTLIER_MS = 15.0
OVERUSE_MS = 10.0
# After a pause of the sender the old samples tell nothing of the path as it is now.
MAX_GAP_MS = 2_000.0


class Usage(IntEnum):
    """What the delay says of the path."""

    NORMAL = 0
    OVERUSE = 1
    UNDERUSE = 2


class TrendlineDetector:
    """Over-use detector with adaptive threshold. `usage` is the last verdict."""

    def __init__(self) -> None:
        self.usage = Usage.NORMAL
        self._former: ArrivalGroup | None = None
        self._samples: deque[tuple[float, float]] = deque(maxlen=WINDOW)
        self._count = 0
        self._clock_ms = 0.0
        self._delay_ms = 0.0
        self._smoothed_ms = 0.0
        self._threshold_ms = INITIAL_THRESHOLD_MS
        self._trend = 0.0
        self._over_ms = 0.0
        self._over_count = 0

    def update(self, groups: Sequence[ArrivalGroup]) -> Usage:
        """Take in the groups that one message of feedback told of, in their order."""
        sent_ms = arrival_ms = 0.0
        for group in groups:
            former, self._former = self._former, group
            if former is not None and group.arrived_us >= former.arrived_us:
                sent_ms += (group.sent_us - former.sent_us) / 1000
                arrival_ms += (group.arrived_us - former.arrived_us) / 1000
                self._add(former, group)
        if arrival_ms:
            trend = _slope(self._samples) if len(self._samples) == WINDOW else 0.0
            self.usage = self._detect(trend, sent_ms, arrival_ms, len(groups))
        return self.usage

    def _add(self, former: ArrivalGroup, group: ArrivalGroup) -> None:
        """The queue grew by how much later the group came than it was sent, compared with the one before."""
        arrival_ms = (group.arrived_us - former.arrived_us) / 1000
        if arrival_ms > MAX_GAP_MS:
            self._samples.clear()
            self._count = 0
        self._count += 1
        self._clock_ms += arrival_ms
        self._delay_ms += arrival_ms - (group.sent_us - former.sent_us) / 1000
        self._smoothed_ms += (1 - SMOOTHING) * (self._delay_ms - self._smoothed_ms)
        self._samples.append((self._clock_ms, self._smoothed_ms))

    def _detect(self, trend: float, sent_ms: float, arrival_ms: float, groups: int) -> Usage:
        scaled_ms = trend * min(self._count, MAX_COUNT) * GAIN
        usage = Usage.NORMAL
        if scaled_ms > self._threshold_ms:
            usage = self._over(trend, sent_ms, groups)
        else:
            self._over_ms, self._over_count = 0.0, 0
            if scaled_ms < -self._threshold_ms:
                usage = Usage.UNDERUSE
        self._trend = trend
        self._adapt(abs(scaled_ms), arrival_ms)
        return usage

    def _over(self, trend: float, sent_ms: float, groups: int) -> Usage:
        """Over-use is what lasts and does not get less."""
        self._over_ms += sent_ms
        self._over_count += groups
        if self._over_ms > OVERUSE_MS and self._over_count > 1 and trend >= self._trend:
            self._over_ms, self._over_count = 0.0, 0
            return Usage.OVERUSE
        return Usage.OVERUSE if self.usage is Usage.OVERUSE else Usage.NORMAL

    def _adapt(self, scaled_ms: float, elapsed_ms: float) -> None:
        """The threshold follows the noise of the path, so that neither jitter nor greedy flows starve us."""
        if scaled_ms > self._threshold_ms + OUTLIER_MS:
            return
        gain = GAIN_DOWN if scaled_ms < self._threshold_ms else GAIN_UP
        moved_ms = self._threshold_ms + gain * (scaled_ms - self._threshold_ms) * min(elapsed_ms, MAX_STEP_MS)
        self._threshold_ms = min(max(moved_ms, MIN_THRESHOLD_MS), MAX_THRESHOLD_MS)


def _slope(samples: deque[tuple[float, float]]) -> float:
    """Least squares, with the first sample for origin; 0 if all samples are of one moment."""
    origin_x, origin_y = samples[0]
    sum_x = sum_y = sum_xx = sum_xy = 0.0
    for x, y in samples:
        x -= origin_x  # noqa: PLW2901  # every name costs time here
        sum_x += x
        sum_xx += x * x
        y -= origin_y  # noqa: PLW2901
        sum_y += y
        sum_xy += x * y
    spread = len(samples) * sum_xx - sum_x * sum_x
    return (len(samples) * sum_xy - sum_x * sum_y) / spread if spread > 0 else 0.0
