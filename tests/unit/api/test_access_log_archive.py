"""S6: what staff did is exported to the archive, a day and an organisation apart, and again when that failed."""

from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

import app as deployed
from chalicelib.domain.audit import AuditEntry, by_staff
from chalicelib.storage.documents import encode
from tests.builders import ANNA, NOW, a_patient, staff
from tests.fake_ports import FakePorts
from tests.unit.api.access_world import World, the_world


@pytest.fixture
def world(ports: FakePorts) -> World:
    return the_world(ports)


def stream(*written: AuditEntry, name: str = "INSERT") -> dict[str, Any]:
    """As the audit table's stream tells it."""
    keys = {"pk": {"S": "k"}, "sk": {"S": "k"}}
    images = [{**keys, "document": {"S": encode(entry)}} for entry in written]
    return {
        "Records": [
            {"eventName": name, "dynamodb": {"Keys": keys, "NewImage": image, "SequenceNumber": str(place)}}
            for place, image in enumerate(images, start=1)
        ]
    }


def test_what_staff_did_is_exported_with_the_patients_number_and_a_retry_writes_the_same(world: World) -> None:
    seen = [by_staff(staff(), "visit.view", NOW, patient_id=a_patient().patient_id) for _ in range(3)]
    archive = world.ports.access_log_archive
    for _ in range(2):
        assert deployed.audit_stream(stream(*seen), None) == {"batchItemFailures": []}
    (key,) = archive.stored
    assert key == f"{staff().org_id}/2026-11-23/{seen[0].audit_id}.xml"
    first, again = archive.stored[key]
    assert first == again
    assert first.count(b"<ns0:log>") == 3
    assert ANNA.encode() in first


def test_an_archive_that_is_away_loses_nothing(world: World) -> None:
    seen = by_staff(staff(), "visit.view", NOW, patient_id=a_patient().patient_id)
    world.ports.access_log_archive.down = True
    assert deployed.audit_stream(stream(seen), None) == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    world.ports.access_log_archive.down = False
    assert deployed.audit_stream(stream(seen), None) == {"batchItemFailures": []}
    assert len(world.ports.access_log_archive.stored) == 1


def test_days_are_exported_apart_and_what_has_expired_not_at_all(world: World) -> None:
    patient = a_patient().patient_id
    evening = by_staff(staff(), "visit.view", NOW.replace(hour=22, minute=59), patient_id=patient)
    morning = by_staff(staff(), "visit.view", NOW.replace(hour=23, minute=0), patient_id=patient)
    deployed.audit_stream(stream(evening, morning), None)
    assert sorted(key.split("/")[1] for key in world.ports.access_log_archive.stored) == ["2026-11-23", "2026-11-24"]
    gone = stream(replace(evening, audit_id=str(uuid4())), name="REMOVE")
    del gone["Records"][0]["dynamodb"]["NewImage"]
    assert deployed.audit_stream(gone, None) == {"batchItemFailures": []}
    assert len(world.ports.access_log_archive.stored) == 2
