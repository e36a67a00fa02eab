"""What comes of a publisher's stream, and how a receiver's is repaired, without a network."""

import pytest

from mediaserver.rtp.packet_writer import write_transport_number
from mediaserver.rtp.rtcp import PictureLossIndication, ReportBlock
from tests.media.stream import RTX, ClientStream, numbered_vp8_payload
from tests.unit.media.forwarding import Link, PublishedLayer, Received, layered, opus_packet
from tests.unit.rtp.packets import Packet


def sound() -> Link:
    link = Link(ClientStream("audio", "0", [0]).rtp_parameters(), "audio", None)
    link.start()
    return link


def picture() -> tuple[Link, PublishedLayer]:
    link = Link(layered((1,)))
    link.start()
    return link, PublishedLayer(100, 50, 0)


def send_frame(link: Link, layer: PublishedLayer, *, keyframe: bool = False) -> Packet:
    (packet,) = layer.frame(1, keyframe=keyframe, name="0")
    link.receive(0, packet)
    return packet


def test_the_level_of_a_microphone_is_the_mean_since_it_was_last_asked_for() -> None:
    link = sound()
    microphone = link.producer.microphone
    assert microphone is not None
    assert microphone.take_audio_level() == (None, 0)
    for seq, level in enumerate((10, 20, 60)):
        link.receive(0, opus_packet(seq, level=level))
    assert microphone.take_audio_level() == (30, 3)
    assert microphone.take_audio_level() == (None, 0)


def test_a_paused_microphone_has_no_level_and_a_picture_has_no_microphone() -> None:
    link = sound()
    link.producer.set_paused(True)
    link.receive(0, opus_packet(1))
    assert link.producer.microphone is not None
    assert link.producer.microphone.take_audio_level() == (None, 0)
    assert picture()[0].producer.microphone is None


def test_lost_sound_is_sent_again_with_the_transport_wide_number_of_the_first_sending() -> None:
    """AES-GCM allows no other bytes under the same sequence number (RFC 7714 section 9.1)."""
    link = sound()
    link.receive(0, opus_packet(1))
    link.receive(0, opus_packet(2))
    first = link.media[0]
    (again,) = link.nack(int.from_bytes(first[2:4], "big"))
    expected = bytearray(first)
    write_transport_number(expected, 3, 1)
    assert again == expected


def test_sound_whose_number_is_forgotten_is_not_sent_again() -> None:
    link = sound()
    for seq in range(300):
        link.receive(0, opus_packet(seq))
    assert link.nack(int.from_bytes(link.media[0][2:4], "big")) == []
    assert link.counters.dropped["resend_not_found"] == 1


def test_a_packet_is_sent_again_once_per_round_trip() -> None:
    link, layer = picture()
    send_frame(link, layer, keyframe=True)
    number = int.from_bytes(link.media[0][2:4], "big")
    assert len(link.nack(number, number)) == 1
    assert link.nack(number) == []
    link.now_us += 200_000
    assert len(link.nack(number)) == 1
    link.now_us += 2_000_000
    assert link.nack(number) == [], "older than the history"


def test_padding_goes_over_the_retransmission_stream_and_the_picture_has_no_gap() -> None:
    link, layer = picture()
    send_frame(link, layer, keyframe=True)
    size = link.consumer.sent.send_padding(200, link.now_us)
    send_frame(link, layer)
    probe = link.receiver.sent[1]
    assert len(probe) == size == 220
    assert probe[0] == 0xB0
    assert int.from_bytes(probe[8:12], "big") == 78
    numbers = [int.from_bytes(data[2:4], "big") for data in link.media]
    assert numbers[1] == numbers[0] + 1
    assert sound().consumer.sent.send_padding(200, 0) == 0


def test_duplicates_over_either_stream_are_sent_on_once() -> None:
    link, layer = picture()
    packet = send_frame(link, layer, keyframe=True)
    link.receive(0, packet)
    link.receive_again(0, packet)
    assert len(link.media) == 1
    assert link.counters.dropped["duplicate"] == 2


def test_beginning_that_was_lost_and_came_again_is_followed_by_what_came_in_the_meantime() -> None:
    link, layer = picture()
    send_frame(link, layer)
    first, *rest = layer.frame(4, keyframe=True, name="key")
    for packet in rest[:2]:
        link.receive(0, packet)
    link.receive_again(0, first)
    link.receive(0, rest[2])
    received = [Received.read(data) for data in link.media]
    assert [packet.name for packet in received] == ["key:0", "key:1", "key:2", "key:3"]
    numbers = [packet.seq for packet in received]
    assert numbers == list(range(numbers[0], numbers[0] + 4))


