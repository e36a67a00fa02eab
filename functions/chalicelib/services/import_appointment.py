"""A delivery of another system's booking comes in: once and for all, however often and in whatever order (V1).

One read and one transaction: the visit with its links, messages and access log, the booking under its version, and the
message itself. Of two deliveries at once one finds the booking changed, and is decided anew.
"""

import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Change, Create
from chalicelib.domain.fhir_appointment import delivery_of, external_id_of, read_appointment
from chalicelib.domain.imported_booking import ImportedBooking
from chalicelib.domain.incoming_booking import IncomingBooking
from chalicelib.domain.integration_message import KEPT, IntegrationMessage, Operation, Outcome, new_message_id
from chalicelib.domain.live import staff_topic
from chalicelib.domain.local_time import local_date
from chalicelib.domain.sealed import seal
from chalicelib.domain.system_caller import System, by_system
from chalicelib.domain.visit import Visit
from chalicelib.errors import (
    BadInput,
    Conflict,
    NotAllowed,
    PreconditionFailed,
    Unavailable,
    Unprocessable,
    VardrumError,
)
from chalicelib.services.import_decision import Decision, Known, decide
from chalicelib.services.imported_visit import Entries, Scene, planned_visit_id
from chalicelib.services.ports import Ports
from chalicelib.services.push import push

# Deliveries of one booking at once wait for one another; a database that is away is not waited for longer than this.
ATTEMPTS, CONTENDED = 30, 10
PATIENCE_S = 8.0

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


@dataclass(frozen=True, slots=True)
class _Became:
    """What is to be seen of a message in a list."""

    external_id: str
    outcome: Outcome
    why: str
    visit_id: str = ""
    patient_id: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Imported(Concealed):
    """What became of it. `is_new`: the booking was not known before. `refused`: why nothing did, and then there is no
    `booking`."""

    booking: ImportedBooking | None
    message: IntegrationMessage
    is_new: bool = False
    refused: VardrumError | None = None


def import_appointment(ports: Ports, system: System, received: Received) -> Imported:
    """What became of it; what is refused is kept too, and tells why by `refused`: BadInput and Unprocessable for what it
    says, NotAllowed (`integration_off`), PreconditionFailed. Raises Unavailable, and Conflict (`changed_meanwhile`) when
    the booking changed under every attempt.
    """
    delivery: IncomingBooking | None = None
    try:
        delivery = _read(ports, system, received)
        return _taken(ports, system, received, delivery)
    except (BadInput, Unprocessable, NotAllowed, PreconditionFailed) as refused:
        return _refused(ports, system, received, delivery, refused)


def _read(ports: Ports, system: System, received: Received) -> IncomingBooking:
    appointment = read_appointment(received.body)
    today = local_date(ports.clock.now())
    delivery = delivery_of(appointment, system.org_id, ports.settings.patient_key, today)
    if received.booking_id not in {"", delivery.booking_id}:
        raise Unprocessable("it is addressed to another booking", code="id_mismatch", field="Appointment.identifier")
    return delivery


def _taken(ports: Ports, system: System, received: Received, delivery: IncomingBooking) -> Imported:
    until = time.monotonic() + PATIENCE_S
    for attempt in range(ATTEMPTS):
        try:
            return _tried(ports, system, received, delivery)
        except Conflict:
            if attempt == ATTEMPTS - 1 or time.monotonic() > until:
                raise
        except Unavailable:  # also when another transaction was at one of its rows for long
            if attempt >= CONTENDED - 1 or time.monotonic() > until:
                raise
        time.sleep(random.uniform(0.002, 0.02) * min(attempt + 1, 10))  # noqa: S311 - jitter, not a secret
    raise AssertionError("the last attempt either wrote or raised")


def _tried(ports: Ports, system: System, received: Received, delivery: IncomingBooking) -> Imported:
    now = ports.clock.now()
    scene, known = _context(ports, system, delivery, now)
    if received.precondition is not None:
        received.precondition(known.booking)
    if received.only_create and known.booking is not None:
        decision = Decision(known.booking, "unchanged", "already_there")
    else:
        decision = decide(scene, delivery, known)
    concerns = delivery.wanted or decision.booking.wanted
    became = _Became(
        delivery.external_id,
        decision.outcome,
        decision.why,
        decision.booking.visit_id,
        concerns.patient_id if concerns else "",
    )
    message = _message(ports, system, received, became)
    ports.store.commit([*decision.changes, Create(message), *_answered(system, received, decision, now)])
    _tell_owners(ports, known.booking, decision)
    return Imported(decision.booking, message, is_new=known.booking is None)


