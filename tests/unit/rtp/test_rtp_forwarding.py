"""A publisher's packet comes out as the receiver's: `PacketNormaliser`, then `PacketWriter`."""

import pytest
from aiortc.rtp import RtpPacket
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp import extensions, header
from mediaserver.rtp.errors import RtpError
from mediaserver.rtp.normaliser import MAX_PACKET_SIZE, MIN_HEADER_LENGTH, PacketNormaliser, payload_offset
from mediaserver.rtp.packet_writer import MAX_WRITTEN_SIZE, PacketWriter, write_transport_number
from tests.unit.rtp.packets import Packet, element_lists, in_buffer, packets, uint16, uint32

# As Chrome numbers them towards us, and as the router numbers them towards receivers.
MID_IN, SEND_TIME_IN, TRANSPORT_CC_IN, LEVEL_IN = 9, 2, 4, 1
TRANSPORT_CC_OUT, LEVEL_OUT, ORIENTATION_OUT = 5, 10, 13
KEPT = {LEVEL_IN: LEVEL_OUT, 6: ORIENTATION_OUT}
CHROME_AUDIO = ((SEND_TIME_IN, b"abc"), (TRANSPORT_CC_IN, b"\x01\x02"), (MID_IN, b"0"), (LEVEL_IN, b"\x7f"))


def _normalise(packet: bytes, normaliser: PacketNormaliser | None = None) -> memoryview:
    buf = in_buffer(packet)
    start, end = (normaliser or PacketNormaliser(KEPT, TRANSPORT_CC_IN)).normalise(buf, len(packet))
    return memoryview(buf)[start:end]


def _writer() -> PacketWriter:
    return PacketWriter(ssrc=77, payload_type=101)


def _written(writer: PacketWriter, size: int) -> RtpPacket:
    return RtpPacket.parse(bytes(writer.buffer[:size]))


def _element(buf: bytes | bytearray | memoryview, size: int, ext_id: int) -> bytes | None:
    found = extensions.find(buf, size, ext_id)
    return None if found is None else bytes(buf[found[0] : found[0] + found[1]])


@given(packets)
def test_a_normalised_packet_holds_only_what_receivers_get(packet: Packet) -> None:
    normaliser = PacketNormaliser(KEPT, TRANSPORT_CC_IN)
    view = _normalise(packet.to_bytes(), normaliser)
    kept = {KEPT[ext_id]: value for ext_id, value in packet.elements if ext_id in KEPT}
    length = header.header_length(view, len(view))
    assert bytes(view[length:]) == packet.payload
    assert {ext_id: bytes(view[at : at + n]) for ext_id, at, n in extensions.elements(view, len(view))} == kept
    assert bytes(view[:1]) + view[12:14] + view[16:20] == b"\x90\xbe\xde\0\0\0\0"
    assert header.read_fixed(view)[2:] == (packet.sequence_number, packet.timestamp, packet.ssrc)
    assert (header.marker(view), header.payload_type(view)) == (packet.marker, packet.payload_type)
    number = dict(packet.elements).get(TRANSPORT_CC_IN, b"")
    assert normaliser.transport_cc == (int.from_bytes(number, "big") if len(number) == 2 else -1)


@given(st.lists(packets, max_size=8))
def test_layouts_remembered_from_other_packets_change_nothing(sequence: list[Packet]) -> None:
    remembering = PacketNormaliser(KEPT, TRANSPORT_CC_IN)
    for packet in sequence * 2:
        fresh = PacketNormaliser(KEPT, TRANSPORT_CC_IN)
        data = packet.to_bytes()
        assert _normalise(data, remembering) == _normalise(data, fresh)
        assert remembering.transport_cc == fresh.transport_cc


@given(element_lists(), st.binary(min_size=2, max_size=2))
def test_a_known_layout_with_other_values_is_read_anew(elements: tuple[tuple[int, bytes], ...], number: bytes) -> None:
    normaliser = PacketNormaliser(KEPT, TRANSPORT_CC_IN)
    others = tuple(element for element in elements if element[0] != TRANSPORT_CC_IN)[:4]
    _normalise(Packet(elements=(*others, (TRANSPORT_CC_IN, b"\0\0"))).to_bytes(), normaliser)
    changed = tuple((ext_id, bytes(255 - byte for byte in value)) for ext_id, value in others)
    view = _normalise(Packet(elements=(*changed, (TRANSPORT_CC_IN, number))).to_bytes(), normaliser)
    assert normaliser.transport_cc == int.from_bytes(number, "big")
    for ext_id, value in changed:
        if ext_id in KEPT:
            assert _element(view, len(view), KEPT[ext_id]) == value


