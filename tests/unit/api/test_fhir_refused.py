"""V1, V5: what cannot be meant is refused with its place, and kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.builders import ANNA, NOW, a_patient, an_organisation
from tests.fake_ports import FakePorts
from tests.unit.api.systems import NUMBERS, BookingSystem, an_appointment, with_integration
from tests.unit.api.taken import code_of, messages, outcomes, visits


@pytest.fixture
def vas(ports: FakePorts) -> BookingSystem:
    ports.store.seed(a_patient())
    return with_integration(ports)


def test_versions_that_cannot_be_compared_are_refused(vas: BookingSystem) -> None:
    vas.post(an_appointment())
    reply = vas.post({**an_appointment(), "meta": {"lastUpdated": "2026-11-23T08:00:05Z"}})
    assert (reply.status, code_of(reply.json)) == (422, "version_missing")


def test_an_organisation_that_has_it_switched_off_takes_nothing(vas: BookingSystem) -> None:
    """O1."""
    vas.ports.store.seed(replace(an_organisation(), booking_integration=False))
    reply = vas.post(an_appointment())
    assert (reply.status, code_of(reply.json)) == (403, "integration_off")
    assert visits(vas) == []
    assert outcomes(vas) == [("rejected", "integration_off")]


BROKEN: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "no identifier": (lambda a: a.pop("identifier"), "identifier_missing"),
    "a person's number for an identifier": (
        lambda a: a.update(identifier=[{"system": "urn:x", "value": "19440813-9089"}]),
        "identifier_is_number",
    ),
    "the patient's own number for an identifier": (
        lambda a: a.update(identifier=[{"system": "urn:x", "value": ANNA}]),
        "identifier_is_number",
    ),
    "a person's number by its system, written otherwise": (
        lambda a: a.update(identifier=[{"system": f" {NUMBERS.upper()}/", "value": "195711212845"}]),
        "identifier_is_number",
    ),
    "the patient's own number with a dash that is no hyphen": (
        lambda a: a.update(identifier=[{"system": "urn:x", "value": "19440813\u20139089"}]),
        "identifier_is_number",
    ),
    "the patient's own number within an identifier": (
        lambda a: a.update(identifier=[{"system": "urn:x", "value": f"VAS-{ANNA}/1"}]),
        "identifier_is_number",
    ),
    "the patient's own number for an identifier of what is cancelled": (
        lambda a: a.update(identifier=[{"system": "urn:x", "value": ANNA}], status="cancelled"),
        "identifier_is_number",
    ),
    "no version": (lambda a: a.pop("meta"), "version_missing"),
    "no start": (lambda a: a.pop("start"), "time_missing"),
    "no end": (lambda a: a.pop("end"), "time_missing"),
    "an end before the start": (lambda a: a.update(end=a["start"]), "invalid_duration"),
    "a start before all calendars": (
        lambda a: a.update(start="0001-01-01T00:00:00+02:00", end="0001-01-01T00:30:00+02:00"),
        "invalid_time",
    ),
    "an end after all calendars": (
        lambda a: (a.pop("end"), a.update(start="9999-12-31T23:59:00Z", minutesDuration=30)),
        "invalid_time",
    ),
    "a whole day": (lambda a: a.update(end=(NOW + timedelta(days=3)).isoformat()), "invalid_duration"),
    "a start in the past": (
        lambda a: a.update(start="2026-11-01T08:00:00Z", end="2026-11-01T08:30:00Z"),
        "starts_in_past",
    ),
    "no patient": (lambda a: a["participant"].pop(0), "patient_missing"),
    "two patients": (lambda a: a["participant"].append(a["participant"][0]), "several_patients"),
    "a patient without a number": (lambda a: a["contained"][0].pop("identifier"), "patient_unreadable"),
    "a number with a wrong check digit": (
        lambda a: a["contained"][0]["identifier"][0].update(value="194408139088"),
        "invalid_identity_number",
    ),
    "a patient who is not here by our own id": (
        lambda a: a["participant"][0].update(actor={"reference": f"Patient/{'a' * 32}"}),
        "unknown_patient",
    ),
    "nobody who receives": (lambda a: a["participant"].pop(1), "staff_missing"),
    "a practitioner without an HSA-id": (
        lambda a: a["participant"][1].update(actor={"reference": "Practitioner/example"}),
        "staff_unreadable",
    ),
    "a practitioner of another organisation": (
        lambda a: a["participant"][1].update(actor={"reference": "Practitioner/SE2321000016-E001"}),
        "unknown_staff",
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_cannot_be_meant_is_refused_with_its_place_and_kept(vas: BookingSystem, broken: str) -> None:
    """V5: an OperationOutcome, and no visit."""
    appointment = an_appointment()
    change, code = BROKEN[broken]
    change(appointment)
    reply = vas.post(appointment)
    assert (reply.status, code_of(reply.json)) == (422, code), reply.text
    assert reply.headers["content-type"] == "application/fhir+json"
    assert reply.json["issue"][0]["expression"][0].startswith("Appointment")
    assert visits(vas) == []
    assert outcomes(vas) == [("rejected", code)]
    assert not any(ANNA[2:] in "".join(filter(str.isdigit, each.external_id)) for each in messages(vas))
