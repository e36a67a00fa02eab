"""L2: a day is 00:00-24:00 on a Swedish clock, also on the days that have 23 or 25 hours."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.local_time import day_bounds, local, local_date


@pytest.mark.parametrize(
    ("day", "start", "end", "hours"),
    [
        (date(2026, 11, 22), "2026-11-21T23:00", "2026-11-22T23:00", 24),
        (date(2026, 7, 1), "2026-06-30T22:00", "2026-07-01T22:00", 24),
        (date(2026, 3, 29), "2026-03-28T23:00", "2026-03-29T22:00", 23),
        (date(2026, 10, 25), "2026-10-24T22:00", "2026-10-25T23:00", 25),
        (date(2027, 3, 28), "2027-03-27T23:00", "2027-03-28T22:00", 23),
        (date(2026, 12, 31), "2026-12-30T23:00", "2026-12-31T23:00", 24),
    ],
)
def test_a_day_runs_from_midnight_to_midnight_in_stockholm(day: date, start: str, end: str, hours: int) -> None:
    bounds = day_bounds(day)
    assert bounds == (datetime.fromisoformat(start + "+00:00"), datetime.fromisoformat(end + "+00:00"))
    assert bounds[1] - bounds[0] == timedelta(hours=hours)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_days_follow_each_other_without_a_gap_and_hold_their_own_moments(day: date) -> None:
    start, end = day_bounds(day)
    assert end == day_bounds(day + timedelta(days=1))[0]
    assert local_date(start) == local_date(end - timedelta(microseconds=1)) == day


def test_a_moment_shows_as_on_a_swedish_clock() -> None:
    assert local(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)).isoformat() == "2026-07-02T00:30:00+02:00"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no moment"):
        local(datetime(2026, 7, 1, 22, 30))  # noqa: DTZ001  the mistake under test
