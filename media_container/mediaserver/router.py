"""The media of one call: transports, producers and consumers, and who gets whose packets."""

import secrets

from mediaserver import ortc
from mediaserver.consumer import Consumer, ProducerFeed
from mediaserver.producer import Producer
from mediaserver.requests import Produce
from mediaserver.rtp_parameters import Direction, RtpCapabilities
from mediaserver.transport_context import TransportContext
from mediaserver.turns import Turns
from mediaserver.webrtc_transport import TransportListener, WebRtcTransport


class Router:
    """Forwards packets between the participants of one call."""

    def __init__(self, context: TransportContext) -> None:
        self._context = context
        self._transports: dict[str, WebRtcTransport] = {}
        self._producers: dict[str, Producer] = {}
        self._consumers: dict[str, list[Consumer]] = {}

    @property
    def turns(self) -> Turns:
        """Where the call does what is not packets."""
        return self._context.ticker.turns

    def create_transport(self, direction: Direction, listener: TransportListener) -> WebRtcTransport:
        """Open a transport on the node's UDP port."""
        transport = WebRtcTransport(self._context, direction, listener)
        self._transports[transport.id] = transport
        return transport

    def close_transport(self, transport: WebRtcTransport) -> None:
        """End a transport whose producers and consumers are closed."""
        if self._transports.pop(transport.id, None) is not None:
            transport.close()

    def produce(self, transport: WebRtcTransport, request: Produce) -> Producer:
        """Take in a stream. Raises BadRequest if it cannot be routed, Conflict if its SSRC or MID is in use."""
        producer = Producer(
            transport_id=transport.id,
            kind=request.kind,
            source=request.source,
            mapping=ortc.stream_mapping(request.kind, request.rtp_parameters),
            frame_height=request.frame_height,
            paused=request.paused,
            listener=transport,
            counters=self._context.counters,
        )
        producer.show_streams(transport.receiver.watch)
        transport.streams.add_producer(producer)
        self._producers[producer.id] = producer
        self._consumers[producer.id] = []
        return producer

    def close_producer(self, producer: Producer) -> None:
        """End a stream and all its consumers."""
        for consumer in self._consumers.pop(producer.id, []):
            self._transports[consumer.transport_id].remove_consumer(consumer)
        del self._producers[producer.id]
        self._transports[producer.transport_id].remove_producer(producer)

    def set_paused(self, producer: Producer, paused: bool) -> None:
        """Pause or resume a stream; afterwards its receivers go on without a gap."""
        producer.set_paused(paused)

    def consume(
        self, transport: WebRtcTransport, producer: Producer, capabilities: RtpCapabilities, cname: str
    ) -> Consumer:
        """Send a stream to a receiver that can decode it."""
        ssrc, rtx_ssrc = secrets.randbits(31) << 1 | 1, secrets.randbits(31) << 1
        parameters = ortc.consumer_parameters(
            producer.codec, capabilities, ssrc=ssrc, rtx_ssrc=rtx_ssrc, mid=transport.next_mid(), cname=cname
        )
        publisher_clock = self._transports[producer.transport_id].streams.publisher_clock
        consumer = Consumer(
            transport_id=transport.id,
            feed=ProducerFeed(producer.id, producer.kind, producer.source, producer.streams, publisher_clock),
            parameters=parameters,
            ssrc=ssrc,
            rtx_ssrc=rtx_ssrc if len(parameters.codecs) > 1 else None,
            listener=transport,
            counters=self._context.counters,
        )
        self._consumers[producer.id].append(consumer)
        transport.add_consumer(consumer)
        return consumer

    def close_consumer(self, consumer: Consumer) -> None:
        """Stop sending a stream to a receiver."""
        self._consumers[consumer.producer_id].remove(consumer)
        self._transports[consumer.transport_id].remove_consumer(consumer)
