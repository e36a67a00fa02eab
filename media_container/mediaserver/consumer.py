"""What a participant receives of a producer: which layer of it, and whether at all."""

import secrets
from collections.abc import Callable
from typing import NamedTuple, Protocol

from mediaserver.rtp.history import PacketHistory
from mediaserver.rtp.rtcp import Nack, ReportBlock
from mediaserver.rtp.sender_report import PublisherClock, StreamClock
from mediaserver.rtp_parameters import Kind, RtpParameters, Source
from mediaserver.sent_stream import Forward, PacketSender, SentStream
from mediaserver.sent_stream import Source as PacketSource
from mediaserver.stats import Counters

# A picture is good enough if it has this part of the height it is shown at.
ENOUGH_HEIGHT = 0.75


class SourceStream(Protocol):
    """One layer of the producer, as a consumer sees it."""

    history: PacketHistory
    clock: StreamClock
    height: int | None
    plan_changed: Callable[[], None]
    plan_read: Callable[[], None]

    def wait(self, receiver: "Consumer") -> None:
        """Call `begin` at the next place where a receiver can."""

    def leave(self, receiver: "Consumer") -> None:
        """Neither send to the receiver nor let it wait."""

    def request_keyframe(self, now_ms: float) -> None:
        """A receiver cannot go on without a keyframe."""

    def bitrate_bps(self, now_us: int) -> int:
        """What receivers of this layer get."""

    def silent_us(self, now_us: int) -> int:
        """For how long nothing of this layer has come."""


class ProducerFeed(NamedTuple):
    """What a consumer reads of the producer it forwards; the layers lowest first."""

    producer_id: str
    kind: Kind
    source: Source
    streams: tuple[SourceStream, ...]
    publisher_clock: PublisherClock


class ConsumerListener(PacketSender, Protocol):
    """The receiver's transport, as a consumer sees it."""

    def wishes_changed(self, consumer: "Consumer") -> None:
        """What the receiver wants to see or hear of this stream is another."""

    def layer_changed(self, consumer: "Consumer") -> None:
        """From now on another layer is sent."""