def test_figures_of_a_stream_count_what_came_over_rtx_as_received() -> None:
    link, layer = picture()
    send_frame(link, layer, keyframe=True)
    lost = layer.frame(2, keyframe=False, name="lost")
    send_frame(link, layer)
    assert (link.producer.packets_received, link.producer.packets_lost) == (2, 2)
    link.receive_again(0, lost[0])
    assert (link.producer.packets_received, link.producer.packets_lost) == (3, 1)
    assert link.producer.streams[0].reception.packets_lost == 2


def test_padding_from_the_publisher_is_not_sent_on() -> None:
    link, layer = picture()
    send_frame(link, layer, keyframe=True)
    link.receive_again(0, Packet(layer.seq, payload=b"x"))
    before = len(link.media)
    link.producer.streams[0].receive_rtx(link._packet, link._load(Packet(9, 0, 4, RTX, payload=b"", padding=200)), 1)
    assert len(link.media) == before


def test_packet_of_another_payload_type_is_dropped() -> None:
    link, layer = picture()
    link.receive(
        0, Packet(layer.seq, 0, 100, 99, payload=numbered_vp8_payload(b"", keyframe=True, picture_id=1, tl0picidx=1))
    )
    assert link.media == []
    assert link.counters.dropped["payload_type_unknown"] == 1


def test_packets_lost_for_good_are_followed_by_a_request_for_a_keyframe_while_someone_watches() -> None:
    link, layer = picture()
    send_frame(link, layer, keyframe=True)
    asked = link.counters.keyframe_requests
    layer.frame(1, keyframe=False, name="lost")
    send_frame(link, layer)
    for _ in range(200):
        link.now_us += 20_000
        link.producer.streams[0].repair.tick_urgent(link.now_us)
    assert link.counters.keyframe_requests > asked
    requests = [part for part in link.publisher.rtcp if isinstance(part, PictureLossIndication)]
    assert {part.media_ssrc for part in requests} == {100}


def test_packets_lost_for_good_ask_for_nothing_while_nobody_watches() -> None:
    link, layer = picture()
    send_frame(link, layer, keyframe=True)
    link.consumer.pause()
    asked = link.counters.keyframe_requests
    layer.frame(1, keyframe=False, name="lost")
    send_frame(link, layer)
    for _ in range(200):
        link.now_us += 20_000
        link.producer.streams[0].repair.tick_urgent(link.now_us)
    assert link.counters.keyframe_requests == asked


@pytest.mark.parametrize(
    ("view", "layer"),
    [
        ((1920, 1080), 2),
        ((1280, 720), 2),
        ((640, 360), 1),
        ((640, 480), 1),
        ((640, 481), 2),
        ((320, 180), 0),
        ((1, 1), 0),
    ],
)
def test_the_layer_wanted_is_the_lowest_that_has_three_quarters_of_the_height_shown(
    view: tuple[int, int], layer: int
) -> None:
    link = Link(layered())
    link.consumer.set_view(*view, pinned=True)
    assert (link.consumer.wanted_layer, link.consumer.pinned, link.consumer.hidden) == (layer, True, False)


def test_without_a_known_height_or_view_the_highest_layer_is_wanted() -> None:
    assert Link(layered()).consumer.wanted_layer == 2
    unknown = Link(layered(), frame_height=None)
    unknown.consumer.set_view(320, 180, pinned=False)
    assert unknown.consumer.wanted_layer == 2


def test_what_the_receiver_reports_is_kept() -> None:
    link, _ = picture()
    link.consumer.receive_report(ReportBlock(77, 10, 5, 100, 900, 0, 0), 0)
    assert (link.consumer.packets_lost, link.consumer.jitter_ms, link.consumer.rtt_ms) == (5, 10.0, 0.0)


def test_whoever_keeps_a_plan_is_told_before_it_changes() -> None:
    link, layer = picture()
    stream = link.producer.streams[0]
    seen: list[int] = []
    stream.plan_changed = lambda: seen.append(len(stream.sinks))
    send_frame(link, layer, keyframe=True)
    assert seen == [0]
    link.consumer.address_changes()
    link.consumer.pause()
    assert seen[-1] == 1
    assert stream.sinks == ()
