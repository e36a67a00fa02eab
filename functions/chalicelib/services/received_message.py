"""A message of another system as it came in, and as it is kept (V1)."""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.concealed import Concealed
from chalicelib.domain.imported_booking import ImportedBooking
from chalicelib.domain.integration_message import KEPT, IntegrationMessage, Operation, Outcome, new_message_id
from chalicelib.domain.sealed import seal
from chalicelib.domain.system_caller import System
from chalicelib.errors import PreconditionFailed
from chalicelib.services.ports import Ports

# Asked of the booking as it stands, before anything is decided. Raises what is to be answered instead.
Precondition = Callable[[ImportedBooking | None], None]


@dataclass(frozen=True, slots=True, repr=False)
class Received(Concealed):
    """A message as it came. `only_create`: what is there already is left alone (If-None-Exist). `booking_id`: whose it was
    addressed to, "" for whose it says."""

    body: bytes
    operation: Operation
    only_create: bool = False
    booking_id: str = ""
    precondition: Precondition | None = None
    replay_of: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Became(Concealed):
    """What is to be seen of a message in a list."""

    external_id: str
    outcome: Outcome
    why: str
    visit_id: str = ""
    patient_id: str = ""


def message_of(ports: Ports, system: System, received: Received, became: Became) -> IntegrationMessage:
    """As it is kept: its body sealed, so that the database alone cannot read it."""
    now = ports.clock.now()
    message_id = new_message_id(now)
    return IntegrationMessage(
        message_id=message_id,
        org_id=system.org_id,
        received_at=now,
        expires_at=now + KEPT,
        client_id=system.client_id,
        system=system.name,
        operation=received.operation,
        external_id=became.external_id,
        outcome=became.outcome,
        why=became.why,
        visit_id=became.visit_id,
        body=seal(ports.settings.integration_key, message_id, received.body),
        replay_of=received.replay_of,
        patient_id=became.patient_id,
    )


def require_version(expected: int) -> Precondition:
    """If-Match: the booking is as the caller has seen it (RFC 9110 13.1.1)."""

    def check(booking: ImportedBooking | None) -> None:
        if booking is None or booking.version != expected:
            raise PreconditionFailed("the booking has another version")

    return check
