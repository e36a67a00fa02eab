"""No row and no partition of a table is written by all bookings: so many workers import as there is work for (V1).

What DynamoDB cannot spread is one item, and one partition of an index beyond a thousand writes a second (AWS, "Designing
partition keys to distribute your workload"). One index has a partition in common: the access log by day, which gets one
entry for a booking.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from unittest.mock import patch

import pytest
from msgspec.structs import replace

from chalicelib import bootstrap
from chalicelib.domain.changes import Put
from chalicelib.storage.imported_bookings import DynamoImportedBookings
from chalicelib.storage.store import DynamoStore
from local.settings import Settings
from tests.builders import ORG, a_patient, a_staff_member, an_organisation
from tests.database_calls import Call, recorded
from tests.every_form import adult_number
from tests.fake_ports import FakePorts
from tests.fakes import FakeClock, FakeStore
from tests.promises.clinic import ENVIRONMENT
from tests.unit.api.systems import BookingSystem, a_client, an_appointment

BOOKINGS = 20
OF_INDEXES = ("due_pk", "day_pk", "agenda_pk")
SHARED_INDEXES = frozenset({("audit", "day_pk")})


@pytest.fixture
def vas(empty_tables: Settings) -> Iterator[BookingSystem]:
    """A booking system of an organisation with a clinician and a patient for each booking."""
    ports = FakePorts(
        store=cast(FakeStore, DynamoStore()),
        clock=FakeClock(datetime.now(UTC).replace(second=0, microsecond=0)),
        real_bookings=DynamoImportedBookings(),
    )
    ports.store.commit([Put(replace(an_organisation(), booking_integration=True)), Put(a_client())])
    ports.store.commit([Put(a_staff_member(_hsa_id(place))) for place in range(BOOKINGS)])
    ports.store.commit([Put(a_patient(adult_number(place), phone=_phone(place))) for place in range(BOOKINGS)])
    with patch.object(bootstrap, "ports", lambda: ports), patch.dict("os.environ", ENVIRONMENT):
        yield BookingSystem(ports).authenticated()


def test_imports_of_different_clinicians_and_patients_have_no_row_and_no_partition_in_common(
    vas: BookingSystem,
) -> None:
    with recorded() as calls:
        for place in range(BOOKINGS):
            assert vas.post(_appointment(vas, place)).status == 201
    rows, partitions, of_indexes = Counter[Any](), Counter[Any](), Counter[Any]()
    for table, item in _written(calls):
        rows[table, str(item["pk"]), str(item.get("sk"))] += 1
        partitions[table, str(item["pk"])] += 1
        of_indexes.update((table, name, item[name]["S"]) for name in OF_INDEXES if name in item)
    assert max(rows.values()) == 1
    assert {key for key, count in partitions.items() if count >= BOOKINGS} == set()
    of_all = Counter[Any]()
    for (table, name, _), count in of_indexes.items():
        of_all[table, name] += count
    assert {key[:2] for key, count in of_indexes.items() if count > of_all[key[:2]] / 2} <= SHARED_INDEXES


def test_an_import_is_one_read_round_and_one_transaction(vas: BookingSystem) -> None:
    """V1: beside the look at who is calling, which a process remembers for a while."""
    with recorded() as calls:
        assert vas.post(_appointment(vas, 0)).status == 201
    operations = [call.operation for call in calls]
    assert operations[-2:] == ["TransactGetItems", "TransactWriteItems"]
    assert operations[:-2] in ([], ["GetItem"])


def _appointment(vas: BookingSystem, place: int) -> dict[str, Any]:
    return an_appointment(
        f"VAS-{place}",
        number=adult_number(place),
        staff=(_hsa_id(place),),
        starts_at=vas.ports.clock.now() + timedelta(days=2),
    )


def _written(calls: list[Call]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The table's own name, and the row or its key."""
    for call in calls:
        if call.operation == "TransactWriteItems":
            for each in call.body["TransactItems"]:
                ((_, given),) = each.items()
                yield given["TableName"].rpartition("-")[2], given.get("Item") or given["Key"]


def _hsa_id(place: int) -> str:
    return f"{ORG}-B{place:04}"


def _phone(place: int) -> str:
    return f"+467017{place:05}"
