"""One stream to a participant: the packets of one producer under this receiver's own numbers, and their repair."""

import secrets
from typing import NamedTuple, Protocol

from mediaserver.net.packet_buffer import PacketBuffer
from mediaserver.rtp import rtx
from mediaserver.rtp.history import PacketHistory
from mediaserver.rtp.ntp import ntp_from_unix_us, round_trip_ms
from mediaserver.rtp.packet_writer import PacketWriter
from mediaserver.rtp.resend_throttle import ResendThrottle
from mediaserver.rtp.rtcp import Nack, ReportBlock, SenderReport, serialize_cname, serialize_sender_report
from mediaserver.rtp.sender_report import PublisherClock, StreamClock
from mediaserver.rtp.sequence_map import SequenceMap
from mediaserver.rtp_parameters import RtpParameters
from mediaserver.stats import Counters

MAX_RESENT_PER_NACK = 256
INITIAL_RTT_MS = 100.0
FIXED_LENGTH = 12


class ProducerFeed(NamedTuple):
    """What a consumer reads of the stream it forwards."""

    producer_id: str
    history: PacketHistory
    stream_clock: StreamClock
    publisher_clock: PublisherClock


class ConsumerListener(Protocol):
    """The transport and the router, as a consumer sees them."""

    def send_rtp(self, packet: PacketBuffer, size: int) -> bool:
        """Encrypt in place and send; False if it could not be encrypted."""

    def keyframe_needed(self, consumer: "Consumer") -> None:
        """The receiver cannot go on without a keyframe."""


class _Origin(NamedTuple):
    """Where a forwarded packet is found again, and what was added to its timestamp."""

    history: PacketHistory
    timestamp_offset: int


class Consumer:
    """A stream that a participant receives. It starts paused."""

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
        self.rtp_parameters = parameters
        self.ssrc = ssrc
        self.packets_sent = 0
        self.octets_sent = 0
        self.rtt_ms = 0.0
        self._feed = feed
        self._listener = listener
        self._send_rtp = listener.send_rtp
        self._counters = counters
        self._paused = True
        self._transport_ready = False
        self._flowing = False
        self._synchronised = False
        self._sequences: SequenceMap[_Origin] = SequenceMap(secrets.randbits(14))
        self._timestamp_offset = secrets.randbits(32)
        self._throttle = ResendThrottle()
        self._writer = PacketWriter(ssrc=ssrc, payload_type=parameters.codecs[0].payload_type)
        self._packet = PacketBuffer(self._writer.buffer)
        self._rtx_sequence = secrets.randbits(14)
        self._rtx_writer: PacketWriter | None = None
        self._rtx_packet = self._packet
        if rtx_ssrc is not None:
            self._rtx_writer = PacketWriter(ssrc=rtx_ssrc, payload_type=parameters.codecs[1].payload_type)
            self._rtx_packet = PacketBuffer(self._rtx_writer.buffer)

    def resume(self) -> None:
        """Let packets flow, from a keyframe on."""
        self._paused = False
        self._update_flow()

    def pause(self) -> None:
        """Stop packets."""
        self._paused = True
        self._update_flow()

    def set_transport_ready(self, ready: bool) -> None:
        """Whether the receiver can be sent to."""
        self._transport_ready = ready
        self._update_flow()

    def source_interrupted(self) -> None:
        """The producer left out packets: go on without a gap, from a keyframe on."""
        self._synchronised = False
        if self._flowing:
            self._listener.keyframe_needed(self)

    def _update_flow(self) -> None:
        flowing = self._transport_ready and not self._paused
        if flowing and not self._flowing:
            self._synchronised = False
            self._listener.keyframe_needed(self)
        self._flowing = flowing

    def forward(self, packet: memoryview, seq: int, timestamp: int, keyframe: bool, now_ms: float) -> None:  # noqa: ARG002
        """Send a packet on under this receiver's numbers. It is a `PacketSink`."""
        if not self._flowing:
            return
        if not self._synchronised:
            if not keyframe:
                return
            self._synchronise(seq)
        out_seq = self._sequences.forward(seq)
        if out_seq is None:
            self._counters.drop("too_late_to_forward")
            return
        size = self._writer.write(packet, out_seq, (timestamp + self._timestamp_offset) & 0xFFFFFFFF)
        if self._send_rtp(self._packet, size):
            self.packets_sent += 1
            self.octets_sent += size - FIXED_LENGTH

    def _synchronise(self, seq: int) -> None:
        """Begin, or go on after an interruption: this packet follows the last one sent."""
        self._sequences.switch(_Origin(self._feed.history, self._timestamp_offset), seq)
        self._synchronised = True

    def receive_nack(self, nack: Nack, now_ms: float) -> None:
        """Send lost packets again, from the history, over RTX where the receiver knows it."""
        for out_seq in nack.sequence_numbers[:MAX_RESENT_PER_NACK]:
            if self._flowing and self._throttle.allow(out_seq, now_ms, self.rtt_ms or INITIAL_RTT_MS):
                self._resend(out_seq, now_ms)

    def _resend(self, out_seq: int, now_ms: float) -> None:
        found = self._sequences.reverse(out_seq)
        stored = None if found is None else found[0].history.get(found[1], now_ms)
        if found is None or stored is None:
            self._counters.drop("resend_not_found")
            return
        packet = memoryview(stored)
        timestamp = (int.from_bytes(stored[4:8], "big") + found[0].timestamp_offset) & 0xFFFFFFFF
        if self._send_again(packet, out_seq, timestamp):
            self._counters.packets_retransmitted += 1

    def _send_again(self, packet: memoryview, out_seq: int, timestamp: int) -> bool:
        """Over RTX (RFC 4588); else the very same packet, which SRTP may encrypt to the very same bytes."""
        if self._rtx_writer is None:
            return self._send_rtp(self._packet, self._writer.write(packet, out_seq, timestamp))
        self._rtx_sequence = (self._rtx_sequence + 1) & 0xFFFF
        size = self._rtx_writer.write(packet, self._rtx_sequence, timestamp)
        return self._send_rtp(self._rtx_packet, rtx.encapsulate(self._rtx_writer.buffer, size, out_seq))

    def receive_keyframe_request(self) -> None:
        """The receiver's decoder asks for a keyframe."""
        if self._flowing:
            self._listener.keyframe_needed(self)

    def receive_report(self, block: ReportBlock, now_unix_us: int) -> None:
        """The receiver's view of this stream."""
        rtt_ms = round_trip_ms(ntp_from_unix_us(now_unix_us), block.last_sr, block.delay_since_last_sr)
        if rtt_ms is not None:
            self.rtt_ms = rtt_ms

    def sender_report(self, now_unix_us: int) -> bytes | None:
        """Report that keeps this publisher's streams in step; None while there is nothing to say."""
        publisher_us = self._feed.publisher_clock.publisher_us(now_unix_us)
        if publisher_us is None or not self._flowing or not self.packets_sent:
            return None
        rtp_timestamp = self._feed.stream_clock.rtp_timestamp_at(publisher_us)
        if rtp_timestamp is None:
            return None
        report = SenderReport(
            self.ssrc,
            ntp_from_unix_us(now_unix_us),
            (rtp_timestamp + self._timestamp_offset) & 0xFFFFFFFF,
            self.packets_sent,
            self.octets_sent,
        )
        return serialize_sender_report(report) + serialize_cname(self.ssrc, self.rtp_parameters.rtcp.cname)
