"""When tests book, so that none minds the hour that it runs at, nor what others have booked."""

from datetime import UTC, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# Between the days of two tests lies no whole number of weeks: no test's series reaches the day of another.
_days_ahead = count(40, 5)
_numbers = count(1001)


def soon(ahead: timedelta = timedelta(minutes=10)) -> datetime:
    """So little ahead that the patient may come in at once and no reminder is written, and enough to book by hand.

    In the hour that is there twice in autumn, of which a form means the first one, it is the end of that hour.
    """
    at = (datetime.now(UTC) + ahead).astimezone(STOCKHOLM).replace(second=0, microsecond=0)
    return at.replace(hour=3, minute=0, fold=0) if at.fold else at


def own_day() -> datetime:
    """Ten o'clock on a day that no other test of this run books on."""
    day = datetime.now(STOCKHOLM).date() + timedelta(days=next(_days_ahead))
    return datetime.combine(day, time(10), STOCKHOLM)


def tomorrow() -> datetime:
    """Ten o'clock."""
    return datetime.combine(datetime.now(STOCKHOLM).date() + timedelta(days=1), time(10), STOCKHOLM)


def own_reason() -> str:
    """For a visit: it tells its row from all others."""
    return f"Återbesök {next(_numbers)}"
