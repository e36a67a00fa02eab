"""FHIR R4 for booking systems (V1, V5): Appointment created, changed, cancelled and read; its Patient and Practitioners."""

from chalicelib.api.endpoint import Whole, endpoint
from chalicelib.api.fhir_answers import answered, imported, not_modified, require_fhir, require_known_query
from chalicelib.api.fhir_conditions import expected_version, identifier_asked, only_create
from chalicelib.api.fhir_outcome import MEDIA_TYPE
from chalicelib.api.fhir_statement import statement
from chalicelib.api.request import Request
from chalicelib.domain import fhir
from chalicelib.domain.imported_booking import booking_id_of
from chalicelib.domain.system_caller import System, require_scope
from chalicelib.errors import NotFound
from chalicelib.services import read_for_system as reading
from chalicelib.services.import_appointment import import_appointment
from chalicelib.services.ports import Ports
from chalicelib.services.received_message import Received, require_version

REFUSED = {
    400: "bad_input, not_json, not_supported, id_mismatch",
    403: "insufficient_scope, integration_off",
    409: "changed_meanwhile",
    412: "precondition_failed",
    415: "unsupported_media_type",
    422: (
        "identifier_missing, identifier_is_number, version_missing, time_missing, invalid_time, invalid_duration, "
        "starts_in_past, starts_too_far, patient_missing, several_patients, patient_unreadable, invalid_identity_number, "
        "unknown_patient, staff_missing, staff_unreadable, unknown_staff, too_many_participants, id_mismatch"
    ),
}
READ_REFUSED = {401: "invalid_token", 403: "insufficient_scope", 404: "not_found"}


@endpoint(
    "GET",
    "/fhir/R4/metadata",
    audience="system",
    action="use_service",
    summary="What this FHIR server can do (CapabilityStatement)",
    spec="V1",
    media_type=MEDIA_TYPE,
)
def capabilities(ports: Ports) -> Whole:
    return answered(statement(ports.settings.public_url))


@endpoint(
    "POST",
    "/fhir/R4/Appointment",
    audience="system",
    action="integrate",
    summary="A booking, new or as it is now; `If-None-Exist` leaves one that is there alone",
    spec="V1, V2, V3",
    reads=fhir.Appointment,
    writes=fhir.Appointment,
    media_type=MEDIA_TYPE,
    statuses=(201, 200),
    problems=REFUSED,
)
def create_appointment(ports: Ports, system: System, request: Request) -> Whole:
    require_scope(system, "system/Appointment.write")
    require_fhir(request)
    received = Received(request.body, "create", only_create=only_create(request))
    return imported(ports, import_appointment(ports, system, received), request)


@endpoint(
    "PUT",
    "/fhir/R4/Appointment",
    audience="system",
    action="integrate",
    summary="The booking with this identifier (`?identifier=system|value`), new or as it is now",
    spec="V1, V2, V3, V4",
    reads=fhir.Appointment,
    writes=fhir.Appointment,
    media_type=MEDIA_TYPE,
    statuses=(200, 201),
    problems=REFUSED,
)
def put_appointment_by_identifier(ports: Ports, system: System, request: Request) -> Whole:
    require_scope(system, "system/Appointment.write")
    require_fhir(request)
    wanted = booking_id_of(system.org_id, *identifier_asked(request))
    return _put(ports, system, request, wanted)


@endpoint(
    "PUT",
    "/fhir/R4/Appointment/{booking_id}",
    audience="system",
    action="integrate",
    summary="A booking as it is now, by the id it has here; `If-Match` only in the version that was seen",
    spec="V1, V2, V3, V4",
    reads=fhir.Appointment,
    writes=fhir.Appointment,
    media_type=MEDIA_TYPE,
    problems={**REFUSED, 404: "not_found"},
)
def put_appointment(ports: Ports, system: System, request: Request, booking_id: str) -> Whole:
    require_scope(system, "system/Appointment.write")
    require_fhir(request)
    reading.booking(ports, system, booking_id)
    return _put(ports, system, request, booking_id)


@endpoint(
    "GET",
    "/fhir/R4/Appointment",
    audience="system",
    action="integrate",
    summary="The booking with this identifier (`?identifier=system|value`), in a Bundle",
    spec="V1",
    writes=fhir.Bundle,
    media_type=MEDIA_TYPE,
    problems={**READ_REFUSED, 400: "not_supported", 422: "identifier_is_number"},
)
def search_appointment(ports: Ports, system: System, request: Request) -> Whole:
    require_scope(system, "system/Appointment.read")
    booking_id = booking_id_of(system.org_id, *identifier_asked(request))
    try:
        found = [reading.read_booking(ports, system, booking_id)]
    except NotFound:
        found = []
    base = f"{ports.settings.public_url}/api/fhir/R4"
    entries = tuple(fhir.Entry(full_url=f"{base}/Appointment/{each.id}", resource=each) for each in found)
    return answered(fhir.Bundle(type="searchset", total=len(entries), entry=entries))


@endpoint(
    "GET",
    "/fhir/R4/Appointment/{booking_id}",
    audience="system",
    action="integrate",
    summary="A booking as it stands here",
    spec="V1",
    writes=fhir.Appointment,
    media_type=MEDIA_TYPE,
    statuses=(200, 304),
    problems={**READ_REFUSED, 400: "not_supported"},
)
def read_appointment_by_id(ports: Ports, system: System, request: Request, booking_id: str) -> Whole:
    require_scope(system, "system/Appointment.read")
    require_known_query(request)
    booking = reading.booking(ports, system, booking_id)
    return not_modified(booking, request) or answered(reading.read_booking(ports, system, booking_id), booking)


@endpoint(
    "GET",
    "/fhir/R4/Patient/{patient_id}",
    audience="system",
    action="integrate",
    summary="The patient of a booking, as far as a booking system needs them; logged",
    spec="V1, S6",
    writes=fhir.Patient,
    media_type=MEDIA_TYPE,
    problems={**READ_REFUSED, 400: "not_supported"},
)
def read_patient(ports: Ports, system: System, request: Request, patient_id: str) -> Whole:
    require_scope(system, "system/Patient.read")
    require_known_query(request)
    return answered(reading.read_patient(ports, system, patient_id))


@endpoint(
    "GET",
    "/fhir/R4/Practitioner/{hsa_id}",
    audience="system",
    action="integrate",
    summary="A clinician of the organisation, by HSA-id",
    spec="V1",
    writes=fhir.Practitioner,
    media_type=MEDIA_TYPE,
    problems={**READ_REFUSED, 400: "not_supported"},
)
def read_practitioner(ports: Ports, system: System, request: Request, hsa_id: str) -> Whole:
    require_scope(system, "system/Practitioner.read")
    require_known_query(request)
    return answered(reading.read_practitioner(ports, system, hsa_id))


def _put(ports: Ports, system: System, request: Request, booking_id: str) -> Whole:
    version = expected_version(request)
    received = Received(
        request.body,
        "update",
        booking_id=booking_id,
        precondition=None if version is None else require_version(version),
    )
    return imported(ports, import_appointment(ports, system, received), request)
