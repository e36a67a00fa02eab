"""What another system reads here: its own bookings, their patients and practitioners, all of its organisation (V1, S6)."""

from chalicelib.domain import fhir
from chalicelib.domain.fhir_written import appointment_of, patient_of, practitioner_of
from chalicelib.domain.imported_booking import ImportedBooking
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
    """Logged before it is told. Raises NotFound."""
    patient = ports.store.patient(system.org_id, patient_id)
    if patient is None:
        raise NotFound("no such patient")
    log_read(ports, by_system(system, "patient.read", ports.clock.now(), patient_id=patient_id))
    return patient_of(patient)


def read_practitioner(ports: Ports, system: System, hsa_id: str) -> fhir.Practitioner:
    """Raises NotFound."""
    member = ports.store.staff_member(system.org_id, hsa_id)
    if member is None or "clinician" not in member.roles:
        raise NotFound("no such practitioner")
    return practitioner_of(member)
