"""The signalling socket: frames in and out, the join, the bounds, and the close codes (docs/protocol.md section 2)."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from aiohttp import WSCloseCode, WSMsgType, web

from mediaserver import close_codes, methods, ortc
from mediaserver.calls import Calls
from mediaserver.errors import JoinRefused, OwnerUnreachable, RequestError, TokenRefused
from mediaserver.forwarding import OwnerLinks
from mediaserver.ice_servers import IceServers
from mediaserver.join_token import JoinClaims, SeenTokens, TokenVerifier
from mediaserver.peer import Peer
from mediaserver.request_rate import RequestRate
from mediaserver.requests import MAX_FRAME_BYTES, SUBPROTOCOL, Join, Request
from mediaserver.room import Room
from mediaserver.stats import Counters

JOIN_TIMEOUT_S = 10.0
HEARTBEAT_S = 10.0
CLOSE_TIMEOUT_S = 1.0
MAX_WAITING_FRAMES = 512

_decode_request = msgspec.json.Decoder(Request).decode
_decode_join = msgspec.json.Decoder(Join).decode
_encode = msgspec.json.Encoder().encode
_ROUTER_CAPABILITIES = msgspec.to_builtins(ortc.ROUTER_CAPABILITIES)

Data = dict[str, Any]


@dataclass(frozen=True)
class SignallingContext:
    """What all sockets of the node share."""

    node_id: str
    verifier: TokenVerifier
    seen: SeenTokens
    calls: Calls
    owners: OwnerLinks
    counters: Counters
    ice_servers: IceServers


class SignallingSocket(web.WebSocketResponse):
    """A WebSocket with this protocol's bounds and its close code for a frame that is too large."""

    def __init__(self) -> None:
        super().__init__(
            protocols=(SUBPROTOCOL,),
            max_msg_size=MAX_FRAME_BYTES + 1,
            heartbeat=HEARTBEAT_S,
            timeout=CLOSE_TIMEOUT_S,
            compress=False,
        )

    async def close(self, *, code: int = WSCloseCode.OK, message: bytes = b"", drain: bool = True) -> bool:
        """Close with a code of the protocol."""
        if code == WSCloseCode.MESSAGE_TOO_BIG:
            code = close_codes.FRAME_TOO_LARGE
        elif code in {WSCloseCode.INVALID_TEXT, WSCloseCode.PROTOCOL_ERROR}:
            code = close_codes.MALFORMED
        return await super().close(code=code, message=message, drain=drain)


