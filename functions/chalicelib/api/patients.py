"""Patients: search, the population register, creation and contacts (P1-P5)."""

from chalicelib.api.endpoint import Answer, endpoint
from chalicelib.api.schemas import patients as schemas
from chalicelib.domain.staff import Staff
from chalicelib.services.ports import Ports


@endpoint(
    "POST",
    "/patients/search",
    audience="staff",
    summary="Is this person a patient of the organisation",
    spec="P1, P2",
    problems={400: "invalid_identity_number"},
)
def search_patient(ports: Ports, staff: Staff, body: schemas.NumberQuery) -> schemas.PatientSearchResult:
    raise NotImplementedError


@endpoint(
    "POST",
    "/patients/register",
    audience="staff",
    summary="What the population register says of a person",
    spec="P3, P5",
    problems={400: "invalid_identity_number", 404: "unknown_person", 503: "register_unavailable"},
)
def look_up_person(ports: Ports, staff: Staff, body: schemas.NumberQuery) -> schemas.RegisterView:
    raise NotImplementedError


@endpoint(
    "POST",
    "/patients",
    audience="staff",
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
    raise NotImplementedError


@endpoint(
    "GET", "/patients/{patient_id}", audience="staff", summary="One patient", spec="P1", problems={404: "not_found"}
)
def patient(ports: Ports, staff: Staff, patient_id: str) -> schemas.PatientView:
    raise NotImplementedError


@endpoint(
    "PUT",
    "/patients/{patient_id}/contacts",
    audience="staff",
    summary="Change phone and e-mail",
    spec="P4",
    problems={400: "invalid_phone, invalid_email", 404: "not_found", 409: "changed_meanwhile"},
)
def change_contacts(ports: Ports, staff: Staff, patient_id: str, body: schemas.ChangeContacts) -> schemas.PatientView:
    raise NotImplementedError


@endpoint(
    "POST",
    "/patients/{patient_id}/number",
    audience="staff",
    summary="The whole identity number, asked for on purpose and logged",
    spec="S6",
    problems={404: "not_found"},
)
def full_number(ports: Ports, staff: Staff, patient_id: str) -> schemas.FullNumber:
    raise NotImplementedError
