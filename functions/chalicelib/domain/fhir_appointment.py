"""A FHIR R4 Appointment, as received -> the delivery of a booking (V1). Codes and places of VAS are in `domain.vas`."""

import re
from datetime import UTC, date, datetime, timedelta

import msgspec
from msgspec import Struct

from chalicelib.domain import fhir
from chalicelib.domain.booking_name import holds, is_written_number
from chalicelib.domain.fhir_people import NUMBER_SYSTEMS, numbers_in, patient_of, staff_of
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.imported_booking import SourceVersion, Wanted, booking_id_of
from chalicelib.domain.incoming_booking import IncomingBooking, Intent
from chalicelib.domain.patient import patient_id
from chalicelib.domain.vas import no_visit, reason_of, terms_of
from chalicelib.errors import BadInput, Unprocessable

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(minutes=480)
_VERSION = re.compile(r"[0-9]{1,18}")
# FHIR's value set AppointmentStatus: what is to take place, what is not (yet or any more), and how it went.
_INTENTS: dict[str, Intent] = {
    "booked": "visit",
    "arrived": "keep",
    "checked-in": "keep",
    "fulfilled": "keep",
    "noshow": "keep",
}
# Whatever their letters' case: what is meant is told by them, also where a booking's patient could not be read.
_OF_PERSONS = frozenset(each.casefold() for each in NUMBER_SYSTEMS)
_CANCELLED = frozenset({"cancelled", "entered-in-error"})


class _Typed(Struct, frozen=True, rename="camel"):
    resource_type: str


def read_appointment(body: bytes) -> fhir.Appointment:
    """Raises BadInput for no JSON or another shape; `field` is where, as a FHIRPath."""
    try:
        named = msgspec.json.decode(body, type=_Typed)
        if named.resource_type != "Appointment":
            raise BadInput("the resource is no Appointment", field="Appointment.resourceType")
        return msgspec.json.decode(body, type=fhir.Appointment)
    except msgspec.ValidationError as error:
        raise BadInput("the resource has not the right shape", field=_where(str(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadInput("the body is no JSON", code="not_json") from None


def external_id_of(appointment: fhir.Appointment) -> tuple[str, str]:
    """The booking's identifier: system and value of the first. Raises Unprocessable (`identifier_missing`,
    `identifier_is_number`: a person's identity number names no booking)."""
    for each in appointment.identifier:
        if each.value and each.value.strip():
            return require_no_number(each.system or "", each.value.strip())
    raise Unprocessable("the booking has no identifier", code="identifier_missing", field="Appointment.identifier")


def require_no_number(system: str, value: str) -> tuple[str, str]:
    """System and value as given. Raises Unprocessable (`identifier_is_number`): for what is said to be a person's number,
    or is written as one. Digits alone may be any booking's."""
    if system.strip().rstrip("/").casefold() in _OF_PERSONS or is_written_number(value):
        raise _names_a_person()
    return system, value


def _names_a_person() -> Unprocessable:
    field = "Appointment.identifier"
    return Unprocessable("a person's number names no booking", code="identifier_is_number", field=field)


def delivery_of(appointment: fhir.Appointment, org_id: str, patient_key: bytes, today: date) -> IncomingBooking:
    """Raises Unprocessable: what is missing or cannot be meant, with `field` as a FHIRPath; `identifier_is_number` also where
    a number of the message's own is in the booking's name, whatever stands around it."""
    system, external_id = external_id_of(appointment)
    if any(holds(external_id, number) for number in numbers_in(appointment)):
        raise _names_a_person()
    booking_id, source = booking_id_of(org_id, system, external_id), _source(appointment)
    why = no_visit(terms_of(appointment))
    intent = _INTENTS.get(appointment.status, "none")
    if appointment.status in _CANCELLED:
        why_not, cancelled = "cancelled", True
    else:
        why_not, cancelled = why or ("" if intent == "visit" else _why(intent)), False
    bare = IncomingBooking(
        booking_id=booking_id,
        external_id=external_id,
        external_system=system,
        source=source,
        intent="none" if why else intent,
        why=why_not,
        cancelled=cancelled,
    )
    if bare.intent != "visit":
        return bare
    return _with_visit(bare, appointment, org_id, patient_key, today)


def _why(intent: Intent) -> str:
    return "status_kept_here" if intent == "keep" else "not_booked"


def _with_visit(
    bare: IncomingBooking, appointment: fhir.Appointment, org_id: str, key: bytes, today: date
) -> IncomingBooking:
    starts_at, ends_at = _times(appointment)
    found = patient_of(appointment, today)
    if isinstance(found, IdentityNumber):
        number, patient = found.digits, patient_id(key, org_id, found.digits)
    else:
        number, patient = "", found
    wanted = Wanted(
        patient_id=patient,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason_of(appointment),
        staff=staff_of(appointment),
    )
    return msgspec.structs.replace(bare, wanted=wanted, number=number)


def _times(appointment: fhir.Appointment) -> tuple[datetime, datetime]:
    """In UTC. `end` where there is one, else `start` and `minutesDuration`."""
    start, end = appointment.start, appointment.end
    if start is None:
        raise Unprocessable("the booking has no start", code="time_missing", field="Appointment.start")
    if end is None and appointment.minutes_duration is not None:
        end = _after(start, appointment.minutes_duration)
    if end is None:
        raise Unprocessable("the booking has no end", code="time_missing", field="Appointment.end")
    if not SHORTEST <= end - start <= LONGEST:
        raise Unprocessable("a visit takes 5 to 480 minutes", code="invalid_duration", field="Appointment.end")
    if start.second or start.microsecond or (end - start).seconds % 60:
        raise Unprocessable("a visit is booked in whole minutes", code="invalid_duration", field="Appointment.start")
    return _utc(start, "Appointment.start"), _utc(end, "Appointment.end")


def _after(start: datetime, minutes: int) -> datetime:
    try:
        return start + timedelta(minutes=minutes)
    except OverflowError:
        raise Unprocessable("no time of a booking", code="invalid_time", field="Appointment.start") from None


def _utc(moment: datetime, field: str) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # the first or the last day that a calendar here has
        raise Unprocessable("no time of a booking", code="invalid_time", field=field) from None


def _source(appointment: fhir.Appointment) -> SourceVersion:
    meta = appointment.meta or fhir.Meta()
    number = int(meta.version_id) if meta.version_id and _VERSION.fullmatch(meta.version_id) else None
    if number is None and meta.last_updated is None:
        raise Unprocessable("nothing tells which delivery is newer", code="version_missing", field="Appointment.meta")
    updated_at = _utc(meta.last_updated, "Appointment.meta.lastUpdated") if meta.last_updated else None
    return SourceVersion(number=number, updated_at=updated_at)


_WHERE = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")
_MISSING = re.compile(r"^Object missing required field `(?P<name>\w+)`")


def _where(message: str) -> str:
    """Of msgspec's message the place alone, `Appointment.participant[0].actor`."""
    where, missing = _WHERE.search(message), _MISSING.search(message)
    path = where["path"].replace("[...]", "") if where else ""
    parts = ["Appointment", path, missing["name"] if missing else ""]
    return ".".join(part for part in parts if part)
