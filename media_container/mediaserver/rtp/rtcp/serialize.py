"""Writing RTCP parts; join the results with `b"".join` into one compound, a report first (RFC 3550 section 6.1)."""

import struct
from collections.abc import Iterable, Sequence

from mediaserver.rtp.rtcp.parts import ReportBlock, SenderReport

MAX_REPORT_BLOCKS = 31
_PT_SENDER_REPORT = 200
_PT_RECEIVER_REPORT = 201
_PT_SOURCE_DESCRIPTION = 202
_PT_BYE = 203
_PT_RTPFB = 205
_PT_PSFB = 206
_ITEM_CNAME = 1


def _part(count: int, packet_type: int, body: bytes) -> bytes:
    """Header and body; the body must be whole words."""
    return struct.pack("!BBH", 0x80 | count, packet_type, len(body) >> 2) + body


def _report_blocks(reports: Sequence[ReportBlock]) -> bytes:
    if len(reports) > MAX_REPORT_BLOCKS:
        raise ValueError("a report holds at most 31 blocks")
    return b"".join(_report_block(report) for report in reports)


def _report_block(report: ReportBlock) -> bytes:
    lost = min(max(report.packets_lost, -0x800000), 0x7FFFFF) & 0xFFFFFF
    return struct.pack(
        "!IIIIII",
        report.ssrc,
        (report.fraction_lost << 24) | lost,
        report.highest_sequence_number & 0xFFFFFFFF,
        min(report.jitter, 0xFFFFFFFF),
        report.last_sr,
        min(report.delay_since_last_sr, 0xFFFFFFFF),
    )


def serialize_sender_report(report: SenderReport) -> bytes:
    """Sender report (RFC 3550 section 6.4.1); counts wrap at 32 bits. Raises ValueError beyond 31 blocks."""
    blocks = _report_blocks(report.reports)
    info = struct.pack(
        "!IQIII",
        report.ssrc,
        report.ntp_timestamp,
        report.rtp_timestamp & 0xFFFFFFFF,
        report.packet_count & 0xFFFFFFFF,
        report.octet_count & 0xFFFFFFFF,
    )
    return _part(len(report.reports), _PT_SENDER_REPORT, info + blocks)


def serialize_receiver_report(ssrc: int, reports: Sequence[ReportBlock]) -> bytes:
    """Receiver report (RFC 3550 section 6.4.2). Raises ValueError beyond 31 blocks."""
    return _part(len(reports), _PT_RECEIVER_REPORT, struct.pack("!I", ssrc) + _report_blocks(reports))


def serialize_cname(ssrc: int, cname: str) -> bytes:
    """Source description with the canonical name (RFC 3550 section 6.5). Raises ValueError beyond 255 bytes."""
    value = cname.encode()
    if len(value) > 255:
        raise ValueError("a canonical name holds at most 255 bytes")
    chunk = struct.pack("!IBB", ssrc, _ITEM_CNAME, len(value)) + value + b"\0"  # item list ends with a null octet
    return _part(1, _PT_SOURCE_DESCRIPTION, chunk + bytes(-len(chunk) % 4))


def serialize_bye(ssrcs: Sequence[int]) -> bytes:
    """BYE (RFC 3550 section 6.6). Raises ValueError beyond 31 sources."""
    if len(ssrcs) > MAX_REPORT_BLOCKS:
        raise ValueError("a BYE holds at most 31 sources")
    return _part(len(ssrcs), _PT_BYE, struct.pack(f"!{len(ssrcs)}I", *ssrcs))


def serialize_nack(sender_ssrc: int, media_ssrc: int, sequence_numbers: Iterable[int]) -> bytes:
    """Generic NACK (RFC 4585 section 6.2.1); `sequence_numbers` oldest first, also across the wrap."""
    pairs: list[tuple[int, int]] = []
    for number in sequence_numbers:
        ahead = (number - pairs[-1][0]) & 0xFFFF if pairs else 0
        if 1 <= ahead <= 16:
            pairs[-1] = pairs[-1][0], pairs[-1][1] | 1 << (ahead - 1)
        elif ahead or not pairs:
            pairs.append((number, 0))
    entries = b"".join(struct.pack("!HH", *pair) for pair in pairs)
    return _part(1, _PT_RTPFB, struct.pack("!II", sender_ssrc, media_ssrc) + entries)


def serialize_pli(sender_ssrc: int, media_ssrc: int) -> bytes:
    """Picture loss indication (RFC 4585 section 6.3.1)."""
    return _part(1, _PT_PSFB, struct.pack("!II", sender_ssrc, media_ssrc))
