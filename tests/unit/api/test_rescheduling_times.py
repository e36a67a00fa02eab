"""Omboka around the changes of the clock and midnight: on which days it stands, how long it is, when it is too late (B9, L2)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.browser import Browser
from tests.fake_ports import FakePorts
from tests.unit.api.bookings import booked, reschedule, stored
from tests.unit.api.visitors import patient_browser

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def _local(text: str, fold: int = 0) -> datetime:
    """A Swedish clock time, as a page sends it: the moment in UTC. `fold` 1: the second one of an hour that comes twice."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM, fold=fold).astimezone(UTC)


# From, to, and the day whose start page shows the visit afterwards.
TABLE = [
    pytest.param(
        _local("2026-03-29T01:30"), _local("2026-03-29T03:30"), SPRING, id="over the hour that spring leaves out"
    ),
    pytest.param(_local("2026-03-29T03:30"), _local("2026-03-29T01:30"), SPRING, id="back over it"),
    # 02:30 is no time that day; a page that sends it all the same means the moment an hour after 01:30
    pytest.param(_local("2026-03-29T01:30"), _local("2026-03-29T02:30"), SPRING, id="to a time that spring leaves out"),
    pytest.param(
        _local("2026-03-28T23:50"), _local("2026-03-29T00:00"), SPRING, id="to the first minute of the short day"
    ),
    pytest.param(
        _local("2026-03-29T10:00"), _local("2026-03-29T23:59"), SPRING, id="to the last minute of the short day"
    ),
    pytest.param(
        _local("2026-03-29T23:59"), _local("2026-03-30T00:00"), SPRING + timedelta(days=1), id="out of the short day"
    ),
    pytest.param(
        _local("2026-03-28T10:00"), _local("2026-03-30T10:00"), SPRING + timedelta(days=1), id="same clock time, spring"
    ),
    pytest.param(
        _local("2026-10-25T02:30"), _local("2026-10-25T02:30", fold=1), AUTUMN, id="to the hour that comes again"
    ),
    pytest.param(_local("2026-10-25T02:30", fold=1), _local("2026-10-25T02:30"), AUTUMN, id="and back"),
    pytest.param(
        _local("2026-10-24T23:59"), _local("2026-10-25T00:00"), AUTUMN, id="to the first minute of the long day"
    ),
    pytest.param(
        _local("2026-10-25T00:00"), _local("2026-10-25T23:59"), AUTUMN, id="to the last minute of the long day"
    ),
    pytest.param(
        _local("2026-10-25T23:59"), _local("2026-10-26T00:00"), AUTUMN + timedelta(days=1), id="out of the long day"
    ),
    pytest.param(_local("2026-11-23T23:30"), _local("2026-11-24T00:15"), date(2026, 11, 24), id="past midnight"),
    pytest.param(_local("2026-11-24T00:15"), _local("2026-11-23T23:45"), date(2026, 11, 23), id="to before midnight"),
    pytest.param(_local("2026-12-31T23:45"), _local("2027-01-01T00:05"), date(2027, 1, 1), id="into the new year"),
]


@pytest.fixture(autouse=True)
def _early_in_the_year(ports: FakePorts) -> None:
    ports.clock.time = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.mark.parametrize(("before", "after", "day"), TABLE)
def test_a_moved_visit_is_on_the_start_page_of_its_swedish_day_alone(
    clinician: Browser, ports: FakePorts, before: datetime, after: datetime, day: date
) -> None:
    """B9, L2: a visit over midnight stands on the day it begins."""
    visit = booked(clinician, before, duration_minutes=60)
    assert reschedule(clinician, visit, starts_at=after.isoformat()).status == 200
    around = [day + timedelta(days=n) for n in range(-2, 3)]
    shown = {each: clinician.get(f"/agenda?date={each}").json["entries"] for each in around}
    assert [each for each, entries in shown.items() if entries] == [day]
    now = stored(ports, visit.visit_id)
    assert (now.starts_at, now.ends_at - now.starts_at) == (after, timedelta(minutes=60))


def test_a_visit_moved_into_the_hour_that_comes_again_is_another_time(clinician: Browser) -> None:
    """B9: though both are 02:30 on the clock."""
    visit = booked(clinician, _local("2026-10-25T02:30"))
    again = reschedule(clinician, visit, starts_at=_local("2026-10-25T02:30", fold=1).isoformat())
    assert again.json["sequence"] == 1
    assert (datetime.fromisoformat(again.json["starts_at"]) - visit.starts_at) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("starts_at", "until"),
    [
        ("2026-03-29T03:30", "2026-03-29T00:30"),
        ("2026-10-25T03:30", "2026-10-25T02:30"),
        ("2026-11-24T01:00", "2026-11-23T23:00"),
    ],
)
def test_one_cancels_until_two_hours_before_whatever_the_clock_does(
    clinician: Browser, ports: FakePorts, starts_at: str, until: str
) -> None:
    """B11: two hours that pass, not two on the clock."""
    visit = booked(clinician, _local(starts_at))
    told = datetime.fromisoformat(patient_browser(ports, visit).get("/visitor").json["cancel_until"])
    first = _local(until)
    assert told in {first, _local(until, fold=1)}
    assert visit.starts_at - told == timedelta(hours=2)
