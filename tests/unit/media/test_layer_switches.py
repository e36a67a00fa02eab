"""Whatever the publisher's layers and the receiver's wishes do, the receiver gets one unbroken stream (C5)."""

from itertools import pairwise
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.unit.media.forwarding import FRAME_US, Link, PublishedLayer, Received, layered
from tests.unit.rtp.packets import Packet, uint8, uint16, uint32

LAYERS = 3
# A failing play is as long to make smaller as it is to read.
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)

layer_numbers = st.builds(
    PublishedLayer, ssrc=uint32, seq=uint16, timestamp=uint32, picture_id=st.integers(0, 0x7FFF), tl0picidx=uint8
)
# What happens at each picture: the layer wanted (None: hidden), packets per picture, keyframes by layer.
steps = st.tuples(
    st.one_of(st.none(), st.integers(0, LAYERS - 1)),
    st.integers(1, 3),
    st.tuples(*[st.booleans()] * LAYERS),
)


class Theatre:
    """A link, and the layers that come by it."""

    def __init__(self, layers: tuple[PublishedLayer, ...]) -> None:
        self.layers = layers
        self.link = Link(layered())
        self.link.start()
        self.frames = 0

    def next_frame(self, packets: int, keyframes: tuple[bool, ...]) -> list[list[Packet]]:
        """The next picture of every layer."""
        self.link.now_us += FRAME_US
        self.frames += 1
        return [
            layer.frame(packets, keyframe=keyframes[index], name=f"{index}/{self.frames}")
            for index, layer in enumerate(self.layers)
        ]

    def check_continuity(self, *, gapless: bool) -> list[Received]:
        """What was sent first, in the order of its numbers."""
        received = [Received.read(data) for data in self.link.media]
        in_order = unwrapped(received)
        assert len({number for number, _ in in_order}) == len(received), "a number was used twice"
        for (number, before), (next_number, after) in pairwise(in_order):
            assert next_number == number + 1 or not gapless
            check_step(before, after, gapless=gapless)
        return received


def unwrapped(received: list[Received]) -> list[tuple[int, Received]]:
    """Sorted by sequence number, which may wrap."""
    found: list[tuple[int, Received]] = []
    newest = received[0].seq if received else 0
    for packet in received:
        number = newest + ((packet.seq - newest + 0x8000) & 0xFFFF) - 0x8000
        newest = max(newest, number)
        found.append((number, packet))
    return sorted(found, key=lambda item: item[0])


def check_step(before: Received, after: Received, *, gapless: bool) -> None:
    """A packet goes on with the picture or begins the next; without loss it is exactly the next."""
    pictures = (after.picture_id - before.picture_id) & 0x7FFF
    bases = (after.tl0picidx - before.tl0picidx) & 0xFF
    ticks = (after.timestamp - before.timestamp) & 0xFFFFFFFF
    if pictures == 0:
        assert (bases, ticks) == (0, 0)
        assert before.name.split(":")[0] == after.name.split(":")[0]
        return
    assert 0 < ticks < 0x80000000
    assert 0 < pictures < 0x4000
    assert not gapless or (pictures, bases) == (1, 1)


@given(st.tuples(*[layer_numbers] * LAYERS), st.lists(steps, max_size=40))
@settings(max_examples=60, phases=NO_SHRINKING)
def test_receiver_sees_no_gap_whatever_is_switched_hidden_and_shown(
    layers: tuple[PublishedLayer, ...], play: list[tuple[int | None, int, tuple[bool, ...]]]
) -> None:
    """Across the wraps of all numbers, in any order of switches."""
    theatre = Theatre(layers)
    for target, packets, keyframes in play:
        theatre.link.consumer.set_target_layer(target)
        for layer, frame in enumerate(theatre.next_frame(packets, keyframes)):
            for packet in frame:
                theatre.link.receive(layer, packet)
    theatre.check_continuity(gapless=True)


@given(
    st.tuples(*[layer_numbers] * LAYERS),
    st.lists(steps, min_size=5, max_size=30),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60, phases=NO_SHRINKING)
def test_resends_are_the_first_sending_to_the_byte_through_loss_and_reordering(
    layers: tuple[PublishedLayer, ...], play: list[tuple[int | None, int, tuple[bool, ...]]], chance: Random
) -> None:
    """Packets are lost on the way in, come again over RTX or never, and out of order."""
    theatre = Theatre(layers)
    late: list[tuple[int, Packet]] = []
    for target, packets, keyframes in play:
        theatre.link.consumer.set_target_layer(target)
        for layer, frame in enumerate(theatre.next_frame(packets, keyframes)):
            for packet in frame:
                if chance.random() < 0.2:
                    late.append((layer, packet))
                else:
                    theatre.link.receive(layer, packet)
        chance.shuffle(late)
        while late and chance.random() < 0.6:
            theatre.link.receive_again(*late.pop())
    theatre.check_continuity(gapless=False)
    check_resends(theatre.link)


def check_resends(link: Link) -> None:
    """Each packet that was sent comes again under the retransmission stream's numbers, and else as it was."""
    first = link.media
    link.now_us += 1
    if link.consumer.layer is None:
        return
    for data in first[-200:]:
        again = link.nack(int.from_bytes(data[2:4], "big"))
        assert len(again) == 1
        header = 16 + 4 * data[15]
        assert again[0][header : header + 2] == data[2:4]
        assert again[0][header + 2 :] == data[header:]
        assert again[0][4:8] == data[4:8]
        assert again[0][1] & 0x80 == data[1] & 0x80
        assert again[0][12:header] == data[12:header]


@given(st.tuples(*[layer_numbers] * LAYERS), st.integers(1, 40), st.integers(0, 3_000_000))
def test_picture_that_was_hidden_for_a_while_goes_on_in_time(
    layers: tuple[PublishedLayer, ...], frames: int, hidden_us: int
) -> None:
    """The clock has gone on as long as the picture was away, as the publisher's does."""
    theatre = Theatre(layers)
    for frame in range(frames):
        for packet in theatre.next_frame(1, (frame == 0,) * LAYERS)[2]:
            theatre.link.receive(2, packet)
    theatre.link.consumer.set_view(0, 0, pinned=False)
    ticks = hidden_us * 90_000 // 1_000_000
    theatre.link.now_us += hidden_us
    layers[2].timestamp = (layers[2].timestamp + ticks) & 0xFFFFFFFF
    theatre.link.consumer.set_view(1280, 720, pinned=False)
    for packet in theatre.next_frame(1, (True,) * LAYERS)[2]:
        theatre.link.receive(2, packet)
    before, after = (Received.read(data) for data in theatre.link.media[-2:])
    assert (after.timestamp - before.timestamp) & 0xFFFFFFFF == ticks + 3000
