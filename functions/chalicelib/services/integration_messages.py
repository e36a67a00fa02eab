"""What other systems have sent and what became of it, for those who help (V1). Each look is in the access log."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import by_staff
from chalicelib.domain.changes import MOST_IN_ONE, Create
from chalicelib.domain.fhir_appointment import read_appointment
from chalicelib.domain.fhir_people import numbers_in
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.integration_message import IntegrationMessage, Outcome
from chalicelib.domain.local_time import day_bounds, local_date
from chalicelib.domain.patient import patient_id
from chalicelib.domain.sealed import unseal
from chalicelib.domain.staff import Staff
from chalicelib.errors import InvalidIdentityNumber, NotFound, VardrumError
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
    """The message and what was received, word for word; in the log of everyone whose number it holds, also where it was
    refused and so is nobody's. Raises NotFound."""
    message = known_message(ports, staff, message_id)
    body = unseal(ports.settings.integration_key, message_id, message.body)
    _log(ports, staff, "integration.read", *_patients_in(ports, message, body))
    return message, body


def _patients_in(ports: Ports, message: IntegrationMessage, body: bytes) -> list[str]:
    """Their ids, made of the numbers as the population register has them; "" for a message that names nobody."""
    found = {message.patient_id} - {""}
    with suppress(VardrumError):
        for text in numbers_in(read_appointment(body)):
            with suppress(InvalidIdentityNumber):
                number = IdentityNumber.parse(text, local_date(ports.clock.now()))
                found.add(patient_id(ports.settings.patient_key, message.org_id, number.digits))
    return sorted(found) or [""]


def known_message(ports: Ports, staff: Staff, message_id: str) -> IntegrationMessage:
    """Of the caller's own organisation. Raises NotFound."""
    message = ports.bookings.message(staff.org_id, message_id)
    if message is None:
        raise NotFound("no such message")
    return message


def _log(ports: Ports, staff: Staff, action: str, *patient_ids: str) -> None:
    now = ports.clock.now()
    entries = [Create(by_staff(staff, action, now, patient_id=each)) for each in patient_ids or ("",)]
    for start in range(0, len(entries), MOST_IN_ONE):
        ports.store.commit(entries[start : start + MOST_IN_ONE])


def _name(moment: datetime) -> str:
    """Before the ids of every message of this moment, after all earlier ones."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S%f}"


def _days(start: datetime, end: datetime) -> Iterator[str]:
    """UTC days of [start, end), the last first."""
    day = (end - timedelta(microseconds=1)).astimezone(UTC).date()
    while day >= start.astimezone(UTC).date():
        yield f"{day:%Y%m%d}"
        day -= timedelta(days=1)
