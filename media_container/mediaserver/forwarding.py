"""Passing a socket or a control order on to the node that owns the call, so that any node can be asked."""

import asyncio

from aiohttp import ClientError, ClientSession, ClientTimeout, ClientWebSocketResponse, ClientWSTimeout, WSMsgType, web

from mediaserver import close_codes
from mediaserver.errors import OwnerUnreachable
from mediaserver.fleet import Fleet
from mediaserver.requests import MAX_FRAME_BYTES, SUBPROTOCOL

# Marks what one node passes to another, so that a wrong row in the fleet table cannot send it round in circles.
FORWARDED_HEADER = "X-Vardrum-Forwarded"
CONNECT_TIMEOUT_S = 3.0
CONTROL_TIMEOUT_S = 5.0
MAX_OWNER_FRAME_BYTES = 1024 * 1024
GOING_AWAY = 1001
_LOWEST_SENDABLE = 3000
_SENDABLE = frozenset({1000, 1001, 1003, 1008, 1011, 1012, 1013})


class OwnerLinks:
    """The way to the other nodes. Without a fleet there are none."""

    def __init__(self, fleet: Fleet | None, client: ClientSession) -> None:
        self._fleet = fleet
        self._client = client

    async def relay(self, socket: web.WebSocketResponse, first_frame: str, node_id: str) -> int:
        """Pass frames through until either side closes; the code to close the client's side with.

        Raises OwnerUnreachable if the owner cannot be connected to.
        """
        owner = await self._connect(node_id)
        try:
            await owner.send_str(first_frame)
            upward = asyncio.create_task(_pump(socket, owner))
            downward = asyncio.create_task(_pump(owner, socket))
            await asyncio.wait((upward, downward), return_when=asyncio.FIRST_COMPLETED)
            for task in (upward, downward):
                task.cancel()
            await asyncio.gather(upward, downward, return_exceptions=True)
        finally:
            await owner.close(code=_sendable(socket.close_code, GOING_AWAY))
        return _sendable(owner.close_code, close_codes.NODE_RESTARTS)

    async def control(self, body: bytes, node_id: str) -> int:
        """Pass a control order on; the owner's HTTP status. Raises OwnerUnreachable."""
        url = f"{await self._url(node_id)}/control"
        try:
            async with self._client.post(
                url,
                data=body,
                headers={FORWARDED_HEADER: "1", "Content-Type": "application/json"},
                timeout=ClientTimeout(total=CONTROL_TIMEOUT_S),
                allow_redirects=False,
            ) as answer:
                return answer.status
        except (ClientError, TimeoutError) as error:
            raise OwnerUnreachable("the owner does not answer") from error

    async def _connect(self, node_id: str) -> ClientWebSocketResponse:
        url = f"{await self._url(node_id)}/media"
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                return await self._client.ws_connect(
                    url,
                    protocols=(SUBPROTOCOL,),
                    headers={FORWARDED_HEADER: "1"},
                    max_msg_size=MAX_OWNER_FRAME_BYTES,
                    timeout=ClientWSTimeout(ws_close=1.0),
                )
        except (ClientError, TimeoutError) as error:
            raise OwnerUnreachable("the owner does not answer") from error

    async def _url(self, node_id: str) -> str:
        if self._fleet is None:
            raise OwnerUnreachable("this node runs alone")
        return await self._fleet.owner_url(node_id)


async def _pump(
    source: web.WebSocketResponse | ClientWebSocketResponse, target: web.WebSocketResponse | ClientWebSocketResponse
) -> None:
    while True:
        message = await source.receive()
        if message.type != WSMsgType.TEXT or len(message.data) > max(MAX_FRAME_BYTES, MAX_OWNER_FRAME_BYTES):
            return
        try:
            await target.send_str(message.data)
        except ConnectionError:
            return


def _sendable(code: int | None, otherwise: int) -> int:
    """A code that may stand in a close frame (RFC 6455 section 7.4)."""
    return code if code is not None and (code in _SENDABLE or code >= _LOWEST_SENDABLE) else otherwise
