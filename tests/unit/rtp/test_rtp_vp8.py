"""VP8 descriptors are read, and their counters shifted (RFC 7741 section 4.2)."""

import pytest
from aiortc.codecs.vpx import VpxPayloadDescriptor
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.errors import RtpError
from mediaserver.rtp.vp8 import Vp8Descriptor, read_descriptor, shift_counters

descriptors = st.builds(
    VpxPayloadDescriptor,
    partition_start=st.integers(0, 1),
    partition_id=st.integers(0, 7),
    picture_id=st.one_of(st.none(), st.integers(0, 0x7FFF)),
    tl0picidx=st.one_of(st.none(), st.integers(0, 255)),
    tid=st.one_of(st.none(), st.tuples(st.integers(0, 3), st.integers(0, 1))),
    keyidx=st.one_of(st.none(), st.integers(0, 31)),
)


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


@given(descriptors, st.integers(-0x8000, 0x8000), st.integers(-300, 300), st.binary(max_size=10))
def test_counters_are_shifted_in_the_width_they_have(
    descriptor: VpxPayloadDescriptor, picture_id_shift: int, tl0picidx_shift: int, rest: bytes
) -> None:
    """Across the wraps at 7, 15 and 8 bits; nothing else is changed."""
    buf = bytearray(b"head" + bytes(descriptor) + rest)
    before = read_descriptor(buf, 4, len(buf))
    shift_counters(buf, 4, len(buf), picture_id_shift, tl0picidx_shift)
    after = read_descriptor(buf, 4, len(buf))
    mask = (1 << before.picture_id_bits) - 1
    wanted = before._replace(
        picture_id=(before.picture_id + picture_id_shift) & mask if before.picture_id_bits else -1,
        tl0picidx=(before.tl0picidx + tl0picidx_shift) & 0xFF if before.tl0picidx >= 0 else -1,
    )
    assert after == wanted
    shift_counters(buf, 4, len(buf), -picture_id_shift, -tl0picidx_shift)
    assert buf == b"head" + bytes(descriptor) + rest


@given(descriptors)
def test_a_truncated_descriptor_is_not_written(descriptor: VpxPayloadDescriptor) -> None:
    data = bytes(descriptor)
    for size in range(len(data)):
        buf = bytearray(data)
        with pytest.raises(RtpError):
            shift_counters(buf, 0, size, 1, 1)
        assert buf == data


def test_a_payload_without_counters_is_left_as_it_is() -> None:
    buf = bytearray(b"\x10\x00\x01")
    shift_counters(buf, 0, len(buf), 5, 5)
    assert buf == bytearray(b"\x10\x00\x01")
    assert read_descriptor(buf, 0, 3) == Vp8Descriptor(1, -1, -1, 0, -1, -1, -1, False)
