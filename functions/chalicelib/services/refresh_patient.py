"""Uppdatera: what the population register says now (P3, P5)."""

from msgspec.structs import replace

from chalicelib.domain.audit import by_staff
from chalicelib.domain.changes import Create, Replace
from chalicelib.domain.patient import Patient
from chalicelib.domain.register import RegisterPerson
from chalicelib.domain.registered import up_to_date
from chalicelib.domain.staff import Staff
from chalicelib.errors import Conflict, NotFound
from chalicelib.services.find_patient import one_look_up
from chalicelib.services.log_access import log_read
from chalicelib.services.ports import Ports

ATTEMPTS = 5


def refresh_patient(ports: Ports, staff: Staff, patient_id: str) -> Patient:
    """The patient with names, protection, guardians and state fetched anew; written contacts stay.

    Raises NotFound (also `unknown_person`: the register has no such number), RegisterUnavailable, and Conflict
    (`changed_meanwhile`) when the patient changed under every attempt, and TooManyAttempts. Nothing is written then.
    """
    person = ports.register.person(_patient(ports, staff, patient_id).identity, fresh=True)
    if person is None:
        raise NotFound("the register has no such number", code="unknown_person")
    for _ in range(ATTEMPTS - 1):
        try:
            return _write(ports, staff, patient_id, person)
        except Conflict:
            continue
    return _write(ports, staff, patient_id, person)


def _write(ports: Ports, staff: Staff, patient_id: str, person: RegisterPerson) -> Patient:
    patient = _patient(ports, staff, patient_id)
    if patient.fetched_at > person.fetched_at:
        log_read(ports, by_staff(staff, "patient.view", ports.clock.now(), patient_id=patient_id))
        return patient
    after = replace(up_to_date(ports.settings.patient_key, patient, person), version=patient.version + 1)
    entry = by_staff(staff, "patient.refresh", ports.clock.now(), patient_id=patient_id)
    ports.store.commit([Replace(after), Create(entry), one_look_up(staff)])
    return after


def _patient(ports: Ports, staff: Staff, patient_id: str) -> Patient:
    patient = ports.store.patient(staff.org_id, patient_id)
    if patient is None:
        raise NotFound("no such patient")
    return patient
