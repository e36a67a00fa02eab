"""A delivery of another system's booking comes in: once and for all, however often and in whatever order (V1).

One read and one transaction: the visit with its links, messages and access log, the booking under its version, and the
message itself. Of two deliveries at once one finds the booking changed, and is decided anew.
"""

import random
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Change, Create
from chalicelib.domain.fhir_appointment import delivery_of, external_id_of, read_appointment
from chalicelib.domain.imported_booking import ImportedBooking
from chalicelib.domain.incoming_booking import IncomingBooking
from chalicelib.domain.integration_message import IntegrationMessage
from chalicelib.domain.local_time import local_date
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
from chalicelib.services.received_message import Became, Received, message_of
from chalicelib.services.tell_owner import tell_owner

# Deliveries of one booking at once wait for one another; a database that is away is not waited for longer than this.
ATTEMPTS, CONTENDED = 30, 10
PATIENCE_S = 8.0


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
    became = Became(
        delivery.external_id,
        decision.outcome,
        decision.why,
        decision.booking.visit_id,
        concerns.patient_id if concerns else "",
    )
    message = message_of(ports, system, received, became)
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
    message = message_of(ports, system, received, Became(external_id, "rejected", refused.code, "", patient_id))
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


def _tell_owners(ports: Ports, before: ImportedBooking | None, decision: Decision) -> None:
    """A booking that waits, or waits no more, shows on its owner's start page; visits tell of themselves (L5)."""
    if decision.outcome == "unchanged":
        return
    waiting = [each for each in (before, decision.booking) if each is not None and each.state == "pending"]
    for hsa_id in {each.owner_hsa_id for each in waiting}:
        tell_owner(ports, decision.booking.org_id, hsa_id)
