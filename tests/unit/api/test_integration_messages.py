"""V1: what came in from other systems, for support and administrators, each look in the access log."""

import json

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.integration_message import SHARDS, IntegrationMessage, new_message_id, shard_of
from chalicelib.domain.patient import patient_id
from chalicelib.domain.visit import Visit
from tests.browser import Browser
from tests.builders import ANNA, BERG, BO, EK, NOW, ORG, PATIENT_KEY, a_patient, a_staff_member
from tests.fake_ports import FakePorts
from tests.unit.api.conftest import logged_in
from tests.unit.api.systems import BookingSystem, an_appointment, with_integration


@pytest.fixture
def vas(ports: FakePorts) -> BookingSystem:
    ports.store.seed(a_patient())
    return with_integration(ports)


@pytest.fixture
def support(ports: FakePorts) -> Browser:
    ports.store.seed(replace(a_staff_member(), roles=("support", "clinician")))
    return logged_in(Browser(ports))


def found(support: Browser, **query: object) -> list[tuple[str, str, str]]:
    reply = support.post("/integration/messages/search", query)
    assert reply.status == 200, reply.text
    return sorted((each["external_id"], each["outcome"], each["why"]) for each in reply.json["messages"])


def test_messages_are_found_by_day_outcome_and_booking(vas: BookingSystem, support: Browser) -> None:
    vas.post(an_appointment())
    vas.post(an_appointment())
    vas.post(an_appointment("VAS-2", visit_reason="ASAM"))
    vas.post(b"{")
    every = [
        ("", "rejected", "not_json"),
        ("VAS-1", "created", ""),
        ("VAS-1", "unchanged", "same_version"),
        ("VAS-2", "ignored", "asam"),
    ]
    assert found(support) == every
    assert found(support, outcome="ignored") == [every[3]]
    assert found(support, external_id=" VAS-1 ") == every[1:3]
    assert found(support, from_day="2026-11-22", to_day="2026-11-22") == []
    assert support.post("/integration/messages/search", {"from_day": "2026-01-01"}).code == "period_too_long"


def test_a_list_tells_nothing_of_a_patient(vas: BookingSystem, support: Browser) -> None:
    vas.post(an_appointment())
    text = support.post("/integration/messages/search", {}).text
    assert ANNA not in text
    assert "Anna" not in text


def test_a_message_is_read_word_for_word_and_the_reading_is_logged_with_its_patient(
    vas: BookingSystem, support: Browser
) -> None:
    """S6."""
    vas.post(an_appointment())
    (summary,) = support.post("/integration/messages/search", {}).json["messages"]
    assert (summary["system"], summary["operation"], summary["outcome"]) == ("VAS", "create", "created")
    reply = support.post(f"/integration/messages/{summary['message_id']}/read")
    assert json.loads(reply.json["body"]) == an_appointment()
    (entry,) = [each for each in vas.ports.store.of(AuditEntry) if each.action == "integration.read"]
    assert (entry.user, entry.patient_id) == (EK, a_patient().patient_id)


def test_the_reading_of_a_refused_message_is_in_the_log_of_everyone_in_it(vas: BookingSystem, support: Browser) -> None:
    """S6: it was refused for naming two, and so is neither's."""
    appointment = an_appointment()
    appointment["contained"].append({**an_appointment(number=BO)["contained"][0], "id": "other"})
    appointment["participant"].append({"actor": {"reference": "#other"}})
    assert vas.post(appointment).status == 422
    (message,) = vas.ports.store.of(IntegrationMessage)
    assert (message.why, message.patient_id) == ("several_patients", "")
    assert support.post(f"/integration/messages/{message.message_id}/read").status == 200
    read = {each.patient_id for each in vas.ports.store.of(AuditEntry) if each.action == "integration.read"}
    assert read == {patient_id(PATIENT_KEY, ORG, number) for number in (ANNA, BO)}


def test_a_message_that_was_refused_is_replayed_when_its_cause_is_mended(vas: BookingSystem, support: Browser) -> None:
    """V1: through the same door, and again without effect."""
    vas.post(an_appointment(staff=(BERG,)))
    (refused,) = support.post("/integration/messages/search", {"outcome": "rejected"}).json["messages"]
    place = f"/integration/messages/{refused['message_id']}/replay"
    assert support.post(place).json["why"] == "unknown_staff"
    vas.ports.store.seed(a_staff_member(BERG, "Bo", "Berg"))
    done = support.post(place).json
    assert (done["operation"], done["outcome"]) == ("replay", "created")
    assert support.post(place).json["outcome"] == "unchanged"
    (visit,) = vas.ports.store.of(Visit)
    assert done["visit_id"] == visit.visit_id
    entries = [each for each in vas.ports.store.of(AuditEntry) if each.action == "integration.replay"]
    assert len(entries) == 3
    whole = support.post(f"/integration/messages/{done['message_id']}/read").json
    assert whole["replay_of"] == refused["message_id"]


def test_another_organisations_messages_are_not_there(vas: BookingSystem, support: Browser) -> None:
    vas.post(an_appointment())
    (summary,) = support.post("/integration/messages/search", {}).json["messages"]
    vas.ports.store.records = {
        key: replace(record, org_id="SE2321000016") if type(record).__name__ == "IntegrationMessage" else record
        for key, record in vas.ports.store.records.items()
    }
    for step in ("read", "replay"):
        assert support.post(f"/integration/messages/{summary['message_id']}/{step}").status == 404


def test_a_days_messages_lie_in_several_places() -> None:
    """No hot partition: about as many in each."""
    places = [shard_of(new_message_id(NOW)) for _ in range(2000)]
    assert all(2000 / SHARDS * 0.8 < places.count(place) < 2000 / SHARDS * 1.2 for place in range(SHARDS))
