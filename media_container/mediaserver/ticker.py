"""The two clocks of feedback: a slow one for reports, and a fast one that runs only while something is missing."""

import asyncio
import time
from typing import Protocol

REGULAR_INTERVAL_S = 0.1
URGENT_INTERVAL_S = 0.02
# Into so many parts the regular interval is split.
TURNS = 20


class Regular(Protocol):
    """Something with reports to send."""

    def tick(self, now_us: int) -> None:
        """Called every 100 ms; `now_us` is monotonic."""


class Urgent(Protocol):
    """Something that waits for missing packets or a keyframe."""

    def tick_urgent(self, now_us: int) -> bool:
        """Called every 20 ms; False when nothing is missing any more."""


class Ticker:
    """Runs on the event loop; idle without members. Each member is called by the loop itself, so that an unexpected error
    of one, of which the loop tells, stops neither the clocks nor the others."""

    def __init__(self) -> None:
        self._regular: dict[Regular, None] = {}
        self._urgent: dict[Urgent, None] = {}
        self._regular_timer: asyncio.TimerHandle | None = None
        self._urgent_timer: asyncio.TimerHandle | None = None

    def add(self, member: Regular) -> None:
        """Tick this from now on."""
        self._regular[member] = None
        if self._regular_timer is None:
            self._regular_timer = asyncio.get_running_loop().call_later(REGULAR_INTERVAL_S, self._run_regular)

    def remove(self, member: Regular) -> None:
        """Stop ticking this."""
        self._regular.pop(member, None)

    def hurry(self, member: Urgent) -> None:
        """Tick this fast until it says that nothing is missing."""
        self._urgent[member] = None
        if self._urgent_timer is None:
            self._urgent_timer = asyncio.get_running_loop().call_later(URGENT_INTERVAL_S, self._run_urgent)

    def forget(self, member: Urgent) -> None:
        """Stop ticking this fast."""
        self._urgent.pop(member, None)

    @property
    def regular_count(self) -> int:
        """How many have reports to send."""
        return len(self._regular)

    @property
    def urgent_count(self) -> int:
        """How many wait for something missing."""
        return len(self._urgent)

    def close(self) -> None:
        """Stop both clocks."""
        self._regular.clear()
        self._urgent.clear()
        for timer in (self._regular_timer, self._urgent_timer):
            if timer is not None:
                timer.cancel()
        self._regular_timer = self._urgent_timer = None

    def _run_regular(self) -> None:
        """Members have their turns throughout the interval: packets would wait for all of them together."""
        loop, count = asyncio.get_running_loop(), len(self._regular)
        self._regular_timer = loop.call_later(REGULAR_INTERVAL_S, self._run_regular) if self._regular else None
        for place, member in enumerate(self._regular):
            loop.call_later(place * TURNS // count * REGULAR_INTERVAL_S / TURNS, self._tick, member)

    def _tick(self, member: Regular) -> None:
        if member in self._regular:
            member.tick(time.monotonic_ns() // 1000)

    def _run_urgent(self) -> None:
        loop, now_us = asyncio.get_running_loop(), time.monotonic_ns() // 1000
        self._urgent_timer = loop.call_later(URGENT_INTERVAL_S, self._run_urgent) if self._urgent else None
        for member in self._urgent:
            loop.call_soon(self._tick_urgent, member, now_us)

    def _tick_urgent(self, member: Urgent, now_us: int) -> None:
        if member in self._urgent and not member.tick_urgent(now_us):
            self._urgent.pop(member, None)