class SignallingSession:
    """One client's connection, from the first frame to the last."""

    def __init__(
        self, socket: SignallingSocket, context: SignallingContext, *, forwarded: bool, abort: Callable[[], None]
    ) -> None:
        self._socket = socket
        self._abort = abort
        self._context = context
        self._forwarded = forwarded
        self._rate = RequestRate()
        self._outgoing: asyncio.Queue[bytes | int] = asyncio.Queue(MAX_WAITING_FRAMES)
        self._closing = False
        self._room: Room | None = None
        self._peer: Peer | None = None

    async def run(self) -> None:
        """Serve until the socket is closed, by either side."""
        writer = asyncio.create_task(self._write())
        try:
            await self._join_in_time()
            await self._serve_requests()
        finally:
            if self._room is not None and self._peer is not None:
                self._room.connection_lost(self._peer)
            self._finish()
            await writer

    # -- what the peer uses ----------------------------------------------------------------------------------------

    def notify(self, event: str, data: Data) -> None:
        """Put a notification on its way; never blocks."""
        self._send({"event": event, "data": data})

    def close(self, code: int) -> None:
        """Close after what was put on its way."""
        if not self._closing:
            self._closing = True
            self._outgoing.put_nowait(int(code))

    def _finish(self) -> None:
        """Let the writer end, which may wait for something to write.

        If the socket is still open then an error of our own has ended it, and the client shall come back.
        """
        if self._outgoing.full():
            self._outgoing.get_nowait()
        self._outgoing.put_nowait(close_codes.NODE_RESTARTS)

    def _send(self, message: Data) -> None:
        if self._closing:
            return
        if self._outgoing.qsize() >= MAX_WAITING_FRAMES - 1:
            self._context.counters.refuse("socket_too_slow")
            self._closing = True
            self._abort()
            return
        self._outgoing.put_nowait(_encode(message))

    async def _write(self) -> None:
        while True:
            item = await self._outgoing.get()
            if isinstance(item, int):
                await self._socket.close(code=item)
                return
            try:
                await self._socket.send_str(item.decode())
            except ConnectionError:
                self._closing = True
                return

    # -- joining ---------------------------------------------------------------------------------------------------

    async def _join_in_time(self) -> None:
        try:
            async with asyncio.timeout(JOIN_TIMEOUT_S):
                while self._peer is None and not self._closing:
                    claims_and_request = await self._first_frame()
                    if claims_and_request is not None:
                        break
        except TimeoutError:
            self._refuse("no_join_in_time", close_codes.NO_JOIN_IN_TIME)
            return
        if self._peer is None and claims_and_request is not None:
            await self._pass_on(*claims_and_request)

    async def _first_frame(self) -> tuple[JoinClaims, str] | None:
        """Handle a `join`. The claims and the frame if another node owns the call."""
        text = await self._receive_text()
        request = None if text is None else self._parse(text)
        if text is None or request is None:
            return None
        if request.method != "join":
            self._refuse("first_frame_not_join", close_codes.MALFORMED)
            return None
        try:
            claims = self._claims(request)
            if claims.node_id != self._context.node_id:
                return claims, text
            self._join(request.id, claims)
        except TokenRefused as refusal:
            self._refuse(refusal.reason, close_codes.TOKEN_REFUSED)
        except JoinRefused as refusal:
            self._refuse(refusal.reason, refusal.close_code)
        except RequestError as error:
            self._answer_error(request.id, error)
        return None

    def _claims(self, request: Request) -> JoinClaims:
        try:
            token = _decode_join(request.data).token
        except (msgspec.DecodeError, RecursionError):
            raise TokenRefused("token_malformed") from None
        claims = self._context.verifier.join(token)
        if self._forwarded and claims.node_id != self._context.node_id:
            raise TokenRefused("token_other_node")
        return claims

    def _join(self, request_id: int, claims: JoinClaims) -> None:
        self._context.seen.take(claims.jti, claims.exp)
        room, peer = self._context.calls.join(claims, self)
        self._room, self._peer = room, peer
        data = {
            "participant": peer.describe_self(),
            "callId": room.call_id,
            "epoch": room.epoch,
            "routerRtpCapabilities": _ROUTER_CAPABILITIES,
            "iceServers": self._context.ice_servers.for_a_browser(),
            "participants": [other.describe() for other in room.roster.others(peer)],
        }
        self._send({"id": request_id, "ok": True, "data": data})
        room.welcome(peer)

    async def _pass_on(self, claims: JoinClaims, text: str) -> None:
        """Another node owns the call: from here on frames are passed through, unread."""
        try:
            code = await self._context.owners.relay(self._socket, text, claims.node_id)
        except OwnerUnreachable:
            self._refuse("owner_unreachable", close_codes.NODE_RESTARTS)
            return
        self.close(code)

    # -- requests --------------------------------------------------------------------------------------------------

    async def _serve_requests(self) -> None:
        while not self._closing and self._peer is not None:
            text = await self._receive_text()
            if text is None:
                return
            request = self._parse(text)
            if request is None:
                return
            if not self._rate.allows(request.method):
                self._refuse("too_many_requests", close_codes.TOO_MANY_REQUESTS)
                return
            self._answer(request)

    async def _receive_text(self) -> str | None:
        """The next frame, None once the socket is closed."""
        message = await self._socket.receive()
        if message.type == WSMsgType.TEXT:
            return str(message.data)
        if message.type == WSMsgType.BINARY:
            self._refuse("frame_malformed", close_codes.MALFORMED)
        else:
            if message.type == WSMsgType.ERROR:
                self._context.counters.refuse("frame_too_large_or_broken")
            self._closing = True
        return None

    def _parse(self, text: str) -> Request | None:
        try:
            return _decode_request(text)
        except (msgspec.DecodeError, RecursionError):
            self._refuse("frame_malformed", close_codes.MALFORMED)
            return None

    def _answer(self, request: Request) -> None:
        assert self._room is not None  # noqa: S101  # requests are served after the join alone
        assert self._peer is not None  # noqa: S101
        if not self._peer.connected:
            return
        try:
            answer = methods.call(request, self._room, self._peer)
        except RequestError as error:
            self._answer_error(request.id, error)
            return
        self._send({"id": request.id, "ok": True, "data": answer.data})
        if answer.then is not None:
            answer.then()

    def _answer_error(self, request_id: int, error: RequestError) -> None:
        self._context.counters.refuse(f"request_{error.code}")
        self._send({"id": request_id, "ok": False, "error": {"code": error.code, "message": str(error)}})

    def _refuse(self, reason: str, code: int) -> None:
        self._context.counters.refuse(reason)
        self.close(code)
