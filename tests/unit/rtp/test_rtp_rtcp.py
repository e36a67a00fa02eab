"""Compound RTCP is read tolerantly and written as the RFCs lay it out."""

import struct

import pytest
from aiortc.rtp import (
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSdesPacket,
    RtcpSrPacket,
    pack_remb_fci,
)
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp import rtcp
from mediaserver.rtp.errors import RtcpError
from tests.unit.rtp.packets import uint8, uint16, uint32

report_blocks = st.builds(
    rtcp.ReportBlock,
    ssrc=uint32,
    fraction_lost=uint8,
    packets_lost=st.integers(-0x800000, 0x7FFFFF),
    highest_sequence_number=uint32,
    jitter=uint32,
    last_sr=uint32,
    delay_since_last_sr=uint32,
)
sender_reports = st.builds(
    rtcp.SenderReport,
    ssrc=uint32,
    ntp_timestamp=st.integers(0, (1 << 64) - 1),
    rtp_timestamp=uint32,
    packet_count=uint32,
    octet_count=uint32,
    reports=st.lists(report_blocks, max_size=4).map(tuple),
)
PLI = rtcp.serialize_pli(1, 2)
PLI_READ = rtcp.PictureLossIndication(1, 2)


@given(sender_reports)
def test_a_sender_report_is_read_as_it_was_written(report: rtcp.SenderReport) -> None:
    assert rtcp.parse(rtcp.serialize_sender_report(report)) == [report]


@given(uint32, st.lists(report_blocks, max_size=31))
def test_a_receiver_report_is_read_as_it_was_written(ssrc: int, blocks: list[rtcp.ReportBlock]) -> None:
    assert rtcp.parse(rtcp.serialize_receiver_report(ssrc, blocks)) == [rtcp.ReceiverReport(ssrc, tuple(blocks))]


@given(uint32, uint32, uint16, st.sets(st.integers(0, 2000), max_size=60))
def test_a_nack_asks_for_the_same_packets_after_the_wire(
    sender: int, media: int, first: int, distances: set[int]
) -> None:
    """Also across the wrap at 16 bits."""
    numbers = tuple((first + distance) & 0xFFFF for distance in sorted(distances))
    assert rtcp.parse(rtcp.serialize_nack(sender, media, numbers)) == [rtcp.Nack(sender, media, numbers)]


def test_a_nack_packs_seventeen_packets_into_one_word() -> None:
    """RFC 4585 section 6.2.1: the packet and a mask of the sixteen after it."""
    assert rtcp.serialize_nack(1, 2, range(65_530, 65_547))[12:] != b""
    packed = rtcp.serialize_nack(1, 2, [(65_530 + i) & 0xFFFF for i in range(17)])
    assert packed == bytes.fromhex("81cd0003 00000001 00000002 fffaffff")


def test_asking_twice_for_a_packet_asks_once() -> None:
    assert rtcp.parse(rtcp.serialize_nack(1, 2, [7, 7, 8])) == [rtcp.Nack(1, 2, (7, 8))]


@given(uint32, uint32)
def test_a_picture_loss_indication_is_read_as_it_was_written(sender: int, media: int) -> None:
    expected = [rtcp.PictureLossIndication(sender, media)]
    assert rtcp.parse(rtcp.serialize_pli(sender, media)) == expected


@given(st.lists(uint32, max_size=31))
def test_a_bye_is_read_as_it_was_written(ssrcs: list[int]) -> None:
    assert rtcp.parse(rtcp.serialize_bye(ssrcs)) == [rtcp.Bye(tuple(ssrcs))]


def test_a_full_intra_request_names_each_source() -> None:
    """RFC 5104 section 4.3.1."""
    body = struct.pack("!II", 1, 0) + struct.pack("!IB3x", 7, 200) + struct.pack("!IB3x", 8, 1)
    assert rtcp.parse(_part(4, 206, body)) == [rtcp.FullIntraRequest(1, ((7, 200), (8, 1)))]


@given(st.integers(1, 2**40), st.lists(uint32, min_size=1, max_size=3))
def test_an_estimated_bitrate_is_read_as_aiortc_writes_it(bitrate_bps: int, ssrcs: list[int]) -> None:
    packet = RtcpPsfbPacket(fmt=15, ssrc=1, media_ssrc=0, fci=pack_remb_fci(bitrate_bps, ssrcs))
    (read,) = rtcp.parse(bytes(packet))
    assert isinstance(read, rtcp.ReceiverEstimatedMaxBitrate)
    assert read.ssrcs == tuple(ssrcs)
    assert bitrate_bps * (1 - 2**-17) <= read.bitrate_bps <= bitrate_bps


