"""Patients: search, the population register, creation, contacts and guardians (P1-P6)."""

from datetime import date
from http import HTTPStatus

from chalicelib.api.endpoint import Answer, endpoint
from chalicelib.api.patient_views import patient_view, register_view
from chalicelib.api.schemas import patients as schemas
from chalicelib.domain.local_time import local_date
from chalicelib.domain.patient import Patient
from chalicelib.domain.session import StaffSession
from chalicelib.domain.staff import Staff
from chalicelib.services import change_contacts as contacts
from chalicelib.services import create_patient as create
from chalicelib.services import find_patient
from chalicelib.services import look_up_person as register
from chalicelib.services import refresh_patient as refresh
from chalicelib.services.ports import Ports


@endpoint(
    "POST",
    "/patients/search",
    audience="staff",
    action="search_patient",
    summary="Is this person a patient of the organisation",
    spec="P1, P2",
    problems={400: "invalid_identity_number", 429: "too_many_attempts"},
)
def search_patient(ports: Ports, session: StaffSession, body: schemas.NumberQuery) -> schemas.PatientSearchResult:
    number, found = find_patient.search_patient(ports, session.staff, body.number)
    view = _view(ports, session, found) if found else None
    return schemas.PatientSearchResult(found=found is not None, number_masked=str(number), patient=view)


@endpoint(
    "POST",
    "/patients/register",
    audience="staff",
    action="search_patient",
    summary="What the population register says of a person",
    spec="P3, P5",
    problems={
        400: "invalid_identity_number",
        404: "unknown_person",
        429: "too_many_attempts",
        503: "register_unavailable, register_incomplete",
    },
)
def look_up_person(ports: Ports, staff: Staff, body: schemas.NumberQuery) -> schemas.RegisterView:
    return register_view(register.look_up_person(ports, staff, body.number), _today(ports))


@endpoint(
    "POST",
    "/patients",
    audience="staff",
    action="change_patient",
    summary="Create a patient; 200 when already there",
    spec="P2, P3, P4",
    statuses=(201, 200),
    problems={
        400: "invalid_identity_number, invalid_phone, invalid_email, patient_contact_missing",
        404: "unknown_person",
        409: "deceased, deregistered, referred",
        429: "too_many_attempts",
        503: "register_unavailable, register_incomplete",
    },
)
def create_patient(ports: Ports, session: StaffSession, body: schemas.CreatePatient) -> Answer[schemas.PatientView]:
    made, is_new = create.create_patient(
        ports, session.staff, body.number, body.phone, body.email, relative=body.relative
    )
    return Answer(_view(ports, session, made), status=HTTPStatus.CREATED if is_new else HTTPStatus.OK)


@endpoint(
    "GET",
    "/patients/{patient_id}",
    audience="staff",
    action="view_patient",
    summary="One patient",
    spec="P1, P6",
    problems={404: "not_found", 429: "too_many_attempts"},
)
def patient(ports: Ports, session: StaffSession, patient_id: str) -> schemas.PatientView:
    return _view(ports, session, find_patient.show_patient(ports, session.staff, patient_id))


@endpoint(
    "POST",
    "/patients/{patient_id}/refresh",
    audience="staff",
    action="change_patient",
    summary="Uppdatera: fetch from the population register anew; written contacts stay",
    spec="P3, P5",
    problems={
        404: "not_found, unknown_person",
        409: "changed_meanwhile",
        429: "too_many_attempts",
        503: "register_unavailable, register_incomplete",
    },
)
def refresh_patient(ports: Ports, session: StaffSession, patient_id: str) -> schemas.PatientView:
    return _view(ports, session, refresh.refresh_patient(ports, session.staff, patient_id))


@endpoint(
    "PUT",
    "/patients/{patient_id}/contacts",
    audience="staff",
    action="change_patient",
    summary="Change phone and e-mail",
    spec="P4",
    problems={
        400: "invalid_phone, invalid_email, patient_contact_missing",
        404: "not_found",
        409: "changed_meanwhile",
    },
)
def change_contacts(
    ports: Ports, session: StaffSession, patient_id: str, body: schemas.ChangePatientContacts
) -> schemas.PatientView:
    changed = contacts.change_contacts(
        ports,
        session.staff,
        patient_id,
        version=body.version,
        phone=body.phone,
        email=body.email,
        relative=body.relative,
    )
    return _view(ports, session, changed)


@endpoint(
    "PUT",
    "/patients/{patient_id}/guardians/{guardian_id}/contacts",
    audience="staff",
    action="change_patient",
    summary="Change how a guardian is reached; either may be empty",
    spec="P4, P6",
    problems={
        400: "invalid_phone, invalid_email",
        404: "not_found, unknown_guardian",
        409: "changed_meanwhile",
    },
)
def change_guardian_contacts(
    ports: Ports, session: StaffSession, patient_id: str, guardian_id: str, body: schemas.ChangeContacts
) -> schemas.PatientView:
    changed = contacts.change_guardian_contacts(
        ports, session.staff, patient_id, guardian_id, version=body.version, phone=body.phone, email=body.email
    )
    return _view(ports, session, changed)


@endpoint(
    "POST",
    "/patients/{patient_id}/number",
    audience="staff",
    action="view_patient",
    summary="The whole identity number, asked for on purpose and logged",
    spec="S6",
    problems={404: "not_found", 429: "too_many_attempts"},
)
def full_number(ports: Ports, staff: Staff, patient_id: str) -> schemas.FullNumber:
    digits = find_patient.reveal_number(ports, staff, patient_id).digits
    return schemas.FullNumber(f"{digits[:8]}-{digits[8:]}")


def _view(ports: Ports, session: StaffSession, patient: Patient) -> schemas.PatientView:
    return patient_view(patient, session.child_age_limit, _today(ports))


def _today(ports: Ports) -> date:
    return local_date(ports.clock.now())
