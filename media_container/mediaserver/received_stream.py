"""One SSRC from a publisher: checked, counted, made whole by NACK, and handed to the receivers that get it now."""

import time
from collections.abc import Callable
from typing import NamedTuple, Protocol

from mediaserver.net.packet_buffer import PacketBuffer
from mediaserver.ortc import AUDIO_LEVEL_ID, EncodingMapping, StreamMapping
from mediaserver.rtp import rtx
from mediaserver.rtp.errors import RtpError
from mediaserver.rtp.header import read_fixed
from mediaserver.rtp.history import PacketHistory
from mediaserver.rtp.keyframe import keyframe_detector
from mediaserver.rtp.nack_list import Arrival
from mediaserver.rtp.normaliser import MIN_HEADER_LENGTH, PacketNormaliser, payload_offset
from mediaserver.rtp.rate_window import RateWindow
from mediaserver.rtp.reception import ReceptionStatistics
from mediaserver.rtp.rtcp import ReportBlock, SenderReport
from mediaserver.rtp.sender_report import StreamClock
from mediaserver.stats import Counters
from mediaserver.uplink_repair import RepairListener, UplinkRepair

AUDIO_HISTORY_PACKETS, AUDIO_HISTORY_BYTES = 256, 64 * 1024
# Of a keyframe and the pictures after it, if its first packet came last.
MAX_CATCH_UP = 256
_LEVEL_HEAD = AUDIO_LEVEL_ID << 4

# (normalised packet, its sequence number, its timestamp, when it came in us); the packet is lent.
PacketSink = Callable[[memoryview, int, int, int], None]


# (packet, its size, arrival in us); the packet is lent.
PacketHandler = Callable[[PacketBuffer, int, int], None]


class StreamListener(RepairListener, Protocol):
    """The publisher's transport, as a stream sees it."""

    # Takes (transport-wide sequence number, arrival in us) of every packet.
    record_arrival: Callable[[tuple[int, int]], None]


class StreamReceiver(Protocol):
    """A consumer, as a stream sees it."""

    def begin(self, stream: "ReceivedStream", packet: memoryview, seq: int, timestamp: int, now_us: int) -> PacketSink:
        """The packet is where this receiver, which waited, can begin: leave the former stream, and say where to."""

    def source_interrupted(self) -> None:
        """What comes next does not follow what came: leave, and wait for a new beginning."""


class AudioLevel(NamedTuple):
    """How loud a microphone was: the mean level in -dBov (0 loudest, 127 silence), None without any packet."""

    mean_level: float | None
    packets: int


def _nothing() -> None:
    """Nobody keeps a plan of the stream."""


