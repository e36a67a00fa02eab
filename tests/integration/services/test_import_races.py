"""V1, V3: deliveries of one booking at once and in any order, on a database engine whose transactions really decide."""

import json
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib import bootstrap
from chalicelib.domain.changes import Delete, Put
from chalicelib.domain.imported_booking import booking_id_of
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.system_caller import System
from chalicelib.domain.visit import Status, Visit
from chalicelib.services.create_patient import create_patient
from chalicelib.services.import_appointment import Imported, import_appointment
from chalicelib.services.integration_messages import MessageQuery, read_message, search_messages
from chalicelib.services.pending_bookings import pending_bookings
from chalicelib.services.received_message import Received
from chalicelib.services.replay_message import replay_message
from chalicelib.storage.documents import decode
from chalicelib.storage.imported_bookings import DynamoImportedBookings
from chalicelib.storage.rate_limits import DynamoRateLimits
from chalicelib.storage.recent_staff import RECENT
from chalicelib.storage.store import DynamoStore
from chalicelib.storage.tables import IntegrationTable, OutboxTable
from local.settings import Settings
from tests.builders import (
    ANNA,
    BERG,
    BO,
    EK,
    ORG,
    a_patient,
    a_register_person,
    a_staff_member,
    an_organisation,
    number,
    staff,
)
from tests.database_calls import recorded
from tests.fake_ports import FakePorts
from tests.fakes import FakeClock, FakeRateLimits, FakeRegister, FakeStore
from tests.unit.api.systems import BOOKINGS, BookingSystem, a_client, an_appointment

THREADS = 20
VAS = System(org_id=ORG, client_id="vas", name="VAS", scopes=())


@pytest.fixture
def ports(aws: Settings) -> FakePorts:
    assert aws
    RECENT.forget()
    ports = FakePorts(
        store=cast(FakeStore, DynamoStore()),
        rate_limits=cast(FakeRateLimits, DynamoRateLimits()),
        clock=FakeClock(datetime.now(UTC).replace(microsecond=0)),
        register=FakeRegister(replace_number(BO)),
        real_bookings=DynamoImportedBookings(),
    )
    organisation = replace(an_organisation(), booking_integration=True)
    members = [a_staff_member(), a_staff_member(BERG, "Bo", "Berg")]
    ports.store.commit([Put(organisation), *map(Put, members), Put(a_patient())])
    ports.store.commit([Delete(a_patient(BO))])
    return ports


def replace_number(digits: str) -> Any:
    return a_register_person(digits)


def appointment(ports: FakePorts, external_id: str, version: int, **changes: Any) -> bytes:
    starts_at = ports.clock.now().replace(minute=0, second=0) + timedelta(days=2, hours=version)
    return json.dumps(an_appointment(external_id, version, **{"starts_at": starts_at, **changes})).encode()


def deliver(ports: FakePorts, body: bytes) -> Imported:
    return import_appointment(ports, VAS, Received(body, "update"))


def booked(ports: FakePorts, external_id: str) -> Visit:
    booking = ports.bookings.booking(booking_id_of(ORG, BOOKINGS, external_id))
    assert booking is not None
    visit = ports.store.visit(booking.visit_id)
    assert visit is not None
    return visit


def told(visit: Visit) -> Counter[str]:
    """How often each reason was written to someone, reminders aside."""
    every = [decode(row.document, OutboxMessage) for row in OutboxTable.scan()]
    return Counter(each.reason for each in every if each.visit_id == visit.visit_id and each.channel != "reminder")


def test_versions_at_once_and_in_any_order_end_in_the_newest(ports: FakePorts) -> None:
    """V1: one visit, at the newest time, and nobody is told anything twice."""
    external_id = f"VAS-{uuid4()}"
    bodies = [appointment(ports, external_id, version) for version in range(1, THREADS + 1)]
    random.shuffle(bodies)
    with ThreadPoolExecutor(THREADS) as pool:
        results = list(pool.map(lambda body: deliver(ports, body), bodies))
    visit = booked(ports, external_id)
    newest = json.loads(appointment(ports, external_id, THREADS))["start"]
    assert visit.starts_at == datetime.fromisoformat(newest)
    outcomes = Counter(each.message.outcome for each in results)
    assert outcomes["created"] == 1
    assert set(outcomes) <= {"created", "updated", "unchanged"}
    assert visit.sequence == outcomes["updated"]
    messages = told(visit)
    assert messages.pop("invitation") == 1
    assert messages == Counter({f"moved#{step}": 1 for step in range(1, visit.sequence + 1)})
    agenda = ports.store.agenda(ORG, EK, ports.clock.now(), visit.starts_at + timedelta(days=1))
    assert [row.starts_at for row in agenda if row.visit_id == visit.visit_id] == [visit.starts_at]
    assert ports.store.visits_of_patient(ORG, visit.patient_id, ports.clock.now()).count(visit.visit_id) == 1


