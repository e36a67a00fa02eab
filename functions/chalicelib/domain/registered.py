"""What the population register tells of a person, as a patient of an organisation (P3, P5)."""

from datetime import datetime

from msgspec.structs import replace

from chalicelib.domain.patient import Patient, PatientGuardian, patient_id
from chalicelib.domain.register import Guardian, RegisterPerson
from chalicelib.domain.visit import Contact


def new_patient(key: bytes, org_id: str, person: RegisterPerson, now: datetime) -> Patient:
    """Not stored yet, and without contacts. `key` is that of `patient_id`."""
    bare = Patient(
        org_id=org_id,
        patient_id=patient_id(key, org_id, person.number.digits),
        version=1,
        number=person.number.digits,
        given_name="",
        family_name="",
        protected=False,
        contact=Contact(),
        created_at=now,
        fetched_at=now,
    )
    return up_to_date(key, bare, person)


def up_to_date(key: bytes, patient: Patient, person: RegisterPerson) -> Patient:
    """The patient with all that the register says now; guardians who remain keep their contacts."""
    return replace(
        patient,
        given_name=person.given_name,
        family_name=person.family_name,
        protected=person.protected,
        protected_registration=person.protected_registration,
        deceased=person.deceased,
        deregistered=person.deregistered,
        referred_to=person.referred_to.digits if person.referred_to else "",
        guardians=tuple(_guardian(key, patient, each) for each in person.guardians),
        guardians_withheld=person.guardians_withheld,
        fetched_at=person.fetched_at,
    )


def _guardian(key: bytes, patient: Patient, guardian: Guardian) -> PatientGuardian:
    guardian_id = patient_id(key, patient.org_id, guardian.number.digits)
    known = patient.guardian(guardian_id)
    return PatientGuardian(
        guardian_id=guardian_id,
        number=guardian.number.digits,
        given_name=guardian.given_name,
        family_name=guardian.family_name,
        protected=guardian.protected,
        deceased=guardian.deceased,
        contact=known.contact if known else Contact(),
    )
