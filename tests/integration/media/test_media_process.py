"""`python -m mediaserver` as a process: it starts, tells its clients when it stops, and says what it cannot use."""

import asyncio
import json
import signal
import socket
from collections.abc import AsyncIterator

import pytest

from tests.free_ports import free_port
from tests.media.client import MediaClient
from tests.media.node_process import healthy, start
from tests.media.tokens import TokenMint

STOPPED_WITHIN_S = 10.0


@pytest.fixture
async def silent_aws() -> AsyncIterator[str]:
    """An endpoint that takes connections and never answers, as a broken network does."""
    waiting = asyncio.Event()

    async def hold(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await waiting.wait()
        writer.close()

    server = await asyncio.start_server(hold, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    waiting.set()
    server.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_signal_closes_sockets_with_1012_and_ends_the_process(number: signal.Signals, silent_aws: str) -> None:
    mint, port = TokenMint(), free_port()
    process = await start(
        MEDIA_HTTP_PORT=str(port),
        MEDIA_JOIN_KEYS=json.dumps(mint.public_keys),
        FLEET_TABLE="fleet",
        CALL_EVENTS_QUEUE_URL=f"{silent_aws}/queue",
        AWS_ENDPOINT_URL_DYNAMODB=silent_aws,
        AWS_ENDPOINT_URL_SQS=silent_aws,
    )
    await healthy(port)
    client = await MediaClient.join(f"ws://127.0.0.1:{port}/media", mint.join("p_staff"))
    try:
        await client.open_transport("recv")
        process.send_signal(number)
        # It begins, marks its row, looks twice for another node and marks it again, 0.8 s each and a second between the
        # looks, since the table does not answer.
        assert await client.closed(STOPPED_WITHIN_S) == 1012
        async with asyncio.timeout(STOPPED_WITHIN_S):
            _, log = await process.communicate()
    finally:
        await client.close()
    assert process.returncode == 0
    assert b"Traceback" not in log
    assert b"Media node stopped" in log


@pytest.mark.parametrize(
    ("name", "value"), [("MEDIA_UDP_PORT", "many"), ("MEDIA_JOIN_KEYS", '{"k": "not a key"}'), ("LOST_GRACE_S", "-1")]
)
async def test_setting_that_cannot_be_used_is_named_and_ends_with_2(name: str, value: str) -> None:
    process = await start(MEDIA_HTTP_PORT=str(free_port()), **{name: value})
    _, log = await process.communicate()
    assert process.returncode == 2
    assert name.encode() in log
    assert b"Traceback" not in log


async def test_taken_port_ends_with_2() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = await start(MEDIA_HTTP_PORT=str(taken.getsockname()[1]))
        _, log = await process.communicate()
    assert process.returncode == 2
    assert b"cannot start" in log
    assert b"Traceback" not in log
