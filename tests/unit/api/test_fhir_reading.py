"""V1, S6: what a booking system may ask of its bookings, under which conditions it may change them, and what is kept."""

from datetime import timedelta

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.sealed import unseal
from tests.builders import ANNA, EK, INTEGRATION_KEY, NOW, a_patient, a_visit
from tests.fake_ports import FakePorts
from tests.unit.api.systems import BOOKINGS, BookingSystem, a_client, an_appointment, with_integration
from tests.unit.api.taken import code_of, messages, visits

LATER = NOW + timedelta(days=3)


@pytest.fixture
def vas(ports: FakePorts) -> BookingSystem:
    ports.store.seed(a_patient())
    return with_integration(ports)


def test_every_message_is_kept_and_cannot_be_read_from_the_table(vas: BookingSystem) -> None:
    """V1: encrypted under its own id, for 90 days."""
    vas.post(an_appointment())
    vas.post(b"{no json")
    assert {unseal(INTEGRATION_KEY, each.message_id, each.body)[:2] for each in messages(vas)} == {b'{"', b"{n"}
    assert all((each.expires_at - each.received_at).days == 90 for each in messages(vas))
    assert ANNA not in repr([row.body for row in messages(vas)])
    assert ANNA.encode() not in b"".join(each.body for each in messages(vas))


def test_if_none_exist_leaves_a_booking_that_is_there_alone(vas: BookingSystem) -> None:
    """R4 http.html#ccreate."""
    condition = f"identifier={BOOKINGS}|VAS-1"
    assert vas.post(an_appointment(), if_none_exist=condition).status == 201
    assert vas.post(an_appointment(version=2, starts_at=LATER), if_none_exist=condition).status == 200
    assert [each.starts_at for each in visits(vas)] == [NOW + timedelta(days=2)]
    other = vas.post(an_appointment("VAS-9"), if_none_exist=condition)
    assert (other.status, code_of(other.json)) == (400, "id_mismatch")


def test_if_match_changes_only_the_version_that_was_seen(vas: BookingSystem) -> None:
    """R4 http.html#concurrency."""
    created = vas.post(an_appointment())
    place = f"/{created.json['id']}"
    assert created.headers["etag"] == 'W/"1"'
    assert vas.put(place, an_appointment(version=2, starts_at=LATER), if_match='W/"1"').headers["etag"] == 'W/"2"'
    late = vas.put(place, an_appointment(version=3), if_match='W/"1"')
    assert (late.status, code_of(late.json)) == (412, "precondition_failed")
    assert [each.starts_at for each in visits(vas)] == [LATER]


def test_a_put_to_another_bookings_place_is_refused(vas: BookingSystem) -> None:
    created = vas.post(an_appointment())
    reply = vas.put(f"/{created.json['id']}", an_appointment("VAS-2"))
    assert (reply.status, code_of(reply.json)) == (422, "id_mismatch")
    assert vas.put("/b-unknown", an_appointment()).status == 404


def test_a_booking_is_read_with_its_version_and_not_twice(vas: BookingSystem) -> None:
    """R4 http.html#read: ETag, Last-Modified, 304."""
    created = vas.post(an_appointment())
    path = f"Appointment/{created.json['id']}"
    read = vas.get(path)
    assert (read.status, read.json) == (200, created.json)
    assert read.headers["last-modified"] == "Mon, 23 Nov 2026 08:00:00 GMT"
    unchanged = vas.get(path, if_none_match=read.headers["etag"])
    assert (unchanged.status, unchanged.text) == (304, "")


def test_a_booking_is_found_by_its_identifier_and_by_nothing_else(vas: BookingSystem) -> None:
    """Privacy: no person's number in an address."""
    vas.post(an_appointment())
    assert vas.get(f"Appointment?identifier={BOOKINGS}|VAS-1").json["total"] == 1
    assert vas.get(f"Appointment?identifier={BOOKINGS}|VAS-2").json["total"] == 0
    for question in ("", "?patient.identifier=x|y", "?patient=x", "?date=2026-11-23"):
        reply = vas.get(f"Appointment{question}")
        assert (reply.status, code_of(reply.json)) == (400, "not_supported")
    number = vas.get("Appointment?identifier=http://electronichealth.se/identifier/personnummer|194408139089")
    assert (number.status, code_of(number.json)) == (422, "identifier_is_number")


def test_the_sender_is_told_what_became_of_it_where_it_prefers_that(vas: BookingSystem) -> None:
    reply = vas.post(an_appointment(visit_reason="ASAM"), prefer="return=OperationOutcome")
    assert (reply.status, code_of(reply.json)) == (201, "asam")
    assert reply.json["issue"][0]["severity"] == "information"
    assert vas.post(an_appointment("VAS-2"), prefer="return=minimal").text == ""


def test_the_patient_and_the_practitioner_are_read_and_the_reading_is_logged(vas: BookingSystem) -> None:
    """V1, S6."""
    patient = a_patient()
    vas.post(an_appointment())
    read = vas.get(f"Patient/{patient.patient_id}").json
    assert read["identifier"][0]["value"] == ANNA
    assert read["name"][0]["family"] == "Andersson"
    entries = [each for each in vas.ports.store.of(AuditEntry) if each.action == "patient.read"]
    assert [(each.user, each.patient_id) for each in entries] == [("system:vas", patient.patient_id)]
    assert vas.get(f"Practitioner/{EK}").json["name"][0]["family"] == "Ek"
    assert vas.get("Practitioner/SE2321000115-E999").status == 404
    assert vas.get("Patient/nobody").status == 404


def test_a_protected_patients_name_is_not_told(vas: BookingSystem) -> None:
    """P5: HL7 Sweden's label, and no name."""
    patient = a_patient(protected=True)
    vas.ports.store.seed(patient)
    vas.post(an_appointment())
    read = vas.get(f"Patient/{patient.patient_id}").json
    assert "name" not in read
    assert read["meta"]["security"][0]["code"] == "protected-information"


def test_a_patient_whom_no_booking_has_come_for_is_not_read_by_an_id_alone(vas: BookingSystem) -> None:
    """S6: also one who has visits that were booked here; the attempt is in the log."""
    patient = a_patient()
    vas.ports.store.seed(a_visit(patient=patient))
    refused, nobody = vas.get(f"Patient/{patient.patient_id}"), vas.get("Patient/nobody")
    assert (refused.status, refused.text) == (404, nobody.text)
    assert [each.result for each in vas.ports.store.of(AuditEntry) if each.action == "patient.read"] == ["denied"]
    vas.post(an_appointment())
    assert vas.get(f"Patient/{patient.patient_id}").status == 200


def test_a_delivery_that_changes_nothing_is_answered_with_the_booking_and_logged_as_a_reading(
    vas: BookingSystem,
) -> None:
    """S6: the answer may be newer than what was delivered."""
    vas.post(an_appointment(version=2))

    def readings() -> list[str]:
        return [each.patient_id for each in vas.ports.store.of(AuditEntry) if each.action == "booking.read"]

    assert readings() == []
    vas.post(an_appointment(version=1))
    vas.post(an_appointment(version=3), if_none_exist=f"identifier={BOOKINGS}|VAS-1")
    assert readings() == [a_patient().patient_id] * 2


def test_another_organisations_system_sees_nothing_of_it(vas: BookingSystem) -> None:
    created = vas.post(an_appointment())
    vas.ports.store.seed(a_client("other", org_id="SE2321000016"))
    stranger = BookingSystem(vas.ports).authenticated("other")
    assert stranger.get(f"Appointment/{created.json['id']}").status == 404
    assert stranger.get(f"Patient/{a_patient().patient_id}").status == 404
