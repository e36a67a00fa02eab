"""What a receiver's downlink does with its estimate: who is shown, who waits, and what is told (issue 3 point 3)."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.consumer import Consumer
from mediaserver.downlink import SPEECH_BPS
from mediaserver.downlink_share import FORCED_US
from mediaserver.rtp.transport_feedback import TransportFeedback
from tests.unit.media.downlink_receiver import TICK_US, Layer, Receiver


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


def test_until_bitrates_are_known_the_lowest_layer_is_waited_for(receiver: Receiver) -> None:
    camera = receiver.add((0, 0, 0))
    assert camera.target_layer == 0
    assert receiver.run(2).told == []
    assert camera.target_layer == 0


def test_with_room_for_all_everyone_gets_what_is_wanted(receiver: Receiver) -> None:
    cameras = [receiver.add((20_000, 60_000, 100_000)) for _ in range(3)]
    receiver.run(1)
    assert [camera.target_layer for camera in cameras] == [2, 2, 2]


def test_a_narrow_way_lowers_layers_before_it_pauses_and_pauses_are_told_once(receiver: Receiver) -> None:
    sound, camera = receiver.add((30_000,), "audio", "microphone"), receiver.add()
    receiver.run(1)
    assert camera.target_layer == 1
    receiver.narrow_to(300_000)
    assert receiver.state_of(camera) == (0, [])
    receiver.narrow_to(150_000)
    receiver.run(3)
    assert receiver.state_of(camera) == (None, [("paused", camera.id)])
    assert sound.target_layer == 0
    receiver.run(60)
    assert receiver.state_of(camera) == (2, [("paused", camera.id), ("resumed", camera.id)])


def test_a_layer_that_its_publisher_leaves_out_is_left_within_half_a_second(receiver: Receiver) -> None:
    """Its bitrate is of the last second, in which the picture would stand still."""
    camera = receiver.add((100_000, 200_000, 300_000))
    receiver.run(1)
    assert camera.target_layer == 2
    largest = camera.streams[2]
    assert isinstance(largest, Layer)
    largest.silent_since_us = receiver.now_us
    receiver.run(0.4)
    assert camera.target_layer == 1


def test_silence_of_all_layers_is_no_reason_to_leave_one(receiver: Receiver) -> None:
    camera = receiver.add((100_000, 200_000, 300_000))
    receiver.run(1)
    for layer in camera.streams:
        assert isinstance(layer, Layer)
        layer.silent_since_us = receiver.now_us
    receiver.run(0.9)
    assert camera.target_layer == 2


def test_sound_is_reserved_for_whoever_begins_to_speak(receiver: Receiver) -> None:
    receiver.add((4_000,), "audio", "microphone")
    receiver.add((100_000,))
    receiver.run(1)
    assert receiver.downlink.wanted_bps == SPEECH_BPS + 100_000


def test_who_fell_does_not_rise_at_once(receiver: Receiver) -> None:
    camera = receiver.add((100_000, 150_000, 180_000))
    receiver.run(1)
    receiver.narrow_to(190_000)
    fell_at_us = receiver.now_us
    assert camera.target_layer in {0, 1}
    receiver.set_bitrates(camera, 10_000, 15_000, 18_000)
    while camera.target_layer != 2:
        receiver.run(0.1)
    assert receiver.now_us - fell_at_us >= 1_000_000


@pytest.mark.parametrize("hide", [Consumer.pause, lambda consumer: consumer.set_view(0, 0, pinned=False)])
def test_what_is_not_shown_costs_nothing(receiver: Receiver, hide: Callable[[Consumer], None]) -> None:
    shown, other = receiver.add((400_000,)), receiver.add((400_000,))
    receiver.run(1)
    assert [shown.target_layer, other.target_layer] == [0, None]
    hide(shown)
    assert receiver.downlink.wanted_bps == 400_000
    receiver.run(3)
    assert other.target_layer == 0
    assert ("resumed", other.id) in receiver.told


def test_a_layer_that_the_publisher_leaves_out_is_left_at_once(receiver: Receiver) -> None:
    camera = receiver.add((20_000, 60_000, 100_000))
    receiver.run(1)
    receiver.set_bitrates(camera, 20_000, 60_000, 0)
    receiver.run(0.3)
    assert camera.target_layer == 1
    receiver.set_bitrates(camera, 20_000, 60_000, 100_000)
    receiver.run(0.3)
    assert camera.target_layer == 2


def test_a_paused_publisher_leaves_everything_as_it_is(receiver: Receiver) -> None:
    camera = receiver.add((20_000, 60_000, 100_000))
    receiver.run(1)
    receiver.set_bitrates(camera, 0, 0, 0)
    receiver.run(5)
    assert receiver.state_of(camera) == (2, [])
    assert receiver.downlink.wanted_bps == 0


def test_what_is_asked_for_again_is_shown_for_ten_seconds(receiver: Receiver) -> None:
    """`resumeConsumer` on what has no room (docs/protocol.md section 2)."""
    camera = receiver.add((500_000, 900_000, 2_000_000))
    receiver.narrow_to(200_000)
    assert camera.target_layer is None
    receiver.told.clear()
    receiver.downlink.force_base(camera)
    assert receiver.state_of(camera) == (0, [("resumed", camera.id)])
    receiver.run(FORCED_US / 1_000_000 - 0.5, loss=0.05)
    assert camera.target_layer == 0
    receiver.run(1, loss=0.05)
    assert receiver.state_of(camera) == (None, [("resumed", camera.id), ("paused", camera.id)])


def test_asking_for_what_is_shown_anyway_changes_nothing(receiver: Receiver) -> None:
    camera = receiver.add((20_000, 60_000, 100_000))
    receiver.run(1)
    receiver.downlink.force_base(camera)
    receiver.run(1)
    assert receiver.state_of(camera) == (2, [])


def test_a_shared_screen_goes_before_a_large_picture_and_that_before_a_small_one(receiver: Receiver) -> None:
    thumbnail, large = receiver.add((190_000,)), receiver.add((190_000,))
    screen = receiver.add((190_000,), source="screen")
    thumbnail.set_view(160, 90, pinned=False)
    large.set_view(1280, 720, pinned=False)
    receiver.run(1)
    receiver.narrow_to(400_000)
    assert [screen.target_layer, large.target_layer, thumbnail.target_layer] == [0, 0, None]
    receiver.narrow_to(320_000)
    assert [screen.target_layer, large.target_layer, thumbnail.target_layer] == [0, None, None]


def test_who_is_gone_is_forgotten(receiver: Receiver) -> None:
    camera, other = receiver.add((400_000,)), receiver.add((400_000,))
    receiver.run(1)
    receiver.remove(camera)
    receiver.run(3)
    assert (other.target_layer, receiver.downlink.wanted_bps) == (0, 400_000)


def test_more_is_looked_for_with_padding_in_three_parts(receiver: Receiver) -> None:
    """As soon as feedback shows that the receiver answers, and more is wanted than is estimated."""
    receiver.add((200_000, 600_000, 1_500_000))
    for number in range(20):
        receiver.path.record((60_000 + number, 1_000, receiver.now_us))
        receiver.now_us += 20_000
    arrivals = tuple((60_000 + number, 20_000 * number) for number in range(20))
    receiver.downlink.transport_feedback(TransportFeedback(1, 2, 60_000, 20, 0, arrivals), receiver.now_us)
    receiver.now_us += TICK_US
    receiver.downlink.tick(receiver.now_us)
    assert receiver.hurrying == [receiver.downlink]
    parts = [len(receiver.padding)]
    receiver.now_us += 20_000
    while receiver.downlink.tick_urgent(receiver.now_us):
        parts.append(len(receiver.padding) - sum(parts))
        receiver.now_us += 20_000
    assert len(parts) == 3
    sent_bps = sum(size + 36 for size in receiver.padding) * 8 / 0.06
    assert sent_bps == pytest.approx(2 * receiver.downlink.estimate_bps, rel=0.15)


def test_nobody_is_probed_who_wants_no_more(receiver: Receiver) -> None:
    receiver.add((20_000, 60_000, 100_000))
    receiver.run(10)
    assert receiver.padding == []


def test_before_the_receiver_tells_anything_the_estimate_is_a_guess(receiver: Receiver) -> None:
    assert (receiver.downlink.known, receiver.downlink.rtt_ms, receiver.downlink.loss) == (False, 0.0, 0.0)
    receiver.add((100_000,))
    receiver.run(3, loss=0.5)
    assert (receiver.downlink.known, receiver.downlink.loss) == (True, 0.5)


actions = st.lists(
    st.tuples(
        st.sampled_from(["add", "remove", "pause", "resume", "hide", "show", "force", "bitrates", "time", "loss"]),
        st.integers(0, 5),
        st.integers(0, 3_000_000),
    ),
    max_size=40,
)


@given(actions)
def test_pauses_and_returns_alternate_whatever_happens(steps: list[tuple[str, int, int]]) -> None:
    """And what is told agrees with what is sent; sound is never paused."""
    receiver = Receiver()
    sound = receiver.add((30_000,), "audio", "microphone")
    for action, which, number in steps:
        _do(receiver, action, which, number)
        for consumer in receiver.consumers.values():
            told = [
                event for event, told_of in receiver.told if told_of == consumer.id and event in {"paused", "resumed"}
            ]
            assert told == (["paused", "resumed"] * len(told))[: len(told)]
            assert consumer.target_layer is not None or told[-1:] == ["paused"]
        assert sound.target_layer == 0


def _do(receiver: Receiver, action: str, which: int, number: int) -> None:
    cameras = list(receiver.consumers.values())[1:]
    if action == "add" and len(cameras) < 6:
        receiver.add((number // 10, number // 3, number))
    elif action in {"time", "loss"}:
        receiver.run(0.1 * (which + 1), loss=0.5 if action == "loss" else 0.0)
    elif cameras:
        _change(receiver, cameras[which % len(cameras)], action, number)


def _change(receiver: Receiver, camera: Consumer, action: str, number: int) -> None:
    changes: dict[str, Callable[[], None]] = {
        "remove": lambda: receiver.remove(camera),
        "pause": camera.pause,
        "resume": camera.resume,
        "hide": lambda: camera.set_view(0, 0, pinned=False),
        "show": lambda: camera.set_view(640, number % 1_000 + 1, pinned=number % 2 == 0),
        "force": lambda: receiver.downlink.force_base(camera),
        "bitrates": lambda: receiver.set_bitrates(camera, number // 10, number // 3, number),
    }
    changes.get(action, lambda: None)()


@given(
    cameras=st.lists(st.tuples(*[st.sampled_from([0, 40_000, 90_000, 150_000, 400_000])] * 3), min_size=1, max_size=4),
    views=st.lists(st.sampled_from([0, 90, 180, 360, 720]), min_size=4, max_size=4),
    speaks=st.booleans(),
)
def test_where_all_fits_nothing_is_shared_out_and_the_figures_are_those_of_sharing_out(
    cameras: list[tuple[int, ...]], views: list[int], speaks: bool
) -> None:
    receiver = Receiver()
    consumers = [receiver.add(bitrates_bps) for bitrates_bps in cameras]
    for consumer, height in zip(consumers, views, strict=False):
        consumer.set_view(2 * height, height, pinned=False)
    if speaks:
        receiver.add((30_000,), "audio", "microphone")
    receiver.run(5)
    downlink = receiver.downlink
    if not downlink._is_whole():
        return
    quickly = [downlink._sound_bps, downlink._wanted_bps, downlink._satisfying_bps]
    layers = [consumer.target_layer for consumer in consumers]
    downlink._allocate()
    assert [consumer.target_layer for consumer in consumers] == layers
    assert [downlink._sound_bps, downlink._wanted_bps, downlink._satisfying_bps] == pytest.approx(quickly)
