"""The node's row in the fleet table: heartbeat, drain mark, and where other nodes are (docs/protocol.md section 4)."""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from mediaserver.errors import OwnerUnreachable

HEARTBEAT_INTERVAL_S = 5.0
DEAD_AFTER_S = 15
ROW_LIFETIME_S = 600
OWNER_CACHE_S = 5.0
MAX_CACHED_OWNERS = 1000
MAX_LOOKUPS_AT_ONCE = 8

logger = logging.getLogger(__name__)

Row = dict[str, Any]


class FleetTable(Protocol):
    """The table `fleet`, seen from a node. Both calls block and raise BotoCoreError or ClientError."""

    def write_node(self, row: Row) -> None:
        """Write the whole row of a node."""

    def read_node(self, node_id: str) -> Row | None:
        """The row of a node, if there is one."""


class DynamoFleetTable:
    """The table in DynamoDB."""

    def __init__(self, table_name: str) -> None:
        # Short, for the next heartbeat is the retry, and a node that stops waits for a call under way.
        config = Config(connect_timeout=1, read_timeout=1.5, retries={"total_max_attempts": 1})
        self._table = boto3.resource("dynamodb", config=config).Table(table_name)

    def write_node(self, row: Row) -> None:
        """Write the whole row of a node."""
        self._table.put_item(Item=row)

    def read_node(self, node_id: str) -> Row | None:
        """The row of a node, if there is one."""
        item: Row | None = self._table.get_item(Key={"pk": "nodes", "sk": node_id}).get("Item")
        return item


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
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="fleet")
        self._lookups = asyncio.Semaphore(MAX_LOOKUPS_AT_ONCE)
        self._owners: dict[str, tuple[float, str]] = {}
        self._heartbeats: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Write the row once, then again every 5 s until `stop`."""
        await self._beat(draining=False)
        self._heartbeats = asyncio.create_task(self._keep_beating())

    async def stop(self, timeout_s: float) -> None:
        """Write the row a last time as draining, so that no new call comes here."""
        if self._heartbeats is not None:
            self._heartbeats.cancel()
        try:
            await asyncio.wait_for(self._beat(draining=True), timeout_s)
        except TimeoutError:
            logger.warning("The drain mark could not be written in time")
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

    async def _read_owner(self, node_id: str) -> str:
        loop = asyncio.get_running_loop()
        async with self._lookups:
            try:
                row = await loop.run_in_executor(self._threads, self._table.read_node, node_id)
            except (BotoCoreError, ClientError) as error:
                raise OwnerUnreachable("the fleet table cannot be read") from error
        if row is None or not row.get("internal_url"):
            raise OwnerUnreachable("the owner has no row in the fleet table")
        if float(row["heartbeat_at"]) < time.time() - DEAD_AFTER_S:
            raise OwnerUnreachable("the owner has stopped beating")
        return str(row["internal_url"])

    async def _keep_beating(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_INTERVAL_S)
            await self._beat(draining=False)

    async def _beat(self, *, draining: bool) -> None:
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._threads, self._table.write_node, self.row(int(time.time()), draining))
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
