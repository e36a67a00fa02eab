"""The access log on a real engine: newest first, nothing twice, nothing left out, nothing written over (S6)."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry, by_staff, position_at
from chalicelib.domain.changes import Create
from chalicelib.errors import Conflict, Unavailable
from chalicelib.gateways.access_log_archive import S3AccessLogArchive
from chalicelib.storage.access_log import DynamoAccessLog
from chalicelib.storage.store import DynamoStore
from local.environment import resource_variables
from local.resources import client
from local.settings import Settings
from tests.builders import a_patient, staff

MORNING = datetime(2031, 3, 30, 6, 0, tzinfo=UTC)
DAY = date(2031, 3, 30)
LAST = position_at(MORNING + timedelta(days=2))
LOG = DynamoAccessLog()


def written(org_id: str, count: int, start: datetime = MORNING, patient_id: str = "pat") -> list[AuditEntry]:
    """Entries a minute apart, the newest first."""
    entry = by_staff(staff(org_id=org_id), "visit.view", start, patient_id=patient_id)
    entries = [replace(entry, audit_id=str(uuid4()), at=start + timedelta(minutes=age)) for age in range(count)]
    store = DynamoStore()
    for each in entries:
        store.commit([Create(each)])
    return entries[::-1]


@pytest.fixture
def org_id(aws: Settings) -> str:
    assert aws
    return f"SE{uuid4().hex[:10]}"


def test_a_day_is_read_piece_by_piece(org_id: str) -> None:
    entries = written(org_id, 7)
    first = LOG.of_day(org_id, DAY, LAST, 3)
    second = LOG.of_day(org_id, DAY, first[-1].position, 3)
    third = LOG.of_day(org_id, DAY, second[-1].position, 3)
    assert [*first, *second, *third] == entries
    assert LOG.of_day(org_id, DAY - timedelta(days=1), LAST, 3) == []


def test_entries_of_one_moment_are_told_apart(org_id: str) -> None:
    (entry,) = written(org_id, 1)
    DynamoStore().commit([Create(replace(entry, audit_id=str(uuid4())))])
    first = LOG.of_patient(org_id, "pat", MORNING, LAST, 1)
    second = LOG.of_patient(org_id, "pat", MORNING, first[0].position, 1)
    assert {first[0].audit_id, second[0].audit_id} > {entry.audit_id}
    assert LOG.of_patient(org_id, "pat", MORNING, second[0].position, 1) == []


def test_a_day_is_a_swedish_one(org_id: str) -> None:
    """23 hours on the day the clocks go forward."""
    late = written(org_id, 1, datetime(2031, 3, 30, 21, 59, tzinfo=UTC))
    next_day = written(org_id, 1, datetime(2031, 3, 30, 22, 0, tzinfo=UTC))
    assert LOG.of_day(org_id, DAY, LAST, 10) == late
    assert LOG.of_day(org_id, DAY + timedelta(days=1), LAST, 10) == next_day


def test_a_patients_entries_are_theirs_and_of_the_period(org_id: str) -> None:
    entries = written(org_id, 5)
    written(org_id, 2, patient_id="other")
    since = MORNING + timedelta(minutes=1)
    found = LOG.of_patient(org_id, "pat", since, entries[0].position, 10)
    assert found == entries[1:4]


def test_an_entry_is_never_written_over(org_id: str) -> None:
    (entry,) = written(org_id, 1)
    with pytest.raises(Conflict):
        DynamoStore().commit([Create(replace(entry, user_name="Någon annan"))])
    assert LOG.of_patient(org_id, "pat", MORNING, LAST, 1) == [entry]


def test_patients_are_fetched_together(aws: Settings) -> None:
    assert aws
    patient = replace(a_patient(), org_id=f"SE{uuid4().hex[:10]}")
    others = [replace(patient, patient_id=f"{patient.patient_id}{place}") for place in range(120)]
    store = DynamoStore()
    for start in (0, 60):
        store.commit([Create(each) for each in others[start : start + 60]])
    found = store.patients(patient.org_id, [*(each.patient_id for each in others), "nobody"])
    assert {each.patient_id for each in found} == {each.patient_id for each in others}


def test_a_document_is_stored_and_stored_again_beside_itself(aws: Settings) -> None:
    bucket = resource_variables(aws)["ACCESS_LOG_BUCKET"]
    archive, key = S3AccessLogArchive(bucket), f"SE/2031-03-30/{uuid4()}.xml"
    for body in (b"<a/>", b"<a/>"):
        archive.store(key, body)
    s3 = client("s3", aws.aws_url)
    versions = s3.list_object_versions(Bucket=bucket, Prefix=key)["Versions"]
    assert len(versions) == 2
    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == b"<a/>"


def test_a_missing_bucket_is_worth_another_try(aws: Settings) -> None:
    assert aws
    with pytest.raises(Unavailable):
        S3AccessLogArchive("vardrum-nowhere").store("k", b"<a/>")
