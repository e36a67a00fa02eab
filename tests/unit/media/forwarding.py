"""A producer and a consumer joined without a network: what the publisher sends, and what the receiver gets."""

import time
from dataclasses import dataclass, field
from typing import Any

import msgspec

from mediaserver import ortc
from mediaserver.consumer import Consumer, ProducerFeed
from mediaserver.net.packet_buffer import PacketBuffer
from mediaserver.producer import Producer
from mediaserver.rtp.packet_budget import PacketBudget
from mediaserver.rtp.resend_budget import ResendBudget
from mediaserver.rtp.round_trip import RoundTrip
from mediaserver.rtp.rtcp import Nack, RtcpPart, parse
from mediaserver.rtp.sender_report import PublisherClock
from mediaserver.rtp.vp8 import read_descriptor
from mediaserver.rtp_parameters import Kind, RtpCapabilities, RtpParameters
from mediaserver.stats import Counters
from mediaserver.ticker import Urgent
from tests.media.stream import OPUS, RTX, VP8, ClientStream, numbered_vp8_payload
from tests.unit.rtp.packets import Packet

FRAME_TICKS = 3000
FRAME_US = 33_333
BUFFER_SIZE = 2048


@dataclass
class PublishersTransport:
    """What streams need of the transport they come by."""

    rtcp: list[RtcpPart] = field(default_factory=list)
    arrivals: list[tuple[int, int]] = field(default_factory=list)
    hurried: list[Urgent] = field(default_factory=list)
    round_trip: RoundTrip = field(default_factory=RoundTrip)
    is_overloaded: bool = False
    asks: PacketBudget | None = None

    def __post_init__(self) -> None:
        self.record_arrival = self.arrivals.append

    def send_rtcp(self, data: bytes) -> None:
        self.rtcp += parse(data)

    def askable(self, packets: int, now_us: int) -> int:
        return packets if self.asks is None else self.asks.take(packets, now_us)

    def hurry(self, member: Urgent) -> None:
        self.hurried.append(member)


@dataclass
class ReceiversTransport:
    """What a consumer needs of the transport it goes by; packets stay in the clear."""

    sent: list[bytes] = field(default_factory=list)
    sent_unnumbered: list[bytes] = field(default_factory=list)
    layers: list[int | None] = field(default_factory=list)
    budget: ResendBudget | None = None
    estimate_bps: float = 0.0

    def send_numbered(self, packet: PacketBuffer, size: int, now_us: int) -> int:
        self.sent.append(bytes(packet.view[:size]))
        return len(self.sent) & 0xFFFF

    def send_unnumbered(self, packet: PacketBuffer, size: int, now_us: int) -> int:
        self.sent_unnumbered.append(bytes(packet.view[:size]))
        return 0

    def repairable(self, packets: int, now_us: int) -> int:
        return packets if self.budget is None else self.budget.take(packets, self.estimate_bps, now_us)

    def wishes_changed(self, consumer: Consumer) -> None:
        """Nobody shares out a downlink here."""

    def layer_changed(self, consumer: Consumer) -> None:
        self.layers.append(consumer.layer)


@dataclass
class PublishedLayer:
    """One layer as the publisher numbers it."""

    ssrc: int
    seq: int
    timestamp: int
    picture_id: int = 0
    tl0picidx: int = 0

    def frame(self, packets: int, *, keyframe: bool, name: str) -> list[Packet]:
        """The next picture, of so many packets."""
        made = [self._packet(index, packets, keyframe, name) for index in range(packets)]
        self.timestamp = (self.timestamp + FRAME_TICKS) & 0xFFFFFFFF
        self.picture_id = (self.picture_id + 1) & 0x7FFF
        self.tl0picidx = (self.tl0picidx + 1) & 0xFF
        return made

    def _packet(self, index: int, packets: int, keyframe: bool, name: str) -> Packet:
        payload = bytearray(
            numbered_vp8_payload(
                f"{name}:{index}".encode(),
                keyframe=keyframe,
                picture_id=self.picture_id,
                tl0picidx=self.tl0picidx,
            )
        )
        if index:
            payload[0] &= 0xEF  # goes on with a frame
        packet = Packet(self.seq, self.timestamp, self.ssrc, VP8, marker=index == packets - 1, payload=bytes(payload))
        self.seq = (self.seq + 1) & 0xFFFF
        return packet