def _context(ports: Ports, system: System, delivery: IncomingBooking, now: datetime) -> tuple[Scene, Known]:
    """One reading for a booking that is new or whose visit is its first; one more for those that have been others."""
    wanted = delivery.wanted
    staff = wanted.staff if wanted else ()
    first = planned_visit_id(system.org_id, staff[0], delivery.booking_id, 1) if staff else ""
    found = ports.bookings.import_context(
        system.org_id, delivery.booking_id, wanted.patient_id if wanted else "", first, staff
    )
    if found.organisation is None or not found.organisation.booking_integration:
        raise NotAllowed("the organisation takes no bookings from other systems", code="integration_off")
    visit = found.visit
    if found.booking is not None and found.booking.visit_id and found.booking.visit_id != first:
        visit = ports.store.visit(found.booking.visit_id)
    scene = Scene(ports, found.organisation, found.staff, now, entries_of(system, now))
    return scene, Known(found.booking, visit, found.patient)


def _answered(system: System, received: Received, decision: Decision, now: datetime) -> list[Change]:
    """The answer shows the booking as it stands here. Where that changes no visit, whose entries would tell of it, it is a
    reading, and in the log as such (S6); a replay shows nothing of the booking."""
    wanted = decision.booking.wanted
    if received.operation == "replay" or wanted is None or decision.outcome in {"created", "updated"}:
        return []
    return [Create(by_system(system, "booking.read", now, patient_id=wanted.patient_id))]


def entries_of(system: System, at: datetime) -> Entries:
    """What the other system did to a visit's patient, for the access log."""

    def entries(action: str, visit: Visit) -> list[AuditEntry]:
        return [by_system(system, action, at, patient_id=each, visit=visit) for each in visit.patient_ids]

    return entries


def _refused(
    ports: Ports, system: System, received: Received, delivery: IncomingBooking | None, refused: VardrumError
) -> Imported:
    """What was refused is kept for troubleshooting; the answer is the same where it cannot be."""
    external_id = delivery.external_id if delivery else _external_id(received.body, refused)
    patient_id = delivery.wanted.patient_id if delivery and delivery.wanted else ""
    message = _message(ports, system, received, _Became(external_id, "rejected", refused.code, "", patient_id))
    with suppress(Unavailable):
        ports.store.commit([Create(message)])
    return Imported(None, message, refused=refused)


def _external_id(body: bytes, refused: VardrumError) -> str:
    """Whose it would have been, if that can be read and tells of nobody."""
    if refused.code == "identifier_is_number":
        return ""
    try:
        return external_id_of(read_appointment(body))[1]
    except VardrumError:
        return ""


def _message(ports: Ports, system: System, received: Received, became: _Became) -> IntegrationMessage:
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


def _tell_owners(ports: Ports, before: ImportedBooking | None, decision: Decision) -> None:
    """A booking that waits, or waits no more, shows on its owner's start page; visits tell of themselves (L5)."""
    if decision.outcome == "unchanged":
        return
    waiting = [each for each in (before, decision.booking) if each is not None and each.state == "pending"]
    for hsa_id in {each.owner_hsa_id for each in waiting}:
        tell_owner(ports, decision.booking.org_id, hsa_id)


def tell_owner(ports: Ports, org_id: str, hsa_id: str) -> None:
    """Their start page reads again. What cannot be told now is seen when it reads next."""
    with suppress(Unavailable):
        push(ports, staff_topic(org_id, hsa_id), {"type": "agenda.changed"})


def require_version(expected: int) -> Precondition:
    """If-Match: the booking is as the caller has seen it (RFC 9110 13.1.1)."""

    def check(booking: ImportedBooking | None) -> None:
        if booking is None or booking.version != expected:
            raise PreconditionFailed("the booking has another version")

    return check
