"""Calls its members again and again, each in the same interval, and spreads them over it."""

import asyncio
import heapq
import itertools
from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from mediaserver.turns import Turns

# The loop wakes for members at such steps, so that few wakes do for many members.
STEP_S = 0.005
# Of the interval, between one member's first turn and that of the next one to come: the golden section, by which any
# number of members is spread evenly.
_SPREAD = 0.618034

Member = TypeVar("Member")


class Rota(Generic[Member]):
    """Idle without members. `call` says whether the member is to be called again."""

    def __init__(self, interval_s: float, call: Callable[[Member], bool], turns: Turns) -> None:
        self._interval_s = interval_s
        self._call = call
        self._turns = turns
        # Each with the number of its one entry in `_due`, if it is not waiting for its turn.
        self._members: dict[Member, int] = {}
        # (when, number, who); entries whose number is not the member's are of one who left.
        self._due: list[tuple[float, int, Member]] = []
        self._numbers = itertools.count(1)
        self._timer: asyncio.TimerHandle | None = None
        self._timer_s = 0.0

    def __len__(self) -> int:
        return len(self._members)

    def add(self, member: Member, *, spread: bool) -> None:
        """Call this from now on, first after one interval; `spread`: or sooner, in a place of its own. Again is harmless."""
        if member in self._members:
            return
        number = next(self._numbers)
        first_s = self._interval_s * (number * _SPREAD % 1) if spread else self._interval_s
        self._enter(member, number, first_s)

    def remove(self, member: Member) -> None:
        """Call this no more. Again is harmless."""
        self._members.pop(member, None)

    def close(self) -> None:
        """Call nobody any more."""
        self._members.clear()
        self._due.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _enter(self, member: Member, number: int, after_s: float) -> None:
        due_s = asyncio.get_running_loop().time() + after_s
        self._members[member] = number
        heapq.heappush(self._due, (due_s, number, member))
        self._wind()

    def _wind(self) -> None:
        """Wake at the step in which the next one is due."""
        if not self._due:
            return
        wake_s = (self._due[0][0] // STEP_S + 1) * STEP_S
        if self._timer is not None:
            if self._timer_s <= wake_s:
                return
            self._timer.cancel()
        self._timer_s = wake_s
        self._timer = asyncio.get_running_loop().call_at(wake_s, self._ring)

    def _ring(self) -> None:
        """All who are due get their turns; a member waits for one at a time."""
        self._timer = None
        now_s, due = asyncio.get_running_loop().time(), self._due
        while due and due[0][0] <= now_s:
            _, number, member = heapq.heappop(due)
            if self._members.get(member) == number:
                self._turns.put(partial(self._turn, member, number))
        self._wind()

    def _turn(self, member: Member, number: int) -> None:
        if self._members.get(member) != number:
            return
        again = next(self._numbers)
        self._enter(member, again, self._interval_s)
        if not self._call(member) and self._members.get(member) == again:
            del self._members[member]