def test_one_delivery_twenty_times_at_once_is_one_visit(ports: FakePorts) -> None:
    """V1."""
    external_id = f"VAS-{uuid4()}"
    body = appointment(ports, external_id, 1)
    with ThreadPoolExecutor(THREADS) as pool:
        results = list(pool.map(lambda _: deliver(ports, body), range(THREADS)))
    assert Counter(each.message.outcome for each in results) == {"created": 1, "unchanged": THREADS - 1}
    assert told(booked(ports, external_id)) == {"invitation": 1}


def test_a_cancellation_among_the_versions_is_obeyed_when_it_is_the_newest(ports: FakePorts) -> None:
    """V4."""
    external_id = f"VAS-{uuid4()}"
    bodies = [appointment(ports, external_id, version) for version in range(1, THREADS)]
    bodies.append(appointment(ports, external_id, THREADS, status="cancelled"))
    random.shuffle(bodies)
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda body: deliver(ports, body), bodies))
    booking = ports.bookings.booking(booking_id_of(ORG, BOOKINGS, external_id))
    assert booking is not None
    assert booking.state == "cancelled"
    visit = ports.store.visit(booking.visit_id) if booking.visit_id else None
    assert visit is None or visit.status is Status.CANCELLED
    assert visit is None or told(visit)["cancelled"] == 1


def test_a_patient_created_while_the_booking_comes_in_is_not_overlooked(ports: FakePorts) -> None:
    """V3: whichever is first, the booking becomes a visit."""
    for _ in range(5):
        external_id = f"VAS-{uuid4()}"
        ports.store.commit([Delete(a_patient(BO))])
        body = appointment(ports, external_id, 1, number=BO)
        with ThreadPoolExecutor(2) as pool:
            coming = pool.submit(deliver, ports, body)
            made = pool.submit(create_patient, ports, staff(), str(number(BO).digits), "070-174 06 06", "")
            coming.result()
            made.result()
        assert booked(ports, external_id).status is Status.BOOKED
        assert not [each for each in pending_bookings(ports, staff()) if each.booking.external_id == external_id]


def test_a_known_patients_booking_is_one_read_and_one_write(ports: FakePorts) -> None:
    """The aim of 50 a second: no round trip more, also when it is moved, repeated or cancelled."""
    external_id = f"VAS-{uuid4()}"
    deliver(ports, appointment(ports, f"VAS-{uuid4()}", 1))
    for change in ({"version": 1}, {"version": 2}, {"version": 2}):
        with recorded() as calls:
            deliver(ports, appointment(ports, external_id, **change))
        assert [call.operation for call in calls] == ["TransactGetItems", "TransactWriteItems"]
    with recorded() as calls:
        deliver(ports, appointment(ports, external_id, 3, status="cancelled"))
    assert [call.operation for call in calls] == ["TransactGetItems", "GetItem", "TransactWriteItems"]


def test_through_the_door_it_is_no_round_trip_more(ports: FakePorts, monkeypatch: pytest.MonkeyPatch) -> None:
    """The token is judged by itself, and its client was read a moment ago."""
    monkeypatch.setattr(bootstrap, "ports", lambda: ports)
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    ports.store.commit([Put(a_client())])
    vas = BookingSystem(ports).authenticated()
    starts_at = ports.clock.now().replace(minute=0, second=0) + timedelta(days=2)
    vas.post(an_appointment(f"VAS-{uuid4()}", starts_at=starts_at))
    with recorded() as calls:
        assert vas.post(an_appointment(f"VAS-{uuid4()}", starts_at=starts_at)).status == 201
    assert [call.operation for call in calls] == ["TransactGetItems", "TransactWriteItems"]


def test_what_came_in_is_found_read_and_replayed(ports: FakePorts) -> None:
    """V1: by day, outcome and booking; the body comes out as it went in."""
    external_id = f"VAS-{uuid4()}"
    body = appointment(ports, external_id, 1, staff=("SE2321000115-E077",))
    refused = deliver(ports, body)
    assert refused.refused is not None
    for query in (
        MessageQuery(external_id=external_id),
        MessageQuery(outcome="rejected"),
        MessageQuery(),
    ):
        found, _ = search_messages(ports, staff(), query)
        assert refused.message.message_id in [each.message_id for each in found]
    message, content = read_message(ports, staff(), refused.message.message_id)
    assert (message.why, content) == ("unknown_staff", body)
    ports.store.commit([Put(a_staff_member("SE2321000115-E077"))])
    assert replay_message(ports, staff(), message.message_id).outcome == "created"
    assert replay_message(ports, staff(), message.message_id).outcome == "unchanged"
    assert len(search_messages(ports, staff(), MessageQuery(external_id=external_id))[0]) == 3


def test_no_key_and_no_readable_attribute_holds_a_number(ports: FakePorts) -> None:
    """Privacy: nor the body of a message."""
    deliver(ports, appointment(ports, f"VAS-{uuid4()}", 1))
    rows = list(IntegrationTable.scan())
    assert any(row.body for row in rows)
    for row in rows:
        shown = row.attribute_values
        keys = [str(shown.get(name, "")) for name in ("pk", "sk", "pending_pk", "pending_sk", "external_pk")]
        assert ANNA not in "".join(keys)
        assert ANNA.encode() not in bytes(row.body or b"")
        if row.sk == "booking" and '"state":"pending"' not in row.document:
            assert ANNA not in row.document
