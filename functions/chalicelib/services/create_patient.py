"""A patient is created from the population register, once per number and organisation (P2-P5)."""

from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain import email as email_address
from chalicelib.domain import phone as phone_number
from chalicelib.domain.audit import AuditEntry, by_staff
from chalicelib.domain.changes import Change, Create, Replace
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.local_time import local_date
from chalicelib.domain.patient import Patient, patient_id
from chalicelib.domain.register import RegisterPerson
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Contact
from chalicelib.errors import Conflict, NotFound
from chalicelib.services.find_patient import log_look_up, read_number
from chalicelib.services.log_access import log_read
from chalicelib.services.ports import Ports

Problem = Literal["deceased", "deregistered", "referred", "child"]
ADULT_AGE = 18


@dataclass(frozen=True, slots=True, repr=False)
class RegisterFinding(Concealed):
    """Someone as the register knows them. With a `problem` no patient can be created of them."""

    person: RegisterPerson
    age: int | None
    problem: Problem | None


def look_up_person(ports: Ports, staff: Staff, text: str) -> RegisterFinding:
    """What the register says; logged before it is told.

    Raises InvalidIdentityNumber, NotFound (`unknown_person`), RegisterUnavailable, TooManyAttempts.
    """
    number = read_number(ports, text)
    person = ports.register.person(number)
    log_look_up(ports, staff, _entry(ports, staff, "patient.register", number))
    if person is None:
        raise NotFound("the register has no such number", code="unknown_person")
    return _finding(ports, person)


def create_patient(ports: Ports, staff: Staff, text: str, phone: str, email: str) -> tuple[Patient, bool]:
    """The organisation's patient with that number, and whether it was made now.

    Of two who create the same person at once, one wins and both get the same patient. Raises InvalidIdentityNumber,
    BadInput (`invalid_phone`, `invalid_email`), NotFound (`unknown_person`), RegisterUnavailable, and Conflict with the
    finding's problem.
    """
    contact = read_contact(phone, email)
    finding = look_up_person(ports, staff, text)
    if finding.problem is not None:
        raise Conflict("the register forbids it", code=finding.problem)
    patient = _patient(ports, staff, finding.person, contact)
    try:
        ports.store.commit([Create(patient), Create(_entry(ports, staff, "patient.create", finding.person.number))])
    except Conflict:
        return _already_there(ports, staff, patient), False
    return patient, True


def change_contacts(ports: Ports, staff: Staff, patient_id: str, phone: str, email: str) -> Patient:
    """New ways to reach the patient (P4). Raises NotFound, BadInput, Conflict (`changed_meanwhile`)."""
    contact = read_contact(phone, email)
    patient = ports.store.patient(staff.org_id, patient_id)
    if patient is None:
        raise NotFound("no such patient")
    after = replace(patient, contact=contact, version=patient.version + 1)
    entry = by_staff(staff, "patient.change_contacts", ports.clock.now(), patient_id=patient_id)
    changes: list[Change] = [Replace(after), Create(entry)]
    ports.store.commit(changes)
    return after


def read_contact(phone: str, email: str) -> Contact:
    """A required mobile number in E.164 and an optional e-mail address (P4). Raises BadInput."""
    address = email_address.normalise(email) if email.strip() else ""
    return Contact(phone=phone_number.normalise(phone), email=address)


def _finding(ports: Ports, person: RegisterPerson) -> RegisterFinding:
    age = person.number.age_on(local_date(ports.clock.now()))
    return RegisterFinding(person, age, _problem(person, age))


def _problem(person: RegisterPerson, age: int | None) -> Problem | None:
    if person.deceased:
        return "deceased"
    if person.referred_to is not None:
        return "referred"
    if person.deregistered:
        return "deregistered"
    return "child" if age is not None and age < ADULT_AGE else None


def _patient(ports: Ports, staff: Staff, person: RegisterPerson, contact: Contact) -> Patient:
    return Patient(
        org_id=staff.org_id,
        patient_id=_id(ports, staff, person.number),
        version=1,
        number=person.number.digits,
        given_name=person.given_name,
        family_name=person.family_name,
        protected=person.protected,
        contact=contact,
        created_at=ports.clock.now(),
        fetched_at=person.fetched_at,
    )


def _already_there(ports: Ports, staff: Staff, wanted: Patient) -> Patient:
    patient = ports.store.patient(staff.org_id, wanted.patient_id)
    if patient is None:
        raise Conflict("the patient could not be written", code="changed_meanwhile")
    log_read(ports, by_staff(staff, "patient.view", ports.clock.now(), patient_id=patient.patient_id))
    return patient


def _id(ports: Ports, staff: Staff, number: IdentityNumber) -> str:
    return patient_id(ports.settings.patient_key, staff.org_id, number.digits)


def _entry(ports: Ports, staff: Staff, action: str, number: IdentityNumber) -> AuditEntry:
    return by_staff(staff, action, ports.clock.now(), patient_id=_id(ports, staff, number))