class ReceivedStream:
    """One layer of a producer."""

    def __init__(
        self,
        mapping: StreamMapping,
        encoding: EncodingMapping,
        height: int | None,
        listener: StreamListener,
        counters: Counters,
    ) -> None:
        """`height` of the picture in pixels, None if the publisher does not tell. An SSRC that is not known comes later."""
        self.mapping = mapping
        self.rid = encoding.rid
        self.height = height
        self.ssrc: int | None = None
        self.rtx_ssrc: int | None = None
        self.is_learning_rtx = encoding.ssrc is None and mapping.rtx_payload_type is not None
        is_audio = mapping.codec.kind == "audio"
        self.history = PacketHistory(AUDIO_HISTORY_PACKETS, AUDIO_HISTORY_BYTES) if is_audio else PacketHistory()
        self.clock = StreamClock(mapping.codec.clock_rate)
        self.repair = UplinkRepair(listener, counters, self.request_keyframe)
        self.reception = ReceptionStatistics(0, mapping.codec.clock_rate)
        # Called before anything changes that forwarding goes by; for those who keep a compiled plan of it.
        self.plan_changed: Callable[[], None] = _nothing
        # Called before anything is read that a plan counts.
        self.plan_read: Callable[[], None] = _nothing
        # Where decrypted packets are handed in; those who keep a plan come in between.
        self.on_rtp: PacketHandler = self.receive_rtp
        self.on_rtx: PacketHandler = self.receive_rtx
        # Exactly those who get this stream now. Replaced as a whole, so that the packet path iterates without a copy.
        self.sinks: tuple[PacketSink, ...] = ()
        self.paused = False
        self._flowing: dict[StreamReceiver, PacketSink] = {}
        self._waiting: dict[StreamReceiver, None] = {}
        # Whether somebody waits for a beginning, or a keyframe has been asked for: only then it is worth looking.
        self._seeks_keyframe = False
        self._counters = counters
        self._record_arrival = listener.record_arrival
        self._record_reception = self.reception.received
        self._nacks = self.repair.nacks
        self._payload_type = mapping.payload_type
        self._normaliser = PacketNormaliser(mapping.kept_extension_ids, mapping.transport_cc_id)
        self._rtx_normaliser = PacketNormaliser(mapping.kept_extension_ids, mapping.transport_cc_id)
        self._starts_keyframe = keyframe_detector(mapping.codec.mime_type)
        self._recovered_by_rtx = 0
        self._rate = RateWindow()
        if encoding.ssrc is not None:
            self.learn_ssrc(encoding.ssrc)
            self.rtx_ssrc = encoding.rtx_ssrc

    def learn_ssrc(self, ssrc: int) -> None:
        """The stream's packets are known by this SSRC from now on."""
        self.ssrc = self.reception.ssrc = self.repair.ssrc = ssrc

    # -- packets ---------------------------------------------------------------------------------------------------

    def receive_rtp(self, packet: PacketBuffer, size: int, arrival_us: int) -> None:
        """Take in a decrypted packet of the stream itself."""
        normaliser, data = self._normaliser, packet.data
        try:
            start, end = normaliser.normalise(data, size)
        except RtpError:
            self._counters.drop("rtp_malformed")
            return
        if normaliser.transport_cc >= 0:
            self._record_arrival((normaliser.transport_cc, arrival_us))
        _, second, seq, timestamp, _ = read_fixed(data, start)
        if second & 0x7F != self._payload_type:
            self._counters.drop("payload_type_unknown")
            return
        self._record_reception((seq, timestamp, end - start - MIN_HEADER_LENGTH, arrival_us))
        nacks = self._nacks
        if seq == nacks.next_seq:
            nacks.next_seq = (seq + 1) & 0xFFFF
        elif not self._is_wanted(seq, arrival_us):
            return
        self._pass_on(packet, start, end, seq, timestamp, arrival_us)

    def receive_rtx(self, packet: PacketBuffer, size: int, arrival_us: int) -> None:
        """Take in a decrypted packet of the retransmission stream: a lost packet, a duplicate, or mere probing."""
        normaliser = self._rtx_normaliser
        try:
            start, end = normaliser.normalise(packet.data, size)
            if normaliser.transport_cc >= 0:
                self._record_arrival((normaliser.transport_cc, arrival_us))
            original = packet.view[start:end]
            length = rtx.decapsulate(original, end - start, self._payload_type, self.ssrc or 0)
        except RtpError:
            self._counters.drop("rtp_malformed")
            return
        if length == 0 or self.ssrc is None:
            return
        _, _, seq, timestamp, _ = read_fixed(packet.data, start)
        if self._is_next(seq) or self._is_wanted(seq, arrival_us, over_rtx=True):
            self._recovered_by_rtx += 1
            self._pass_on(packet, start, start + length, seq, timestamp, arrival_us)

    def _is_next(self, seq: int) -> bool:
        is_next = seq == self._nacks.next_seq
        if is_next:
            self._nacks.next_seq = (seq + 1) & 0xFFFF
        return is_next

    def _is_wanted(self, seq: int, arrival_us: int, *, over_rtx: bool = False) -> bool:
        """Whether a packet out of order is not a duplicate."""
        arrival = self.repair.received_out_of_order(seq, arrival_us / 1000, over_rtx=over_rtx)
        if arrival is Arrival.NEW or arrival is Arrival.RECOVERED:
            return True
        if arrival is Arrival.RESTARTED:
            self.interrupt()
            return True
        self._counters.drop("duplicate")
        return False

    def _pass_on(  # noqa: PLR0917  # keywords would cost time on every packet
        self, packet: PacketBuffer, start: int, end: int, seq: int, timestamp: int, now_us: int
    ) -> None:
        view = packet.view[start:end]
        if self._seeks_keyframe:
            self._pass_on_seeking(view, seq, timestamp, now_us)
        elif self.sinks:
            self.history.store(seq, view, now_us)
            for sink in self.sinks:
                sink(view, seq, timestamp, now_us)

    def _pass_on_seeking(self, view: memoryview, seq: int, timestamp: int, now_us: int) -> None:
        """The same, while somebody waits to begin."""
        begun = self._look_for_beginning(view, seq, timestamp, now_us)
        self.history.store(seq, view, now_us)
        for sink in self.sinks:
            sink(view, seq, timestamp, now_us)
        if begun:
            self._catch_up(begun, seq, now_us)

    def _look_for_beginning(self, view: memoryview, seq: int, timestamp: int, now_us: int) -> tuple[PacketSink, ...]:
        """Those who wait begin with the first packet of a keyframe; of audio with any packet. The sinks of those."""
        starts = self._starts_keyframe
        if starts is not None and not starts(view, payload_offset(view), len(view)):
            if not self.repair.keyframe_pending:
                self.request_keyframe(now_us / 1000)
            return ()
        self.plan_changed()
        self.repair.end_keyframe_requests()
        starters = tuple(self._waiting)
        self._waiting.clear()
        for receiver in starters:
            self._flowing[receiver] = receiver.begin(self, view, seq, timestamp, now_us)
        self._update()
        return tuple(self._flowing[receiver] for receiver in starters)

    def _catch_up(self, sinks: tuple[PacketSink, ...], begun_at: int, now_us: int) -> None:
        """A beginning that was lost and came again is followed by what came in the meantime."""
        for ahead in range(1, min((self._nacks.next_seq - begun_at) & 0xFFFF, MAX_CATCH_UP)):
            seq = (begun_at + ahead) & 0xFFFF
            packet = self.history.get(seq, now_us)
            if packet is not None:
                timestamp = read_fixed(packet)[3]
                for sink in sinks:
                    sink(memoryview(packet), seq, timestamp, now_us)

    # -- receivers -------------------------------------------------------------------------------------------------

    def wait(self, receiver: StreamReceiver) -> None:
        """Let the receiver begin at the next place where it can, and ask the publisher for one."""
        self.plan_changed()
        self._waiting[receiver] = None
        self._update()
        self.request_keyframe(time.monotonic_ns() / 1_000_000)

    def leave(self, receiver: StreamReceiver) -> None:
        """The receiver neither gets this stream nor waits for it."""
        self.plan_changed()
        self._flowing.pop(receiver, None)
        self._waiting.pop(receiver, None)
        self._update()

    def set_paused(self, paused: bool) -> None:
        """While paused nothing is passed on; afterwards everyone begins anew, without a gap."""
        if paused == self.paused:
            return
        self.plan_changed()
        self.paused = paused
        self.interrupt()

    def interrupt(self) -> None:
        """What comes next does not follow what came."""
        for receiver in tuple(self._flowing):
            receiver.source_interrupted()
        self._update()
        if self._waiting:
            self.request_keyframe(time.monotonic_ns() / 1_000_000)

    def request_keyframe(self, now_ms: float) -> None:
        """A receiver cannot go on without a keyframe. Merged, throttled and repeated until one came."""
        if self.paused or self._starts_keyframe is None or not (self._waiting or self._flowing):
            return
        self.plan_changed()
        self.repair.request_keyframe(now_ms)
        self._update()

    def _update(self) -> None:
        self.sinks = tuple(self._flowing.values())
        pending = self.repair.keyframe_pending and bool(self.sinks)
        self._seeks_keyframe = not self.paused and (pending or bool(self._waiting))
        if not self._seeks_keyframe:
            self.repair.end_keyframe_requests()

    # -- for those who keep a plan -----------------------------------------------------------------------------------

    @property
    def next_in_order(self) -> int:
        """The number of the next packet, if it is enough to pass it on; -1 if Python has to see it first."""
        return -1 if self._seeks_keyframe else self._nacks.next_seq

    def passed_on(self, next_seq: int) -> None:
        """By a plan packets were passed on in order; this number is the next one."""
        self._nacks.next_seq = next_seq

    def keep_in(self, history: PacketHistory, reception: ReceptionStatistics) -> None:
        """Use these instead of the own ones; before the first packet."""
        reception.ssrc = self.reception.ssrc
        self.history, self.reception = history, reception
        self._record_reception = reception.received

    # -- figures ---------------------------------------------------------------------------------------------------

    def receive_sender_report(self, report: SenderReport, now_us: int) -> None:
        """The publisher's clock and counts."""
        self.reception.sender_report_received(report.ntp_timestamp, now_us)
        self.clock.sender_report_received(report.ntp_timestamp, report.rtp_timestamp)

    def report_block(self, now_us: int) -> ReportBlock | None:
        """What to report to the publisher, None before the first packet."""
        return self.reception.report_block(now_us)

    def tick(self, now_us: int) -> None:
        """Take in the statistics of the packets of the last 100 ms."""
        reception = self.reception
        self._rate.sample(now_us, reception.octets_received, reception.packets_received)

    def bitrate_bps(self, now_us: int) -> int:
        """What receivers of this stream get, over about the last second."""
        return 0 if self.paused else self._rate.bitrate_bps(now_us)

    def is_active(self, now_us: int) -> bool:
        """Whether the publisher sends this layer now; it leaves out layers that its uplink has no room for."""
        return not self.paused and self._rate.is_active(now_us)

    def silent_us(self, now_us: int) -> int:
        """For how long nothing of it has come, to about 100 ms."""
        return self._rate.silent_us(now_us)

    @property
    def packets_received(self) -> int:
        """Packets that came, those that came over RTX included."""
        return self.reception.packets_received + self._recovered_by_rtx

    @property
    def packets_lost(self) -> int:
        """Packets that never came."""
        return max(self.reception.packets_lost - self._recovered_by_rtx, 0)

    @property
    def jitter_ms(self) -> float:
        """Interarrival jitter (RFC 3550 section 6.4.1)."""
        return self.reception.jitter_ms


class ReceivedAudio(ReceivedStream):
    """A stream of sound, of which the audio level is measured as well (RFC 6464)."""

    _level_sum = 0
    _level_packets = 0

    def take_audio_level(self) -> AudioLevel:
        """How loud it was since the last time; of a paused stream there is nothing."""
        self.plan_read()
        packets, total = self._level_packets, self._level_sum
        self._level_packets = self._level_sum = 0
        return AudioLevel(total / packets if packets else None, packets)

    def add_levels(self, total: int, packets: int) -> None:
        """Levels, in -dBov, of packets that were passed on by a plan."""
        self._level_sum += total
        self._level_packets += packets

    def _pass_on(  # noqa: PLR0917  # as above
        self, packet: PacketBuffer, start: int, end: int, seq: int, timestamp: int, now_us: int
    ) -> None:
        data = packet.data
        if data[start + 15] > 1 and data[start + 20] == _LEVEL_HEAD and not self.paused:
            self._level_sum += data[start + 21] & 0x7F
            self._level_packets += 1
        super()._pass_on(packet, start, end, seq, timestamp, now_us)
