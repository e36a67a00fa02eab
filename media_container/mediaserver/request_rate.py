"""How many requests a client may make: a token bucket, in which a request that is cheap and comes in flocks weighs less."""

import time
from collections.abc import Callable

MAX_AT_ONCE = 300.0
MAX_PER_S = 30.0
# A client tells the size of each of up to 25 pictures when its window changes, four times a second while it is dragged.
WEIGHTS = {"setConsumerView": 0.2}


class RequestRate:
    """The bound of one socket."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._left = MAX_AT_ONCE
        self._counted_at_s = clock_s()

    def allows(self, method: str) -> bool:
        """Whether another such request is within the bound."""
        now_s = self._clock_s()
        self._left = min(MAX_AT_ONCE, self._left + (now_s - self._counted_at_s) * MAX_PER_S)
        self._counted_at_s = now_s
        weight = WEIGHTS.get(method, 1.0)
        if self._left < weight:
            return False
        self._left -= weight
        return True
