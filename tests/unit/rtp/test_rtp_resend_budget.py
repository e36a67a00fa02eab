"""Repair takes its share of the bandwidth and no more."""

from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.resend_budget import MIN_SAVED_PACKETS, PACKET_BITS, SHARE_OF_ESTIMATE, ResendBudget

SECOND_US = 1_000_000


def test_a_burst_on_a_wide_link_is_repaired_at_once() -> None:
    assert ResendBudget().take(30, 2_000_000, 5 * SECOND_US) == 30


def test_what_was_lost_when_the_link_fell_is_mostly_left() -> None:
    """A few packets at once, enough for a keyframe; then a quarter of what the link carries."""
    budget = ResendBudget()
    budget.take(1, 2_000_000, SECOND_US)
    assert budget.take(200, 250_000, SECOND_US) == MIN_SAVED_PACKETS
    taken = sum(budget.take(200, 250_000, SECOND_US + tick * 100_000) for tick in range(1, 101))
    assert taken <= SHARE_OF_ESTIMATE * 250_000 * 10 / PACKET_BITS


def test_a_tenth_of_loss_is_wholly_repaired() -> None:
    budget = ResendBudget()
    asked = [budget.take(2, 1_000_000, tick * 100_000) for tick in range(1, 200)]
    assert asked == [2] * len(asked)


@given(st.lists(st.tuples(st.integers(0, 300), st.floats(0, 1e7), st.integers(0, SECOND_US)), max_size=50))
def test_never_more_than_asked_for_nor_less_than_nothing(steps: list[tuple[int, float, int]]) -> None:
    budget, now_us = ResendBudget(), 0
    for packets, estimate_bps, elapsed_us in steps:
        now_us += elapsed_us
        assert 0 <= budget.take(packets, estimate_bps, now_us) <= packets
