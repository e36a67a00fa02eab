"""Patients as the API shows them."""

from datetime import date

from chalicelib.api.schemas.patients import GuardianView, PatientView, RegisterView
from chalicelib.domain.kinds import kind_on
from chalicelib.domain.patient import Patient, PatientGuardian
from chalicelib.domain.relations import refusal
from chalicelib.services.look_up_person import RegisterFinding


def patient_view(patient: Patient, child_age_limit: int, today: date) -> PatientView:
    number = patient.identity
    return PatientView(
        patient_id=patient.patient_id,
        version=patient.version,
        number_masked=str(number),
        given_name=patient.given_name,
        family_name=patient.family_name,
        birth_date=number.birth_date,
        age=number.age_on(today),
        kind=kind_on(number, today, child_age_limit).value,
        protected=patient.protected,
        protected_registration=patient.protected_registration,
        problem=patient.problem,
        referred_to=_written(patient.referred_to),
        phone=patient.contact.phone,
        email=patient.contact.email or None,
        guardians=guardian_views(patient),
        guardians_withheld=patient.guardians_withheld,
        fetched_at=patient.fetched_at,
    )


def register_view(finding: RegisterFinding, today: date) -> RegisterView:
    person = finding.candidate
    return RegisterView(
        number_masked=str(person.identity),
        given_name=person.given_name,
        family_name=person.family_name,
        birth_date=person.identity.birth_date,
        age=person.identity.age_on(today),
        kind=finding.kind.value,
        protected=person.protected,
        protected_registration=person.protected_registration,
        problem=finding.problem,
        referred_to=_written(person.referred_to),
        guardians=guardian_views(person),
        guardians_withheld=person.guardians_withheld,
        fetched_at=person.fetched_at,
    )


def guardian_views(child: Patient) -> list[GuardianView]:
    return [_guardian(child, guardian) for guardian in child.guardians]


def _guardian(child: Patient, guardian: PatientGuardian) -> GuardianView:
    """Nothing that tells who a protected guardian is."""
    return GuardianView(
        guardian_id=guardian.guardian_id,
        name="" if guardian.protected else guardian.name,
        number_masked="" if guardian.protected else str(guardian.identity),
        protected=guardian.protected,
        deceased=guardian.deceased,
        refusal=refusal(child, guardian),
        phone=guardian.contact.phone,
        email=guardian.contact.email or None,
    )


def _written(digits: str) -> str | None:
    return f"{digits[:8]}-{digits[8:]}" if digits else None
