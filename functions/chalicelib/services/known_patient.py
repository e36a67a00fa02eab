"""The stored patient of an organisation or of a visit: there, or NotFound."""

from chalicelib.domain.patient import Patient
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Participant, Visit, patient_id_of
from chalicelib.errors import NotFound
from chalicelib.services.ports import Ports


def known_patient(ports: Ports, staff: Staff, patient_id: str) -> Patient:
    """Of the caller's own organisation; alike for another's and for nobody. Raises NotFound."""
    patient = ports.store.patient(staff.org_id, patient_id)
    if patient is None:
        raise NotFound("no such patient")
    return patient


def patient_of(ports: Ports, visit: Visit, person: Participant | None = None) -> Patient:
    """The visit's one patient, or the one that this person of a group is. Raises NotFound."""
    named = patient_id_of(visit, person) if person else visit.patient_id
    patient = ports.store.patient(visit.org_id, named) if named else None
    if patient is None:
        raise NotFound("the visit's patient is not there")
    return patient


def patients_of(ports: Ports, visit: Visit) -> tuple[Patient, ...]:
    """All of them in the visit's order, by one read. Raises NotFound when one is not there."""
    if visit.patient_id:
        return (patient_of(ports, visit),)
    found = {patient.patient_id: patient for patient in ports.store.patients(visit.org_id, visit.patient_ids)}
    if len(found) < len(visit.patient_ids):
        raise NotFound("a patient of the visit is not there")
    return tuple(found[patient_id] for patient_id in visit.patient_ids)
