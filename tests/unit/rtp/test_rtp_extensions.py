"""Header extension elements are found in both forms of RFC 8285."""

import struct

import pytest
from aiortc.rtp import pack_header_extensions
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp import extensions
from mediaserver.rtp.errors import RtpError
from tests.unit.rtp.packets import Packet, in_buffer, packets


def _found(buf: bytes | bytearray, size: int, ext_id: int) -> bytes | None:
    found = extensions.find(buf, size, ext_id)
    return None if found is None else bytes(buf[found[0] : found[0] + found[1]])


@given(packets)
def test_every_element_is_found_by_its_id(packet: Packet) -> None:
    data = packet.to_bytes()
    buf = in_buffer(data)
    values = dict(packet.elements)
    for ext_id in range(1, 16):
        assert _found(buf, len(data), ext_id) == values.get(ext_id)


@given(st.dictionaries(st.integers(1, 255), st.binary(max_size=255), max_size=4))
def test_elements_written_by_aiortc_are_found(values: dict[int, bytes]) -> None:
    profile, block = pack_header_extensions(list(values.items()))
    buf = struct.pack("!BBHII", 0x90, 96, 1, 2, 3) + struct.pack("!HH", profile, len(block) // 4) + block
    for ext_id, value in values.items():
        assert _found(buf, len(buf), ext_id) == value


def test_the_example_of_the_rfc_is_read() -> None:
    """RFC 8285 section 4.2: three elements with padding between them."""
    block = bytes.fromhex("bede0003 10aa 21bbbb 0000 33cccccccc")
    buf = struct.pack("!BBHII", 0x90, 96, 1, 2, 3) + block
    assert _found(buf, len(buf), 1) == b"\xaa"
    assert _found(buf, len(buf), 2) == b"\xbb\xbb"
    assert _found(buf, len(buf), 3) == b"\xcc\xcc\xcc\xcc"


def test_nothing_is_read_after_the_reserved_id() -> None:
    """RFC 8285 section 4.2: id 15 ends the processing."""
    packet = Packet(elements=((15, b"a"), (2, b"b"))).to_bytes()
    assert extensions.find(packet, len(packet), 2) is None


def test_an_element_past_the_block_is_not_found() -> None:
    packet = bytearray(Packet(elements=((3, b"abc"),), payload=b"xxxxxxxx").to_bytes())
    packet[16] = 3 << 4 | 9
    assert extensions.find(packet, len(packet), 3) is None


def test_a_block_of_another_profile_has_no_elements() -> None:
    packet = bytearray(Packet(elements=((3, b"abc"),)).to_bytes())
    packet[12:14] = b"\x12\x34"
    assert extensions.find(packet, len(packet), 3) is None


def test_stream_identification_is_read_as_text() -> None:
    packet = Packet(elements=((4, b"hi"),)).to_bytes()
    assert extensions.find_text(packet, len(packet), 4) == "hi"
    assert extensions.find_text(packet, len(packet), 5) is None


def test_stream_identification_that_is_not_ascii_is_refused() -> None:
    packet = Packet(elements=((4, b"\xff"),)).to_bytes()
    with pytest.raises(RtpError):
        extensions.find_text(packet, len(packet), 4)
