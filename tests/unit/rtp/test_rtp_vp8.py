"""VP8 descriptors are read, and their counters go on through a switch of layers (RFC 7741 section 4.2)."""

import pytest
from aiortc.codecs.vpx import VpxPayloadDescriptor
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.errors import RtpError
from mediaserver.rtp.vp8 import Vp8Continuity, Vp8Descriptor, read_descriptor

descriptors = st.builds(
    VpxPayloadDescriptor,
    partition_start=st.integers(0, 1),
    partition_id=st.integers(0, 7),
    picture_id=st.one_of(st.none(), st.integers(0, 0x7FFF)),
    tl0picidx=st.one_of(st.none(), st.integers(0, 255)),
    tid=st.one_of(st.none(), st.tuples(st.integers(0, 3), st.integers(0, 1))),
    keyidx=st.one_of(st.none(), st.integers(0, 31)),
)


def _payload(picture_id: int, tl0picidx: int) -> bytearray:
    return bytearray((0x90, 0xE0, 0x80 | picture_id >> 8, picture_id & 0xFF, tl0picidx & 0xFF, 0x20, 0x00))


def _counters(buf: bytearray) -> tuple[int, int]:
    read = read_descriptor(buf, 0, len(buf))
    return read.picture_id, read.tl0picidx


@given(descriptors, st.binary(max_size=10))
def test_descriptors_written_by_aiortc_are_read(descriptor: VpxPayloadDescriptor, rest: bytes) -> None:
    data = bytes(descriptor)
    read = read_descriptor(b"head" + data + rest, 4, 4 + len(data) + len(rest))
    assert read.length == len(data)
    assert read.picture_id == (-1 if descriptor.picture_id is None else descriptor.picture_id)
    assert read.tl0picidx == (-1 if descriptor.tl0picidx is None else descriptor.tl0picidx)
    assert (read.temporal_id, int(read.layer_sync)) == ((-1, 0) if descriptor.tid is None else descriptor.tid)


@given(descriptors)
def test_a_truncated_descriptor_is_refused(descriptor: VpxPayloadDescriptor) -> None:
    data = bytes(descriptor)
    for size in range(len(data)):
        with pytest.raises(RtpError):
            read_descriptor(data + b"\0\0\0\0", 0, size)


@given(st.integers(0, 0x7FFF), st.integers(0, 255), st.integers(0, 0x7FFF), st.integers(0, 255), st.integers(1, 40))
def test_counters_go_on_by_one_at_a_switch(first: int, first_tl0: int, other: int, other_tl0: int, frames: int) -> None:
    """Across the wraps at 15 and 8 bits."""
    continuity = Vp8Continuity()
    continuity.switch()
    seen = []
    for start, start_tl0 in ((first, first_tl0), (other, other_tl0)):
        for frame in range(frames):
            buf = _payload((start + frame) & 0x7FFF, start_tl0 + frame)
            continuity.rewrite(buf, 0, len(buf))
            seen.append(_counters(buf))
        continuity.switch()
    assert seen == [((first + n) & 0x7FFF, (first_tl0 + n) & 0xFF) for n in range(2 * frames)]


def test_a_late_packet_does_not_turn_the_counters_back() -> None:
    continuity = Vp8Continuity()
    for picture_id in (10, 12, 11):
        buf = _payload(picture_id, picture_id)
        continuity.rewrite(buf, 0, len(buf))
    continuity.switch()
    buf = _payload(500, 50)
    continuity.rewrite(buf, 0, len(buf))
    assert _counters(buf) == (13, 13)


def test_seven_bit_picture_ids_keep_their_width() -> None:
    continuity = Vp8Continuity()
    for picture_id in (0x7E, 0x7F):
        buf = bytearray((0x90, 0x80, picture_id, 0x00))
        continuity.rewrite(buf, 0, len(buf))
    continuity.switch()
    buf = bytearray((0x90, 0x80, 0x33, 0x00))
    continuity.rewrite(buf, 0, len(buf))
    assert buf == bytearray((0x90, 0x80, 0x00, 0x00))


def test_a_payload_without_counters_is_left_as_it_is() -> None:
    continuity = Vp8Continuity()
    continuity.switch()
    buf = bytearray(b"\x10\x00\x01")
    continuity.rewrite(buf, 0, len(buf))
    assert buf == bytearray(b"\x10\x00\x01")
    assert read_descriptor(buf, 0, 3) == Vp8Descriptor(1, -1, -1, 0, -1, -1, -1, False)
