"""This node among the others: its heartbeat and drain mark, where others are, and which calls were moved to them.

docs/protocol.md section 4.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from mediaserver.errors import FleetUnreadable, OwnerUnreachable
from mediaserver.fleet_table import FleetTable, Row

HEARTBEAT_INTERVAL_S = 5.0
DEAD_AFTER_S = 15
ROW_LIFETIME_S = 600
OWNER_CACHE_S = 5.0
MAX_CACHED_OWNERS = 1000
MAX_LOOKUPS_AT_ONCE = 8

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Fleet:
    """Keeps this node's row fresh and finds the others. `load` tells (participants, calls) at this moment."""

    def __init__(
        self,
        table: FleetTable,
        node_id: str,
        internal_url: str,
        capacity: int,
        load: Callable[[], tuple[int, int]],
    ) -> None:
        self._table = table
        self._node_id = node_id
        self._internal_url = internal_url
        self._capacity = capacity
        self._load = load
        self._draining = False
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="fleet")
        self._lookups = asyncio.Semaphore(MAX_LOOKUPS_AT_ONCE)
        self._owners: dict[str, tuple[float, str]] = {}
        self._heartbeats: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Write the row once, then again every 5 s until `stop`."""
        await self._beat()
        self._heartbeats = asyncio.create_task(self._keep_beating())

    async def mark_draining(self, timeout_s: float) -> None:
        """Write at once that this node takes no new calls. The heartbeat goes on, and repeats it."""
        self._draining = True
        try:
            await asyncio.wait_for(self._beat(), timeout_s)
        except TimeoutError:
            logger.warning("The drain mark could not be written in time")

    async def stop(self, timeout_s: float) -> None:
        """Write the row a last time as draining, so that no new call comes here."""
        if self._heartbeats is not None:
            self._heartbeats.cancel()
        await self.mark_draining(timeout_s)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def owner_url(self, node_id: str) -> str:
        """The internal address of another node. Raises OwnerUnreachable if it is unknown or dead."""
        now_s = time.monotonic()
        cached = self._owners.get(node_id)
        if cached is not None and cached[0] > now_s:
            return cached[1]
        url = await self._read_owner(node_id)
        if len(self._owners) >= MAX_CACHED_OWNERS:
            self._owners.clear()
        self._owners[node_id] = (now_s + OWNER_CACHE_S, url)
        return url

    async def others_take_calls(self) -> bool:
        """Whether there is a node that a call of this one could be moved to. Raises FleetUnreadable."""
        now_s = time.time()
        return any(
            row["sk"] != self._node_id and not row["draining"] and _is_alive(row, now_s)
            for row in await self._read(self._table.read_nodes)
        )

    async def moved_away(self, epochs: Mapping[str, int]) -> set[str]:
        """Of these calls of this node, with the epoch each has here, those that live on another one by now.

        Raises FleetUnreadable.
        """
        rows = await self._read(lambda: self._table.read_leases(epochs))
        leases = {str(row["pk"]).removeprefix("call#"): row for row in rows}
        return {
            call_id
            for call_id, row in leases.items()
            if row["node_id"] != self._node_id and int(row["epoch"]) > epochs[call_id]
        }

    async def _read_owner(self, node_id: str) -> str:
        async with self._lookups:
            try:
                row = await self._read(lambda: self._table.read_node(node_id))
            except FleetUnreadable as error:
                raise OwnerUnreachable("the fleet table cannot be read") from error
        if row is None or not row.get("internal_url"):
            raise OwnerUnreachable("the owner has no row in the fleet table")
        if not _is_alive(row, time.time()):
            raise OwnerUnreachable("the owner has stopped beating")
        return str(row["internal_url"])

    async def _read(self, ask: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        except (BotoCoreError, ClientError) as error:
            raise FleetUnreadable("the fleet table cannot be read") from error

    async def _keep_beating(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_INTERVAL_S)
            await self._beat()

    async def _beat(self) -> None:
        row = self.row(int(time.time()), self._draining)
        try:
            await asyncio.get_running_loop().run_in_executor(self._threads, self._table.write_node, row)
        except (BotoCoreError, ClientError):
            logger.warning("The heartbeat could not be written", exc_info=False)

    def row(self, now_s: int, draining: bool) -> Row:
        """The node's row as it stands in the table. `now_s` is epoch seconds."""
        participants, calls = self._load()
        return {
            "pk": "nodes",
            "sk": self._node_id,
            "internal_url": self._internal_url,
            "heartbeat_at": now_s,
            "participants": participants,
            "calls": calls,
            "capacity": self._capacity,
            "draining": draining,
            "expires_at": now_s + ROW_LIFETIME_S,
        }


def _is_alive(row: Row, now_s: float) -> bool:
    return float(row["heartbeat_at"]) >= now_s - DEAD_AFTER_S