class Consumer:
    """A stream that a participant receives. It starts paused, and waits for a keyframe whenever its source changes."""

    def __init__(
        self,
        *,
        transport_id: str,
        feed: ProducerFeed,
        parameters: RtpParameters,
        ssrc: int,
        rtx_ssrc: int | None,
        listener: ConsumerListener,
        counters: Counters,
    ) -> None:
        self.id = f"co_{secrets.token_hex(8)}"
        self.transport_id = transport_id
        self.producer_id = feed.producer_id
        self.kind = feed.kind
        self.source = feed.source
        # The producer's layers, lowest first.
        self.streams = feed.streams
        self.rtp_parameters = parameters
        self.sent = SentStream(parameters, ssrc, rtx_ssrc, listener, counters)
        # Wishes of the receiver: what it pauses, and how it shows the picture (None: it did not say).
        self.paused = True
        self.view_height: int | None = None
        self.pinned = False
        # The layer that may be sent, None for nothing; set by whoever shares out the downlink.
        self.target_layer: int | None = len(feed.streams) - 1
        self._publisher_clock = feed.publisher_clock
        self._listener = listener
        self._transport_ready = False
        self._current: SourceStream | None = None
        self._awaited: SourceStream | None = None
        self._latest: SourceStream | None = None

    @property
    def ssrc(self) -> int:
        """By which the receiver knows the stream."""
        return self.sent.ssrc

    @property
    def packets_sent(self) -> int:
        """Packets sent, retransmissions not included."""
        if self._current is not None:
            self._current.plan_read()
        return self.sent.packets_sent

    @property
    def rtt_ms(self) -> float:
        """Round trip to the receiver, 0 before it was measured."""
        return self.sent.rtt_ms

    @property
    def packets_lost(self) -> int:
        """Packets that the receiver reports as lost, before repair."""
        return self.sent.packets_lost

    @property
    def jitter_ms(self) -> float:
        """Interarrival jitter at the receiver."""
        return self.sent.jitter_ms

    # -- what the receiver wants ------------------------------------------------------------------------------------

    @property
    def hidden(self) -> bool:
        """Whether the receiver does not show the picture."""
        return self.view_height == 0

    @property
    def wanted(self) -> bool:
        """Whether the receiver wants packets at all."""
        return not self.paused and not self.hidden

    @property
    def wanted_layer(self) -> int:
        """The lowest layer that is good enough for how the picture is shown; the highest if that is not known."""
        highest = len(self.streams) - 1
        if self.view_height is None or any(stream.height is None for stream in self.streams):
            return highest
        enough = self.view_height * ENOUGH_HEIGHT
        layers = (layer for layer, stream in enumerate(self.streams) if (stream.height or 0) >= enough)
        return next(layers, highest)

    def resume(self) -> None:
        """Let packets flow, from a keyframe on."""
        self.paused = False
        self._wishes_changed()

    def pause(self) -> None:
        """Stop packets."""
        self.paused = True
        self._wishes_changed()

    def set_view(self, width: int, height: int, *, pinned: bool) -> None:
        """How the receiver shows the picture, in device pixels; 0 x 0: not at all."""
        self.view_height = height if width else 0
        self.pinned = pinned
        self._wishes_changed()

    def _wishes_changed(self) -> None:
        self._update_flow()
        self._listener.wishes_changed(self)

    # -- what is sent ----------------------------------------------------------------------------------------------

    @property
    def layer(self) -> int | None:
        """The layer that is sent now, None while nothing is."""
        return None if self._current is None else self.streams.index(self._current)

    def set_target_layer(self, layer: int | None) -> None:
        """Send this layer, from its next keyframe on; until then what is sent now goes on. None: send nothing."""
        self.target_layer = layer
        self._update_flow()

    def set_transport_ready(self, ready: bool) -> None:
        """Whether the receiver can be sent to."""
        self._transport_ready = ready
        self._update_flow()

    def address_changes(self) -> None:
        """The receiver is to be reached elsewhere from now on."""
        if self._current is not None:
            self._current.plan_changed()

    def _update_flow(self) -> None:
        """Wait where packets are to come from, and leave where they are not."""
        target = None
        if self._transport_ready and self.wanted and self.target_layer is not None:
            target = self.streams[self.target_layer]
        if target is None:
            self._leave_current()
        awaited = None if target is self._current else target
        if awaited is self._awaited:
            return
        if self._awaited is not None:
            self._awaited.leave(self)
        self._awaited = awaited
        if awaited is not None:
            awaited.wait(self)

    def begin(self, stream: SourceStream, packet: memoryview, seq: int, timestamp: int, now_us: int) -> Forward:
        """The stream that was waited for has a beginning: leave the former. It is a `StreamReceiver`'s."""
        self._leave_current()
        self._awaited, self._current = None, stream
        forward = self.sent.begin(PacketSource(stream.history, stream.clock), packet, seq, timestamp, now_us)
        if stream is not self._latest:
            self._latest = stream
            self._listener.layer_changed(self)
        return forward

    def source_interrupted(self) -> None:
        """What comes next from the source does not follow what came: go on without a gap, from a keyframe on."""
        self._leave_current()
        self._update_flow()

    def _leave_current(self) -> None:
        if self._current is not None:
            self._current.leave(self)
            self._current = None
            self.sent.end()

    # -- what the receiver says ------------------------------------------------------------------------------------

    def receive_nack(self, nack: Nack, now_us: int) -> None:
        """Send lost packets again while there is something to repair."""
        if self._current is not None:
            self._current.plan_read()
            self.sent.receive_nack(nack, now_us)

    def receive_keyframe_request(self, now_us: int) -> None:
        """The receiver's decoder asks for a keyframe."""
        if self._current is not None:
            self._current.request_keyframe(now_us / 1000)

    def receive_report(self, block: ReportBlock, now_unix_us: int) -> None:
        """The receiver's view of this stream."""
        self.sent.receive_report(block, now_unix_us)

    def sender_report(self, now_unix_us: int) -> bytes | None:
        """Report that keeps this publisher's streams in step; None while nothing is sent."""
        if self._current is None:
            return None
        self._current.plan_read()
        return self.sent.report(now_unix_us, self._publisher_clock.publisher_us(now_unix_us))
