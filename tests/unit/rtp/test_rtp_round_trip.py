"""How long an answer may take: the round trip, how much it varies, and longer while nobody answers (RFC 6298)."""

from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.round_trip import ASSUMED_MS, MAX_PATIENCE_MS, MIN_PATIENCE_MS, RoundTrip

milliseconds = st.floats(0, 5_000)


def test_before_the_first_answer_a_round_trip_is_assumed() -> None:
    assert RoundTrip().patience_ms == ASSUMED_MS


def test_a_steady_way_is_given_little_more_than_its_round_trip() -> None:
    round_trip = RoundTrip()
    for _ in range(30):
        round_trip.measured(80)
    assert 80 <= round_trip.patience_ms < 90


@given(st.lists(st.floats(40, 120), min_size=40, max_size=80))
def test_a_way_that_varies_is_given_at_least_its_mean(answers_ms: list[float]) -> None:
    round_trip = RoundTrip()
    for answer_ms in answers_ms:
        round_trip.measured(answer_ms)
    assert 40 <= round_trip.smoothed_ms <= 120
    assert round_trip.smoothed_ms <= round_trip.patience_ms <= MAX_PATIENCE_MS


def test_a_way_that_became_slow_is_measured_again_although_every_question_was_repeated() -> None:
    """From 3 to 90 ms: each question is repeated too soon, until patience has grown beyond the new round trip."""
    round_trip = RoundTrip()
    for _ in range(20):
        round_trip.measured(3)
    assert round_trip.patience_ms == MIN_PATIENCE_MS
    repeats, now_ms = 0, 0.0
    while round_trip.patience_ms < 90:
        repeats, now_ms = repeats + 1, now_ms + round_trip.patience_ms
        round_trip.unanswered(now_ms)
    assert repeats == 9
    round_trip.measured(90)
    round_trip.measured(90)
    assert round_trip.patience_ms > 90


def test_one_question_that_is_lost_makes_nobody_wait_longer_for_the_next() -> None:
    round_trip = RoundTrip()
    for _ in range(20):
        round_trip.measured(80)
    usual_ms = round_trip.patience_ms
    for _ in range(100):  # many at once count as one
        round_trip.unanswered(1_000)
    assert round_trip.patience_ms == usual_ms


def test_one_answer_to_a_first_question_ends_the_waiting() -> None:
    round_trip = RoundTrip()
    for _ in range(20):
        round_trip.measured(80)
    usual_ms = round_trip.patience_ms
    for repeat in range(3):
        round_trip.unanswered(repeat * 1_000)
    assert round_trip.patience_ms == 2 * usual_ms
    round_trip.measured(80)
    assert round_trip.patience_ms <= usual_ms


@given(st.lists(st.tuples(st.booleans(), milliseconds), max_size=200))
def test_patience_stays_within_its_bounds(events: list[tuple[bool, float]]) -> None:
    round_trip, now_ms = RoundTrip(), 0.0
    for is_answer, value in events:
        now_ms += value
        if is_answer:
            round_trip.measured(value)
        else:
            round_trip.unanswered(now_ms)
        assert MIN_PATIENCE_MS <= round_trip.patience_ms <= MAX_PATIENCE_MS
