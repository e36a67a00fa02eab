"""A node that is to stop gives its calls away first: no new ones, the running ones are asked to move, and it waits."""

import asyncio
import logging
import time

from mediaserver.calls import Calls
from mediaserver.errors import FleetUnreadable
from mediaserver.fleet import Fleet
from mediaserver.lease_watch import LeaseWatch

# Within this the drain mark is written, or another node found.
FLEET_TIMEOUT_S = 0.8
CHECK_INTERVAL_S = 1.0
# Looks at a fleet table that cannot be read, before the node believes that it is alone.
UNREADABLE_LOOKS = 2

logger = logging.getLogger(__name__)


class Drain:
    """One node's last task. Without a fleet, or without another node that takes calls, nobody could move."""

    def __init__(self, calls: Calls, fleet: Fleet | None, leases: LeaseWatch | None, deadline_s: float) -> None:
        """`deadline_s`: how long clients have to move."""
        self._calls = calls
        self._fleet = fleet
        self._leases = leases
        self._deadline_s = deadline_s
        self._unread = 0

    async def run(self) -> None:
        """Return when no call is left, nobody could move, or the deadline has come."""
        ends_s = time.monotonic() + self._deadline_s
        if self._fleet is not None:
            # First of all: whoever asks where to go must not be sent here.
            await self._fleet.mark_draining(FLEET_TIMEOUT_S)
        self._calls.drain(ends_s)
        if self._leases is not None:
            self._leases.hurry()
        while not self._calls.idle.is_set() and time.monotonic() < ends_s and await self._somewhere_to_go():
            await self._wait_until_idle(min(CHECK_INTERVAL_S, ends_s - time.monotonic()))
        logger.info("Media node drained: calls_left=%d", self._calls.load()[1])

    async def _wait_until_idle(self, longest_s: float) -> None:
        try:
            await asyncio.wait_for(self._calls.idle.wait(), longest_s)
        except TimeoutError:
            return

    async def _somewhere_to_go(self) -> bool:
        if self._fleet is None:
            return False
        try:
            found = await asyncio.wait_for(self._fleet.others_take_calls(), FLEET_TIMEOUT_S)
        except (FleetUnreadable, TimeoutError):
            self._unread += 1
            return self._unread < UNREADABLE_LOOKS
        self._unread = 0
        return found
