"""One stream from a participant: checked, counted, made whole by NACK, and handed to every sink."""

import secrets
from collections.abc import Callable
from typing import Any, Protocol

from mediaserver.net.packet_buffer import PacketBuffer
from mediaserver.ortc import StreamMapping
from mediaserver.rtp import rtx
from mediaserver.rtp.errors import RtpError
from mediaserver.rtp.header import FIXED_LENGTH, read_fixed
from mediaserver.rtp.history import PacketHistory
from mediaserver.rtp.keyframe import keyframe_detector
from mediaserver.rtp.keyframe_requests import KeyframeRequests
from mediaserver.rtp.nack_list import Arrival, NackList
from mediaserver.rtp.normaliser import PacketNormaliser
from mediaserver.rtp.reception import ReceptionStatistics
from mediaserver.rtp.rtcp import ReportBlock, SenderReport, serialize_nack, serialize_pli
from mediaserver.rtp.sender_report import StreamClock
from mediaserver.rtp_parameters import Kind, Source
from mediaserver.stats import Counters

# An ICE-lite server measures no round trip to a publisher; this is how long a retransmission is given to come.
ASSUMED_RTT_MS = 100.0

# (normalised packet, its sequence number, its timestamp, whether a keyframe starts here, now in ms); the packet is lent.
PacketSink = Callable[[memoryview, int, int, bool, float], None]


class ProducerListener(Protocol):
    """The transport and the clocks, as a producer sees them."""

    # Takes (transport-wide sequence number, arrival in us) of every packet.
    record_arrival: Callable[[tuple[int, int]], None]

    def send_rtcp(self, data: bytes) -> None:
        """Send feedback to the publisher."""

    def producer_hurries(self, producer: "Producer") -> None:
        """Call `tick_urgent` until it returns False."""


