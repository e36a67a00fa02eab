"""Something that a call does again and again while it has reason to."""

import asyncio
from collections.abc import Callable


class RoomClock:
    """Calls back in the same interval while it runs."""

    def __init__(self, interval_s: float, tick: Callable[[], None]) -> None:
        self._interval_s = interval_s
        self._tick = tick
        self._timer: asyncio.TimerHandle | None = None

    def run(self, wanted: bool) -> None:
        """Start or stop. Again is harmless."""
        if wanted and self._timer is None:
            self._wind()
        elif not wanted and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _wind(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self._interval_s, self._ring)

    def _ring(self) -> None:
        self._wind()
        self._tick()
