"""B10: when reminders come, around changes of the clock and midnight, and which a visit still gets."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.local_time import STOCKHOLM, local
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.reminders import due_times, reminder_plan
from chalicelib.domain.visit_messages import later_invitation_at
from tests.builders import a_visit, an_organisation

LONG_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


def _swedish(day: str, clock: str, fold: int = 0) -> datetime:
    at = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), STOCKHOLM)
    return at.replace(fold=fold).astimezone(UTC)


def _organisation(morning: str = "07:00", soon: int = 15) -> Organisation:
    return replace(an_organisation(), morning_reminder_at=morning, soon_reminder_minutes=soon)


def _plan(starts_at: datetime, organisation: Organisation | None = None, now: datetime = LONG_BEFORE) -> dict[str, str]:
    rows = reminder_plan(a_visit(starts_at=starts_at), organisation or _organisation(), now)
    return {row.reason.partition("#")[0]: f"{local(row.due_at):%m-%d %H:%M%z}" for row in rows}


# (the visit's Swedish day and clock, which of two such hours, the morning reminder, the one shortly before)
@pytest.mark.parametrize(
    ("day", "clock", "fold", "morning", "soon"),
    [
        ("2026-11-24", "09:30", 0, "11-24 07:00+0100", "11-24 09:15+0100"),
        ("2026-07-01", "09:30", 0, "07-01 07:00+0200", "07-01 09:15+0200"),
        # The clock goes from 02:00 to 03:00 that night, and at 03:00 back to 02:00.
        ("2026-03-29", "09:30", 0, "03-29 07:00+0200", "03-29 09:15+0200"),
        ("2026-03-29", "03:10", 0, None, "03-29 01:55+0100"),
        ("2026-03-28", "09:30", 0, "03-28 07:00+0100", "03-28 09:15+0100"),
        ("2026-10-25", "09:30", 0, "10-25 07:00+0100", "10-25 09:15+0100"),
        ("2026-10-25", "02:10", 0, None, "10-25 01:55+0200"),
        ("2026-10-25", "02:10", 1, None, "10-25 02:55+0200"),
        ("2026-10-24", "23:50", 0, "10-24 07:00+0200", "10-24 23:35+0200"),
        # Around midnight: the morning of the visit's own day, and none that comes after it.
        ("2026-11-24", "00:10", 0, None, "11-23 23:55+0100"),
        ("2026-11-24", "00:00", 0, None, "11-23 23:45+0100"),
        ("2026-11-24", "23:59", 0, "11-24 07:00+0100", "11-24 23:44+0100"),
        ("2027-01-01", "00:05", 0, None, "12-31 23:50+0100"),
        # Not one after the other.
        ("2026-11-24", "07:10", 0, None, "11-24 06:55+0100"),
        ("2026-11-24", "07:15", 0, None, "11-24 07:00+0100"),
        ("2026-11-24", "07:16", 0, "11-24 07:00+0100", "11-24 07:01+0100"),
    ],
)
def test_reminders_come_by_the_swedish_clock(day: str, clock: str, fold: int, morning: str | None, soon: str) -> None:
    expected = {"reminder_morning": morning, "reminder_soon": soon}
    assert _plan(_swedish(day, clock, fold)) == {name: at for name, at in expected.items() if at}


@pytest.mark.parametrize(
    ("day", "morning", "due"),
    [
        ("2026-03-29", "02:30", "03-29 03:30+0200"),  # a clock time that is not there that day
        ("2026-10-25", "02:30", "10-25 02:30+0200"),  # one that is there twice: the first
    ],
)
def test_a_morning_reminder_in_the_night_of_the_change_comes_once(day: str, morning: str, due: str) -> None:
    assert _plan(_swedish(day, "09:30"), _organisation(morning))["reminder_morning"] == due


def test_what_has_passed_when_it_is_booked_is_not_sent() -> None:
    starts_at = _swedish("2026-11-24", "09:30")
    booked = [starts_at - timedelta(minutes=minutes) for minutes in (300, 120, 15, 5)]
    plans = [set(_plan(starts_at, now=now)) for now in booked]
    assert plans == [{"reminder_morning", "reminder_soon"}, {"reminder_soon"}, set(), set()]


@pytest.mark.parametrize(
    ("organisation", "left"),
    [(_organisation(soon=0), {"reminder_morning"}), (_organisation(morning=""), {"reminder_soon"})],
)
def test_an_organisation_may_do_without_either(organisation: Organisation, left: set[str]) -> None:
    assert set(_plan(_swedish("2026-11-24", "09:30"), organisation)) == left


@given(st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)), st.times(), st.integers(1, 600))  # noqa: DTZ001
def test_every_reminder_is_before_the_visit_and_its_row_outlives_it(naive: datetime, clock: time, lead: int) -> None:
    """The row expires by TTL, and must be there when it falls due."""
    visit = a_visit(starts_at=naive.replace(tzinfo=UTC))
    organisation = _organisation(clock.isoformat("minutes"), lead)
    for row in reminder_plan(visit, organisation, datetime(2020, 1, 1, tzinfo=UTC)):
        assert row.due_at <= visit.starts_at - timedelta(minutes=lead)
        assert row.due_at + timedelta(days=1) < row.expires_at
        assert row.useful_until == visit.starts_at


def test_a_moved_visit_has_rows_of_their_own() -> None:
    """B9."""
    visit = a_visit(starts_at=_swedish("2026-11-24", "09:30"))
    ids = [
        {row.message_id for row in reminder_plan(each, _organisation(), LONG_BEFORE)}
        for each in (visit, replace(visit, sequence=1, timed_sequence=1))
    ]
    assert ids[0].isdisjoint(ids[1])
    assert ids[0] == {row.message_id for row in reminder_plan(visit, _organisation(), LONG_BEFORE)}


def test_a_row_tells_nothing_of_anyone() -> None:
    for row in reminder_plan(a_visit(starts_at=_swedish("2026-11-24", "09:30")), _organisation(), LONG_BEFORE):
        assert (row.address, row.subject, row.text, row.link_id, row.participant_id) == ("", "", "", "", "")


def test_a_repeated_bookings_later_visits_are_invited_to_three_days_before_at_nine() -> None:
    visit = a_visit(starts_at=_swedish("2026-03-31", "08:00"))
    assert later_invitation_at(visit, LONG_BEFORE) == _swedish("2026-03-28", "09:00")
    assert later_invitation_at(visit, visit.starts_at) == visit.starts_at
    assert [reason for reason, _ in due_times(visit, _organisation())] == ["reminder_morning", "reminder_soon"]
