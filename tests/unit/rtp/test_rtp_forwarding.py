"""A publisher's packet comes out as the receiver's: `PacketNormaliser`, then `PacketWriter`."""

import pytest
from aiortc.rtp import RtpPacket
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp import extensions, header
from mediaserver.rtp.errors import RtpError
from mediaserver.rtp.normaliser import MAX_PACKET_SIZE, PacketNormaliser
from mediaserver.rtp.packet_writer import MAX_WRITTEN_SIZE, PacketWriter
from tests.unit.rtp.packets import Packet, element_lists, in_buffer, packets, uint16, uint32

# As Chrome numbers them towards us, and as the router numbers them towards receivers.
MID_IN, SEND_TIME_IN, TRANSPORT_CC_IN, LEVEL_IN = 9, 2, 4, 1
MID_OUT, SEND_TIME_OUT, TRANSPORT_CC_OUT, LEVEL_OUT, ORIENTATION_OUT = 1, 3, 5, 10, 13
KEPT = {LEVEL_IN: LEVEL_OUT, 6: ORIENTATION_OUT}
CHROME_AUDIO = ((SEND_TIME_IN, b"abc"), (TRANSPORT_CC_IN, b"\x01\x02"), (MID_IN, b"0"), (LEVEL_IN, b"\x7f"))


def _normalise(packet: bytes, normaliser: PacketNormaliser | None = None) -> memoryview:
    buf = in_buffer(packet)
    start, end = (normaliser or PacketNormaliser(KEPT, TRANSPORT_CC_IN)).normalise(buf, len(packet))
    return memoryview(buf)[start:end]


def _writer(**options: int | None) -> PacketWriter:
    return PacketWriter(ssrc=77, payload_type=101, mid="a7", mid_id=MID_OUT, **options)


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
    assert view[0] == (0x90 if kept else 0x80)
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
    assert len(view) == header.header_length(view, len(view)) == 12


@given(packets, uint16, uint32)
def test_a_receiver_gets_its_own_header_and_the_publishers_payload(packet: Packet, seq: int, timestamp: int) -> None:
    writer = _writer()
    written = _written(writer, writer.write(_normalise(packet.to_bytes()), seq, timestamp))
    assert (written.sequence_number, written.timestamp, written.ssrc) == (seq, timestamp, 77)
    assert (written.payload_type, written.marker) == (101, packet.marker)
    assert written.payload == packet.payload
    assert written.csrc == []


@given(packets)
def test_extensions_are_rebuilt_for_the_receiver(packet: Packet) -> None:
    """Never the publisher's MID; its own, the publisher's audio level, slots for what is written per send."""
    writer = _writer(abs_send_time_id=SEND_TIME_OUT, transport_cc_id=TRANSPORT_CC_OUT)
    size = writer.write(_normalise(packet.to_bytes()), 1, 2, send_time=0xABCDEF)
    writer.set_transport_cc(0x1234)
    expected = {KEPT[ext_id]: value for ext_id, value in packet.elements if ext_id in KEPT}
    expected |= {MID_OUT: b"a7", SEND_TIME_OUT: b"\xab\xcd\xef", TRANSPORT_CC_OUT: b"\x12\x34"}
    found = {e: bytes(writer.buffer[at : at + n]) for e, at, n in extensions.elements(writer.buffer, size)}
    assert found == expected


def test_slots_are_at_their_constant_offsets() -> None:
    writer = _writer(abs_send_time_id=SEND_TIME_OUT, transport_cc_id=TRANSPORT_CC_OUT)
    size = writer.write(_normalise(Packet(elements=CHROME_AUDIO).to_bytes()), 1, 2)
    assert extensions.find(writer.buffer, size, SEND_TIME_OUT) == (writer.abs_send_time_offset, 3)
    assert extensions.find(writer.buffer, size, TRANSPORT_CC_OUT) == (writer.transport_cc_offset, 2)


def test_a_receiver_without_extensions_gets_a_plain_header() -> None:
    writer = PacketWriter(ssrc=77, payload_type=101)
    packet = Packet(elements=CHROME_AUDIO[:3])
    size = writer.write(_normalise(packet.to_bytes()), 1, 2)
    assert bytes(writer.buffer[:size]) == Packet(1, 2, 77, 101).to_bytes()


def test_a_short_packet_after_a_long_one_carries_nothing_over() -> None:
    writer = _writer()
    writer.write(_normalise(Packet(payload=b"x" * 1000, elements=CHROME_AUDIO).to_bytes()), 1, 2)
    written = _written(writer, writer.write(_normalise(Packet(payload=b"yy").to_bytes()), 2, 3))
    assert written.payload == b"yy"


def test_the_largest_packet_still_fits() -> None:
    writer = PacketWriter(ssrc=1, payload_type=1, mid="m" * 16, mid_id=1, transport_cc_id=2, abs_send_time_id=3)
    largest = _normalise(Packet(payload=bytes(MAX_PACKET_SIZE - 12)).to_bytes())
    assert writer.write(largest, 1, 2) <= MAX_WRITTEN_SIZE
    with pytest.raises(RtpError):
        writer.write(memoryview(bytes((0x80, 96)) + bytes(1800)), 1, 2)
    with pytest.raises(RtpError):
        PacketWriter(ssrc=1, payload_type=1).write(memoryview(bytes((0x80, 96)) + bytes(1800)), 1, 2)


@pytest.mark.parametrize(("ext_id", "mid"), [(0, "a"), (15, "a"), (1, ""), (1, "m" * 17)])
def test_an_element_that_does_not_fit_one_byte_form_is_refused(ext_id: int, mid: str) -> None:
    with pytest.raises(ValueError, match="one-byte form"):
        PacketWriter(ssrc=1, payload_type=1, mid=mid, mid_id=ext_id)
