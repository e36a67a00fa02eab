"""Europe/Stockholm, wherever a day or an age is meant. Storage is in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FIRST_YEAR, LAST_YEAR = 2000, 2200  # no visit and no log is of a day outside them


def local(at: datetime) -> datetime:
    """The same moment on a Swedish clock. Raises ValueError for a time without a zone."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone means no moment")
    return at.astimezone(STOCKHOLM)


def local_date(at: datetime) -> date:
    """The Swedish day that this moment is in."""
    return local(at).date()


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The moments, in UTC, at which the day begins and the next one begins: 23, 24 or 25 hours apart (L2)."""
    return _midnight(day), _midnight(day + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, STOCKHOLM).astimezone(UTC)
