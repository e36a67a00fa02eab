"""A running node, and participants who are cleaned up."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from mediaserver.node import MediaNode
from mediaserver.settings import Settings
from tests.media.client import MediaClient
from tests.media.fakes import MemoryEventQueue, MemoryFleetTable
from tests.media.tokens import PATIENT_PERMISSIONS, TokenMint

NODE_ID = "node-a"
# `make test` runs all of these twice: by either packet path.
HOT_PATH = os.environ.get("MEDIA_HOT_PATH", "auto")


class Clinic:
    """A node with its surroundings, and how to come in."""

    def __init__(self, mint: TokenMint, stack: AsyncExitStack, settings: dict[str, Any]) -> None:
        self.mint = mint
        self.fleet = MemoryFleetTable()
        self.queue = MemoryEventQueue()
        self.nodes: dict[str, MediaNode] = {}
        self._settings = settings
        self._stack = stack

    @property
    def node(self) -> MediaNode:
        """The first node."""
        return self.nodes[NODE_ID]

    async def start_node(self, node_id: str, **changes: Any) -> MediaNode:
        """Start a node on free ports."""
        settings: dict[str, Any] = {
            "http_host": "127.0.0.1",
            "http_port": 0,
            "udp_hosts": ("127.0.0.1",),
            "udp_port": 0,
            "join_keys": self.mint.public_keys,
            "hot_path": HOT_PATH,
        }
        node = MediaNode(
            Settings(node_id=node_id, **(settings | self._settings | changes)),
            fleet_table=self.fleet,
            event_queue=self.queue,
        )
        await node.start()
        self.nodes[node_id] = node
        self._stack.push_async_callback(self.stop_node, node_id)
        return node

    async def stop_node(self, node_id: str) -> None:
        """Stop a node, if it has not been stopped."""
        node = self.nodes.pop(node_id, None)
        if node is not None:
            await node.stop()

    def url(self, node_id: str = NODE_ID) -> str:
        """Where a node's signalling socket is."""
        return f"ws://127.0.0.1:{self.nodes[node_id].http_port}/media"

    def control_url(self, node_id: str = NODE_ID) -> str:
        """Where a node takes orders."""
        return f"http://127.0.0.1:{self.nodes[node_id].http_port}/control"

    async def open(self, door: str = NODE_ID) -> MediaClient:
        """A socket that has not joined."""
        client = await MediaClient.open(self.url(door))
        self._stack.push_async_callback(client.close)
        return client

    async def join(self, participant_id: str, door: str = NODE_ID, **claims: Any) -> MediaClient:
        """Somebody joins by the node `door`, as staff unless the claims say otherwise."""
        client = await MediaClient.join(self.url(door), self.mint.join(participant_id, **claims))
        self._stack.push_async_callback(client.close)
        return client

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something that no message tells has come true. Raises TimeoutError."""
        async with asyncio.timeout(30):
            while not condition():  # noqa: ASYNC110  # a counter tells nobody
                await asyncio.sleep(0.005)

    async def join_patient(self, participant_id: str, **claims: Any) -> MediaClient:
        """A patient joins."""
        return await self.join(participant_id, role="patient", permissions=list(PATIENT_PERMISSIONS), **claims)


MakeClinic = Callable[..., Awaitable[Clinic]]


@pytest.fixture
async def make_clinic() -> AsyncIterator[MakeClinic]:
    """Start a clinic with changed settings."""
    async with AsyncExitStack() as stack:

        async def make(**settings: Any) -> Clinic:
            clinic = Clinic(TokenMint(), stack, settings)
            await clinic.start_node(NODE_ID)
            return clinic

        yield make


@pytest.fixture
async def clinic(make_clinic: MakeClinic) -> Clinic:
    """A clinic with the usual settings."""
    return await make_clinic()
