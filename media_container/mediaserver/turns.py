"""Work that is not packets: done between them, a little in each turn of the event loop, first come first served.

A packet waits for all that the loop does in one turn. So whoever has something to do for many (feedback of all transports,
the figures of all calls) puts it here piece by piece, and no turn does more than one piece after its time is over.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable

# Of one turn. A piece takes 20-200 us.
TURN_US = 400

Work = Callable[[], None]


class Turns:
    """Runs on the event loop; idle when nothing waits. Whoever puts work in sees to it that it is bounded."""

    def __init__(self, turn_us: int = TURN_US) -> None:
        self._turn_ns = turn_us * 1000
        self._waiting: deque[Work] = deque()
        self._handle: asyncio.Handle | None = None

    def put(self, work: Work) -> None:
        """Do this soon, after what waits already."""
        self._waiting.append(work)
        if self._handle is None:
            self._handle = asyncio.get_running_loop().call_soon(self._run)

    @property
    def waiting_count(self) -> int:
        """How many pieces wait."""
        return len(self._waiting)

    def close(self) -> None:
        """Forget what waits."""
        self._waiting.clear()
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _run(self) -> None:
        """An unexpected error ends the turn, and the loop tells of it; the others have theirs in the next one."""
        until_ns = time.monotonic_ns() + self._turn_ns
        self._handle = None
        waiting = self._waiting
        try:
            while waiting:
                waiting.popleft()()
                if time.monotonic_ns() >= until_ns:
                    break
        finally:
            if waiting and self._handle is None:
                self._handle = asyncio.get_running_loop().call_soon(self._run)