class Producer:
    """A stream that a participant publishes."""

    def __init__(
        self,
        *,
        transport_id: str,
        kind: Kind,
        source: Source,
        mapping: StreamMapping,
        paused: bool,
        listener: ProducerListener,
        counters: Counters,
    ) -> None:
        self.id = f"pr_{secrets.token_hex(8)}"
        self.transport_id = transport_id
        self.kind = kind
        self.source = source
        self.paused = paused
        self.codec = mapping.codec
        self.mapping = mapping
        self.packets_received = 0
        # Replaced as a whole when consumers come and go, so that the packet path iterates without a copy.
        self.sinks: tuple[PacketSink, ...] = ()
        self.history = PacketHistory()
        self.clock = StreamClock(mapping.codec.clock_rate)
        self._listener = listener
        self._record_arrival = listener.record_arrival
        self._counters = counters
        self._feedback_ssrc = secrets.randbits(32)
        self._normaliser = PacketNormaliser(mapping.kept_extension_ids, mapping.transport_cc_id)
        self._reception = ReceptionStatistics(mapping.ssrc, mapping.codec.clock_rate)
        self._record_reception = self._reception.received
        self._nacks = NackList()
        self._keyframes = KeyframeRequests()
        self._starts_keyframe = keyframe_detector(mapping.codec.mime_type)
        self._hurries = False
        # Whether some receiver waits for one: only then is it worth looking for the beginning of a keyframe.
        self._keyframe_awaited = False

    def describe(self) -> dict[str, Any]:
        """The stream as the others are told."""
        return {"id": self.id, "kind": self.kind, "source": self.source, "paused": self.paused}

    @property
    def packets_lost(self) -> int:
        """Packets that never came."""
        return max(self._reception.packets_lost, 0)

    @property
    def jitter_ms(self) -> float:
        """Interarrival jitter (RFC 3550 section 6.4.1)."""
        return self._reception.jitter_ms

    def set_paused(self, paused: bool) -> None:
        """While paused nothing is passed on, whatever the publisher sends."""
        self.paused = paused

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
        if second & 0x7F != self.mapping.payload_type:
            self._counters.drop("payload_type_unknown")
            return
        self._record_reception((seq, timestamp, end - start - FIXED_LENGTH, arrival_us))
        self._pass_on(packet, start, end, seq, timestamp, arrival_us / 1000)

    def receive_rtx(self, packet: PacketBuffer, size: int, arrival_us: int) -> None:
        """Take in a decrypted packet of the retransmission stream: a lost packet, a duplicate, or mere probing."""
        normaliser = self._normaliser
        try:
            start, end = normaliser.normalise(packet.data, size)
            if normaliser.transport_cc >= 0:
                self._record_arrival((normaliser.transport_cc, arrival_us))
            original = packet.view[start:end]
            length = rtx.decapsulate(original, end - start, self.mapping.payload_type, self.mapping.ssrc)
        except RtpError:
            self._counters.drop("rtp_malformed")
            return
        if length == 0:
            return
        _, _, seq, timestamp, _ = read_fixed(packet.data, start)
        self._pass_on(packet, start, start + length, seq, timestamp, arrival_us / 1000)

    def _pass_on(  # noqa: PLR0917  # keywords would cost time on every packet
        self, packet: PacketBuffer, start: int, end: int, seq: int, timestamp: int, now_ms: float
    ) -> None:
        nacks = self._nacks
        if seq == nacks.next_seq:
            nacks.next_seq = (seq + 1) & 0xFFFF
        elif not self._is_wanted(seq, now_ms):
            return
        self.packets_received += 1
        if self.paused or not self.sinks:
            return
        view = packet.view[start:end]
        keyframe = self._keyframe_awaited and self._is_keyframe_start(packet.data, start, end, now_ms)
        self.history.store(seq, view, now_ms)
        for sink in self.sinks:
            sink(view, seq, timestamp, keyframe, now_ms)

    def _is_wanted(self, seq: int, now_ms: float) -> bool:
        """Whether a packet out of order is not a duplicate; what is missing now is asked for."""
        arrival = self._nacks.received(seq, now_ms)
        self._hurry()
        if arrival is Arrival.NEW or arrival is Arrival.RECOVERED:
            return True
        self._counters.drop("duplicate")
        return False

    def _is_keyframe_start(self, data: bytearray, start: int, end: int, now_ms: float) -> bool:
        """Always true for audio: every packet is a place to begin. If the requests were given up, they begin again."""
        if self._starts_keyframe is None:
            self._keyframe_awaited = False
            return True
        payload = start + FIXED_LENGTH
        if data[start] & 0x10:
            payload += 4 + 4 * data[start + 15]
        if not self._starts_keyframe(data, payload, end):
            if not self._keyframes.pending:
                self.request_keyframe(now_ms)
            return False
        self._keyframes.keyframe_arrived()
        self._keyframe_awaited = False
        return True

    def request_keyframe(self, now_ms: float) -> None:
        """A receiver cannot go on without a keyframe. Merged, throttled and repeated until one came."""
        self._keyframe_awaited = True
        if self._starts_keyframe is None or self.paused:
            return
        if self._keyframes.request(now_ms):
            self._send_pli()
        self._hurry()

    def receive_sender_report(self, report: SenderReport, now_us: int) -> None:
        """The publisher's clock and counts."""
        self._reception.sender_report_received(report.ntp_timestamp, now_us)
        self.clock.sender_report_received(report.ntp_timestamp, report.rtp_timestamp)

    def report_block(self, now_us: int) -> ReportBlock | None:
        """What to report to the publisher, None before the first packet."""
        return self._reception.report_block(now_us)

    def tick(self) -> None:
        """Take in the statistics of the packets of the last 100 ms."""
        self._reception.update()

    def tick_urgent(self, now_us: int) -> bool:
        """Ask again for what is missing; False when nothing is."""
        now_ms = now_us / 1000
        lost = self._nacks.due(now_ms, ASSUMED_RTT_MS)
        if lost:
            self._listener.send_rtcp(serialize_nack(self._feedback_ssrc, self.mapping.ssrc, lost))
            self._counters.nacks_sent += 1
        if self._nacks.take_given_up() and self.sinks:
            self.request_keyframe(now_ms)
        if self._keyframes.due(now_ms):
            self._send_pli()
        self._hurries = bool(self._nacks.missing_count) or self._keyframes.pending
        return self._hurries

    def _send_pli(self) -> None:
        self._listener.send_rtcp(serialize_pli(self._feedback_ssrc, self.mapping.ssrc))
        self._counters.keyframe_requests += 1

    def _hurry(self) -> None:
        if not self._hurries:
            self._hurries = True
            self._listener.producer_hurries(self)
