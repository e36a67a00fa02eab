"""Whose an Appointment is: its Patient and Practitioners, referred to, contained, or named by identifier (V1).

Identifier systems: HL7 Sweden's base profiles (SEBasePatient) and the OIDs of Inera's "Identifierare på Inera".
"""

import re
from collections.abc import Iterator
from datetime import date

from chalicelib.domain import fhir
from chalicelib.domain.identity_number import IdentityNumber, Kind
from chalicelib.errors import InvalidIdentityNumber, Unprocessable

NUMBER_SYSTEMS: dict[str, Kind] = {
    "http://electronichealth.se/identifier/personnummer": "personnummer",
    "http://electronichealth.se/identifier/samordningsnummer": "samordningsnummer",
    "http://electronichealth.se/identifier/nationelltReservnummer": "national_reservnummer",
    "urn:oid:1.2.752.129.2.1.3.1": "personnummer",
    "urn:oid:1.2.752.129.2.1.3.3": "samordningsnummer",
    "urn:oid:1.2.752.129.2.1.3.2": "reservnummer",
    "urn:oid:1.2.752.74.9.1": "national_reservnummer",
}
SYSTEM_OF: dict[Kind, str] = {
    "personnummer": "http://electronichealth.se/identifier/personnummer",
    "samordningsnummer": "http://electronichealth.se/identifier/samordningsnummer",
    "national_reservnummer": "http://electronichealth.se/identifier/nationelltReservnummer",
    "reservnummer": "urn:oid:1.2.752.129.2.1.3.2",
}
HSA_ID = "urn:oid:1.2.752.29.4.19"
HSA_SYSTEMS = frozenset({HSA_ID, "http://electronichealth.se/identifier/hsaId"})
PROTECTED = fhir.Coding(system="http://electronichealth.se/CodeSystem/SecurityLabel", code="protected-information")
MOST_STAFF = 20
_HSA_ID = re.compile(r"SE[0-9]{10}-[A-Za-z0-9]{1,18}")
_PATIENT_ID = re.compile(r"[a-z2-7]{32}")


def numbers_in(appointment: fhir.Appointment) -> Iterator[str]:
    """All that is said to be a person's number, as it is written, whosever it is."""
    contained = (each for resource in appointment.contained for each in resource.identifier)
    named = (each.actor.identifier for each in appointment.participant if each.actor and each.actor.identifier)
    for each in (*contained, *named):
        if each.system in NUMBER_SYSTEMS and each.value:
            yield each.value


def patient_of(appointment: fhir.Appointment, today: date) -> IdentityNumber | str:
    """The one patient's number, or their id here. Raises Unprocessable (`patient_missing`, `several_patients`,
    `patient_unreadable`, `invalid_identity_number`)."""
    found = list(_actors(appointment, "Patient"))
    if not found:
        raise Unprocessable("the booking has no patient", code="patient_missing", field="Appointment.participant")
    if len(found) > 1:
        raise Unprocessable("a group is booked by hand", code="several_patients", field="Appointment.participant")
    place, local_id, identifiers = found[0]
    for each in identifiers:
        if each.system in NUMBER_SYSTEMS and each.value:
            return _number(each.value, NUMBER_SYSTEMS[each.system], today, place)
    if _PATIENT_ID.fullmatch(local_id):
        return local_id
    raise Unprocessable("the patient has no number that is known", code="patient_unreadable", field=place)


def staff_of(appointment: fhir.Appointment) -> tuple[str, ...]:
    """HSA-ids of the practitioners in their order, each once: the first owns the visit. Raises Unprocessable
    (`staff_missing`, `staff_unreadable`, `too_many_participants`)."""
    ids = [
        _hsa_id(place, local_id, identifiers) for place, local_id, identifiers in _actors(appointment, "Practitioner")
    ]
    staff = tuple(dict.fromkeys(ids))
    if not staff:
        raise Unprocessable("the booking has no practitioner", code="staff_missing", field="Appointment.participant")
    if len(staff) > MOST_STAFF:
        raise Unprocessable("too many practitioners", code="too_many_participants", field="Appointment.participant")
    return staff


def _actors(appointment: fhir.Appointment, kind: str) -> Iterator[tuple[str, str, tuple[fhir.Identifier, ...]]]:
    """Of one kind of resource: where, the id it is referred to by, and its identifiers. Who has declined is not in it."""
    contained = {each.id: each for each in appointment.contained if each.id}
    for index, participant in enumerate(appointment.participant):
        actor, place = participant.actor, f"Appointment.participant[{index}].actor"
        if actor is None or participant.status == "declined":
            continue
        reference = actor.reference or ""
        inside = contained.get(reference.removeprefix("#")) if reference.startswith("#") else None
        named = (actor.identifier,) if actor.identifier else ()
        if inside is not None and inside.resource_type == kind:
            yield place, "", (*inside.identifier, *named)
        elif inside is None and kind in {_kind(reference), actor.type}:
            yield place, reference.removeprefix(f"{kind}/"), named


def _kind(reference: str) -> str:
    """`Patient` of `Patient/x` and of `https://host/Patient/x`."""
    parts = reference.split("/")
    return parts[-2] if len(parts) > 1 else ""


def _number(text: str, kind: Kind, today: date, place: str) -> IdentityNumber:
    try:
        number = IdentityNumber.parse(text, today)
    except InvalidIdentityNumber:
        raise _invalid(place) from None
    if number.kind != kind:
        raise _invalid(place)
    return number


def _invalid(place: str) -> Unprocessable:
    return Unprocessable("not a number of the system it is said to be", code="invalid_identity_number", field=place)


def _hsa_id(place: str, local_id: str, identifiers: tuple[fhir.Identifier, ...]) -> str:
    named = [each.value.strip() for each in identifiers if each.system in HSA_SYSTEMS and each.value]
    for each in (*named, local_id):
        if _HSA_ID.fullmatch(each):
            return each
    raise Unprocessable("the practitioner has no HSA-id", code="staff_unreadable", field=place)
