"""Datagrams as an attacker makes them: almost a check, almost a handshake, almost media, almost feedback."""

import struct
from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import strategies as st

uint8 = st.integers(0, 0xFF)
uint16 = st.integers(0, 0xFFFF)

_COOKIE = 0x2112A442
# Attributes of ICE, TURN and RFC 8489, and any other.
_attribute_kinds = st.sampled_from([0x0006, 0x0008, 0x0020, 0x0024, 0x0025, 0x8028, 0x8029, 0x802A, 0x0014]) | uint16
_attributes = st.tuples(_attribute_kinds, st.binary(max_size=40), st.none() | uint16)


def _attribute(kind: int, value: bytes, claimed_size: int | None) -> bytes:
    size = len(value) if claimed_size is None else claimed_size
    return struct.pack("!HH", kind, size) + value + bytes(-len(value) % 4)


@st.composite
def stun_like(draw: st.DrawFn, fragments: Sequence[str]) -> bytes:
    """A STUN message with any attributes, perhaps for a transport that there is; never signed by its password."""
    attributes = [_attribute(*each) for each in draw(st.lists(_attributes, max_size=40))]
    if draw(st.booleans()):
        username = f"{draw(st.sampled_from(fragments))}:abcd".encode()
        attributes.insert(draw(st.integers(0, len(attributes))), _attribute(0x0006, username, None))
    body = b"".join(attributes)
    size = draw(st.just(len(body)) | uint16)
    kind = draw(st.just(1) | st.integers(0, 0x3FF))
    return struct.pack("!HHI", kind, size & 0xFFFF, _COOKIE) + draw(st.binary(min_size=12, max_size=12)) + body


# Record type 20-63, a version, an epoch and a number, and a handshake message that says it is longer than it is.
dtls_like = st.builds(
    lambda kind, version, number, body, lie: (
        struct.pack("!BHHIHH", kind, version, 0, 0, number, len(body) if lie is None else lie) + body
    ),
    st.sampled_from([20, 21, 22, 23, 25, 63]),
    st.sampled_from([0xFEFF, 0xFEFD, 0xFEFC, 0x0303]),
    uint16,
    st.binary(max_size=300)
    | st.binary(max_size=60).map(lambda rest: b"\x01\x00\x0f\xff\x00\x00\x00\x00\x00\x0f\xff" + rest),
    st.none() | uint16,
)
rtp_like = st.builds(
    lambda first, kind, rest: bytes((0x80 | first & 0x3F, kind)) + rest,
    uint8,
    uint8,
    st.binary(min_size=10, max_size=200),
)
channel_data = st.builds(
    lambda number, body: struct.pack("!HH", 0x4000 | number, len(body)) + body,
    st.integers(0, 0xFFF),
    st.binary(max_size=80),
)


def strangers(fragments: Sequence[str]) -> st.SearchStrategy[bytes]:
    """What anyone may send who has not been let in."""
    return st.one_of(st.binary(max_size=1600), stun_like(fragments), dtls_like, rtp_like, channel_data)


class Change(NamedTuple):
    """One byte of a packet that is something else."""

    place: int
    value: int


class Mutation(NamedTuple):
    """What is done to a good packet before it is encrypted."""

    changes: list[Change]
    cut_to: int | None

    def of(self, packet: bytes) -> bytes:
        """The packet, changed; its version stays, so that it is told apart as media."""
        changed = bytearray(packet)
        for place, value in self.changes:
            changed[place % len(changed)] = value
        changed[0] = 0x80 | changed[0] & 0x3F
        return bytes(changed[: self.cut_to])


def mutations(header_bytes: int) -> st.SearchStrategy[Mutation]:
    """Up to six bytes among the first so many, and perhaps a cut."""
    change = st.builds(Change, st.integers(0, header_bytes - 1), uint8)
    return st.builds(Mutation, st.lists(change, max_size=6), st.none() | st.integers(12, 200))


class RtcpPart(NamedTuple):
    """One part of a compound; `about` chooses the SSRC that it is about, `lie` is its claimed length in words."""

    low_bits: int
    kind: int
    sender: int
    about: int
    body: bytes
    lie: int | None

    def to_bytes(self, ssrcs: Sequence[int]) -> bytes:
        """With the SSRCs of a running call."""
        sender, about = ssrcs[self.sender % len(ssrcs)], ssrcs[self.about % len(ssrcs)]
        body = struct.pack("!II", sender, about) + self.body
        words = len(body) // 4 if self.lie is None else self.lie
        return struct.pack("!BBH", 0x80 | self.low_bits, self.kind, words) + body


rtcp_parts = st.builds(
    RtcpPart,
    st.integers(0, 0x3F),
    st.sampled_from([200, 201, 202, 203, 205, 206, 207]) | st.integers(192, 223),
    uint8,
    uint8,
    st.integers(0, 20).flatmap(lambda words: st.binary(min_size=words * 4, max_size=words * 4)),
    st.none() | uint16,
)
