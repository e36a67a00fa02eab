"""A headless participant: the signalling socket and its transports, driven by a test or a load generator."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Self

from aiohttp import ClientError, ClientSession, ClientWebSocketResponse, WSMsgType
from aiortc.rtcdtlstransport import RTCCertificate

from tests.media.stream import ClientStream, SimulcastStream
from tests.media.transport import TIMEOUT_S, ClientTransport, Inbox

SUBPROTOCOL = "vardrum.media.v1"
CERTIFICATE = RTCCertificate.generateCertificate()

Data = dict[str, Any]


class RequestFailed(Exception):
    """The server answered with an error."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class MediaClient:
    """One participant's connection."""

    def __init__(self, session: ClientSession, socket: ClientWebSocketResponse) -> None:
        self.events = Inbox()
        self.answers = Inbox()
        self.joined: Data = {}
        self.send_transport: ClientTransport | None = None
        self.recv_transport: ClientTransport | None = None
        self._session = session
        self._socket = socket
        self._next_id = 0
        self._transport_cc = [0]
        self._streams = 0
        self._reader = asyncio.create_task(self._read())

    @classmethod
    async def open(cls, url: str) -> Self:
        """Open the socket without joining."""
        session = ClientSession()
        try:
            socket = await session.ws_connect(url, protocols=(SUBPROTOCOL,), max_msg_size=0)
        except ClientError:
            await session.close()
            raise
        return cls(session, socket)

    @classmethod
    async def join(cls, url: str, token: str) -> Self:
        """Open the socket and join. Raises RequestFailed, ConnectionError."""
        client = await cls.open(url)
        try:
            client.joined = await client.request("join", token=token)
        except (ConnectionError, RequestFailed):
            await client.close()
            raise
        return client

    @property
    def id(self) -> str:
        """The own participant id."""
        return str(self.joined["participant"]["id"])

    async def request(self, method: str, **data: Any) -> Data:
        """Send a request and wait for its answer. Raises RequestFailed; ConnectionError if the socket is closed."""
        self._next_id += 1
        request_id = self._next_id
        await self._socket.send_json({"id": request_id, "method": method, "data": data})
        answer = await self.answers.take(lambda item: item.get("id") == request_id or "closed" in item)
        if "closed" in answer:
            self.answers.put(answer)
            raise ConnectionError(f"closed with {answer['closed']}")
        if not answer["ok"]:
            raise RequestFailed(answer["error"]["code"], answer["error"]["message"])
        return dict(answer["data"])

    async def send_text(self, text: str) -> None:
        """Send a frame as it is."""
        await self._socket.send_str(text)

    async def send_bytes(self, data: bytes) -> None:
        """Send a binary frame."""
        await self._socket.send_bytes(data)

    async def event(self, name: str, wanted: Callable[[Data], bool] = lambda _data: True) -> Data:
        """Wait for a notification and return its data. Raises TimeoutError."""
        found = await self.events.take(lambda item: item["event"] == name and wanted(item["data"]))
        return dict(found["data"])

    async def closed(self, timeout_s: float = TIMEOUT_S) -> int:
        """Wait until the server has closed the socket; the close code. Raises TimeoutError."""
        await asyncio.wait_for(asyncio.shield(self._reader), timeout_s)
        return int(self._socket.close_code or 0)

    async def open_transport(self, direction: str) -> ClientTransport:
        """Create and connect a transport."""
        transport = await self.create_transport(direction)
        await self.request("connectTransport", transportId=transport.id, dtlsParameters=transport.dtls_parameters())
        await transport.connect()
        return transport

    async def create_transport(self, direction: str) -> ClientTransport:
        """Create a transport and leave it unconnected."""
        transport = ClientTransport(CERTIFICATE, await self.request("createTransport", direction=direction))
        if direction == "send":
            self.send_transport = transport
        else:
            self.recv_transport = transport
        return transport

    async def publish(self, kind: str, source: str, *, paused: bool = False) -> ClientStream:
        """Produce a stream on the sending transport, which is opened first if there is none."""
        await self._ready_to_send()
        stream = ClientStream(kind, self._next_mid(), self._transport_cc)
        stream.producer_id = await self.produce(kind, source, stream.rtp_parameters(), paused=paused)
        return stream

    async def publish_layers(self, source: str = "camera", layers: int = 3, frame_height: int = 720) -> SimulcastStream:
        """Produce a picture in several layers, as `publish`."""
        await self._ready_to_send()
        stream = SimulcastStream(self._next_mid(), self._transport_cc, layers)
        stream.producer_id = await self.produce("video", source, stream.rtp_parameters(), frameHeight=frame_height)
        return stream

    async def produce(self, kind: str, source: str, rtp_parameters: Data, **data: Any) -> str:
        """Produce what has these parameters on the sending transport; the id of the producer. Raises RequestFailed."""
        assert self.send_transport is not None
        data |= {"transportId": self.send_transport.id, "kind": kind, "source": source}
        answer = await self.request("produce", rtpParameters=rtp_parameters, **data)
        return str(answer["id"])

    async def _ready_to_send(self) -> None:
        if self.send_transport is None:
            await self.open_transport("send")

    def _next_mid(self) -> str:
        self._streams += 1
        return str(self._streams - 1)

    async def subscribe(self) -> None:
        """Ask for consumers of everyone's producers on the receiving transport, which is opened first."""
        if self.recv_transport is None:
            await self.open_transport("recv")
        await self.request("subscribe", rtpCapabilities=self.joined["routerRtpCapabilities"])

    async def receive(self, stream: ClientStream | SimulcastStream) -> Data:
        """Wait for the consumer of another participant's stream and resume it."""
        consumer = await self.event("newConsumer", lambda data: data["producerId"] == stream.producer_id)
        await self.request("resumeConsumer", consumerId=consumer["id"])
        return consumer

    def send(self, stream: ClientStream, payload: bytes, *, marker: bool = True) -> None:
        """Send the next packet of a stream."""
        assert self.send_transport is not None
        self.send_transport.send_rtp(stream.packet(payload, marker=marker))

    async def lose_socket(self) -> None:
        """Cut the connection as a lost network does, without a close frame."""
        self._reader.cancel()
        connection = self._socket._response.connection
        if connection is not None and connection.transport is not None:
            connection.transport.abort()
        await self._session.close()

    def stop_reading(self) -> None:
        """Leave unread what comes from now on, also pings, as a machine that is gone does; the connection stays open."""
        self._reader.cancel()

    async def close(self) -> None:
        """Close the socket and the transports."""
        for transport in (self.send_transport, self.recv_transport):
            if transport is not None:
                await transport.close()
        await self._socket.close()
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)
        await self._session.close()

    async def _read(self) -> None:
        async for message in self._socket:
            if message.type == WSMsgType.TEXT:
                data = json.loads(message.data)
                (self.events if "event" in data else self.answers).put(data)
        self.answers.put({"closed": self._socket.close_code})
