"""What a clinician has at the same time is found by few readings, however long the series and however full the days (B9)."""

from collections.abc import Sequence
from datetime import timedelta
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.agenda import agenda_rows
from chalicelib.domain.visit import Visit
from chalicelib.services import find_overlaps as service
from chalicelib.services.find_overlaps import find_overlaps
from tests import fakes
from tests.builders import EK, NOW, a_visit
from tests.fake_ports import FakePorts

TIMES = 12
WEEK = timedelta(weeks=1)


def _series(every: timedelta = WEEK, times: int = TIMES) -> list[Visit]:
    return [replace(a_visit(starts_at=NOW + every * place), visit_id=f"v_planned{place}") for place in range(times)]


def _busy_at(ports: FakePorts, minutes: Sequence[int], lasting: int = 30) -> list[Visit]:
    """Eva Ek's other visits, so many minutes from now."""
    others = [a_visit(starts_at=NOW + timedelta(minutes=each)) for each in minutes]
    theirs = [
        replace(each, visit_id=f"v_other{place}", ends_at=each.starts_at + timedelta(minutes=lasting))
        for place, each in enumerate(others)
    ]
    ports.store.seed(*(row for each in theirs for row in agenda_rows(each)))
    return theirs


def _readings(ports: FakePorts, series: Sequence[Visit]) -> int:
    before = ports.store.reads["agenda"]
    find_overlaps(ports, series)
    return ports.store.reads["agenda"] - before


@pytest.mark.parametrize("every", [WEEK, WEEK * 4])
def test_a_series_in_an_open_calendar_is_one_reading(ports: FakePorts, every: timedelta) -> None:
    _busy_at(ports, range(0, 60 * 24 * 7 * 8, 60 * 24))  # a visit a day for eight weeks
    assert _readings(ports, _series(every)) == 1


@pytest.mark.parametrize("every", [WEEK, WEEK * 4])
def test_a_series_in_a_full_calendar_is_at_most_a_reading_for_each_of_its_visits(
    ports: FakePorts, every: timedelta
) -> None:
    """Also one that is read ahead in vain, once."""
    a_week = 60 * 24 * 7
    _busy_at(ports, [week * a_week + 100 * place for week in range(48) for place in range(60)])
    assert 1 < _readings(ports, _series(every)) <= TIMES


@given(
    minutes=st.sets(st.integers(-600, 60 * 24 * 8 * 5), max_size=30),
    lasting=st.integers(5, 480),
    times=st.integers(1, 5),
)
def test_all_that_overlaps_is_found_however_little_a_reading_brings(
    minutes: set[int], lasting: int, times: int
) -> None:
    """As by looking at each of them; with at most a reading for each visit of the series."""
    ports, series = FakePorts(), _series(times=times)
    kept = _at_most_two_nearby(sorted(minutes), series)
    others = _busy_at(ports, kept, lasting)
    expected = [
        (EK, other.starts_at)
        for visit in series
        for other in others
        if other.starts_at < visit.ends_at and visit.starts_at < other.ends_at
    ]
    with patch.object(service, "AGENDA_LIMIT", 3), patch.object(fakes, "AGENDA_LIMIT", 3):
        found = find_overlaps(ports, series)
    assert [(each.hsa_id, each.starts_at) for each in found] == expected
    assert ports.store.reads["agenda"] <= times


def _at_most_two_nearby(minutes: Sequence[int], series: Sequence[Visit]) -> list[int]:
    """A reading holds what one visit can overlap, as 200 rows hold any day: here it holds three rows."""
    kept, near = [], dict.fromkeys(range(len(series)), 0)
    for each in minutes:
        at = NOW + timedelta(minutes=each)
        of = [
            place for place, visit in enumerate(series) if visit.starts_at - service.LONGEST_VISIT <= at < visit.ends_at
        ]
        if all(near[place] < 2 for place in of):
            kept.append(each)
            near.update({place: near[place] + 1 for place in of})
    return kept
