"""iCalendar objects read by a library of others' (icalendar), as calendars do."""

from typing import Any

from icalendar import Calendar


def event_of(content: bytes) -> dict[str, str]:
    """The properties of its one event, and METHOD, as they stand in the file but for folds."""
    calendar: Any = Calendar.from_ical(content)
    (event,) = calendar.events
    assert not calendar.errors
    assert not event.errors
    properties = {name: value.to_ical().decode() for name, value in event.property_items() if name not in _MARKS}
    return properties | {"METHOD": str(calendar["METHOD"])}


_MARKS = frozenset({"BEGIN", "END"})
