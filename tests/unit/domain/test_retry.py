"""B3: a message that could not be sent comes back later and later, within bounds."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.retry import ATTEMPTS, patience, retry_delay


@given(st.integers(1, 100), st.floats(0, 1))
def test_the_wait_is_between_half_and_all_of_its_step(attempts: int, jitter: float) -> None:
    longest = retry_delay(attempts, 1)
    assert longest / 2 <= retry_delay(attempts, jitter) <= longest <= timedelta(minutes=15)
    assert retry_delay(attempts + 1, 1) >= longest


def test_waits_double_from_five_seconds_and_end_within_a_quarter_of_an_hour() -> None:
    waits = [retry_delay(attempt, 1).total_seconds() for attempt in range(1, ATTEMPTS)]
    assert waits == [5, 10, 20, 40, 80, 160, 320]


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_a_carriers_patience_is_asked_for_over_a_span_that_widens_to_a_minute(throttled: int, jitter: float) -> None:
    wait = patience(throttled, jitter)
    assert timedelta(seconds=1) <= wait <= timedelta(seconds=61)
    assert patience(throttled + 1, jitter) >= wait
