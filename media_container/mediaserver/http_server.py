"""The node's HTTP side: health, metrics, the signalling socket and control."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from aiohttp import web

from mediaserver.errors import OwnerUnreachable, TokenRefused
from mediaserver.forwarding import FORWARDED_HEADER
from mediaserver.loop_watch import LoopWatch
from mediaserver.signalling import SignallingContext, SignallingSession, SignallingSocket
from mediaserver.stats import prometheus_text
from mediaserver.transport_context import TransportContext

MAX_CONTROL_BYTES = 8 * 1024
# Who answers: an address may have passed to another node.
NODE_HEADER = "X-Vardrum-Node"


class _ControlBody(msgspec.Struct):
    token: str


@dataclass(frozen=True)
class HttpServer:
    """The routes of one node."""

    context: SignallingContext
    loop_watch: LoopWatch
    transports: TransportContext
    origin: str = ""

    def application(self) -> web.Application:
        """An aiohttp application with all routes."""
        application = web.Application(client_max_size=MAX_CONTROL_BYTES)
        application.router.add_get("/healthz", self.healthz)
        application.router.add_get("/metrics", self.metrics)
        application.router.add_get("/media", self.media)
        application.router.add_post("/control", self.control)
        return application

    async def healthz(self, _request: web.Request) -> web.Response:
        """200: the node lives and its event loop turns. 503: it lives and drains, so that no new socket should come."""
        draining = self.context.calls.draining
        headers = {NODE_HEADER: self.context.node_id}
        return web.Response(status=503 if draining else 200, text="draining" if draining else "ok", headers=headers)

    async def metrics(self, _request: web.Request) -> web.Response:
        """Counters and gauges in Prometheus text."""
        text = prometheus_text(self.context.counters, self._gauges())
        return web.Response(text=text, content_type="text/plain")

    def _gauges(self) -> Mapping[str, float]:
        participants, calls = self.context.calls.load()
        is_native = self.context.counters.hot_path == "native"
        return {
            "participants": participants,
            "calls": calls,
            "hot_path_native": int(is_native),
            "loop_stall_ms_max": self.loop_watch.longest_ms(),
            "tasks": len(asyncio.all_tasks()),
            "transports": self.transports.ticker.regular_count,
            "repairs": self.transports.ticker.urgent_count,
            "addresses": self.transports.udp.address_count,
            "ice_credentials": self.transports.udp.fragment_count,
        }

    async def media(self, request: web.Request) -> web.StreamResponse:
        """The signalling socket. Browsers tell whose page opens it; what tells none is no browser (RFC 6455 section 10.2)."""
        if self.origin and request.headers.get("Origin", self.origin) != self.origin:
            self.context.counters.refuse("origin_foreign")
            return web.Response(status=403)
        socket = SignallingSocket()
        if not socket.can_prepare(request):
            self.context.counters.refuse("not_a_websocket")
            return web.Response(status=426, headers={"Upgrade": "websocket"})
        await socket.prepare(request)
        transport = request.transport
        if transport is not None:
            forwarded = FORWARDED_HEADER in request.headers
            await SignallingSession(socket, self.context, forwarded=forwarded, abort=transport.abort).run()
        return socket

    async def control(self, request: web.Request) -> web.Response:
        """Do what the control plane orders, or pass it on to the owner of the call."""
        body = await request.read()
        try:
            claims = self.context.verifier.control(msgspec.json.decode(body, type=_ControlBody).token)
        except (TokenRefused, msgspec.DecodeError) as refusal:
            self.context.counters.refuse(getattr(refusal, "reason", "control_malformed"))
            return web.Response(status=401)
        if claims.node_id == self.context.node_id:
            self.context.calls.control(claims)
            return web.Response(status=204)
        return await self._pass_on(request, body, claims.node_id)

    async def _pass_on(self, request: web.Request, body: bytes, node_id: str) -> web.Response:
        if FORWARDED_HEADER in request.headers:
            self.context.counters.refuse("token_other_node")
            return web.Response(status=401)
        try:
            status = await self.context.owners.control(body, node_id)
        except OwnerUnreachable:
            self.context.counters.refuse("owner_unreachable")
            return web.Response(status=502)
        return web.Response(status=status)
