"""The share of packets lost over the last few samples, from counters that only grow."""

from collections import deque

SAMPLES = 5
# With fewer packets than this a lost one says nothing of the connection.
MIN_EXPECTED = 25


class LossWindow:
    """One stream or one direction."""

    def __init__(self) -> None:
        # (packets expected, packets lost) since the beginning of the stream, oldest first.
        self._samples: deque[tuple[int, int]] = deque(maxlen=SAMPLES + 1)

    def update(self, expected: int, lost: int) -> tuple[int, int]:
        """Take in the counters; (expected, lost) over the window. Counters that went back begin anew."""
        if self._samples and expected < self._samples[-1][0]:
            self._samples.clear()
        self._samples.append((expected, lost))
        first_expected, first_lost = self._samples[0]
        return expected - first_expected, max(lost - first_lost, 0)


def loss_fraction(expected: int, lost: int) -> float | None:
    """From 0 to 1; None when too few packets were expected to say."""
    return min(lost / expected, 1.0) if expected >= MIN_EXPECTED else None
