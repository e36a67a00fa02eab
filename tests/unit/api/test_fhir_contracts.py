"""V1, V5: what we answer is FHIR R4, and HL7's own examples and broken ones are answered as they should be.

`fhir.resources` has R4B (4.3), whose Appointment, Patient, Practitioner, Bundle, OperationOutcome and CapabilityStatement
are those of R4.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from tests.builders import BERG, EK, a_patient, a_staff_member
from tests.fake_ports import FakePorts
from tests.unit.api.systems import BOOKINGS, BookingSystem, an_appointment, with_integration

CONTRACTS = Path(__file__).parents[2] / "contracts" / "fhir"
EXAMPLES = sorted(CONTRACTS.glob("appointment-example*.json"))


@pytest.fixture
def vas(ports: FakePorts) -> BookingSystem:
    ports.store.seed(a_patient(), a_staff_member(BERG, "Bo", "Berg"))
    return with_integration(ports)


def valid(text: str) -> Any:
    """The resource, if it is one of its kind."""
    resource = json.loads(text)
    get_fhir_model_class(resource["resourceType"]).model_validate_json(text)
    return resource


def test_what_we_send_back_is_fhir(vas: BookingSystem) -> None:
    created = vas.post(an_appointment(staff=(EK, BERG)))
    ignored = vas.post(an_appointment("VAS-2", visit_reason="ASAM"))
    pending = vas.post(an_appointment("VAS-3", number="195712302842"))
    for reply in (created, ignored, pending):
        assert valid(reply.text)["resourceType"] == "Appointment"
    assert [reply.json["status"] for reply in (created, ignored, pending)] == ["booked", "cancelled", "pending"]
    assert valid(vas.get(f"Patient/{a_patient().patient_id}").text)["active"] is True
    assert valid(vas.get(f"Practitioner/{EK}").text)["id"] == EK
    assert valid(vas.get(f"Appointment?identifier={BOOKINGS}|VAS-1").text)["total"] == 1
    assert valid(vas.get("metadata").text)["fhirVersion"] == "4.0.1"


def test_the_documented_example_becomes_a_visit(vas: BookingSystem) -> None:
    """docs/integration.md shows this very message."""
    sent = valid((CONTRACTS / "as-sent.json").read_text(encoding="utf-8"))
    reply = vas.post(sent)
    assert (reply.status, reply.json["status"]) == (201, "booked")
    shown = (Path(__file__).parents[3] / "docs" / "integration.md").read_text(encoding="utf-8")
    assert (CONTRACTS / "as-sent.json").read_text(encoding="utf-8").strip() in shown


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_hl7s_own_examples_are_understood_and_told_what_they_lack(vas: BookingSystem, example: Path) -> None:
    """They have no identifier or no version, which a booking must have."""
    text = example.read_text(encoding="utf-8")
    valid(text)
    reply = vas.post(json.loads(text))
    outcome = valid(reply.text)
    assert (reply.status, outcome["issue"][0]["code"]) == (422, "required")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_hl7s_own_examples_with_an_identifier_and_a_version_are_no_video_visits(
    vas: BookingSystem, example: Path
) -> None:
    """V2: nothing in them says DiVL."""
    appointment = json.loads(example.read_text(encoding="utf-8"))
    appointment |= {"identifier": [{"system": BOOKINGS, "value": example.stem}], "meta": {"versionId": "1"}}
    reply = vas.post(appointment)
    assert (reply.status, valid(reply.text)["status"]) == (201, "cancelled")
    assert {"url": "urn:vardrum:why", "valueCode": "not_divl"} in reply.json["extension"]


SHAPES: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "no UTF-8": b'{"resourceType":"Appointment","status":"\xff"}',
    "a list": b"[]",
    "a number": b"1e999",
    "another resource": b'{"resourceType":"Patient"}',
    "no resource": b'{"status":"booked"}',
    "no status": b'{"resourceType":"Appointment"}',
    "a status that there is not": b'{"resourceType":"Appointment","status":"bokad"}',
    "a time without a zone": b'{"resourceType":"Appointment","status":"booked","start":"2026-11-23T09:00:00"}',
    "a day that there is not": b'{"resourceType":"Appointment","status":"booked","start":"2026-02-30T09:00:00Z"}',
    "deep nesting": b'{"resourceType":"Appointment","status":"booked","x":' + b"[" * 60_000,
    "deep objects": b'{"resourceType":"Appointment","x":' + b'{"a":' * 12_000,
    "too many participants": b'{"resourceType":"Appointment","status":"booked","participant":[' + b"{}," * 60 + b"{}]}",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_no_appointment_is_bad_input(vas: BookingSystem, shape: str) -> None:
    reply = vas.post(SHAPES[shape])
    outcome = valid(reply.text)
    assert (reply.status, outcome["issue"][0]["code"]) == (400, "structure")


def test_a_megabyte_is_too_long_and_is_not_read(vas: BookingSystem) -> None:
    reply = vas.post(b'{"resourceType":"Appointment","x":"' + b"a" * 1_000_000 + b'"}')
    assert (reply.status, valid(reply.text)["issue"][0]["code"]) == (413, "too-long")


@pytest.mark.parametrize("content_type", ["application/fhir+xml", "text/plain", ""])
def test_another_media_type_is_not_supported(vas: BookingSystem, content_type: str) -> None:
    reply = vas.post(an_appointment(), content_type=content_type)
    assert (reply.status, valid(reply.text)["issue"][0]["code"]) == (415, "not-supported")


def test_plain_json_is_taken_too(vas: BookingSystem) -> None:
    assert vas.post(an_appointment(), content_type="application/json; charset=utf-8").status == 201


def test_what_fails_here_is_told_as_an_outcome_without_a_trace(
    vas: BookingSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("194408139089")

    monkeypatch.setattr(vas.ports.store, "staff_member", fail)
    reply = vas.get(f"Practitioner/{EK}")
    assert (reply.status, valid(reply.text)["issue"][0]["code"]) == (500, "exception")
    assert "194408139089" not in reply.text
