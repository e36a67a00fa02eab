"""A receiving transport as its downlink sees it, with the clock in the test's hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from mediaserver.consumer import Consumer, ProducerFeed, SourceStream
from mediaserver.downlink import Downlink
from mediaserver.net.packet_buffer import PacketBuffer
from mediaserver.rtp.history import PacketHistory
from mediaserver.rtp.path_feedback import PathFeedback
from mediaserver.rtp.rtcp import ReportBlock
from mediaserver.rtp.sender_report import PublisherClock, StreamClock
from mediaserver.rtp_parameters import (
    Kind,
    RtcpParameters,
    RtpCodecParameters,
    RtpEncodingParameters,
    RtpParameters,
    Source,
)
from mediaserver.stats import Counters
from mediaserver.ticker import Urgent

TICK_US = 100_000
CAMERA_BPS = (100_000, 300_000, 900_000)
HEIGHTS = (180, 360, 720)


@dataclass
class Layer(SourceStream):
    """One layer of a producer, sent at a bitrate that the test sets."""

    bps: int
    height: int | None
    silent_since_us: int | None = None
    history: PacketHistory = field(default_factory=PacketHistory)
    clock: StreamClock = field(default_factory=lambda: StreamClock(90_000))
    plan_changed: Callable[[], None] = lambda: None
    plan_read: Callable[[], None] = lambda: None

    def wait(self, receiver: Consumer) -> None: ...
    def leave(self, receiver: Consumer) -> None: ...
    def request_keyframe(self, now_ms: float) -> None: ...

    def bitrate_bps(self, now_us: int) -> int:
        return self.bps

    def silent_us(self, now_us: int) -> int:
        return 0 if self.silent_since_us is None else now_us - self.silent_since_us


class Receiver:
    """A receiving transport and its peer, with the clock in the test's hand."""

    def __init__(self) -> None:
        self.consumers: dict[int, Consumer] = {}
        self.told: list[tuple[str, str]] = []
        self.padding: list[int] = []
        self.hurrying: list[Urgent] = []
        self.path = PathFeedback()
        self.now_us = 0
        self.downlink = Downlink(self, self.consumers, self)
        self._numbers: Iterator[int] = iter(range(0x10000))

    # what the downlink calls

    def send_probe(self, size: int) -> int:
        self.padding.append(size)
        self.path.record((next(self._numbers), size + 36, self.now_us))
        return size + 36

    def hurry(self, member: Urgent) -> None:
        self.hurrying.append(member)

    def consumer_paused(self, consumer: Consumer) -> None:
        self.told.append(("paused", consumer.id))

    def consumer_resumed(self, consumer: Consumer) -> None:
        self.told.append(("resumed", consumer.id))

    def consumer_layer(self, consumer: Consumer, layer: int) -> None:
        self.told.append((f"layer {layer}", consumer.id))

    # what consumers call

    def send_numbered(self, packet: PacketBuffer, size: int, now_us: int) -> int:
        return -1

    def send_unnumbered(self, packet: PacketBuffer, size: int, now_us: int) -> int:
        return -1

    def repairable(self, packets: int, now_us: int) -> int:
        return packets

    def wishes_changed(self, consumer: Consumer) -> None:
        self.downlink.wishes_changed(consumer)

    def layer_changed(self, consumer: Consumer) -> None:
        self.downlink.layer_changed(consumer)

    # what tests call

    def add(
        self, layers_bps: tuple[int, ...] = CAMERA_BPS, kind: Kind = "video", source: Source = "camera"
    ) -> Consumer:
        """A consumer that the receiver has resumed."""
        heights = HEIGHTS if len(layers_bps) == len(HEIGHTS) else (None,) * len(layers_bps)
        streams = tuple(Layer(bps, height) for bps, height in zip(layers_bps, heights, strict=True))
        ssrc = len(self.consumers) + 1
        feed = ProducerFeed(f"pr_{ssrc}", kind, source, streams, PublisherClock())
        consumer = Consumer(
            transport_id="t",
            feed=feed,
            parameters=PARAMETERS,
            ssrc=ssrc,
            rtx_ssrc=None,
            listener=self,
            counters=Counters(),
        )
        self.consumers[ssrc] = consumer
        self.downlink.wishes_changed(consumer)
        consumer.resume()
        return consumer

    def state_of(self, consumer: Consumer) -> tuple[int | None, list[tuple[str, str]]]:
        """The layer that it gets, and all that has been told."""
        return consumer.target_layer, self.told

    def remove(self, consumer: Consumer) -> None:
        del self.consumers[consumer.ssrc]
        self.downlink.wishes_changed(consumer)

    def run(self, seconds: float, loss: float = 0.0) -> "Receiver":
        """Time passes; the receiver reports this loss every second. 30 % and more lower the estimate."""
        for tick in range(int(seconds * 10)):
            self.now_us += TICK_US
            if tick % 10 == 0:
                for consumer in self.consumers.values():
                    self.downlink.report_block(consumer, ReportBlock(consumer.ssrc, int(loss * 256), 0, 0, 0, 0, 0))
            self.downlink.tick(self.now_us)
        return self

    def narrow_to(self, bitrate_bps: float) -> None:
        """Report loss until no more than this is estimated."""
        while self.downlink.estimate_bps > bitrate_bps:
            self.run(1, loss=0.4)

    def set_bitrates(self, consumer: Consumer, *bitrates_bps: int) -> None:
        for layer, bps in zip(consumer.streams, bitrates_bps, strict=True):
            assert isinstance(layer, Layer)
            layer.bps = bps


PARAMETERS = RtpParameters(
    codecs=(RtpCodecParameters(mime_type="video/VP8", payload_type=96, clock_rate=90_000),),
    encodings=(RtpEncodingParameters(ssrc=1),),
    rtcp=RtcpParameters(cname="c"),
)
