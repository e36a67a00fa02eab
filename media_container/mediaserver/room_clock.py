"""Something that a call does again and again while it has reason to."""

import asyncio
from collections.abc import Callable

from mediaserver.rota import next_step_s
from mediaserver.ticker import REGULAR_STEP_S
from mediaserver.turns import Turns


class RoomClock:
    """Calls back in the same interval while it runs, at the ticker's steps and when packets leave time for it."""

    def __init__(self, interval_s: float, turns: Turns, tick: Callable[[], None]) -> None:
        self._interval_s = interval_s
        self._turns = turns
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
        loop = asyncio.get_running_loop()
        wake_s = next_step_s(loop.time() + self._interval_s, REGULAR_STEP_S)
        self._timer = loop.call_at(wake_s, self._ring)

    def _ring(self) -> None:
        self._turns.put(self._turn)

    def _turn(self) -> None:
        """The next one counts from here: however late the turns are, one waits at most."""
        if self._timer is not None:
            self._wind()
            self._tick()
