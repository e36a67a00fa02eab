"""How well one direction of a participant's connection carries a call: 1 (bad) to 5 (excellent).

Each measure alone gives a score by the table below, and the worst one counts: sound with 20 % loss is bad, however short
the way. The bounds of the round trip are twice those of ITU-T G.114 (150 ms one way good, 400 ms the most that is
acceptable); those of loss are what Opus with FEC conceals (a few per cent unheard, about 15 % intelligible).
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

BEST, WORST = 5, 1

# The largest value that still earns 5, 4, 3 and 2; above the last it is 1.
LOSS_BOUNDS = (0.01, 0.03, 0.08, 0.15)
RTT_BOUNDS_MS = (200.0, 300.0, 500.0, 800.0)
JITTER_BOUNDS_MS = (20.0, 40.0, 80.0, 150.0)
# What is missing of the bitrate that the pictures want.
SHORTFALL_BOUNDS = (0.1, 0.4, 0.65, 0.85)

# It falls when so many samples on end were worse, to the best of them; it rises after more, to the worst of those.
SAMPLES_TO_FALL = 2
SAMPLES_TO_RISE = 4


@dataclass(frozen=True)
class Measures:
    """One direction, measured over the last seconds. None: nothing was measured.

    `loss` and `served` are fractions from 0 to 1; `served` is how much of the wanted bitrate there is room for.
    """

    loss: float | None = None
    rtt_ms: float | None = None
    jitter_ms: float | None = None
    served: float | None = None


def score(measures: Measures) -> int | None:
    """1 to 5, None when nothing at all was measured."""
    shortfall = None if measures.served is None else 1.0 - measures.served
    rated = (
        _rate(measures.loss, LOSS_BOUNDS),
        _rate(measures.rtt_ms, RTT_BOUNDS_MS),
        _rate(measures.jitter_ms, JITTER_BOUNDS_MS),
        _rate(shortfall, SHORTFALL_BOUNDS),
    )
    return min((each for each in rated if each is not None), default=None)


def _rate(value: float | None, bounds: Sequence[float]) -> int | None:
    return None if value is None else BEST - sum(value > bound for bound in bounds)


class SteadyScore:
    """A score that does not flutter. One bad second is no news; recovery must last."""

    def __init__(self) -> None:
        self.value: int | None = None
        self._latest: deque[int] = deque(maxlen=SAMPLES_TO_RISE)

    def update(self, sample: int | None) -> int | None:
        """Take in a sample and return the score; None changes nothing, for nothing was learned."""
        if sample is None:
            return self.value
        self._latest.append(sample)
        last = list(self._latest)[-SAMPLES_TO_FALL:]
        if len(last) == SAMPLES_TO_FALL and (self.value is None or max(last) < self.value):
            self.value = max(last)
        elif self.value is not None and len(self._latest) == SAMPLES_TO_RISE and min(self._latest) > self.value:
            self.value = min(self._latest)
        return self.value


class MeanScore:
    """The mean and the worst of what a score was over a call."""

    def __init__(self) -> None:
        self.worst: int | None = None
        self._sum = 0
        self._count = 0

    @property
    def mean(self) -> float | None:
        """None before the first one."""
        return round(self._sum / self._count, 2) if self._count else None

    def add(self, value: int | None) -> None:
        """Take in what the score is at this moment."""
        if value is not None:
            self._sum += value
            self._count += 1
            self.worst = value if self.worst is None else min(self.worst, value)
