"""Receivers see one sequence, whatever is left out or switched upstream."""

from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.sequence_map import SequenceMap
from tests.unit.rtp.packets import uint16


def _started(first_in: int, first_out: int = 100) -> SequenceMap[str]:
    numbers: SequenceMap[str] = SequenceMap(first_out)
    numbers.switch("a", first_in)
    return numbers


@given(uint16, uint16, st.lists(st.booleans(), min_size=1, max_size=300))
def test_dropped_packets_leave_no_gap(first_in: int, first_out: int, drops: list[bool]) -> None:
    """Wherever the wrap at 16 bits falls, on either side."""
    numbers = _started(first_in, first_out)
    forwarded = []
    for index, drop in enumerate(drops):
        in_seq = (first_in + index) & 0xFFFF
        if drop:
            numbers.drop(in_seq)
        else:
            forwarded.append((in_seq, numbers.forward(in_seq)))
    assert [out for _, out in forwarded] == [(first_out + index) & 0xFFFF for index in range(len(forwarded))]
    for in_seq, out in forwarded[-100:]:
        assert out is not None
        assert numbers.reverse(out) == ("a", in_seq)


@given(uint16, st.permutations(range(40)), st.sets(st.integers(0, 39)))
def test_reordering_gives_the_same_numbers(first_in: int, order: list[int], lost: set[int]) -> None:
    """Without drops the distance between packets is that of the publisher, so that loss stays visible."""
    numbers = _started(first_in)
    for index in order:
        if index not in lost:
            out = numbers.forward((first_in + index) & 0xFFFF)
            assert out == 100 + index


@given(uint16, st.integers(0, 30), st.integers(1, 5))
def test_a_late_packet_keeps_the_number_of_its_place(first_in: int, before: int, gap: int) -> None:
    """Loss, then a drop, then the lost packets come after all."""
    numbers = _started(first_in)
    for index in range(before):
        numbers.forward((first_in + index) & 0xFFFF)
    dropped = before + gap
    numbers.drop((first_in + dropped) & 0xFFFF)
    assert numbers.forward((first_in + dropped + 1) & 0xFFFF) == 100 + dropped
    for index in range(before, dropped):
        assert numbers.forward((first_in + index) & 0xFFFF) == 100 + index
    assert numbers.forward((first_in + dropped) & 0xFFFF) is None


@given(uint16, uint16, uint16, st.integers(1, 50))
def test_a_switch_goes_on_with_the_next_number(first: int, second: int, first_out: int, count: int) -> None:
    numbers = _started(first, first_out)
    for index in range(count):
        numbers.forward((first + index) & 0xFFFF)
    numbers.switch("b", second)
    for index in range(count):
        assert numbers.forward((second + index) & 0xFFFF) == (first_out + count + index) & 0xFFFF
    assert numbers.highest_out == (first_out + 2 * count - 1) & 0xFFFF
    for index in range(count):
        assert numbers.reverse((first_out + index) & 0xFFFF) == ("a", (first + index) & 0xFFFF)
        assert numbers.reverse((first_out + count + index) & 0xFFFF) == ("b", (second + index) & 0xFFFF)


def test_packets_before_the_switch_have_no_number() -> None:
    numbers = _started(10)
    numbers.forward(10)
    numbers.switch("b", 500)
    numbers.forward(500)
    assert numbers.forward(499) is None
    assert numbers.forward(10) is None


def test_a_number_not_given_out_has_no_source() -> None:
    numbers = _started(10)
    assert numbers.reverse(100) is None
    numbers.forward(10)
    assert numbers.reverse(99) is None
    assert numbers.reverse(101) is None
    assert numbers.reverse(100) == ("a", 10)


def test_before_the_first_switch_nothing_has_a_number() -> None:
    numbers: SequenceMap[str] = SequenceMap(5)
    numbers.drop(1)
    assert numbers.forward(1) is None
    assert numbers.reverse(5) is None


def test_changes_remembered_are_bounded_and_the_newest_stay_right() -> None:
    numbers = _started(0, 0)
    for in_seq in range(0, 20_000, 2):
        numbers.drop(in_seq)
        assert numbers.forward(in_seq + 1) == in_seq // 2
    assert numbers.reverse(9_999) == ("a", 19_999)
    assert numbers.reverse(9_900) == ("a", 19_801)
    assert numbers.reverse(100) is None


def test_a_late_drop_stays_a_gap() -> None:
    numbers = _started(10)
    assert numbers.forward(12) == 102
    numbers.drop(11)
    assert numbers.forward(13) == 103
