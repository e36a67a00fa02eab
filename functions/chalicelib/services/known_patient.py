"""The stored patient of an organisation or of a visit: there, or NotFound."""

from chalicelib.domain.patient import Patient
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Visit
from chalicelib.errors import NotFound
from chalicelib.services.ports import Ports


def known_patient(ports: Ports, staff: Staff, patient_id: str) -> Patient:
    """Of the caller's own organisation; alike for another's and for nobody. Raises NotFound."""
    patient = ports.store.patient(staff.org_id, patient_id)
    if patient is None:
        raise NotFound("no such patient")
    return patient


def patient_of(ports: Ports, visit: Visit) -> Patient:
    """Raises NotFound."""
    patient = ports.store.patient(visit.org_id, visit.patient_id)
    if patient is None:
        raise NotFound("the visit's patient is not there")
    return patient