@given(sender_reports)
def test_aiortc_reads_our_sender_report(report: rtcp.SenderReport) -> None:
    (theirs,) = RtcpPacket.parse(rtcp.serialize_sender_report(report))
    assert isinstance(theirs, RtcpSrPacket)
    assert theirs.sender_info.ntp_timestamp == report.ntp_timestamp
    assert theirs.sender_info.rtp_timestamp == report.rtp_timestamp
    assert [block.packets_lost for block in theirs.reports] == [block.packets_lost for block in report.reports]


def test_aiortc_reads_our_compound() -> None:
    block = rtcp.ReportBlock(9, 1, 2, 3, 4, 5, 6)
    compound = rtcp.serialize_receiver_report(1, [block]) + rtcp.serialize_cname(1, "vårdrum") + PLI
    compound += rtcp.serialize_nack(1, 2, [5, 6])
    report, description, pli, nack = RtcpPacket.parse(compound)
    assert isinstance(report, RtcpRrPacket)
    assert (report.reports[0].ssrc, report.reports[0].dlsr) == (9, 6)
    assert isinstance(description, RtcpSdesPacket)
    assert description.chunks[0].items == [(1, "vårdrum".encode())]
    assert isinstance(pli, RtcpPsfbPacket)
    assert isinstance(nack, RtcpRtpfbPacket)
    assert nack.lost == [5, 6]


def _part(count: int, packet_type: int, body: bytes) -> bytes:
    return struct.pack("!BBH", 0x80 | count, packet_type, len(body) // 4) + body


def test_a_profile_extension_after_the_report_blocks_is_skipped() -> None:
    """RFC 3550 section 6.4.3."""
    block = rtcp.ReportBlock(9, 1, 2, 3, 4, 5, 6)
    body = rtcp.serialize_receiver_report(1, [block])[4:] + b"profile extension..."
    assert rtcp.parse(_part(1, 201, body) + PLI) == [rtcp.ReceiverReport(1, (block,)), PLI_READ]


@pytest.mark.parametrize(
    "part",
    [
        rtcp.serialize_cname(1, "name"),
        _part(0, 207, bytes(8)),  # extended report
        _part(7, 205, bytes(12)),  # unknown transport feedback
        _part(15, 206, struct.pack("!II", 1, 2) + b"ABCDabcd"),  # another application's feedback
    ],
)
def test_an_unknown_part_is_skipped(part: bytes) -> None:
    assert rtcp.parse(part + PLI) == [PLI_READ]


@pytest.mark.parametrize(
    "part",
    [
        _part(2, 201, struct.pack("!I", 1) + bytes(24)),  # claims two blocks, has one
        _part(0, 200, bytes(8)),  # sender report without sender information
        _part(0, 201, b""),
        _part(1, 205, bytes(4)),  # NACK without media SSRC
        _part(3, 203, bytes(8)),  # BYE of three, two there
        _part(15, 205, bytes(8)),  # transport feedback without its header
        _part(15, 206, struct.pack("!II", 1, 2) + b"REMB" + b"\x05\0\0\0"),
        struct.pack("!BBH", 0xA1, 205, 1) + b"\0\0\0\x09",  # padding larger than the part
    ],
)
def test_a_broken_part_does_not_drop_the_others(part: bytes) -> None:
    assert rtcp.parse(PLI + part + PLI) == [PLI_READ, PLI_READ]


def test_a_part_past_the_end_cuts_the_rest_off() -> None:
    assert rtcp.parse(PLI + rtcp.serialize_bye([1, 2])[:-4]) == [PLI_READ]


def test_padding_is_not_content() -> None:
    padded = struct.pack("!BBH", 0xA1, 205, 4) + struct.pack("!IIHH", 1, 2, 9, 0) + b"\0\0\0\x04"
    assert rtcp.parse(padded) == [rtcp.Nack(1, 2, (9,))]


@pytest.mark.parametrize("data", [b"", b"\x80\xc8", b"\x40\xc8\0\0", b"\x80\xc8\0\x05", bytes(3000)])
def test_what_is_no_rtcp_is_refused(data: bytes) -> None:
    with pytest.raises(RtcpError):
        rtcp.parse(data)


def test_what_does_not_fit_is_not_written() -> None:
    block = rtcp.ReportBlock(9, 1, 2, 3, 4, 5, 6)
    with pytest.raises(ValueError, match="31"):
        rtcp.serialize_receiver_report(1, [block] * 32)
    with pytest.raises(ValueError, match="31"):
        rtcp.serialize_bye([1] * 32)
    with pytest.raises(ValueError, match="255"):
        rtcp.serialize_cname(1, "x" * 256)
