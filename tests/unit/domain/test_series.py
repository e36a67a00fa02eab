"""A repeated booking keeps its Swedish clock time, on whatever side of a change of the clock (B2)."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.booking import visit_id_of
from chalicelib.domain.local_time import STOCKHOLM, local
from chalicelib.domain.series import Repeat, starts_of

REPEATS = st.builds(
    Repeat, every_weeks=st.integers(min_value=1, max_value=12), count=st.integers(min_value=2, max_value=12)
)
STARTS = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def _exists(day: datetime) -> bool:
    """Whether a Swedish clock shows that time at all on its day."""
    return local(day.astimezone(UTC)).replace(tzinfo=None) == day.replace(tzinfo=None)


@given(STARTS, REPEATS)
def test_each_visit_is_so_many_weeks_later_at_the_same_clock_time(first: datetime, repeat: Repeat) -> None:
    starts = starts_of(first, repeat)
    assert (starts[0], len(starts)) == (first, repeat.count)
    assert starts == sorted(set(starts))
    begins = local(first).replace(tzinfo=None)
    for place, start in enumerate(starts):
        wanted = begins + timedelta(weeks=place * repeat.every_weeks)
        if place and _exists(wanted.replace(tzinfo=STOCKHOLM)):
            assert local(start).replace(tzinfo=None) == wanted
        assert local(start).date() == wanted.date()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026-03-15T07:00", "2026-03-29T06:00"),  # 08:00, the day on which the clocks go forward
        ("2026-03-15T01:30", "2026-03-29T01:30"),  # 02:30, which that day leaves out: 03:30
        ("2026-10-11T00:30", "2026-10-25T00:30"),  # 02:30, which that day has twice: the first one
        ("2026-10-11T06:00", "2026-10-25T07:00"),  # 08:00, the day on which they go back
        ("2026-10-25T01:30", "2026-11-08T01:30"),  # from the second 02:30 of that day
        ("2026-03-14T22:45", "2026-03-28T22:45"),  # a quarter to midnight, the day before
        ("2026-03-15T23:15", "2026-03-29T22:15"),  # a quarter past midnight, the day after
    ],
)
def test_around_the_changes_of_the_clock_and_midnight(first: str, second: str) -> None:
    starts = starts_of(datetime.fromisoformat(f"{first}+00:00"), Repeat(every_weeks=2, count=2))
    assert starts[1] == datetime.fromisoformat(f"{second}+00:00")


def test_what_is_not_repeated_is_once() -> None:
    first = datetime.combine(datetime(2026, 3, 15, tzinfo=UTC), time(7), UTC)
    assert starts_of(first, None) == [first]


@given(st.integers(min_value=0, max_value=11), st.integers(min_value=0, max_value=11))
def test_each_place_of_a_booking_has_an_id_of_its_own_and_always_the_same(one: int, other: int) -> None:
    """B3."""
    same = visit_id_of("o", "h", "r", one) == visit_id_of("o", "h", "r", other)
    assert same == (one == other)
