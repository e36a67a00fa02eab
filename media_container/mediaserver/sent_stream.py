"""One stream as a receiver gets it: forwarded under the receiver's own numbers, repaired, and reported on."""

import secrets
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from mediaserver.net.packet_buffer import PacketBuffer
from mediaserver.ortc import TRANSPORT_CC_ID, is_numbered
from mediaserver.rtp import rtx
from mediaserver.rtp.continuity import LastSent, Origin, continued_timestamp, counter_shifts, last_sent, shift_in_packet
from mediaserver.rtp.header import read_fixed
from mediaserver.rtp.history import PacketHistory
from mediaserver.rtp.normaliser import MIN_HEADER_LENGTH
from mediaserver.rtp.ntp import ntp_from_unix_us, round_trip_ms
from mediaserver.rtp.packet_budget import PacketBudget
from mediaserver.rtp.packet_writer import PacketWriter, write_transport_number
from mediaserver.rtp.resend_throttle import ResendThrottle
from mediaserver.rtp.rtcp import Nack, ReportBlock, SenderReport, serialize_cname, serialize_sender_report
from mediaserver.rtp.sender_report import StreamClock, aligned_timestamp
from mediaserver.rtp.sequence_map import SequenceMap
from mediaserver.rtp_parameters import RtpParameters
from mediaserver.stats import Counters

MAX_RESENT_PER_NACK = 256
# Of sound, which is repaired on the narrowest way too: 50 packets a second are sent.
MAX_SOUND_RESENT_PER_S, MAX_SOUND_AT_ONCE = 50.0, 64
INITIAL_RTT_MS = 100.0
MAX_PADDING = 255
# Of how many packets without RTX the transport-wide number is remembered, to send the very same packet again.
REMEMBERED_NUMBERS = 256

# (normalised packet, the source's sequence number, its timestamp, now in us)
Forward = Callable[[memoryview, int, int, int], None]


class PacketSender(Protocol):
    """The receiver's transport, as its streams see it."""

    def send_numbered(self, packet: PacketBuffer, size: int, now_us: int) -> int:
        """Give the packet the next transport-wide number, encrypt in place and send; the number, -1 if not sent."""

    def send_unnumbered(self, packet: PacketBuffer, size: int, now_us: int) -> int:
        """Encrypt in place and send as it is; 0, or -1 if not sent."""

    def repairable(self, packets: int, now_us: int) -> int:
        """How many of so many lost packets of a picture there is room to send again."""


class Source(NamedTuple):
    """Where packets come from."""

    history: PacketHistory
    clock: StreamClock


class ForwardPlan(NamedTuple):
    """How packets in order are sent: what is added to their numbers, and what is written instead."""

    send: Callable[[PacketBuffer, int, int], int]
    ssrc: int
    payload_type: int
    sequence_shift: int
    timestamp_offset: int
    picture_id_shift: int
    tl0picidx_shift: int
    is_numbered: bool
    # Whether (own sequence number, transport-wide number) of what was sent are to be told.
    remembers_numbers: bool


