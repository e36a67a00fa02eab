"""The load balancer in front of the media fleet: `/media` is passed to a node that is well, frame by frame, unread."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from http import HTTPStatus

from aiohttp import (
    ClientError,
    ClientSession,
    ClientTimeout,
    ClientWebSocketResponse,
    WSMessage,
    WSMsgType,
    WSServerHandshakeError,
    web,
)

FRAME_LIMIT_BYTES = 1024 * 1024
"""Well over the node's own limit, which is what answers a frame that is too large."""
HEALTH_SECONDS = 0.5
ABNORMAL = 1011
UNSENDABLE = frozenset({1004, 1005, 1006, 1015})
"""Close codes that may not stand in a frame (RFC 6455 section 7.4.1)."""

Socket = web.WebSocketResponse | ClientWebSocketResponse


class MediaProxy:
    """Joins each browser's socket to one of a node: of those at `urls` each in its turn."""

    _session: ClientSession

    def __init__(self, urls: Sequence[str]) -> None:
        self._urls = deque(urls)

    async def lifetime(self, _: web.Application) -> AsyncIterator[None]:
        """The client session lives as long as the application."""
        async with ClientSession(timeout=ClientTimeout(total=None, sock_connect=5)) as self._session:
            yield

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One socket. 502 when no node answers, and the node's own status when it refuses the handshake."""
        if not web.WebSocketResponse().can_prepare(request):
            return web.Response(status=HTTPStatus.UPGRADE_REQUIRED)
        wanted = [name.strip() for name in request.headers.get("Sec-WebSocket-Protocol", "").split(",") if name.strip()]
        headers = {"X-Forwarded-For": request.remote or ""}
        if "Origin" in request.headers:
            headers["Origin"] = request.headers["Origin"]
        try:
            node = await self._connect(await self._next_node(), wanted, headers)
        except WSServerHandshakeError as error:
            return web.Response(status=error.status)
        except (ClientError, TimeoutError):
            return web.Response(status=HTTPStatus.BAD_GATEWAY)
        browser = web.WebSocketResponse(
            protocols=[node.protocol] if node.protocol else [],
            autoping=False,
            autoclose=False,
            max_msg_size=FRAME_LIMIT_BYTES,
            compress=False,
            timeout=1.0,
        )
        await browser.prepare(request)
        await _join(browser, node)
        return browser

    async def _connect(self, url: str, wanted: list[str], headers: dict[str, str]) -> ClientWebSocketResponse:
        return await self._session.ws_connect(
            f"{url}/media",
            protocols=wanted,
            headers=headers,
            autoping=False,
            autoclose=False,
            max_msg_size=FRAME_LIMIT_BYTES,
            compress=0,
        )

    async def _next_node(self) -> str:
        """The next that is well; one that drains or is gone gets no new socket, unless there is no other."""
        # Sockets come at once: each looks at an order of its own.
        self._urls.rotate(-1)
        urls = list(self._urls)
        for url in urls if len(urls) > 1 else ():
            if await self._is_well(url):
                return url
        return urls[0]

    async def _is_well(self, url: str) -> bool:
        try:
            async with self._session.get(f"{url}/healthz", timeout=ClientTimeout(total=HEALTH_SECONDS)) as answer:
                return answer.status == HTTPStatus.OK
        except (ClientError, TimeoutError):
            return False


async def _join(browser: Socket, node: Socket) -> None:
    """Pass frames both ways until one side ends; the other gets the same close code."""
    ways = {
        asyncio.create_task(_pass_on(browser, node)): (browser, node),
        asyncio.create_task(_pass_on(node, browser)): (node, browser),
    }
    ended, open_ways = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    for way in open_ways:
        way.cancel()
    await asyncio.gather(*open_ways, return_exceptions=True)
    source, target = ways[ended.pop()]
    code = source.close_code
    await target.close(code=ABNORMAL if code is None or code in UNSENDABLE else code)
    await source.close()


async def _pass_on(source: Socket, target: Socket) -> None:
    """Return when either side takes no more."""
    with suppress(ConnectionError):
        while await _send(target, await source.receive()):
            pass


async def _send(target: Socket, message: WSMessage) -> bool:
    """False when the frame was the last."""
    match message.type:
        case WSMsgType.TEXT:
            await target.send_str(message.data)
        case WSMsgType.BINARY:
            await target.send_bytes(message.data)
        case WSMsgType.PING:
            await target.ping(message.data)
        case WSMsgType.PONG:
            await target.pong(message.data)
        case _:
            return False
    return True
