"""What is sent again, and asked for again, is bounded: whoever asks, and however much is lost (C9)."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.packet_budget import PacketBudget
from mediaserver.rtp.resend_budget import MAX_PACKETS_AT_ONCE, MAX_PACKETS_PER_S, PACKET_BITS, ResendBudget
from mediaserver.rtp.rtcp import Nack, PictureLossIndication
from mediaserver.sent_stream import MAX_SOUND_AT_ONCE, MAX_SOUND_RESENT_PER_S
from mediaserver.webrtc_transport import MAX_ASKED_AT_ONCE, MAX_ASKED_PER_S
from tests.media.stream import ClientStream
from tests.unit.media.forwarding import Link, PublishedLayer, layered
from tests.unit.rtp.packets import Packet

SECONDS = 5
PACKETS_PER_S = 200
STEP_US = 1_000_000 // PACKETS_PER_S


def _stream(link: Link) -> Iterator[int]:
    """Five seconds of packets, one after the other; how many there were yet."""
    layer = PublishedLayer(100, 0, 0)
    link.start()
    for sent in range(SECONDS * PACKETS_PER_S):
        (packet,) = layer.frame(1, keyframe=sent == 0, name="f")
        link.now_us += STEP_US
        link.receive(0, packet)
        yield sent + 1


def _greedy(link: Link) -> int:
    """A receiver asks for the last 256 packets whenever one comes; how many it gets again."""
    resent = 0
    for count in _stream(link):
        newest = int.from_bytes(link.media[-1][2:4], "big")
        numbers = [(newest - behind) & 0xFFFF for behind in range(min(count, 256))]
        resent += len(link.nack(*reversed(numbers)))
    return resent


def test_a_receiver_that_asks_for_everything_again_and_again_gets_its_share_of_the_estimate() -> None:
    link = Link(layered((1,)))
    link.receiver.budget, link.receiver.estimate_bps = ResendBudget(), 1_000_000
    resent = _greedy(link)
    # A quarter of the megabit, and what was saved up before.
    assert 100 < resent <= 0.25 * 1_000_000 * (SECONDS + 1) / PACKET_BITS
    dropped = link.counters.dropped
    assert dropped["resend_repeated"] > 100_000
    assert dropped["resend_no_room"] > 1_000


def test_the_share_is_bounded_whatever_the_estimate() -> None:
    link = Link(layered((1,)))
    link.receiver.budget, link.receiver.estimate_bps = ResendBudget(), 1e9
    assert _greedy(link) <= MAX_PACKETS_PER_S * SECONDS + MAX_PACKETS_AT_ONCE


def test_sound_has_a_bound_of_its_own() -> None:
    """It has no RTX, and is repaired however narrow the way is."""
    link = Link(ClientStream("audio", "0", [100]).rtp_parameters(), kind="audio", frame_height=None)
    resent = 0
    link.start()
    for seq in range(SECONDS * 50):
        link.now_us += 20_000
        link.receive(0, Packet(seq, seq * 960, 100, 111, payload=b"sound"))
        first = int.from_bytes(link.media[0][2:4], "big")
        resent += len(link.nack(*((first + number) & 0xFFFF for number in range(max(0, seq - 255), seq + 1))))
    assert 100 < resent <= MAX_SOUND_RESENT_PER_S * SECONDS + MAX_SOUND_AT_ONCE


def test_of_what_there_is_no_room_for_the_newest_is_sent() -> None:
    link = Link(layered((1,)))
    stream = _stream(link)
    for _ in range(100):
        next(stream)
    link.receiver.budget, link.receiver.estimate_bps = ResendBudget(), 0
    link.receiver.budget.take(0, 0, link.now_us)
    numbers = [int.from_bytes(data[2:4], "big") for data in link.media]
    again = [int.from_bytes(data[16 + 4 * data[15] :][:2], "big") for data in link.nack(*numbers)]
    assert 0 < len(again) < 30
    assert again == numbers[-len(again) :]


def _asked(link: Link) -> list[int]:
    return [number for part in link.publisher.rtcp if isinstance(part, Nack) for number in part.sequence_numbers]


def _lose_most(link: Link) -> None:
    """Of every four packets three are lost, and none comes when it is asked for."""
    layer = PublishedLayer(100, 0, 0)
    link.start()
    for sent in range(SECONDS * PACKETS_PER_S):
        (packet,) = layer.frame(1, keyframe=sent == 0, name="f")
        link.now_us += STEP_US
        if sent % 4 == 0:
            link.receive(0, packet)
        if sent % 4 == 2:
            link.producer.streams[0].repair.tick_urgent(link.now_us)


def test_a_publisher_whose_packets_are_lost_is_asked_for_a_bounded_number() -> None:
    link = Link(layered((1,)))
    per_s, at_once = MAX_ASKED_PER_S / 4, MAX_ASKED_AT_ONCE // 4
    link.publisher.asks = PacketBudget(per_s, at_once)
    _lose_most(link)
    asked = len(_asked(link))
    assert at_once < asked <= per_s * SECONDS + at_once
    assert link.counters.dropped["ask_too_many"] > 0
    # What is given up leaves a hole, which a keyframe ends.
    assert any(isinstance(part, PictureLossIndication) for part in link.publisher.rtcp)


def test_a_node_that_throws_packets_away_itself_asks_for_nothing() -> None:
    link = Link(layered((1,)))
    link.publisher.is_overloaded = True
    _lose_most(link)
    assert _asked(link) == []
    assert link.counters.dropped["ask_overloaded"] > 500
    # One for the beginning, none for the holes.
    assert sum(isinstance(part, PictureLossIndication) for part in link.publisher.rtcp) <= 1


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 1_000_000)), max_size=60))
def test_a_budget_is_never_overdrawn(steps: list[tuple[int, int]]) -> None:
    budget, now_us, taken = PacketBudget(100.0, 50), 0, 0
    for packets, elapsed_us in steps:
        now_us += elapsed_us
        allowed = budget.take(packets, now_us)
        assert 0 <= allowed <= packets
        taken += allowed
    assert taken <= 50 + 100 * now_us / 1_000_000
