"""A booking that waited becomes a visit, and its link is sent: by hand, or by itself when the patient is complete (V3)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import AuditEntry, of_visit
from chalicelib.domain.booking import require_bookable, require_sensible_time
from chalicelib.domain.changes import Replace
from chalicelib.domain.imported_booking import ImportedBooking, Wanted
from chalicelib.domain.organisation import Organisation, require_clinicians
from chalicelib.domain.patient import Patient
from chalicelib.domain.pending import booked_as, missing_of, waiting_rows
from chalicelib.domain.relations import Relation
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Visit
from chalicelib.errors import BadInput, Conflict, VardrumError
from chalicelib.services.imported_visit import Scene, new_visit
from chalicelib.services.log_access import log_patients_read
from chalicelib.services.own_pending import own_pending
from chalicelib.services.ports import Ports
from chalicelib.services.tell_owner import tell_owner


@dataclass(frozen=True, slots=True, repr=False)
class _Waiting(Concealed):
    """A booking that waits, and where."""

    organisation: Organisation
    booking: ImportedBooking
    wanted: Wanted


def complete_booking(ports: Ports, staff: Staff, booking_id: str, relations: Sequence[Relation]) -> Visit:
    """The visit. Raises NotFound, Conflict (`unknown_patient`, `changed_meanwhile`), BadInput (`starts_in_past`,
    `unknown_staff`), and what `domain.booked_visit.visit_of` does."""
    booking, wanted = own_pending(ports, staff, booking_id)
    patient = ports.store.patient(staff.org_id, wanted.patient_id)
    organisation = ports.store.organisation(staff.org_id)
    if patient is None or organisation is None:
        raise Conflict("the patient is not here", code="unknown_patient")
    try:
        return _booked(ports, staff, _Waiting(organisation, booking, wanted), patient, tuple(relations))
    except (BadInput, Conflict):  # why it cannot be booked tells of the patient (S6)
        log_patients_read(ports, staff, "pending.view", [patient.patient_id])
        raise


def complete_waiting(ports: Ports, staff: Staff, patient: Patient) -> None:
    """After the patient was created or can be reached anew: each booking that waits for them goes on.

    What cannot be done now stays where it is, and its owner sees it there.
    """
    for booking_id in ports.bookings.waiting_for(patient.org_id, patient.patient_id):
        booking, organisation = ports.bookings.booking(booking_id), ports.store.organisation(patient.org_id)
        if booking is None or organisation is None or booking.state != "pending" or booking.wanted is None:
            continue
        with suppress(VardrumError):
            _go_on(ports, staff, _Waiting(organisation, booking, booking.wanted), patient)


def _go_on(ports: Ports, staff: Staff, waiting: _Waiting, patient: Patient) -> None:
    """To the visit, or to what is missing now."""
    booking = waiting.booking
    missing = missing_of(patient, waiting.wanted, waiting.organisation)
    if missing is None:
        _booked(ports, staff, waiting, patient, ())
    elif missing != booking.missing:
        ports.store.commit([Replace(replace(booking, version=booking.version + 1, missing=missing, why=missing))])
        tell_owner(ports, booking.org_id, booking.owner_hsa_id)


def _booked(ports: Ports, staff: Staff, waiting: _Waiting, patient: Patient, relations: tuple[Relation, ...]) -> Visit:
    booking, wanted, now = waiting.booking, waiting.wanted, ports.clock.now()
    require_sensible_time(wanted.starts_at, now)
    require_bookable(patient)
    members = ports.store.booking_context(booking.org_id, [wanted.patient_id], wanted.staff)[2]
    require_clinicians(members, wanted.staff)

    def entries(action: str, visit: Visit) -> tuple[AuditEntry, ...]:
        return of_visit(staff, action, now, visit)

    asked = replace(booked_as(booking, ""), version=booking.version + 1, changed_at=now)
    scene = Scene(ports, waiting.organisation, members, now, entries)
    visit, changes = new_visit(scene, asked, wanted, patient, relations)
    asked = replace(asked, visit_id=visit.visit_id)
    ports.store.commit([*changes, Replace(asked), *waiting_rows(booking, asked)])
    tell_owner(ports, booking.org_id, booking.owner_hsa_id)
    return visit
