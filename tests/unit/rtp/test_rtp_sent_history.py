"""Feedback is matched with what was sent, over every wrap, whatever is lost, late, doubled or made up."""

from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.sent_history import MAX_OUTSTANDING, Acknowledged, FeedbackResult, SentHistory
from mediaserver.rtp.transport_feedback import REFERENCE_US, TransportFeedback
from tests.unit.rtp.packets import uint16

CLOCK_US = (1 << 24) * REFERENCE_US
INTERVAL_US = 20_000


def _sent(first: int, count: int) -> SentHistory:
    history = SentHistory()
    history.add(((first + index) & 0xFFFF, 100 + index % 50, index * INTERVAL_US) for index in range(count))
    return history


def _told(first: int, start: int, arrived: dict[int, int], count: int) -> TransportFeedback:
    """Feedback of `count` packets from the `start`th on; `arrived` is (index, arrival in us)."""
    arrivals = tuple(((first + index) & 0xFFFF, at_us) for index, at_us in sorted(arrived.items()))
    return TransportFeedback(1, 2, (first + start) & 0xFFFF, count, 0, arrivals)


@given(uint16, st.lists(st.booleans(), min_size=1, max_size=200), st.integers(1, 30), st.integers(0, CLOCK_US - 1))
def test_every_packet_is_told_of_once_and_losses_are_counted(
    first: int, came: list[bool], per_message: int, clock_us: int
) -> None:
    """Wherever 16 bits wrap, and the receiver's clock."""
    came = [True, *came, *[True] * 10]
    history = _sent(first, len(came))
    acknowledged: list[Acknowledged] = []
    lost = 0
    for start in range(0, len(came), per_message):
        part = range(start, min(start + per_message, len(came)))
        # A message begins at a time that wraps, and counts on from there.
        wrapped_us = (clock_us + start * INTERVAL_US) % CLOCK_US - start * INTERVAL_US
        arrived = {index: wrapped_us + index * INTERVAL_US for index in part if came[index]}
        result = history.acknowledge(_told(first, start, arrived, len(part)))
        acknowledged += result.acknowledged
        lost += result.lost
    assert [(packet[0] - first) & 0xFFFF for packet in acknowledged] == [i for i, arrives in enumerate(came) if arrives]
    assert [packet[1] for packet in acknowledged] == [100 + i % 50 for i, arrives in enumerate(came) if arrives]
    transits = {arrival_us - sent_at_us for _, _, sent_at_us, arrival_us in acknowledged}
    assert len(transits) == 1
    assert lost == came.count(False)


@given(uint16, st.integers(1, 40))
def test_what_is_told_twice_counts_once(first: int, count: int) -> None:
    history = _sent(first, count)
    message = _told(first, 0, {index: index * INTERVAL_US for index in range(count)}, count)
    assert len(history.acknowledge(message).acknowledged) == count
    assert history.acknowledge(message) == FeedbackResult([], 0)


@given(uint16)
def test_a_packet_that_comes_late_is_not_lost(first: int) -> None:
    """It was told missing, and then that it came, within the time of reordering."""
    history = _sent(first, 20)
    history.acknowledge(_told(first, 0, {0: 0, 2: 2 * INTERVAL_US}, 3))
    late = history.acknowledge(_told(first, 1, {1: 3 * INTERVAL_US}, 1))
    after = history.acknowledge(_told(first, 3, {index: index * INTERVAL_US for index in range(3, 20)}, 17))
    assert [(packet[0] - first) & 0xFFFF for packet in late.acknowledged] == [1]
    assert (late.lost, after.lost) == (0, 0)


def test_packets_of_which_no_feedback_speaks_are_forgotten_but_not_lost() -> None:
    history = _sent(0, 60)
    result = history.acknowledge(_told(0, 50, {index: index * INTERVAL_US for index in range(50, 60)}, 10))
    assert (len(result.acknowledged), result.lost) == (10, 0)
    late = history.acknowledge(_told(0, 0, {index: index * INTERVAL_US for index in range(50)}, 50))
    assert (len(late.acknowledged), late.lost) == (0, 0)


@given(uint16, uint16, st.integers(0, 0xFFFF), st.lists(st.tuples(uint16, st.integers(0, CLOCK_US - 1)), max_size=30))
def test_made_up_feedback_is_harmless(first: int, base: int, count: int, arrivals: list[tuple[int, int]]) -> None:
    history = _sent(first, 50)
    result = history.acknowledge(TransportFeedback(1, 2, base, count, 0, tuple(arrivals)))
    assert len(result.acknowledged) + result.lost <= 50


def test_what_nobody_tells_of_is_bounded() -> None:
    history = _sent(0, MAX_OUTSTANDING + 500)
    assert not history.acknowledge(_told(0, 499, {499: 0}, 1)).acknowledged
    result = history.acknowledge(_told(0, 500, {520: 0}, 21))
    assert ([packet[0] for packet in result.acknowledged], result.lost) == ([520], 15)