@dataclass
class Received:
    """A packet as the receiver reads it."""

    seq: int
    timestamp: int
    ssrc: int
    payload_type: int
    picture_id: int
    tl0picidx: int
    starts_frame: bool
    name: str

    @classmethod
    def read(cls, data: bytes) -> "Received":
        payload = data[16 + 4 * data[15] :]
        descriptor = read_descriptor(payload, 0, len(payload))
        return cls(
            int.from_bytes(data[2:4], "big"),
            int.from_bytes(data[4:8], "big"),
            int.from_bytes(data[8:12], "big"),
            data[1] & 0x7F,
            descriptor.picture_id,
            descriptor.tl0picidx,
            bool(payload[0] & 0x10),
            payload[descriptor.length + 1 :].decode(),
        )


class Link:
    """One producer of several layers, and one consumer of it."""

    def __init__(self, parameters: dict[str, Any], kind: Kind = "video", frame_height: int | None = 720) -> None:
        self.now_us = time.monotonic_ns() // 1000
        self.counters = Counters()
        self.publisher = PublishersTransport()
        self.receiver = ReceiversTransport()
        self.producer = Producer(
            transport_id="t",
            kind=kind,
            source="camera" if kind == "video" else "microphone",
            mapping=ortc.stream_mapping(kind, msgspec.convert(parameters, RtpParameters)),
            frame_height=frame_height,
            paused=False,
            listener=self.publisher,
            counters=self.counters,
        )
        self.consumer = self._consume(ortc.ROUTER_CAPABILITIES)
        self._packet = PacketBuffer(bytearray(BUFFER_SIZE))

    def _consume(self, capabilities: RtpCapabilities) -> Consumer:
        producer = self.producer
        parameters = ortc.consumer_parameters(producer.codec, capabilities, ssrc=77, rtx_ssrc=78, mid="0", cname="p")
        return Consumer(
            transport_id="t",
            feed=ProducerFeed(producer.id, producer.kind, producer.source, producer.streams, PublisherClock()),
            parameters=parameters,
            ssrc=77,
            rtx_ssrc=78 if len(parameters.codecs) > 1 else None,
            listener=self.receiver,
            counters=self.counters,
        )

    def start(self) -> None:
        """The receiver is connected and wants packets."""
        self.consumer.set_transport_ready(True)
        self.consumer.resume()

    def receive(self, layer: int, packet: Packet) -> None:
        """A packet of a layer comes, decrypted."""
        size = self._load(packet)
        self.producer.streams[layer].receive_rtp(self._packet, size, self.now_us)

    def receive_again(self, layer: int, packet: Packet) -> None:
        """The same over RTX."""
        original = packet.sequence_number.to_bytes(2, "big")
        size = self._load(Packet(1, packet.timestamp, 4, RTX, packet.marker, payload=original + packet.payload))
        self.producer.streams[layer].receive_rtx(self._packet, size, self.now_us)

    def _load(self, packet: Packet) -> int:
        data = packet.to_bytes()
        self._packet.data[: len(data)] = data
        return len(data)

    def nack(self, *numbers: int) -> list[bytes]:
        """The receiver lost packets with these numbers; what it gets again."""
        before = len(self.receiver.sent), len(self.receiver.sent_unnumbered)
        self.consumer.receive_nack(Nack(1, 77, numbers), self.now_us)
        return self.receiver.sent[before[0] :] + self.receiver.sent_unnumbered[before[1] :]

    @property
    def media(self) -> list[bytes]:
        """What was sent for the first time."""
        return [data for data in self.receiver.sent if data[8:12] == (77).to_bytes(4, "big")]


def layered(scales: tuple[int, ...] = (4, 2, 1)) -> dict[str, Any]:
    """Parameters of a picture in layers whose SSRCs are 100, 101, ..."""
    encodings = [
        {"ssrc": 100 + layer, "rtx": {"ssrc": 200 + layer}, "scaleResolutionDownBy": scale}
        for layer, scale in enumerate(scales)
    ]
    return ClientStream("video", "0", [0]).rtp_parameters() | {"encodings": encodings}


def opus_packet(seq: int, payload: bytes = b"sound", level: int = 30) -> Packet:
    """A packet of sound with its level."""
    return Packet(seq, seq * 960 & 0xFFFFFFFF, 5, OPUS, payload=payload, elements=((1, bytes((0x80 | level,))),))
