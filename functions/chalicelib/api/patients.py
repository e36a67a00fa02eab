"""Patients: search, the population register, creation and contacts (P1-P5)."""

from datetime import date
from http import HTTPStatus

from chalicelib.api.endpoint import Answer, endpoint
from chalicelib.api.patient_views import patient_view, register_view
from chalicelib.api.schemas import patients as schemas
from chalicelib.domain.local_time import local_date
from chalicelib.domain.staff import Staff
from chalicelib.services import create_patient as create
from chalicelib.services import find_patient
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
def search_patient(ports: Ports, staff: Staff, body: schemas.NumberQuery) -> schemas.PatientSearchResult:
    number, found = find_patient.search_patient(ports, staff, body.number)
    view = patient_view(found, _today(ports)) if found else None
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
        503: "register_unavailable",
    },
)
def look_up_person(ports: Ports, staff: Staff, body: schemas.NumberQuery) -> schemas.RegisterView:
    return register_view(create.look_up_person(ports, staff, body.number))


@endpoint(
    "POST",
    "/patients",
    audience="staff",
    action="change_patient",
    summary="Create a patient; 200 when already there",
    spec="P2, P3, P4",
    statuses=(201, 200),
    problems={
        400: "invalid_identity_number, invalid_phone, invalid_email",
        404: "unknown_person",
        409: "deceased, deregistered, referred, child",
        503: "register_unavailable",
    },
)
def create_patient(ports: Ports, staff: Staff, body: schemas.CreatePatient) -> Answer[schemas.PatientView]:
    made, is_new = create.create_patient(ports, staff, body.number, body.phone, body.email)
    return Answer(patient_view(made, _today(ports)), status=HTTPStatus.CREATED if is_new else HTTPStatus.OK)


@endpoint(
    "GET",
    "/patients/{patient_id}",
    audience="staff",
    action="view_patient",
    summary="One patient",
    spec="P1",
    problems={404: "not_found", 429: "too_many_attempts"},
)
def patient(ports: Ports, staff: Staff, patient_id: str) -> schemas.PatientView:
    return patient_view(find_patient.show_patient(ports, staff, patient_id), _today(ports))


@endpoint(
    "PUT",
    "/patients/{patient_id}/contacts",
    audience="staff",
    action="change_patient",
    summary="Change phone and e-mail",
    spec="P4",
    problems={400: "invalid_phone, invalid_email", 404: "not_found", 409: "changed_meanwhile"},
)
def change_contacts(ports: Ports, staff: Staff, patient_id: str, body: schemas.ChangeContacts) -> schemas.PatientView:
    changed = create.change_contacts(ports, staff, patient_id, body.phone, body.email)
    return patient_view(changed, _today(ports))


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


def _today(ports: Ports) -> date:
    return local_date(ports.clock.now())
