"""Missing packets are asked for, again when the answer is overdue, and given up in the end."""

from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.nack_list import Arrival, NackList
from mediaserver.rtp.round_trip import RoundTrip
from tests.unit.rtp.packets import uint16


def _receive(nacks: NackList, *numbers: int, now_ms: float = 0) -> list[Arrival]:
    return [nacks.received(number & 0xFFFF, now_ms) for number in numbers]


@given(uint16, st.permutations(range(60)), st.sets(st.integers(0, 59)))
def test_exactly_the_packets_that_never_came_are_asked_for(first: int, order: list[int], lost: set[int]) -> None:
    nacks = NackList()
    _receive(nacks, first)
    arrived = [index for index in order if index not in lost]
    for index in arrived:
        assert nacks.received((first + 1 + index) & 0xFFFF, 0) in (Arrival.NEW, Arrival.RECOVERED)
    newest = max(arrived, default=-1)
    expected = [(first + 1 + index) & 0xFFFF for index in range(newest) if index in lost]
    assert sorted(nacks.due(50)) == sorted(expected)
    for index in arrived:
        assert nacks.received((first + 1 + index) & 0xFFFF, 0) is Arrival.DUPLICATE


def test_the_oldest_is_asked_for_first() -> None:
    nacks = NackList()
    _receive(nacks, 65_533, 1, 4)
    assert nacks.due(50) == [65_534, 65_535, 0, 2, 3]


def test_a_packet_a_little_out_of_order_is_not_asked_for() -> None:
    nacks = NackList()
    _receive(nacks, 1, 3)
    assert nacks.due(9, reordering_ms=10) == []
    assert _receive(nacks, 2) == [Arrival.RECOVERED]
    assert nacks.due(50) == []


def test_a_packet_is_asked_for_again_after_longer_and_longer_and_then_given_up() -> None:
    nacks = NackList(max_requests=6)
    _receive(nacks, 1, 3)
    asked_at = [now_ms for now_ms in range(0, 2_000, 10) if nacks.due(now_ms)]
    assert asked_at == [10, 110, 210, 310, 510, 710]
    assert nacks.take_given_up() == 1
    assert nacks.take_given_up() == 0
    assert nacks.missing_count == 0


def test_what_is_missing_for_a_second_is_given_up_however_seldom_it_was_asked_for() -> None:
    nacks = NackList()
    _receive(nacks, 1, 3)
    given_up_at = next(now_ms for now_ms in range(0, 5_000, 20) if not nacks.due(now_ms) and nacks.take_given_up())
    assert 1_000 <= given_up_at <= 1_500


def test_what_was_given_up_is_not_forwarded_late() -> None:
    nacks = NackList(max_requests=1)
    _receive(nacks, 1, 3)
    nacks.due(10)
    nacks.due(110)
    assert _receive(nacks, 2) == [Arrival.DUPLICATE]


def test_one_round_asks_for_a_bounded_number() -> None:
    nacks = NackList()
    _receive(nacks, 0, 300)
    assert nacks.due(50, max_count=100) == list(range(1, 101))
    assert nacks.due(50, max_count=300) == list(range(101, 300))


def test_a_gap_beyond_the_bound_is_given_up_at_once() -> None:
    nacks = NackList(max_missing=100)
    assert _receive(nacks, 0, 5, 1_000) == [Arrival.NEW] * 3
    assert nacks.due(50) == []
    assert nacks.take_given_up() == 4 + 994
    assert _receive(nacks, 1_001) == [Arrival.NEW]


def test_many_small_gaps_are_bounded_too() -> None:
    nacks = NackList(max_missing=100)
    _receive(nacks, *range(0, 1_000, 2))
    assert nacks.missing_count == 100
    assert nacks.take_given_up() == 499 - 100


def test_packets_before_the_first_are_too_old() -> None:
    nacks = NackList()
    assert _receive(nacks, 100, 99, 97) == [Arrival.NEW, Arrival.TOO_OLD, Arrival.TOO_OLD]
    assert nacks.due(50) == []


def test_a_stream_that_began_anew_is_taken_up() -> None:
    """RFC 3550 appendix A.1: after two consecutive packets."""
    nacks = NackList()
    _receive(nacks, *range(30_000, 33_000))
    assert _receive(nacks, 5_000, 5_001, 5_002) == [Arrival.TOO_OLD, Arrival.RESTARTED, Arrival.NEW]
    assert nacks.take_given_up() > 0


def test_the_round_trip_is_measured_by_answers_to_first_requests_alone() -> None:
    round_trip = RoundTrip()
    nacks = NackList(round_trip=round_trip)
    nacks.received(1, 0)
    nacks.received(5, 0)
    assert nacks.due(20) == [2, 3, 4]
    nacks.received(2, 21)  # late by itself
    assert round_trip.smoothed_ms == 0
    nacks.received(3, 60, over_rtx=True)
    assert round_trip.smoothed_ms == 40
    assert nacks.due(200) == [4]
    nacks.received(4, 201, over_rtx=True)  # an answer to the first or to the second
    assert round_trip.smoothed_ms == 40


def test_where_packets_overtake_each_other_a_packet_is_given_time_to_come_by_itself() -> None:
    """What is asked for although it was on its way comes twice."""
    nacks = NackList()
    _receive(nacks, 1, 3)
    assert nacks.due(0, reordering_ms=0) == [2]
    nacks.received(2, 12)
    nacks.received(5, 100)
    assert nacks.due(100, reordering_ms=0) == []
    assert nacks.due(112, reordering_ms=0) == [4]


def test_losses_without_overtaking_are_asked_for_at_once_again_in_the_end() -> None:
    nacks = NackList()
    _receive(nacks, 1, 3, 2, now_ms=0)
    asked_after = []
    for number in range(5, 85, 2):
        lost_at_ms = number * 100
        nacks.received(number, lost_at_ms)
        asked_after += [after for after in range(10) if nacks.due(lost_at_ms + after, reordering_ms=0)][:1]
        nacks.received(number - 1, lost_at_ms + 60, over_rtx=True)
    assert (asked_after[0], asked_after[-1]) == (5, 1)


def test_an_answer_without_rtx_is_not_taken_for_a_packet_that_was_overtaken() -> None:
    """Sound is sent again as it was."""
    round_trip = RoundTrip()
    round_trip.measured(80)
    nacks = NackList(round_trip=round_trip)
    _receive(nacks, 1, 3)
    assert nacks.due(0, reordering_ms=0) == [2]
    nacks.received(2, 75)
    nacks.received(5, 100)
    assert nacks.due(100, reordering_ms=0) == [4]


def test_a_caller_may_take_packets_in_order_by_itself() -> None:
    """As if `received` had been called: later gaps and duplicates come out the same, across the wrap."""
    nacks = NackList()
    _receive(nacks, 65_000)
    for _ in range(1_000):
        nacks.next_seq = (nacks.next_seq + 1) & 0xFFFF
    assert nacks.next_seq == 465
    assert _receive(nacks, 466, 464, 65_100, 465) == [
        Arrival.NEW,
        Arrival.DUPLICATE,
        Arrival.DUPLICATE,
        Arrival.RECOVERED,
    ]
