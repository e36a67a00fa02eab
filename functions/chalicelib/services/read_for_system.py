"""What another system reads here: its own bookings, their patients and practitioners, all of its organisation (V1, S6)."""

from chalicelib.domain import fhir
from chalicelib.domain.fhir_written import appointment_of, patient_of, practitioner_of
from chalicelib.domain.imported_booking import KEPT_AFTER_END, ImportedBooking
from chalicelib.domain.patient import Patient
from chalicelib.domain.system_caller import System, by_system
from chalicelib.errors import NotFound
from chalicelib.services.log_access import log_read
from chalicelib.services.ports import Ports


def booking(ports: Ports, system: System, booking_id: str) -> ImportedBooking:
    """Of the caller's organisation. Raises NotFound, alike for another's and for none."""
    found = ports.bookings.booking(booking_id)
    if found is None or found.org_id != system.org_id:
        raise NotFound("no such booking")
    return found


def read_booking(ports: Ports, system: System, booking_id: str) -> fhir.Appointment:
    """As it stands here; logged before it is told. Raises NotFound."""
    found = booking(ports, system, booking_id)
    if found.wanted is not None:
        entry = by_system(system, "booking.read", ports.clock.now(), patient_id=found.wanted.patient_id)
        log_read(ports, entry)
    return appointment_of(found)


def read_patient(ports: Ports, system: System, patient_id: str) -> fhir.Patient:
    """Of someone for whom a booking has come from another system: an id alone opens nobody else. Logged before it is told,
    and refused too. Raises NotFound, alike for who is not there."""
    patient = ports.store.patient(system.org_id, patient_id)
    if patient is None:
        raise NotFound("no such patient")
    known = _is_booked_from_outside(ports, patient)
    entry = by_system(
        system, "patient.read", ports.clock.now(), patient_id=patient_id, result="ok" if known else "denied"
    )
    log_read(ports, entry)
    if not known:
        raise NotFound("no such patient")
    return patient_of(patient)


def _is_booked_from_outside(ports: Ports, patient: Patient) -> bool:
    """A booking of another system waits for them, or is a visit of theirs, for as long as bookings are kept."""
    if ports.bookings.waiting_for(patient.org_id, patient.patient_id):
        return True
    since = ports.clock.now() - KEPT_AFTER_END
    visits = (
        ports.store.visit(each) for each in ports.store.visits_of_patient(patient.org_id, patient.patient_id, since)
    )
    return any(visit is not None and visit.external_id for visit in visits)


def read_practitioner(ports: Ports, system: System, hsa_id: str) -> fhir.Practitioner:
    """Raises NotFound."""
    member = ports.store.staff_member(system.org_id, hsa_id)
    if member is None or not member.is_clinician:
        raise NotFound("no such practitioner")
    return practitioner_of(member)