class SentStream:
    """The packets of one source after another, as one stream. `begin` must be called before the first packet."""

    def __init__(
        self,
        parameters: RtpParameters,
        ssrc: int,
        rtx_ssrc: int | None,
        sender: PacketSender,
        counters: Counters,
    ) -> None:
        codec = parameters.codecs[0]
        self.ssrc = ssrc
        self.packets_sent = 0
        self.octets_sent = 0
        # As the receiver reports them: round trip, losses before repair, and jitter.
        self.rtt_ms = 0.0
        self.packets_lost = 0
        self.jitter_ms = 0.0
        self._cname = parameters.rtcp.cname
        self._payload_type = codec.payload_type
        self._clock_rate_hz = codec.clock_rate
        self._is_vp8 = codec.mime_type.lower() == "video/vp8"
        self._sender = sender
        self._counters = counters
        self._source: Source | None = None
        # The newest packet of the sources before, and how many packets had been sent when the present one began.
        self._last: LastSent | None = None
        self._sent_before = 0
        self._sequences: SequenceMap[Origin] = SequenceMap(secrets.randbits(14))
        self._map_sequence = self._sequences.forward
        self._shifts = (0, 0)
        self._timestamp_offset = secrets.randbits(32)
        self._throttle = ResendThrottle()
        self._sound_budget = PacketBudget(MAX_SOUND_RESENT_PER_S, MAX_SOUND_AT_ONCE)
        self._is_numbered = is_numbered(parameters)
        self._send = sender.send_numbered if self._is_numbered else sender.send_unnumbered
        self._writer = PacketWriter(ssrc=ssrc, payload_type=codec.payload_type)
        self._write = self._writer.write
        self._packet = PacketBuffer(self._writer.buffer)
        # Own sequence number << 16 | transport-wide number of the newest packets; empty where lost ones go over RTX. Plain
        # integers, for the garbage collector looks at every tuple that lives.
        self._numbers: list[int] = []
        self._rtx_sequence = secrets.randbits(14)
        self._rtx_writer: PacketWriter | None = None
        self._rtx_packet = self._packet
        if rtx_ssrc is None:
            self._numbers = [-1] * REMEMBERED_NUMBERS
        else:
            self._rtx_writer = PacketWriter(ssrc=rtx_ssrc, payload_type=parameters.codecs[1].payload_type)
            self._rtx_packet = PacketBuffer(self._rtx_writer.buffer)

    # -- sources ---------------------------------------------------------------------------------------------------

    def begin(self, source: Source, packet: memoryview, seq: int, timestamp: int, now_us: int) -> Forward:
        """This packet of the source follows the last one sent, whatever that came from; what to call for it."""
        if self._last is not None:
            timestamp_out = self._continued(self._last, source, timestamp, now_us)
            self._timestamp_offset = (timestamp_out - timestamp) & 0xFFFFFFFF
            self._shifts = counter_shifts(packet, self._last) if self._is_vp8 else (0, 0)
        self._source = source
        self._sent_before = self.packets_sent
        self._sequences.switch(Origin(source.history, self._timestamp_offset, *self._shifts), seq)
        if self._shifts != (0, 0):
            return self._forward_shifted
        return self._forward_remembered if self._numbers else self._forward

    def _continued(self, last: LastSent, source: Source, timestamp: int, now_us: int) -> int:
        """The receiver's timestamp of the source's."""
        in_former_clock: int | None = timestamp
        if self._source is not None and self._source.clock is not source.clock:
            in_former_clock = aligned_timestamp(timestamp, source.clock, self._source.clock)
        aligned = None if in_former_clock is None else (in_former_clock + self._timestamp_offset) & 0xFFFFFFFF
        return continued_timestamp(aligned, last, now_us, self._clock_rate_hz)

    def end(self) -> None:
        """The source is left: remember how far the receiver's numbers have come, while the history still knows."""
        found = self._sequences.reverse(self._sequences.highest_out)
        if found is not None and self.packets_sent != self._sent_before:
            self._last = last_sent(*found, vp8=self._is_vp8) or self._last

    # -- packets ---------------------------------------------------------------------------------------------------

    def _forward(self, packet: memoryview, seq: int, timestamp: int, now_us: int) -> None:
        """Send a packet on under this receiver's numbers."""
        out_seq = self._map_sequence(seq)
        if out_seq is None:
            self._counters.drop("too_late_to_forward")
            return
        size = self._write(packet, out_seq, (timestamp + self._timestamp_offset) & 0xFFFFFFFF)
        if self._send(self._packet, size, now_us) >= 0:
            self.packets_sent += 1
            self.octets_sent += size - MIN_HEADER_LENGTH

    def _forward_shifted(self, packet: memoryview, seq: int, timestamp: int, now_us: int) -> None:
        """The same, with VP8's counters shifted."""
        out_seq = self._map_sequence(seq)
        if out_seq is None:
            self._counters.drop("too_late_to_forward")
            return
        size = self._write(packet, out_seq, (timestamp + self._timestamp_offset) & 0xFFFFFFFF)
        shift_in_packet(self._writer.buffer, size, self._shifts)
        self._count(out_seq, size, self._send(self._packet, size, now_us))

    def _forward_remembered(self, packet: memoryview, seq: int, timestamp: int, now_us: int) -> None:
        """The same, with the transport-wide number remembered."""
        out_seq = self._map_sequence(seq)
        if out_seq is None:
            self._counters.drop("too_late_to_forward")
            return
        size = self._write(packet, out_seq, (timestamp + self._timestamp_offset) & 0xFFFFFFFF)
        self._count(out_seq, size, self._send(self._packet, size, now_us))

    def _count(self, out_seq: int, size: int, number: int) -> None:
        if number >= 0:
            self.packets_sent += 1
            self.octets_sent += size - MIN_HEADER_LENGTH
            if self._numbers:
                self._numbers[out_seq % REMEMBERED_NUMBERS] = out_seq << 16 | number

    # -- for those who forward in its stead --------------------------------------------------------------------------

    def is_next(self, seq: int) -> bool:
        """Whether the source's packet `seq` is the next one in order."""
        return self._sequences.next_shift(seq) is not None

    def plan(self, seq: int) -> ForwardPlan | None:
        """How the source's packet `seq` and those after it are sent, as long as they come in order; None if it is not
        the next one. It is good until the next `begin`."""
        shift = self._sequences.next_shift(seq)
        if shift is None:
            return None
        return ForwardPlan(
            self._send,
            self.ssrc,
            self._payload_type,
            shift,
            self._timestamp_offset,
            *self._shifts,
            self._is_numbered,
            bool(self._numbers),
        )

    def forwarded(self, passed: int, sent: int, octets: int, numbers: Sequence[tuple[int, int]]) -> None:
        """By such a plan so many packets were passed on; of those sent the payload bytes, and numbers if remembered."""
        self._sequences.advance(passed)
        self.packets_sent += sent
        self.octets_sent += octets
        for out_seq, number in numbers:
            self._numbers[out_seq % REMEMBERED_NUMBERS] = out_seq << 16 | number

    # -- probing and repair ------------------------------------------------------------------------------------------

    def send_padding(self, length: int, now_us: int) -> int:
        """Send a numbered packet of nothing over RTX; the size of the packet, 0 if it cannot be sent."""
        if self._rtx_writer is None or not self._is_numbered:
            return 0
        self._rtx_sequence = (self._rtx_sequence + 1) & 0xFFFF
        length = min(max(length, 1), MAX_PADDING)
        size = self._rtx_writer.write_padding(length, self._rtx_sequence, self._timestamp_offset)
        return size if self._send(self._rtx_packet, size, now_us) >= 0 else 0

    def receive_nack(self, nack: Nack, now_us: int) -> None:
        """Send lost packets again, from the history, over RTX where the receiver knows it. What the bounds leave out are
        the oldest: a keyframe makes up for all that was before it."""
        rtt_ms = self.rtt_ms or INITIAL_RTT_MS
        newest = nack.sequence_numbers[-MAX_RESENT_PER_NACK:]
        asked = [out_seq for out_seq in newest if self._throttle.allow(out_seq, now_us / 1000, rtt_ms)]
        allowed = self._resendable(len(asked), now_us)
        self._counters.drop("resend_too_many", len(nack.sequence_numbers) - len(newest))
        self._counters.drop("resend_repeated", len(newest) - len(asked))
        self._counters.drop("resend_no_room", len(asked) - allowed)
        for out_seq in asked[len(asked) - allowed :]:
            self._resend(out_seq, now_us)

    def _resendable(self, packets: int, now_us: int) -> int:
        """How many of so many there is room for."""
        if self._rtx_writer is None:
            return self._sound_budget.take(packets, now_us)
        return self._sender.repairable(packets, now_us)

    def _resend(self, out_seq: int, now_us: int) -> None:
        found = self._sequences.reverse(out_seq)
        stored = None if found is None else found[0].history.get(found[1], now_us)
        if found is None or stored is None:
            self._counters.drop("resend_not_found")
        elif self._rtx_writer is None:
            self._send_as_it_was(found[0], stored, out_seq, now_us)
        else:
            self._send_over_rtx(self._rtx_writer, found[0], stored, out_seq, now_us)

    def _send_over_rtx(  # private, and each is of another type
        self, writer: PacketWriter, origin: Origin, packet: bytes, out_seq: int, now_us: int
    ) -> None:
        """In the retransmission stream (RFC 4588)."""
        self._rtx_sequence = (self._rtx_sequence + 1) & 0xFFFF
        size = _write_again(writer, origin, packet, self._rtx_sequence)
        size = rtx.encapsulate(writer.buffer, size, out_seq)
        if self._send(self._rtx_packet, size, now_us) >= 0:
            self._counters.packets_retransmitted += 1

    def _send_as_it_was(self, origin: Origin, packet: bytes, out_seq: int, now_us: int) -> None:
        """The very same bytes: AES-GCM allows no others under a number that was used (RFC 7714 section 9.1)."""
        remembered = self._numbers[out_seq % REMEMBERED_NUMBERS]
        if remembered >> 16 != out_seq:
            self._counters.drop("resend_not_found")
            return
        size = _write_again(self._writer, origin, packet, out_seq)
        if self._is_numbered:
            write_transport_number(self._writer.buffer, TRANSPORT_CC_ID, remembered & 0xFFFF)
        if self._sender.send_unnumbered(self._packet, size, now_us) >= 0:
            self._counters.packets_retransmitted += 1

    # -- reports ---------------------------------------------------------------------------------------------------

    def receive_report(self, block: ReportBlock, now_unix_us: int) -> None:
        """The receiver's view of this stream."""
        self.packets_lost = max(block.packets_lost, 0)
        self.jitter_ms = block.jitter * 1000 / self._clock_rate_hz
        rtt_ms = round_trip_ms(ntp_from_unix_us(now_unix_us), block.last_sr, block.delay_since_last_sr)
        if rtt_ms is not None:
            self.rtt_ms = rtt_ms

    def report(self, now_unix_us: int, publisher_us: int | None) -> bytes | None:
        """Report that keeps this publisher's streams in step; None while there is nothing to say.

        `publisher_us` is the present moment by the publisher's clock, None if that is not known.
        """
        if publisher_us is None or self._source is None or not self.packets_sent:
            return None
        rtp_timestamp = self._source.clock.rtp_timestamp_at(publisher_us)
        if rtp_timestamp is None:
            return None
        report = SenderReport(
            self.ssrc,
            ntp_from_unix_us(now_unix_us),
            (rtp_timestamp + self._timestamp_offset) & 0xFFFFFFFF,
            self.packets_sent,
            self.octets_sent,
        )
        return serialize_sender_report(report) + serialize_cname(self.ssrc, self._cname)


def _write_again(writer: PacketWriter, origin: Origin, packet: bytes, sequence_number: int) -> int:
    timestamp = (read_fixed(packet)[3] + origin.timestamp_offset) & 0xFFFFFFFF
    size = writer.write(packet, sequence_number, timestamp)
    shifts = (origin.picture_id_shift, origin.tl0picidx_shift)
    if shifts != (0, 0):
        shift_in_packet(writer.buffer, size, shifts)
    return size
