"""What other systems have sent and what became of it, for those who help (V1). Each look is in the access log."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import by_staff
from chalicelib.domain.changes import Create
from chalicelib.domain.integration_message import IntegrationMessage, Outcome
from chalicelib.domain.local_time import day_bounds
from chalicelib.domain.sealed import unseal
from chalicelib.domain.staff import Staff
from chalicelib.errors import NotFound
from chalicelib.services.ports import Ports
from chalicelib.services.search_access_log import LONGEST_DAYS, period

PAGE = 200


@dataclass(frozen=True, slots=True, repr=False)
class MessageQuery(Concealed):
    """Swedish days, both included; today where none is given."""

    from_day: date | None = None
    to_day: date | None = None
    outcome: Outcome | None = None
    external_id: str = ""


def search_messages(ports: Ports, staff: Staff, query: MessageQuery) -> tuple[list[IntegrationMessage], bool]:
    """Newest first, and whether there are older ones in those days. Raises BadInput (`period_too_long`)."""
    first, last = period(ports, query.from_day, query.to_day, LONGEST_DAYS)
    _log(ports, staff, "integration.search")
    between = _name(day_bounds(first)[0]), _name(day_bounds(last)[1])
    found: list[IntegrationMessage] = []
    if query.external_id:
        every = ports.bookings.messages_of(staff.org_id, query.external_id, between, PAGE + 1)
        found = [each for each in every if query.outcome in {None, each.outcome}]
        return found[:PAGE], len(every) > PAGE
    for day in _days(day_bounds(first)[0], day_bounds(last)[1]):
        room = PAGE + 1 - len(found)
        found += ports.bookings.messages_of_day(staff.org_id, day, query.outcome, between, room)
        if len(found) > PAGE:
            break
    return found[:PAGE], len(found) > PAGE


def read_message(ports: Ports, staff: Staff, message_id: str) -> tuple[IntegrationMessage, bytes]:
    """The message and what was received, word for word. Raises NotFound."""
    message = known_message(ports, staff, message_id)
    _log(ports, staff, "integration.read", message.patient_id)
    return message, unseal(ports.settings.integration_key, message_id, message.body)


def known_message(ports: Ports, staff: Staff, message_id: str) -> IntegrationMessage:
    """Of the caller's own organisation. Raises NotFound."""
    message = ports.bookings.message(staff.org_id, message_id)
    if message is None:
        raise NotFound("no such message")
    return message


def _log(ports: Ports, staff: Staff, action: str, patient_id: str = "") -> None:
    ports.store.commit([Create(by_staff(staff, action, ports.clock.now(), patient_id=patient_id))])


def _name(moment: datetime) -> str:
    """Before the ids of every message of this moment, after all earlier ones."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S%f}"


def _days(start: datetime, end: datetime) -> Iterator[str]:
    """UTC days of [start, end), the last first."""
    day = (end - timedelta(microseconds=1)).astimezone(UTC).date()
    while day >= start.astimezone(UTC).date():
        yield f"{day:%Y%m%d}"
        day -= timedelta(days=1)
