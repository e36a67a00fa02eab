"""Connection quality from 1 to 5: what counts, where the bounds are, and that it does not flutter (C11)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.loss_window import MIN_EXPECTED, SAMPLES, LossWindow, loss_fraction
from mediaserver.rtp.quality_score import (
    SAMPLES_TO_FALL,
    SAMPLES_TO_RISE,
    MeanScore,
    Measures,
    SteadyScore,
    score,
)

shares = st.none() | st.floats(0, 1)
delays_ms = st.none() | st.floats(0, 5000)
measured = st.builds(Measures, shares, delays_ms, delays_ms, shares)
scores = st.integers(1, 5)
samples = st.lists(st.none() | scores, max_size=60)


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        (Measures(), None),
        (Measures(loss=0.0, rtt_ms=30.0, jitter_ms=3.0, served=1.0), 5),
        (Measures(loss=0.02), 4),
        (Measures(loss=0.05), 3),
        (Measures(loss=0.10), 2),
        (Measures(loss=0.20), 1),
        (Measures(rtt_ms=250.0), 4),
        (Measures(rtt_ms=400.0), 3),
        (Measures(rtt_ms=700.0), 2),
        (Measures(rtt_ms=1500.0), 1),
        (Measures(jitter_ms=30.0), 4),
        (Measures(jitter_ms=200.0), 1),
        (Measures(served=0.7), 4),
        (Measures(served=0.4), 3),
        (Measures(served=0.2), 2),
        (Measures(served=0.05), 1),
        (Measures(loss=0.0, rtt_ms=30.0, jitter_ms=3.0, served=0.2), 2),
    ],
)
def test_each_measure_has_its_bounds_and_the_worst_counts(measures: Measures, expected: int | None) -> None:
    assert score(measures) == expected


@given(measured, st.floats(0, 1), st.floats(0, 1))
def test_more_loss_is_never_better(measures: Measures, one: float, other: float) -> None:
    less, more = sorted((one, other))
    better = score(Measures(less, measures.rtt_ms, measures.jitter_ms, measures.served))
    worse = score(Measures(more, measures.rtt_ms, measures.jitter_ms, measures.served))
    assert better is not None
    assert worse is not None
    assert better >= worse


@given(measured)
def test_a_score_is_from_1_to_5_or_unknown(measures: Measures) -> None:
    assert score(measures) in {None, 1, 2, 3, 4, 5}


def test_one_bad_second_is_no_news_but_two_are() -> None:
    steady = SteadyScore()
    assert [steady.update(sample) for sample in (5, 5, 1, 5, 5, 2, 3)] == [None, 5, 5, 5, 5, 5, 3]


def test_recovery_must_last() -> None:
    steady = SteadyScore()
    for sample in (1, 1, 5, 5, 5):
        steady.update(sample)
    assert steady.value == 1
    assert steady.update(4) == 4


@given(samples)
def test_a_steady_score_is_one_that_was_measured_lately(taken: list[int | None]) -> None:
    steady = SteadyScore()
    known: list[int] = []
    for sample in taken:
        known += [] if sample is None else [sample]
        before = steady.value
        assert steady.update(sample) in {before, *known[-SAMPLES_TO_RISE:]}


@given(samples)
def test_a_steady_score_moves_only_when_all_late_samples_agree_on_the_direction(taken: list[int | None]) -> None:
    steady = SteadyScore()
    known: list[int] = []
    for sample in taken:
        known += [] if sample is None else [sample]
        before, after = steady.value, steady.update(sample)
        if before is not None and after is not None and after < before:
            assert all(each <= after for each in known[-SAMPLES_TO_FALL:])
        if before is not None and after is not None and after > before:
            assert all(each >= after for each in known[-SAMPLES_TO_RISE:])


@given(samples, scores)
def test_a_lasting_quality_is_told_in_the_end(taken: list[int | None], lasting: int) -> None:
    steady = SteadyScore()
    for sample in [*taken, *[lasting] * SAMPLES_TO_RISE]:
        steady.update(sample)
    assert steady.value == lasting


def test_mean_and_worst_of_a_call() -> None:
    mean = MeanScore()
    assert (mean.mean, mean.worst) == (None, None)
    for value in (5, None, 4, 2):
        mean.add(value)
    assert (mean.mean, mean.worst) == (3.67, 2)


def test_loss_is_that_of_the_last_samples_alone() -> None:
    window = LossWindow()
    for number in range(SAMPLES + 1):
        window.update(number * 100, number * 50)
    expected = (SAMPLES + 1) * 100
    for number in range(SAMPLES):
        found = window.update(expected + number * 100, SAMPLES * 50)
    assert found == (SAMPLES * 100, 0)


def test_a_stream_that_began_anew_is_counted_anew() -> None:
    window = LossWindow()
    window.update(5000, 100)
    assert window.update(10, 0) == (0, 0)
    assert window.update(60, 5) == (50, 5)


@given(st.lists(st.tuples(st.integers(0, 2**32), st.integers(-10, 2**32))))
def test_any_counters_give_a_share_from_0_to_1(counters: list[tuple[int, int]]) -> None:
    window = LossWindow()
    for expected, lost in counters:
        fraction = loss_fraction(*window.update(expected, lost))
        assert fraction is None or 0 <= fraction <= 1


def test_a_packet_lost_of_a_few_says_nothing() -> None:
    assert loss_fraction(MIN_EXPECTED - 1, 1) is None
    assert loss_fraction(MIN_EXPECTED, 1) == 1 / MIN_EXPECTED
