"""Patients are found by their whole number, and by nothing else (P1, P2)."""

from chalicelib.domain.audit import AuditEntry, Result, by_staff
from chalicelib.domain.changes import Count, Create
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.local_time import local_date
from chalicelib.domain.patient import Patient, patient_id
from chalicelib.domain.staff import Staff
from chalicelib.services.known_patient import known_patient
from chalicelib.services.ports import Ports

LOOK_UPS, LOOK_UPS_WINDOW_S = 600, 3600


def search_patient(ports: Ports, staff: Staff, text: str) -> tuple[IdentityNumber, Patient | None]:
    """The number as understood, and the organisation's patient with it, if any; logged before it is told.

    Raises InvalidIdentityNumber, and then nothing was looked up, and TooManyAttempts, and then nothing is told.
    """
    number = read_number(ports, text)
    key = patient_id(ports.settings.patient_key, staff.org_id, number.digits)
    patient = ports.store.patient(staff.org_id, key)
    _log(ports, staff, "patient.search", key, found=patient is not None)
    return number, patient


def show_patient(ports: Ports, staff: Staff, patient_id: str) -> Patient:
    """Raises NotFound, TooManyAttempts."""
    return _known(ports, staff, patient_id, "patient.view")


def reveal_number(ports: Ports, staff: Staff, patient_id: str) -> IdentityNumber:
    """The whole number, asked for on purpose. Raises NotFound, TooManyAttempts."""
    return _known(ports, staff, patient_id, "patient.reveal_number").identity


def read_number(ports: Ports, text: str) -> IdentityNumber:
    """What was typed, as a number on today's date. Raises InvalidIdentityNumber."""
    return IdentityNumber.parse(text, local_date(ports.clock.now()))


def _known(ports: Ports, staff: Staff, patient_id: str, action: str) -> Patient:
    patient = known_patient(ports, staff, patient_id)
    _log(ports, staff, action, patient_id, found=True)
    return patient


def _log(ports: Ports, staff: Staff, action: str, patient_id: str, *, found: bool) -> None:
    result: Result = "ok" if found else "not_found"
    log_look_up(ports, staff, by_staff(staff, action, ports.clock.now(), patient_id=patient_id, result=result))


def log_look_up(ports: Ports, staff: Staff, *entries: AuditEntry) -> None:
    """Raises TooManyAttempts: who has a clinician's session cannot try numbers without end."""
    ports.store.commit([*(Create(entry) for entry in entries), one_look_up(staff)])


def count_register_question(ports: Ports, staff: Staff) -> None:
    """Before the register is asked in the organisation's name. Raises TooManyAttempts."""
    ports.rate_limits.hit(f"register#{staff.org_id}#{staff.hsa_id}", LOOK_UPS, LOOK_UPS_WINDOW_S)


def one_look_up(staff: Staff) -> Count:
    """Counted with whatever it is written with: past the limit nothing is written."""
    return Count(f"lookup#{staff.org_id}#{staff.hsa_id}", LOOK_UPS, LOOK_UPS_WINDOW_S)
