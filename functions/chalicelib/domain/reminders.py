"""When reminders come (B10): on the morning of the visit's day, and shortly before it.

A visit has one row for each (`domain.rows_for_all`). A moved visit gets new rows; those of its former time are not sent, since
their `sequence` is another than the visit's.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from chalicelib.domain.local_time import STOCKHOLM, local_date
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.rows_for_all import row_for_all
from chalicelib.domain.text_keys import TextReason
from chalicelib.domain.visit import Visit


def reminder_plan(visit: Visit, organisation: Organisation, now: datetime) -> list[OutboxMessage]:
    """The rows of those that are still to come; none for a visit that starts sooner than their lead."""
    return [_row(visit, reason, due_at, now) for reason, due_at in due_times(visit, organisation) if due_at > now]


def due_times(visit: Visit, organisation: Organisation) -> Iterator[tuple[TextReason, datetime]]:
    """In UTC. No morning reminder comes when the later one has come already, as for a visit just after midnight."""
    soon = visit.starts_at - timedelta(minutes=organisation.soon_reminder_minutes)
    morning = _morning(visit, organisation.morning_reminder_at)
    if morning is not None and morning < soon:
        yield "reminder_morning", morning
    if organisation.soon_reminder_minutes > 0:
        yield "reminder_soon", soon


def _morning(visit: Visit, clock: str) -> datetime | None:
    """That clock time of the visit's Swedish day; of an hour that is there twice the first, and None for no time at all.

    A time that a change of the clock leaves out is taken as if the clock had not been changed yet (PEP 495, fold 0).
    """
    try:
        at = time.fromisoformat(clock)
    except ValueError:
        return None
    return datetime.combine(local_date(visit.starts_at), at.replace(tzinfo=None), STOCKHOLM).astimezone(UTC)


def _row(visit: Visit, reason: TextReason, due_at: datetime, now: datetime) -> OutboxMessage:
    return row_for_all(visit, f"{reason}#{visit.timed_sequence}", due_at, now, until=visit.starts_at)
