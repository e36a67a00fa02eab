"""`/media` through the local gateway: the node's socket, frame by frame."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import aiohttp
import pytest
from aiohttp import WSMsgType, web

from local.gateway.media_proxy import MediaProxy
from local.settings import HOST, Settings

PROTOCOL = "vardrum.media.v1"
ANSWER_SECONDS = 30.0


async def node_socket(request: web.Request) -> web.StreamResponse:
    """A stand-in for a media node: echoes, closes with the code it is sent."""
    if request.query.get("refuse"):
        return web.Response(status=503)
    socket = web.WebSocketResponse(protocols=[PROTOCOL])
    await socket.prepare(request)
    async for message in socket:
        if message.type is WSMsgType.BINARY:
            await socket.send_bytes(message.data)
        elif message.data == "cookie":
            await socket.send_str(request.headers.get("Cookie", "none"))
        elif message.data.isdigit():
            await socket.close(code=int(message.data))
        else:
            await socket.send_str(message.data)
    request.app[CLOSED].put_nowait(socket.close_code)
    return socket


CLOSED = web.AppKey("closed", asyncio.Queue[int | None])


@pytest.fixture
async def node(aws: Settings) -> AsyncIterator[web.Application]:
    app = web.Application()
    app[CLOSED] = asyncio.Queue()
    app.router.add_get("/media", node_socket)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, HOST, aws.media_http_port).start()
    yield app
    await runner.cleanup()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def test_frames_and_subprotocol_pass_both_ways(
    gateway: str, node: web.Application, session: aiohttp.ClientSession
) -> None:
    async with session.ws_connect(f"{gateway}/media", protocols=[PROTOCOL], headers={"Cookie": "session=s"}) as socket:
        assert socket.protocol == PROTOCOL
        await socket.send_str("text å")
        assert (await socket.receive(timeout=ANSWER_SECONDS)).data == "text å"
        await socket.send_bytes(b"\x00\xff" * 40_000)
        assert (await socket.receive(timeout=ANSWER_SECONDS)).data == b"\x00\xff" * 40_000
        await socket.send_str("cookie")
        assert (await socket.receive(timeout=ANSWER_SECONDS)).data == "none"


@pytest.mark.parametrize("code", [1000, 1012, 4401, 4410])
async def test_the_nodes_close_code_reaches_the_browser(
    gateway: str, node: web.Application, session: aiohttp.ClientSession, code: int
) -> None:
    async with session.ws_connect(f"{gateway}/media") as socket:
        await socket.send_str(str(code))
        await socket.receive(timeout=ANSWER_SECONDS)
        assert socket.close_code == code


async def test_the_browsers_close_code_reaches_the_node(
    gateway: str, node: web.Application, session: aiohttp.ClientSession
) -> None:
    async with session.ws_connect(f"{gateway}/media") as socket:
        await socket.send_str("hello")
        await socket.receive(timeout=ANSWER_SECONDS)
        await socket.close(code=4000)
    assert await asyncio.wait_for(node[CLOSED].get(), timeout=ANSWER_SECONDS) == 4000


async def test_without_a_node_the_handshake_fails(gateway: str, session: aiohttp.ClientSession) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await session.ws_connect(f"{gateway}/media")
    assert refused.value.status == 502


async def test_each_node_that_is_well_gets_its_turn_and_no_other(session: aiohttp.ClientSession) -> None:
    """A node that drains answers its health with 503; one that is gone answers nothing."""
    async with AsyncExitStack() as stack:
        urls = [await named_node(stack, name, status) for name, status in (("a", 200), ("b", 503), ("c", 200))]
        proxy = MediaProxy([*urls, "http://127.0.0.1:9"])
        app = web.Application()
        app.cleanup_ctx.append(proxy.lifetime)
        app.router.add_get("/media", proxy.handle)
        door = await listening(stack, app)
        reached = []
        for _ in range(4):
            async with session.ws_connect(f"{door}/media") as socket:
                reached.append((await socket.receive(timeout=ANSWER_SECONDS)).data)
        assert sorted(reached) == ["a", "a", "c", "c"]


async def test_sockets_that_come_at_once_all_reach_a_node_that_is_well(session: aiohttp.ClientSession) -> None:
    """As those of a whole call do that moves off a node."""
    async with AsyncExitStack() as stack:
        urls = [await named_node(stack, name, status) for name, status in (("draining", 503), ("well", 200))]
        proxy = MediaProxy(urls)
        app = web.Application()
        app.cleanup_ctx.append(proxy.lifetime)
        app.router.add_get("/media", proxy.handle)
        door = await listening(stack, app)

        async def name() -> str:
            async with session.ws_connect(f"{door}/media") as socket:
                return str((await socket.receive(timeout=ANSWER_SECONDS)).data)

        assert set(await asyncio.gather(*(name() for _ in range(8)))) == {"well"}


async def named_node(stack: AsyncExitStack, name: str, health: int) -> str:
    """A node that says its name; its address."""

    async def media(request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(name)
        return socket

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(status=health)

    app = web.Application()
    app.router.add_get("/media", media)
    app.router.add_get("/healthz", healthz)
    return await listening(stack, app)


async def listening(stack: AsyncExitStack, app: web.Application) -> str:
    """Serve on a free port until the stack closes; the address."""
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, HOST, 0).start()
    return f"http://{HOST}:{runner.addresses[0][1]}"
