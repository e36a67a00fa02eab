"""Retransmissions carry the original sequence number (RFC 4588 section 4)."""

import pytest
from aiortc.rtp import RtpPacket, unwrap_rtx, wrap_rtx
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp import rtx
from mediaserver.rtp.errors import RtpError
from tests.unit.rtp.packets import Packet, element_lists, in_buffer, packets_with, uint16, uint32


@given(packets_with(element_lists(), st.just(0)).filter(lambda packet: bool(packet.payload)), uint16, uint32)
def test_a_packet_comes_back_from_rtx_as_it_was(packet: Packet, number: int, ssrc: int) -> None:
    original = packet.to_bytes()
    buf = in_buffer(original)
    buf[1] = buf[1] & 0x80 | 97
    buf[2:4] = number.to_bytes(2, "big")
    buf[8:12] = ssrc.to_bytes(4, "big")
    size = rtx.encapsulate(buf, len(original), packet.sequence_number)
    assert size == len(original) + 2
    sent = RtpPacket.parse(bytes(buf[:size]))
    assert (sent.sequence_number, sent.ssrc, sent.payload_type) == (number, ssrc, 97)
    size = rtx.decapsulate(buf, size, packet.payload_type, packet.ssrc)
    assert bytes(buf[:size]) == original


@given(packets_with(st.just(()), st.just(0)))
def test_the_wire_is_that_of_aiortc(packet: Packet) -> None:
    original = packet.to_bytes()
    theirs = wrap_rtx(RtpPacket.parse(original), payload_type=97, sequence_number=5, ssrc=6).serialize()
    buf = in_buffer(theirs)
    size = rtx.decapsulate(memoryview(buf), len(theirs), packet.payload_type, packet.ssrc)
    if packet.payload:
        assert bytes(buf[:size]) == original
        again = unwrap_rtx(RtpPacket.parse(theirs), payload_type=packet.payload_type, ssrc=packet.ssrc)
        assert again.serialize() == original
    else:
        assert size == 0


@pytest.mark.parametrize("payload", [b"", b"\0", b"\0\x07"])
def test_a_probe_holds_no_original(payload: bytes) -> None:
    buf = in_buffer(Packet(payload=payload).to_bytes())
    assert rtx.decapsulate(buf, 12 + len(payload), 96, 1) == 0


def test_a_truncated_packet_is_refused() -> None:
    buf = in_buffer(Packet(elements=((1, b"abcdef"),)).to_bytes())
    with pytest.raises(RtpError):
        rtx.decapsulate(buf, 14, 96, 1)
    with pytest.raises(RtpError):
        rtx.encapsulate(buf, 14, 1)
