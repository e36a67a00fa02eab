"""The two clocks of feedback: a slow one for reports, and a fast one that runs only while something is missing."""

import asyncio
import time
from typing import Protocol

REGULAR_INTERVAL_S = 0.1
URGENT_INTERVAL_S = 0.02


class Regular(Protocol):
    """Something with reports to send."""

    def tick(self, now_us: int) -> None:
        """Called every 100 ms; `now_us` is monotonic."""


class Urgent(Protocol):
    """Something that waits for missing packets or a keyframe."""

    def tick_urgent(self, now_us: int) -> bool:
        """Called every 20 ms; False when nothing is missing any more."""


class Ticker:
    """Runs on the event loop; idle without members."""

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

    def close(self) -> None:
        """Stop both clocks."""
        self._regular.clear()
        self._urgent.clear()
        for timer in (self._regular_timer, self._urgent_timer):
            if timer is not None:
                timer.cancel()
        self._regular_timer = self._urgent_timer = None

    def _run_regular(self) -> None:
        self._regular_timer = None
        now_us = time.monotonic_ns() // 1000
        for member in list(self._regular):
            member.tick(now_us)
        if self._regular:
            self._regular_timer = asyncio.get_running_loop().call_later(REGULAR_INTERVAL_S, self._run_regular)

    def _run_urgent(self) -> None:
        self._urgent_timer = None
        now_us = time.monotonic_ns() // 1000
        for member in list(self._urgent):
            if not member.tick_urgent(now_us):
                self._urgent.pop(member, None)
        if self._urgent:
            self._urgent_timer = asyncio.get_running_loop().call_later(URGENT_INTERVAL_S, self._run_urgent)
