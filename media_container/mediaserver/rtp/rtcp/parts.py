"""The parts of a compound RTCP packet that matter to a forwarding server, as values.

Sequence numbers are 16 bits, SSRCs and RTP timestamps 32 bits, NTP timestamps 64 bits (seconds since 1900 in the upper
half). Ratios and delays stay in the units of the wire, which their docstrings name.
"""

from dataclasses import dataclass

from mediaserver.rtp.transport_feedback import TransportFeedback


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """What a receiver says of one stream (RFC 3550 section 6.4.1).

    `fraction_lost` in 1/256 since the last report; `packets_lost` in all, signed 24 bits; `highest_sequence_number` with
    the cycles in its upper half; `jitter` in timestamp ticks; `last_sr` the middle 32 bits of the NTP timestamp of the
    last sender report, `delay_since_last_sr` in 1/65536 s, both 0 if there was none.
    """

    ssrc: int
    fraction_lost: int
    packets_lost: int
    highest_sequence_number: int
    jitter: int
    last_sr: int
    delay_since_last_sr: int


@dataclass(frozen=True, slots=True)
class SenderReport:
    """What a sender has sent, and which RTP timestamp belongs to which moment (RFC 3550 section 6.4.1)."""

    ssrc: int
    ntp_timestamp: int
    rtp_timestamp: int
    packet_count: int
    octet_count: int
    reports: tuple[ReportBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiverReport:
    """Report blocks of one who sends nothing (RFC 3550 section 6.4.2)."""

    ssrc: int
    reports: tuple[ReportBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class Nack:
    """Packets of one stream that are asked for again (RFC 4585 section 6.2.1), in the order of the message."""

    sender_ssrc: int
    media_ssrc: int
    sequence_numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PictureLossIndication:
    """A receiver needs a keyframe (RFC 4585 section 6.3.1)."""

    sender_ssrc: int
    media_ssrc: int


@dataclass(frozen=True, slots=True)
class FullIntraRequest:
    """A receiver needs a keyframe of each SSRC (RFC 5104 section 4.3.1); `requests` are (SSRC, command number)."""

    sender_ssrc: int
    requests: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ReceiverEstimatedMaxBitrate:
    """A receiver's own estimate of its downlink (draft-alvestrand-rmcat-remb-03 section 2.2)."""

    sender_ssrc: int
    bitrate_bps: int
    ssrcs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bye:
    """Sources that end (RFC 3550 section 6.6)."""

    ssrcs: tuple[int, ...]


RtcpPart = (
    SenderReport
    | ReceiverReport
    | Nack
    | PictureLossIndication
    | FullIntraRequest
    | ReceiverEstimatedMaxBitrate
    | TransportFeedback
    | Bye
)
