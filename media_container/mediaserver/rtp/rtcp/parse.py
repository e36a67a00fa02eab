"""Reading compound RTCP from the network: what is unknown or broken is left out, the rest is kept."""

import struct
from collections.abc import Callable

from mediaserver.rtp.errors import RtcpError
from mediaserver.rtp.rtcp.parts import (
    Bye,
    FullIntraRequest,
    Nack,
    PictureLossIndication,
    ReceiverEstimatedMaxBitrate,
    ReceiverReport,
    ReportBlock,
    RtcpPart,
    SenderReport,
)
from mediaserver.rtp.transport_feedback import parse_transport_feedback

MAX_RTCP_SIZE = 2048

PT_SENDER_REPORT = 200
PT_RECEIVER_REPORT = 201
PT_BYE = 203
PT_RTPFB = 205
PT_PSFB = 206
_FMT_NACK = 1
_FMT_TRANSPORT_CC = 15
_FMT_PLI = 1
_FMT_FIR = 4
_FMT_APPLICATION = 15

_BLOCK = struct.Struct("!IIIIII")
_SENDER_INFO = struct.Struct("!IQIII")
_FEEDBACK = struct.Struct("!II")
_PAIR = struct.Struct("!HH")
_FIR_ENTRY = struct.Struct("!IB3x")
_UINT32 = struct.Struct("!I")


def parse(data: bytes | bytearray | memoryview) -> list[RtcpPart]:
    """The known parts of a compound, in order; unknown kinds and profile extensions are skipped.

    A part that breaks its own format is skipped too; one that runs past the end cuts the rest off. Reduced-size RTCP
    (RFC 5506) is taken. Raises RtcpError if not even the first part has a readable header, or the whole is too large.
    """
    view = memoryview(data)
    if len(view) > MAX_RTCP_SIZE:
        raise RtcpError("RTCP datagram too large")
    if _part_end(view, 0) is None:
        raise RtcpError("not an RTCP packet")
    parts: list[RtcpPart] = []
    offset = 0
    while (end := _part_end(view, offset)) is not None:
        part = _parse_part(view[offset:end])
        if part is not None:
            parts.append(part)
        offset = end
    return parts


def _part_end(view: memoryview, offset: int) -> int | None:
    """Where the part at `offset` ends, None if there is none that fits."""
    if offset + 4 > len(view) or view[offset] >> 6 != 2:
        return None
    end = offset + 4 + 4 * ((view[offset + 2] << 8) | view[offset + 3])
    return end if end <= len(view) else None


def _parse_part(part: memoryview) -> RtcpPart | None:
    """One part with its header, None if its kind is unknown or its content broken."""
    count = part[0] & 0x1F
    packet_type = part[1]
    body = part[4:]
    if part[0] & 0x20:
        if not body or not 0 < body[-1] <= len(body):
            return None
        body = body[: len(body) - body[-1]]
    key = (packet_type, count if packet_type in (PT_RTPFB, PT_PSFB) else -1)
    parser = _PARSERS.get(key)
    try:
        return None if parser is None else parser(body, count)
    except RtcpError:
        return None


def _report_blocks(body: memoryview, offset: int, count: int) -> tuple[ReportBlock, ...]:
    """`count` blocks from `offset` on; what follows them is a profile extension."""
    if offset + count * _BLOCK.size > len(body):
        raise RtcpError("report without all its blocks")
    return tuple(_report_block(body, offset + index * _BLOCK.size) for index in range(count))


def _report_block(body: memoryview, offset: int) -> ReportBlock:
    ssrc, loss, highest, jitter, last_sr, delay = _BLOCK.unpack_from(body, offset)
    lost = loss & 0xFFFFFF
    if lost & 0x800000:
        lost -= 1 << 24
    return ReportBlock(ssrc, loss >> 24, lost, highest, jitter, last_sr, delay)


def _sender_report(body: memoryview, count: int) -> SenderReport:
    if len(body) < _SENDER_INFO.size:
        raise RtcpError("sender report without sender information")
    ssrc, ntp_timestamp, rtp_timestamp, packets, octets = _SENDER_INFO.unpack_from(body)
    reports = _report_blocks(body, _SENDER_INFO.size, count)
    return SenderReport(ssrc, ntp_timestamp, rtp_timestamp, packets, octets, reports)


def _receiver_report(body: memoryview, count: int) -> ReceiverReport:
    if len(body) < 4:
        raise RtcpError("receiver report without SSRC")
    return ReceiverReport(_UINT32.unpack_from(body)[0], _report_blocks(body, 4, count))


def _bye(body: memoryview, count: int) -> Bye:
    if len(body) < 4 * count:
        raise RtcpError("BYE without all its sources")
    return Bye(tuple(_UINT32.unpack_from(body, 4 * index)[0] for index in range(count)))


def _feedback_ssrcs(body: memoryview) -> tuple[int, int]:
    if len(body) < _FEEDBACK.size:
        raise RtcpError("feedback without SSRCs")
    sender_ssrc, media_ssrc = _FEEDBACK.unpack_from(body)
    return sender_ssrc, media_ssrc


def _nack(body: memoryview, _count: int) -> Nack:
    sender_ssrc, media_ssrc = _feedback_ssrcs(body)
    numbers: list[int] = []
    for offset in range(_FEEDBACK.size, len(body) - 3, 4):
        first, mask = _PAIR.unpack_from(body, offset)
        numbers.append(first)
        numbers.extend((first + bit + 1) & 0xFFFF for bit in range(16) if mask >> bit & 1)
    return Nack(sender_ssrc, media_ssrc, tuple(numbers))


def _pli(body: memoryview, _count: int) -> PictureLossIndication:
    return PictureLossIndication(*_feedback_ssrcs(body))


def _fir(body: memoryview, _count: int) -> FullIntraRequest:
    sender_ssrc, _ = _feedback_ssrcs(body)
    offsets = range(_FEEDBACK.size, len(body) - 7, 8)
    return FullIntraRequest(sender_ssrc, tuple(_FIR_ENTRY.unpack_from(body, offset) for offset in offsets))


def _remb(body: memoryview, _count: int) -> ReceiverEstimatedMaxBitrate | None:
    sender_ssrc, _ = _feedback_ssrcs(body)
    if bytes(body[8:12]) != b"REMB":
        return None  # another application's feedback
    if len(body) < 16 or len(body) < 16 + 4 * body[12]:
        raise RtcpError("REMB without all its sources")
    value = _UINT32.unpack_from(body, 12)[0]
    bitrate_bps = (value & 0x3FFFF) << (value >> 18 & 0x3F)
    ssrcs = tuple(_UINT32.unpack_from(body, 16 + 4 * index)[0] for index in range(body[12]))
    return ReceiverEstimatedMaxBitrate(sender_ssrc, bitrate_bps, ssrcs)


_PARSERS: dict[tuple[int, int], Callable[[memoryview, int], RtcpPart | None]] = {
    (PT_SENDER_REPORT, -1): _sender_report,
    (PT_RECEIVER_REPORT, -1): _receiver_report,
    (PT_BYE, -1): _bye,
    (PT_RTPFB, _FMT_NACK): _nack,
    (PT_RTPFB, _FMT_TRANSPORT_CC): lambda body, _count: parse_transport_feedback(body),
    (PT_PSFB, _FMT_PLI): _pli,
    (PT_PSFB, _FMT_FIR): _fir,
    (PT_PSFB, _FMT_APPLICATION): _remb,
}
