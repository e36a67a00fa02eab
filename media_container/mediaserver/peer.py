"""One connection of one participant to a call: what it may do, and its transports, producers and consumers."""

from typing import Any, Protocol

import msgspec

from mediaserver import ortc
from mediaserver.consumer import Consumer
from mediaserver.errors import BadRequest, Conflict, Forbidden, NotFound, TooMany
from mediaserver.join_token import JoinClaims, Permission
from mediaserver.participant_stats import ParticipantStats
from mediaserver.producer import Producer
from mediaserver.requests import Limit, Produce
from mediaserver.router import Router
from mediaserver.rtp_parameters import Direction, DtlsParameters, Kind, RtpCapabilities, Source
from mediaserver.webrtc_transport import WebRtcTransport

MAX_TRANSPORTS = 4
MAX_PRODUCERS = 8
MAX_CONSUMERS = 400

Data = dict[str, Any]

_PERMISSION_OF: dict[Source, Permission] = {
    "microphone": "publish_audio",
    "camera": "publish_video",
    "screen": "share_screen",
}
_KINDS_OF: dict[Source, frozenset[Kind]] = {
    "microphone": frozenset({"audio"}),
    "camera": frozenset({"video"}),
    "screen": frozenset({"audio", "video"}),
}


class Connection(Protocol):
    """The participant's signalling socket."""

    def notify(self, event: str, data: Data) -> None:
        """Send a notification; never blocks."""

    def close(self, code: int) -> None:
        """Close after what was sent."""


class PeerListener(Protocol):
    """The room, as a peer sees it."""

    def producers_closed(self, peer: "Peer", producers: list[Producer]) -> None:
        """Producers ended without a request, because their transport did."""


