"""How long the event loop was kept from its work: a short clock of its own that sees how late it is called."""

import asyncio

INTERVAL_S = 0.02
# A stall is told of for at least so long, and at most twice as long.
REMEMBERED_S = 10.0


class LoopWatch:
    """Start and stop it on the loop that it watches."""

    def __init__(self, remembered_s: float = REMEMBERED_S) -> None:
        self._remembered_s = remembered_s
        self._timer: asyncio.TimerHandle | None = None
        self._due_s = 0.0
        self._turned_at_s = 0.0
        self._longest_s = self._longest_before_s = 0.0

    def start(self) -> None:
        """Begin to watch the running loop."""
        self._turned_at_s = asyncio.get_running_loop().time()
        self._schedule()

    def stop(self) -> None:
        """Stop watching. Again is harmless."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def longest_ms(self) -> float:
        """The longest stall of late, in ms with one decimal."""
        return round(max(self._longest_s, self._longest_before_s) * 1000, 1)

    def _schedule(self) -> None:
        loop = asyncio.get_running_loop()
        self._due_s = loop.time() + INTERVAL_S
        self._timer = loop.call_later(INTERVAL_S, self._wake)

    def _wake(self) -> None:
        now_s = asyncio.get_running_loop().time()
        if now_s - self._turned_at_s >= self._remembered_s:
            self._longest_before_s, self._longest_s = self._longest_s, 0.0
            self._turned_at_s = now_s
        self._longest_s = max(self._longest_s, now_s - self._due_s)
        self._schedule()
