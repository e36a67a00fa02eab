"""Whatever comes from the network, the parsers of `mediaserver.rtp` raise only their named errors and do not grow."""

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from mediaserver.rtp import extensions, header, rtcp, rtx
from mediaserver.rtp.errors import RtcpError, RtpError
from mediaserver.rtp.keyframe import (
    av1_keyframe_starts,
    h264_keyframe_starts,
    vp8_keyframe_starts,
    vp9_keyframe_starts,
)
from mediaserver.rtp.nack_list import NackList
from mediaserver.rtp.normaliser import PacketNormaliser
from mediaserver.rtp.packet_writer import PacketWriter
from mediaserver.rtp.vp8 import read_descriptor, shift_counters
from tests.unit.rtp.packets import in_buffer, packets, uint8, uint16

# Bytes that look like RTP: version 2, any flags, then anything.
rtp_like = st.builds(
    lambda first, rest: bytes((0x80 | first & 0x3F,)) + rest, uint8, st.binary(min_size=11, max_size=80)
)
# Real packets with some bytes broken.
broken = st.builds(lambda packet, at, value: _broken(packet.to_bytes(), at, value), packets, st.integers(0, 60), uint8)
rtcp_like = st.lists(
    st.builds(
        lambda count, kind, length, body: bytes((0x80 | count, kind, 0, length)) + body,
        st.integers(0, 0x3F),
        st.integers(200, 207),
        st.integers(0, 12),
        st.binary(max_size=48),
    ),
    max_size=4,
).map(b"".join)


def _broken(data: bytes, at: int, value: int) -> bytes:
    at %= len(data)
    return data[:at] + bytes((value,)) + data[at + 1 :]


@given(st.one_of(st.binary(max_size=80), rtp_like, broken))
@settings(max_examples=400)
def test_rtp_readers_raise_only_rtp_error(data: bytes) -> None:
    buf = in_buffer(data)
    with contextlib.suppress(RtpError):
        length = header.header_length(buf, len(data))
        assert length <= len(data)
        assert header.padding_length(buf, len(data)) <= len(data) - length
    for ext_id in range(16):
        with contextlib.suppress(RtpError):
            found = extensions.find(buf, len(data), ext_id)
            assert found is None or sum(found) <= len(data)
            extensions.find_text(buf, len(data), ext_id)


@given(st.lists(st.one_of(rtp_like, broken), max_size=6))
@settings(max_examples=300)
def test_what_is_normalised_can_be_written_and_unwrapped(datagrams: list[bytes]) -> None:
    normaliser = PacketNormaliser({1: 10, 6: 13}, transport_cc_id=4)
    writer = PacketWriter(ssrc=1, payload_type=96)
    for data in datagrams:
        buf = in_buffer(data)
        try:
            start, end = normaliser.normalise(buf, len(data))
        except RtpError:
            assert buf == in_buffer(data)
            continue
        assert 0 <= start <= end <= len(data) + 12
        view = memoryview(buf)[start:end]
        size = writer.write(view, 1, 2)
        assert header.header_length(writer.buffer, size) <= size
        assert rtx.decapsulate(view, len(view), 96, 1) <= len(view)


@given(st.one_of(st.binary(max_size=200), rtcp_like))
@settings(max_examples=400)
def test_rtcp_raises_only_rtcp_error_and_tells_no_more_than_it_holds(data: bytes) -> None:
    with contextlib.suppress(RtcpError):
        parts = rtcp.parse(data)
        assert len(parts) <= len(data) // 4
        for part in parts:
            if isinstance(part, rtcp.TransportFeedback):
                assert len(part.arrivals) <= len(data)
            if isinstance(part, rtcp.Nack):
                assert len(part.sequence_numbers) <= 17 * len(data) // 4


@given(st.binary(max_size=40), st.integers(0, 45))
@settings(max_examples=300)
def test_payload_readers_raise_only_rtp_error(data: bytes, offset: int) -> None:
    vp8_keyframe_starts(data, offset, len(data))
    h264_keyframe_starts(data, offset, len(data))
    vp9_keyframe_starts(data, offset, len(data))
    av1_keyframe_starts(data, offset, len(data))
    with contextlib.suppress(RtpError):
        assert read_descriptor(data, offset, len(data)).length <= len(data) - offset
    buf = bytearray(data)
    try:
        shift_counters(buf, offset, len(buf), 1, 1)
    except RtpError:
        assert buf == data


@given(st.lists(uint16, max_size=200))
def test_any_sequence_of_numbers_keeps_the_nack_list_bounded(numbers: list[int]) -> None:
    nacks = NackList(max_missing=64, max_requests=2)
    for now_ms, number in enumerate(numbers):
        nacks.received(number, now_ms)
        assert nacks.missing_count <= 64
        assert len(nacks.due(now_ms, 5, max_count=16)) <= 16
