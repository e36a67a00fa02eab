"""The two clocks of feedback: a slow one for reports, and a fast one that runs only while something is missing."""

import time
from typing import Protocol

from mediaserver.rota import Rota
from mediaserver.turns import Turns

REGULAR_INTERVAL_S = 0.1
URGENT_INTERVAL_S = 0.02
# A wake costs about as much as two members' turns, so that few are best; five steps are a little more than the interval.
REGULAR_STEP_S, URGENT_STEP_S = 0.021, 0.005


class Regular(Protocol):
    """Something with reports to send."""

    def tick(self, now_us: int) -> None:
        """Called every 100 ms; `now_us` is monotonic."""


class Urgent(Protocol):
    """Something that waits for missing packets or a keyframe."""

    def tick_urgent(self, now_us: int) -> bool:
        """Called every 20 ms; False when nothing is missing any more."""


class Ticker:
    """Runs on the event loop; idle without members. An unexpected error of one, of which the loop tells, stops neither the
    clocks nor the others."""

    def __init__(self) -> None:
        # Where all that is not packets has its turns.
        self.turns = Turns()
        self._regular = Rota(REGULAR_INTERVAL_S, REGULAR_STEP_S, _tick, self.turns)
        self._urgent = Rota(URGENT_INTERVAL_S, URGENT_STEP_S, _tick_urgent, self.turns)

    def add(self, member: Regular) -> None:
        """Tick this from now on."""
        self._regular.add(member, spread=True)

    def remove(self, member: Regular) -> None:
        """Stop ticking this."""
        self._regular.remove(member)

    def hurry(self, member: Urgent) -> None:
        """Tick this fast until it says that nothing is missing."""
        self._urgent.add(member, spread=False)

    def forget(self, member: Urgent) -> None:
        """Stop ticking this fast."""
        self._urgent.remove(member)

    @property
    def regular_count(self) -> int:
        """How many have reports to send."""
        return len(self._regular)

    @property
    def urgent_count(self) -> int:
        """How many wait for something missing."""
        return len(self._urgent)

    def close(self) -> None:
        """Stop both clocks, and all that waits for its turn."""
        self._regular.close()
        self._urgent.close()
        self.turns.close()


def _tick(member: Regular) -> bool:
    member.tick(time.monotonic_ns() // 1000)
    return True


def _tick_urgent(member: Urgent) -> bool:
    return member.tick_urgent(time.monotonic_ns() // 1000)
