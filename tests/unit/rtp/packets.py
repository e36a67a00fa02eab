"""RTP packets for the tests of `mediaserver.rtp`, and hypothesis strategies for them."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

uint8 = st.integers(0, 0xFF)
uint16 = st.integers(0, 0xFFFF)
uint32 = st.integers(0, 0xFFFFFFFF)


@dataclass(frozen=True)
class Packet:
    """An RTP packet by its fields; `elements` are (id, value) of header extensions."""

    sequence_number: int = 1
    timestamp: int = 2
    ssrc: int = 3
    payload_type: int = 96
    marker: bool = False
    csrcs: tuple[int, ...] = ()
    elements: tuple[tuple[int, bytes], ...] = ()
    two_byte: bool = False
    payload: bytes = b"payload"
    padding: int = 0

    def to_bytes(self) -> bytes:
        """The packet as RFC 3550 section 5.1 and RFC 8285 section 4 write it."""
        first = 0x80 | (0x20 if self.padding else 0) | (0x10 if self.elements else 0) | len(self.csrcs)
        second = (0x80 if self.marker else 0) | self.payload_type
        fixed = struct.pack("!BBHII", first, second, self.sequence_number, self.timestamp, self.ssrc)
        csrcs = struct.pack(f"!{len(self.csrcs)}I", *self.csrcs)
        padding = bytes(self.padding - 1) + bytes((self.padding,)) if self.padding else b""
        return fixed + csrcs + self._extension() + self.payload + padding

    def _extension(self) -> bytes:
        if not self.elements:
            return b""
        block = two_byte_elements(self.elements) if self.two_byte else one_byte_elements(self.elements)
        block += bytes(-len(block) % 4)
        return struct.pack("!HH", 0x1000 if self.two_byte else 0xBEDE, len(block) // 4) + block


def one_byte_elements(elements: Sequence[tuple[int, bytes]]) -> bytes:
    return b"".join(bytes((ext_id << 4 | len(value) - 1,)) + value for ext_id, value in elements)


def two_byte_elements(elements: Sequence[tuple[int, bytes]]) -> bytes:
    return b"".join(bytes((ext_id, len(value))) + value for ext_id, value in elements)


def in_buffer(packet: bytes, capacity: int = 2048) -> bytearray:
    """The packet at the start of a larger buffer full of rubbish, as a socket leaves it."""
    return bytearray(packet) + bytearray(b"\xa5") * (capacity - len(packet))


def element_lists(max_id: int = 14, max_length: int = 16) -> st.SearchStrategy[tuple[tuple[int, bytes], ...]]:
    values = st.binary(min_size=1, max_size=max_length)
    return st.lists(st.tuples(st.integers(1, max_id), values), max_size=6, unique_by=lambda e: e[0]).map(tuple)


def packets_with(
    elements: st.SearchStrategy[tuple[tuple[int, bytes], ...]], padding: st.SearchStrategy[int]
) -> st.SearchStrategy[Packet]:
    return st.builds(
        Packet,
        sequence_number=uint16,
        timestamp=uint32,
        ssrc=uint32,
        payload_type=st.integers(0, 127),
        marker=st.booleans(),
        csrcs=st.lists(uint32, max_size=15).map(tuple),
        elements=elements,
        two_byte=st.booleans(),
        payload=st.binary(max_size=64),
        padding=padding,
    )


packets = packets_with(element_lists(), st.integers(0, 255))
