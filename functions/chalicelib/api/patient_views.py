"""Patients as the API shows them."""

from datetime import date

from chalicelib.api.schemas.patients import PatientView, RegisterView
from chalicelib.domain.patient import Patient
from chalicelib.services.create_patient import RegisterFinding


def patient_view(patient: Patient, today: date) -> PatientView:
    number = patient.identity
    return PatientView(
        patient_id=patient.patient_id,
        number_masked=str(number),
        given_name=patient.given_name,
        family_name=patient.family_name,
        birth_date=number.birth_date,
        age=number.age_on(today),
        protected=patient.protected,
        phone=patient.contact.phone,
        email=patient.contact.email or None,
        fetched_at=patient.fetched_at,
    )


def register_view(finding: RegisterFinding) -> RegisterView:
    person = finding.person
    return RegisterView(
        number_masked=str(person.number),
        given_name=person.given_name,
        family_name=person.family_name,
        birth_date=person.number.birth_date,
        age=finding.age,
        protected=person.protected,
        problem=finding.problem,
        fetched_at=person.fetched_at,
    )
