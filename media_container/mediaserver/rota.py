"""Calls its members again and again, each in the same interval, and spreads them over it."""

import asyncio
import heapq
import itertools
from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from mediaserver.turns import Turns

# Of the interval, between one member's first turn and that of the next one to come: the golden section, by which any
# number of members is spread evenly.
_SPREAD = 0.618034

Member = TypeVar("Member")


def next_step_s(due_s: float, step_s: float) -> float:
    """The first step after a moment; all that wakes at steps of one length wakes together."""
    return (due_s // step_s + 1) * step_s


class Rota(Generic[Member]):
    """Idle without members. `call` says whether the member is to be called again."""

    def __init__(self, interval_s: float, step_s: float, call: Callable[[Member], bool], turns: Turns) -> None:
        """The loop wakes for members at steps of `step_s`, so that few wakes do for many members."""
        self._interval_s = interval_s
        self._step_s = step_s
        self._call = call
        self._turns = turns
        # Each with the number of its next turn, and the other way round.
        self._members: dict[Member, int] = {}
        self._by_number: dict[int, Member] = {}
        # (when, number); whoever left is not held here.
        self._due: list[tuple[float, int]] = []
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
        self._enter(member, number, asyncio.get_running_loop().time() + first_s)

    def remove(self, member: Member) -> None:
        """Call this no more. Again is harmless."""
        number = self._members.pop(member, None)
        if number is not None:
            self._by_number.pop(number, None)

    def close(self) -> None:
        """Call nobody any more."""
        self._members.clear()
        self._by_number.clear()
        self._due.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _enter(self, member: Member, number: int, due_s: float) -> None:
        self._members[member] = number
        self._by_number[number] = member
        heapq.heappush(self._due, (due_s, number))
        self._wind()

    def _wind(self) -> None:
        """Wake at the step in which the next one is due."""
        if not self._due:
            return
        wake_s = next_step_s(self._due[0][0], self._step_s)
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
            number = heapq.heappop(due)[1]
            if number in self._by_number:
                self._turns.put(partial(self._turn, number))
        self._wind()

    def _turn(self, number: int) -> None:
        member = self._by_number.pop(number, None)
        if member is None:
            return
        again, now_s = next(self._numbers), asyncio.get_running_loop().time()
        # From the beginning of the step, so that who waited within it keeps to the same pace.
        self._enter(member, again, now_s - now_s % self._step_s + self._interval_s)
        if not self._call(member) and self._members.get(member) == again:
            self.remove(member)
