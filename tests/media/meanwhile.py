"""What goes on in a call while a test looks on."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from tests.media.client import MediaClient
from tests.media.stream import ClientStream, vp8_payload

PACKET_INTERVAL_S = 0.02


@asynccontextmanager
async def meanwhile(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """The work goes on until the block is left."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def sending(client: MediaClient, stream: ClientStream, *, loses_every: int = 0) -> AsyncIterator[None]:
    """A stream goes on meanwhile; the audio level in its packets is -10 dBov. Some packets may never be sent."""

    async def send() -> None:
        payload = vp8_payload(b"picture", keyframe=True) if stream.kind == "video" else b"sound"
        for number in range(1, 10_000):
            if loses_every and number % loses_every == 0:
                stream.packet(payload)
            else:
                client.send(stream, payload)
            await asyncio.sleep(PACKET_INTERVAL_S)

    async with meanwhile(send()):
        yield
