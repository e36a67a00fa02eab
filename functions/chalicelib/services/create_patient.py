"""A patient is created from the population register, once per number and organisation (P2-P5)."""

from msgspec.structs import replace

from chalicelib.domain.audit import by_staff
from chalicelib.domain.changes import Create
from chalicelib.domain.contact import either_contact, optional_contact, required_contact
from chalicelib.domain.patient import Patient
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Contact, Kind
from chalicelib.errors import Conflict
from chalicelib.services.complete_booking import complete_waiting
from chalicelib.services.find_patient import read_number
from chalicelib.services.log_access import log_read
from chalicelib.services.look_up_person import kind_today, look_up_person
from chalicelib.services.ports import Ports


def create_patient(
    ports: Ports, staff: Staff, text: str, phone: str, email: str, *, relative: bool = False
) -> tuple[Patient, bool]:
    """The organisation's patient with that number, and whether it was made now.

    Of two who create the same person at once, one wins and both get the same patient. A child needs no phone: its
    ombud's is used (P4); a `relative` is reached by phone or e-mail, whichever there is (B7). Raises
    InvalidIdentityNumber, BadInput (`invalid_phone`, `invalid_email`, `patient_contact_missing`), NotFound
    (`unknown_person`), RegisterUnavailable, and Conflict with the finding's problem.
    """
    kind = kind_today(ports, staff.org_id, read_number(ports, text))
    contact = read_contact(kind, phone, email, relative=relative)
    finding = look_up_person(ports, staff, text)
    if finding.problem is not None:
        raise Conflict("the register forbids it", code=finding.problem)
    patient = replace(finding.candidate, contact=contact)
    entry = by_staff(staff, "patient.create", ports.clock.now(), patient_id=patient.patient_id)
    try:
        ports.store.commit([Create(patient), Create(entry)])
    except Conflict:
        return _already_there(ports, staff, patient), False
    complete_waiting(ports, staff, patient)
    return patient, True


def read_contact(kind: Kind, phone: str, email: str, *, relative: bool) -> Contact:
    """What a patient of that kind, or a relative, must give of themselves.

    Raises BadInput (`invalid_phone`, `invalid_email`, `patient_contact_missing`).
    """
    if relative:
        return either_contact(phone, email)
    return optional_contact(phone, email) if kind is Kind.CHILD else required_contact(phone, email)


def _already_there(ports: Ports, staff: Staff, wanted: Patient) -> Patient:
    patient = ports.store.patient(staff.org_id, wanted.patient_id)
    if patient is None:
        raise Conflict("the patient could not be written", code="changed_meanwhile")
    log_read(ports, by_staff(staff, "patient.view", ports.clock.now(), patient_id=patient.patient_id))
    return patient
