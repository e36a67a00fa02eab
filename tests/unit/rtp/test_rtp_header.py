"""The fixed header is read in place as RFC 3550 section 5.1 lays it out."""

import pytest
from aiortc.rtp import RtpPacket
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp import header
from mediaserver.rtp.errors import RtpError
from tests.unit.rtp.packets import Packet, in_buffer, packets


@given(packets)
def test_every_field_of_a_packet_is_read(packet: Packet) -> None:
    data = packet.to_bytes()
    buf = in_buffer(data)
    assert header.sequence_number(buf) == packet.sequence_number
    assert header.timestamp(buf) == packet.timestamp
    assert header.ssrc(buf) == packet.ssrc
    assert header.payload_type(buf) == packet.payload_type
    assert header.marker(buf) == packet.marker
    length = header.header_length(buf, len(data))
    assert data[length:] == packet.payload + data[len(data) - packet.padding :]
    assert header.padding_length(buf, len(data)) == packet.padding


@given(packets)
def test_fields_agree_with_aiortc(packet: Packet) -> None:
    data = packet.to_bytes()
    theirs = RtpPacket.parse(data)
    _, second, sequence_number, timestamp, ssrc = header.read_fixed(data)
    assert (sequence_number, timestamp, ssrc) == (theirs.sequence_number, theirs.timestamp, theirs.ssrc)
    assert (second & 0x7F, second >> 7) == (theirs.payload_type, theirs.marker)
    end = len(data) - header.padding_length(data, len(data))
    assert data[header.header_length(data, len(data)) : end] == theirs.payload


@given(packets, st.data())
def test_a_packet_cut_within_its_header_is_refused(packet: Packet, data: st.DataObject) -> None:
    whole = packet.to_bytes()
    length = header.header_length(whole, len(whole))
    size = data.draw(st.integers(0, length - 1))
    with pytest.raises(RtpError):
        header.header_length(in_buffer(whole), size)


@given(packets, st.sampled_from([0, 1, 3]))
def test_another_version_is_refused(packet: Packet, version: int) -> None:
    buf = bytearray(packet.to_bytes())
    buf[0] = buf[0] & 0x3F | version << 6
    with pytest.raises(RtpError):
        header.header_length(buf, len(buf))


@pytest.mark.parametrize("count", [0, 8, 255])
def test_padding_that_does_not_fit_is_refused(count: int) -> None:
    buf = bytearray(Packet(payload=b"1234567").to_bytes())
    buf[0] |= header.PADDING_BIT
    buf[-1] = count
    with pytest.raises(RtpError):
        header.padding_length(buf, len(buf))
