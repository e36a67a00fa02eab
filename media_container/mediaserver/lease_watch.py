"""Looks whether calls of this node have been moved to another one, whose word counts from then on."""

import asyncio

from mediaserver.calls import Calls
from mediaserver.errors import FleetUnreadable
from mediaserver.fleet import Fleet

INTERVAL_S = 5.0
# While calls are expected to move. Browsers keep their old connection for longer than this.
DRAINING_INTERVAL_S = 1.0


class LeaseWatch:
    """Reads the leases of all calls of the node again and again, until `stop`."""

    def __init__(self, fleet: Fleet, calls: Calls) -> None:
        self._fleet = fleet
        self._calls = calls
        self._task: asyncio.Task[None] | None = None
        self._hurried = asyncio.Event()

    def start(self) -> None:
        """Begin to look."""
        self._task = asyncio.create_task(self._run())

    def hurry(self) -> None:
        """The node drains: look now, and more often."""
        self._hurried.set()

    def stop(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()

    async def look(self) -> None:
        """One look. A table that cannot be read tells nothing."""
        epochs = self._calls.epochs()
        if not epochs:
            return
        try:
            moved = await self._fleet.moved_away(epochs)
        except FleetUnreadable:
            return
        for call_id in moved:
            self._calls.moved_away(call_id, epochs[call_id])

    async def _run(self) -> None:
        while not self._hurried.is_set():
            await self.look()
            try:
                await asyncio.wait_for(self._hurried.wait(), INTERVAL_S)
            except TimeoutError:
                continue
        while True:
            await self.look()
            await asyncio.sleep(DRAINING_INTERVAL_S)
