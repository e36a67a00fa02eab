"""A booking that repeats itself: the same Swedish clock time every so many weeks, also over a change of the clock."""

from datetime import UTC, datetime, time, timedelta

from msgspec import Struct

from chalicelib.domain.local_time import STOCKHOLM, local


class Repeat(Struct, frozen=True, kw_only=True):
    """`count` visits in all."""

    every_weeks: int
    count: int


def starts_of(first: datetime, repeat: Repeat | None) -> list[datetime]:
    """When each visit starts, in UTC, the first one as given; that alone when nothing is repeated.

    Of a clock time that a day has twice it is the first, and one that a day leaves out is as if the clock had not been
    changed yet (PEP 495, fold 0).
    """
    if repeat is None:
        return [first]
    weeks = (repeat.every_weeks * place for place in range(1, repeat.count))
    return [first, *(_weeks_later(first, each) for each in weeks)]


def _weeks_later(first: datetime, weeks: int) -> datetime:
    begins = local(first)
    clock = time(begins.hour, begins.minute, begins.second, begins.microsecond)
    day = begins.date() + timedelta(weeks=weeks)
    return datetime.combine(day, clock, STOCKHOLM).astimezone(UTC)
