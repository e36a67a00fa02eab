"""How a patient, or a child's guardian, is reached: written by staff under the version they saw (P4, P6)."""

from msgspec.structs import replace

from chalicelib.domain.audit import by_staff
from chalicelib.domain.changes import Create, Replace
from chalicelib.domain.contact import optional_contact
from chalicelib.domain.patient import Patient, PatientGuardian
from chalicelib.domain.staff import Staff
from chalicelib.errors import Conflict, NotFound
from chalicelib.services.complete_booking import complete_waiting
from chalicelib.services.create_patient import read_contact
from chalicelib.services.known_patient import known_patient
from chalicelib.services.look_up_person import kind_today
from chalicelib.services.ports import Ports


def change_contacts(
    ports: Ports, staff: Staff, patient_id: str, *, version: int, phone: str, email: str, relative: bool = False
) -> Patient:
    """New ways to reach the patient. Raises NotFound, BadInput, Conflict (`changed_meanwhile`)."""
    patient = _seen(ports, staff, patient_id, version)
    kind = kind_today(ports, staff.org_id, patient.identity)
    contact = read_contact(kind, phone, email, relative=relative)
    return _write(ports, staff, replace(patient, contact=contact), "patient.change_contacts")


def change_guardian_contacts(
    ports: Ports, staff: Staff, patient_id: str, guardian_id: str, *, version: int, phone: str, email: str
) -> Patient:
    """New ways to reach a guardian; both may be empty.

    Raises NotFound (also `unknown_guardian`), BadInput (`invalid_phone`, `invalid_email`), Conflict
    (`changed_meanwhile`).
    """
    patient = _seen(ports, staff, patient_id, version)
    guardian = patient.guardian(guardian_id)
    if guardian is None:
        raise NotFound("not a guardian of this patient", code="unknown_guardian")
    after = _with_guardian(patient, replace(guardian, contact=optional_contact(phone, email)))
    return _write(ports, staff, after, "patient.change_guardian_contacts")


def _seen(ports: Ports, staff: Staff, patient_id: str, version: int) -> Patient:
    patient = known_patient(ports, staff, patient_id)
    if patient.version != version:
        raise Conflict("the patient has been changed since", code="changed_meanwhile")
    return patient


def _with_guardian(patient: Patient, changed: PatientGuardian) -> Patient:
    guardians = tuple(changed if each.guardian_id == changed.guardian_id else each for each in patient.guardians)
    return replace(patient, guardians=guardians)


def _write(ports: Ports, staff: Staff, patient: Patient, action: str) -> Patient:
    after = replace(patient, version=patient.version + 1)
    entry = by_staff(staff, action, ports.clock.now(), patient_id=patient.patient_id)
    ports.store.commit([Replace(after), Create(entry)])
    complete_waiting(ports, staff, after)
    return after
