"""FHIR answers with their headers: ETag, Last-Modified, Location, and what became of a message (R4 http.html)."""

from email.utils import format_datetime
from http import HTTPStatus
from typing import Any

import msgspec

from chalicelib.api.endpoint import Whole
from chalicelib.api.fhir_conditions import is_known_already
from chalicelib.api.fhir_outcome import MEDIA_TYPE, information
from chalicelib.api.request import Request
from chalicelib.domain.fhir_written import appointment_of
from chalicelib.domain.imported_booking import ImportedBooking
from chalicelib.errors import BadInput, UnsupportedMediaType, VardrumError
from chalicelib.services.import_appointment import Imported
from chalicelib.services.ports import Ports

ACCEPTED = frozenset({MEDIA_TYPE, "application/json"})


def require_fhir(request: Request) -> None:
    """Raises UnsupportedMediaType: JSON alone is read, of FHIR's own type or JSON's."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in ACCEPTED:
        raise UnsupportedMediaType("the body is not said to be FHIR JSON", field="Content-Type")


def require_known_query(request: Request) -> None:
    """Raises BadInput: what is asked for beside the address is not known, and passed over it would mislead."""
    if set(request.query) - {"_format"}:
        raise BadInput("nothing more can be asked for here", code="not_supported")


def answered(resource: Any, booking: ImportedBooking | None = None) -> Whole:
    headers = {} if booking is None else _headers(booking)
    return Whole(MEDIA_TYPE, msgspec.json.encode(resource), HTTPStatus.OK, headers)


def not_modified(booking: ImportedBooking, request: Request) -> Whole | None:
    """304 for who has this version already."""
    if not is_known_already(request, booking.version):
        return None
    return Whole(MEDIA_TYPE, b"", HTTPStatus.NOT_MODIFIED, _headers(booking))


def imported(ports: Ports, became: Imported, request: Request) -> Whole:
    """201 for a booking that was not known before, else 200; `Prefer` says in what form (R4 http.html#ops). Raises what
    was refused."""
    booking = became.booking
    if booking is None:
        raise became.refused or VardrumError("a message was neither taken nor refused")
    status = HTTPStatus.CREATED if became.is_new else HTTPStatus.OK
    location = f"{ports.settings.public_url}/api/fhir/R4/Appointment/{booking.booking_id}/_history/{booking.version}"
    headers = {**_headers(booking), "Location": location}
    prefer = request.headers.get("prefer", "").replace(" ", "")
    if "return=minimal" in prefer:
        return Whole(MEDIA_TYPE, b"", status, headers)
    if "return=OperationOutcome" in prefer:
        message = became.message
        return information(message.why or message.outcome, f"The booking: {message.outcome}", status, headers)
    return Whole(MEDIA_TYPE, msgspec.json.encode(appointment_of(booking)), status, headers)


def _headers(booking: ImportedBooking) -> dict[str, str]:
    changed_at = format_datetime(booking.changed_at.replace(microsecond=0), usegmt=True)
    return {"ETag": f'W/"{booking.version}"', "Last-Modified": changed_at}
