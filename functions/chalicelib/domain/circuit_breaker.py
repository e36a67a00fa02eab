"""When someone who does not answer is left alone: a circuit breaker, pure, with the time given in (P5).

Closed, everyone may ask. After so many failures within a window it opens: nobody asks for a while, and nobody waits.
After that rest it is half open: one may ask, as a probe, and the answer closes it or lets it rest again.
"""

from collections import deque
from typing import Literal

State = Literal["closed", "open", "half_open"]


class CircuitBreaker:
    """`failures` (1 or more) within `window_s` open it for `rest_s` (all seconds).

    Times given are of one monotonic clock, in seconds. A probe of which nothing is heard for `rest_s` is given up, so that
    one who crashed while asking does not keep the others out.
    """

    def __init__(self, failures: int, window_s: float, rest_s: float) -> None:
        self._window_s = window_s
        self._rest_s = rest_s
        self._failed_at: deque[float] = deque(maxlen=failures)
        self._opened_at: float | None = None
        self._probed_at: float | None = None

    def state(self, now: float) -> State:
        if self._opened_at is None:
            return "closed"
        return "open" if now < self._opened_at + self._rest_s else "half_open"

    def admits(self, now: float) -> bool:
        """Whether one may ask now. Half open, the one who is told so is the probe, and must tell how it went."""
        state = self.state(now)
        if state == "half_open" and (self._probed_at is None or now >= self._probed_at + self._rest_s):
            self._probed_at = now
            return True
        return state == "closed"

    def succeeded(self, now: float) -> None:
        """An answer closes it when half open; while it is open, one from before says nothing of now."""
        if self.state(now) == "half_open":
            self._failed_at.clear()
            self._opened_at = self._probed_at = None

    def failed(self, now: float) -> None:
        state = self.state(now)
        if state == "closed":
            self._failed_at.append(now)
        if state == "half_open" or (state == "closed" and self._is_too_much(now)):
            self._opened_at, self._probed_at = now, None

    def _is_too_much(self, now: float) -> bool:
        return len(self._failed_at) == self._failed_at.maxlen and self._failed_at[0] > now - self._window_s