@pytest.mark.parametrize("size", [0, 11, MAX_PACKET_SIZE + 1])
def test_a_packet_of_impossible_size_is_refused(size: int) -> None:
    with pytest.raises(RtpError):
        PacketNormaliser({}).normalise(in_buffer(Packet().to_bytes()), size)


def test_a_refused_packet_leaves_no_number_of_the_one_before() -> None:
    normaliser = PacketNormaliser(KEPT, TRANSPORT_CC_IN)
    _normalise(Packet(elements=CHROME_AUDIO).to_bytes(), normaliser)
    with pytest.raises(RtpError):
        normaliser.normalise(in_buffer(Packet().to_bytes()), 5)
    assert normaliser.transport_cc == -1


def test_padding_only_comes_out_without_payload() -> None:
    view = _normalise(Packet(payload=b"", padding=200, elements=CHROME_AUDIO[:3]).to_bytes())
    assert len(view) == header.header_length(view, len(view)) == MIN_HEADER_LENGTH


@given(packets, uint16, uint32)
def test_a_receiver_gets_its_own_header_and_the_publishers_payload(packet: Packet, seq: int, timestamp: int) -> None:
    writer = _writer()
    written = _written(writer, writer.write(_normalise(packet.to_bytes()), seq, timestamp))
    assert (written.sequence_number, written.timestamp, written.ssrc) == (seq, timestamp, 77)
    assert (written.payload_type, written.marker) == (101, packet.marker)
    assert written.payload == packet.payload
    assert written.csrc == []


@given(packets, uint16)
def test_extensions_are_rebuilt_for_the_receiver(packet: Packet, number: int) -> None:
    """Never the publisher's MID; the publisher's audio level, and the receiver's own transport-wide number."""
    writer = _writer()
    size = writer.write(_normalise(packet.to_bytes()), 1, 2)
    expected = {KEPT[ext_id]: value for ext_id, value in packet.elements if ext_id in KEPT}
    assert _elements(writer, size) == expected
    write_transport_number(writer.buffer, TRANSPORT_CC_OUT, number)
    assert _elements(writer, size) == expected | {TRANSPORT_CC_OUT: number.to_bytes(2, "big")}
    assert _written(writer, size).payload == packet.payload


def _elements(writer: PacketWriter, size: int) -> dict[int, bytes]:
    return {e: bytes(writer.buffer[at : at + n]) for e, at, n in extensions.elements(writer.buffer, size)}


@given(packets)
def test_the_payload_of_a_normalised_packet_is_where_it_says(packet: Packet) -> None:
    view = _normalise(packet.to_bytes())
    assert bytes(view[payload_offset(view) :]) == packet.payload
    buf = bytearray(b"before") + view
    assert payload_offset(buf, 6) == payload_offset(view) + 6


@pytest.mark.parametrize("length", [1, 20, 255])
def test_a_probe_is_a_packet_of_padding_alone(length: int) -> None:
    writer = _writer()
    writer.write(_normalise(Packet(payload=b"x" * 900, elements=CHROME_AUDIO).to_bytes()), 1, 2)
    size = writer.write_padding(length, 7, 9)
    write_transport_number(writer.buffer, TRANSPORT_CC_OUT, 0x1234)
    written = _written(writer, size)
    assert (written.sequence_number, written.timestamp, written.ssrc, written.payload_type) == (7, 9, 77, 101)
    assert (written.payload, written.padding_size) == (b"", length)
    assert _elements(writer, size) == {TRANSPORT_CC_OUT: b"\x12\x34"}
    writer.write(_normalise(Packet(payload=b"after").to_bytes()), 3, 4)
    assert not writer.buffer[0] & header.PADDING_BIT


@pytest.mark.parametrize("length", [0, 256])
def test_padding_that_its_count_cannot_tell_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="1 to 255"):
        _writer().write_padding(length, 1, 1)


def test_a_short_packet_after_a_long_one_carries_nothing_over() -> None:
    writer = _writer()
    writer.write(_normalise(Packet(payload=b"x" * 1000, elements=CHROME_AUDIO).to_bytes()), 1, 2)
    written = _written(writer, writer.write(_normalise(Packet(payload=b"yy").to_bytes()), 2, 3))
    assert written.payload == b"yy"


def test_the_largest_packet_still_fits() -> None:
    writer = PacketWriter(ssrc=1, payload_type=1)
    largest = _normalise(Packet(payload=bytes(MAX_PACKET_SIZE - 12)).to_bytes())
    assert writer.write(largest, 1, 2) <= MAX_WRITTEN_SIZE
    with pytest.raises(RtpError):
        writer.write(memoryview(bytes((0x90, 96)) + bytes(1800)), 1, 2)
