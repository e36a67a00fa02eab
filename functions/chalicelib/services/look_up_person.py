"""What the population register says of someone, before they are a patient (P3, P5)."""

from dataclasses import dataclass

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import AuditEntry, by_staff
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.kinds import kind_on
from chalicelib.domain.local_time import local_date
from chalicelib.domain.patient import Patient, Problem, patient_id
from chalicelib.domain.registered import new_patient
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Kind
from chalicelib.errors import NotFound
from chalicelib.services.find_patient import count_register_question, log_look_up, read_number
from chalicelib.services.ports import Ports


@dataclass(frozen=True, slots=True, repr=False)
class RegisterFinding(Concealed):
    """Someone as the register knows them: the patient they would be, and of which kind today."""

    candidate: Patient
    kind: Kind

    @property
    def problem(self) -> Problem | None:
        """Set: no patient can be created of them."""
        return self.candidate.problem


def look_up_person(ports: Ports, staff: Staff, text: str) -> RegisterFinding:
    """What the register says; logged before it is told, of a newer identity too.

    Raises InvalidIdentityNumber, NotFound (`unknown_person`), RegisterUnavailable, TooManyAttempts.
    """
    number = read_number(ports, text)
    count_register_question(ports, staff)
    person = ports.register.person(number)
    told = [number] if person is None or person.referred_to is None else [number, person.referred_to]
    log_look_up(ports, staff, *(_entry(ports, staff, each) for each in told))
    if person is None:
        raise NotFound("the register has no such number", code="unknown_person")
    candidate = new_patient(ports.settings.patient_key, staff.org_id, person, ports.clock.now())
    return RegisterFinding(candidate, kind_today(ports, staff.org_id, number))


def kind_today(ports: Ports, org_id: str, number: IdentityNumber) -> Kind:
    """By the age limit that the organisation has set. Raises NotFound."""
    organisation = ports.store.organisation(org_id)
    if organisation is None:
        raise NotFound("no such organisation")
    return kind_on(number, local_date(ports.clock.now()), organisation.child_age_limit)


def _entry(ports: Ports, staff: Staff, number: IdentityNumber) -> AuditEntry:
    key = patient_id(ports.settings.patient_key, staff.org_id, number.digits)
    return by_staff(staff, "patient.register", ports.clock.now(), patient_id=key)