class Peer:
    """A participant. A newer connection of the same person is another Peer in the same place of the room."""

    def __init__(
        self,
        claims: JoinClaims,
        router: Router,
        listener: PeerListener,
        connection: Connection,
        stats: ParticipantStats,
    ) -> None:
        self.id = claims.sub
        self.name = claims.name
        self.role = claims.role
        # When the token of this connection was issued, in epoch seconds.
        self.issued_at = claims.iat
        self.permissions = claims.permissions
        self.connection: Connection | None = connection
        # What the client says that its own encoder suffers from.
        self.limited_by: Limit = "none"
        self.producers: dict[str, Producer] = {}
        self._consumers: dict[str, Consumer] = {}
        self._transports: dict[str, WebRtcTransport] = {}
        self._capabilities: RtpCapabilities | None = None
        self._stats = stats
        self._router = router
        self._listener = listener

    @property
    def connected(self) -> bool:
        """Whether the participant's socket is there."""
        return self.connection is not None

    def describe(self) -> Data:
        """The participant as the others are told."""
        return {
            "id": self.id,
            "name": self.name,
            "role": self.role,
            "connected": self.connected,
            "producers": [producer.describe() for producer in self.producers.values()],
        }

    def describe_self(self) -> Data:
        """The participant as it is told itself."""
        return {"id": self.id, "name": self.name, "role": self.role, "permissions": sorted(self.permissions)}

    def notify(self, event: str, data: Data) -> None:
        """Send a notification if the socket is there."""
        if self.connection is not None:
            self.connection.notify(event, data)

    def require(self, permission: Permission) -> None:
        """Raise Forbidden unless the join token gave the permission."""
        if permission not in self.permissions:
            raise Forbidden("The permission is missing")

    def create_transport(self, direction: Direction) -> WebRtcTransport:
        """Open a transport. Raises TooMany."""
        if len(self._transports) >= MAX_TRANSPORTS:
            raise TooMany("The participant has too many transports")
        transport = self._router.create_transport(direction, self)
        self._transports[transport.id] = transport
        return transport

    def connect_transport(self, transport_id: str, parameters: DtlsParameters) -> None:
        """Begin the DTLS handshake. Raises NotFound, Conflict."""
        self._transport(transport_id).connect(parameters)

    def restart_ice(self, transport_id: str) -> Data:
        """New ICE parameters of a transport. Raises NotFound."""
        return self._transport(transport_id).restart_ice()

    def produce(self, request: Produce) -> Producer:
        """Take in a stream. Raises NotFound, Forbidden, Conflict, BadRequest, TooMany."""
        transport = self._transport(request.transport_id)
        self.require(_PERMISSION_OF[request.source])
        if request.kind not in _KINDS_OF[request.source]:
            raise BadRequest("The source has no such kind")
        if transport.direction != "send":
            raise Conflict("The transport is for receiving")
        if len(self.producers) >= MAX_PRODUCERS:
            raise TooMany("The participant has too many producers")
        producer = self._router.produce(transport, request)
        self.producers[producer.id] = producer
        return producer

    def producer(self, producer_id: str) -> Producer:
        """One of this participant's own producers. Raises NotFound."""
        producer = self.producers.get(producer_id)
        if producer is None:
            raise NotFound("There is no such producer")
        return producer

    def set_paused(self, producer: Producer, paused: bool) -> None:
        """Pause or resume one of this participant's streams."""
        self._router.set_paused(producer, paused)

    def close_producer(self, producer: Producer) -> None:
        """End one of this participant's streams."""
        self._stats.add_producer(producer)
        del self.producers[producer.id]
        self._router.close_producer(producer)

    def subscribe(self, capabilities: RtpCapabilities) -> None:
        """From now on `offer` makes consumers. Raises Conflict without a receiving transport, or the second time."""
        if self._capabilities is not None:
            raise Conflict("The participant has subscribed already")
        if self._receiving_transport() is None:
            raise Conflict("There is no transport for receiving")
        self._capabilities = capabilities

    def offer(self, producer: Producer, owner_id: str) -> None:
        """Make a consumer of another participant's producer, if subscribed and able to decode it."""
        transport = self._receiving_transport()
        if self._capabilities is None or transport is None or self.connection is None:
            return
        if len(self._consumers) >= MAX_CONSUMERS or not ortc.can_consume(producer.codec, self._capabilities):
            return
        # Streams with one name are kept in step: sound and picture of the person, sound and picture of the screen.
        cname = f"{owner_id}/screen" if producer.source == "screen" else owner_id
        consumer = self._router.consume(transport, producer, self._capabilities, cname)
        self._consumers[consumer.id] = consumer
        self.notify("newConsumer", {**_described(consumer, producer), "participantId": owner_id})

    def withdraw(self, producer: Producer) -> None:
        """Tell that a producer ended, whose consumers the router has closed."""
        for consumer in [item for item in self._consumers.values() if item.producer_id == producer.id]:
            self._forget(consumer)

    def _forget(self, consumer: Consumer) -> None:
        self._stats.add_consumer(consumer)
        del self._consumers[consumer.id]
        self.notify("consumerClosed", {"consumerId": consumer.id})

    def resume_consumer(self, consumer_id: str) -> None:
        """Let packets flow to the participant; what was paused for want of room too, for a while. Raises NotFound."""
        consumer = self._consumer(consumer_id)
        consumer.resume()
        downlink = self._transports[consumer.transport_id].downlink
        if downlink is not None:
            downlink.force_base(consumer)

    def pause_consumer(self, consumer_id: str) -> None:
        """Stop packets to the participant. Raises NotFound."""
        self._consumer(consumer_id).pause()

    def set_consumer_view(self, consumer_id: str, width: int, height: int, pinned: bool) -> None:
        """How large the participant sees a picture, in device pixels; 0 x 0 is hidden. Raises NotFound, BadRequest."""
        consumer = self._consumer(consumer_id)
        if consumer.kind == "audio":
            raise BadRequest("Sound is not seen: a hidden tile is still heard")
        consumer.set_view(width, height, pinned=pinned)

    def consumer_paused(self, consumer: Consumer) -> None:
        """There is no room for a stream in the participant's downlink."""
        self.notify("consumerPaused", {"consumerId": consumer.id, "reason": "bandwidth"})

    def consumer_resumed(self, consumer: Consumer) -> None:
        """There is room again."""
        self.notify("consumerResumed", {"consumerId": consumer.id, "reason": "bandwidth"})

    def consumer_layer(self, consumer: Consumer, layer: int) -> None:
        """Another layer is sent from now on."""
        self.notify("consumerLayer", {"consumerId": consumer.id, "layer": layer})

    # -- figures ---------------------------------------------------------------------------------------------------

    @property
    def consumers(self) -> list[Consumer]:
        """What the participant receives."""
        return list(self._consumers.values())

    def transports(self, direction: Direction) -> list[WebRtcTransport]:
        """Those of one direction, oldest first."""
        return [transport for transport in self._transports.values() if transport.direction == direction]

    def take_audio_level(self) -> float | None:
        """How loud the participant was since the last time, in -dBov (0 loudest); None without sound."""
        microphones = [item.microphone for item in self.producers.values() if item.source == "microphone"]
        taken = [item.take_audio_level().mean_level for item in microphones if item is not None]
        return min((level for level in taken if level is not None), default=None)

    def note_quality(self, up: int | None, down: int | None) -> None:
        """Remember for the end of the call how the connection does at this moment."""
        self._stats.add_quality(up, down)

    # -- the end ---------------------------------------------------------------------------------------------------

    def transport_closed(self, transport: WebRtcTransport) -> None:
        """A transport ended by itself: the browser closed it, or its handshake failed."""
        if self._transports.pop(transport.id, None) is None:
            return
        ended = [producer for producer in self.producers.values() if producer.transport_id == transport.id]
        for producer in ended:
            self.close_producer(producer)
        self._close_consumers(transport)
        self._router.close_transport(transport)
        self._listener.producers_closed(self, ended)

    def close(self) -> list[Producer]:
        """End all media of this connection and return the producers that were closed."""
        closed = list(self.producers.values())
        for producer in closed:
            self.close_producer(producer)
        for transport in self._transports.values():
            self._close_consumers(transport)
            self._router.close_transport(transport)
        self._transports.clear()
        self._capabilities = None
        return closed

    def _close_consumers(self, transport: WebRtcTransport) -> None:
        for consumer in [item for item in self._consumers.values() if item.transport_id == transport.id]:
            self._router.close_consumer(consumer)
            self._forget(consumer)

    def _transport(self, transport_id: str) -> WebRtcTransport:
        transport = self._transports.get(transport_id)
        if transport is None:
            raise NotFound("There is no such transport")
        return transport

    def _receiving_transport(self) -> WebRtcTransport | None:
        """The newest transport for receiving."""
        receiving = self.transports("recv")
        return receiving[-1] if receiving else None

    def _consumer(self, consumer_id: str) -> Consumer:
        consumer = self._consumers.get(consumer_id)
        if consumer is None:
            raise NotFound("There is no such consumer")
        return consumer


def _described(consumer: Consumer, producer: Producer) -> Data:
    return {
        "id": consumer.id,
        "producerId": producer.id,
        "kind": producer.kind,
        "source": producer.source,
        "rtpParameters": msgspec.to_builtins(consumer.rtp_parameters),
        "producerPaused": producer.paused,
        "layers": len(producer.streams),
    }
