"""Bookings at once, on a database engine whose transactions really decide (B2, B3, B8)."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib.domain.booking import BookedPatient, Booking
from chalicelib.domain.changes import Put
from chalicelib.domain.patient import Patient
from chalicelib.domain.places import Guest
from chalicelib.domain.series import Repeat
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Contact, Form, Kind
from chalicelib.services.book_visit import Booked, book_visit
from chalicelib.services.send_outbox import send_message
from chalicelib.storage.store import DynamoStore
from local.settings import Settings
from tests.builders import a_staff_member, an_organisation, staff
from tests.database_calls import recorded
from tests.fake_ports import FakePorts
from tests.fakes import FakeClock, FakeStore
from tests.groups import adults

CLICKS = 10
TEAM = [f"SE2321000115-T{place:03}" for place in range(20)]


@pytest.fixture
def ek() -> Staff:
    """Eva Ek, in an organisation of this test's own."""
    return staff(org_id=uuid4().hex)


@pytest.fixture
def people(ek: Staff) -> list[Patient]:
    return [replace(each, org_id=ek.org_id) for each in adults(20)]


@pytest.fixture
def ports(aws: Settings, ek: Staff, people: list[Patient]) -> FakePorts:
    """The real store among fakes; the fakes' own inspection is not used here."""
    assert aws
    ports = FakePorts(store=cast(FakeStore, DynamoStore()), clock=FakeClock(datetime.now(UTC)))
    members = [replace(a_staff_member(hsa_id), org_id=ek.org_id) for hsa_id in (ek.hsa_id, *TEAM)]
    organisation = replace(an_organisation(), org_id=ek.org_id)
    ports.store.commit([Put(organisation), *map(Put, members), *map(Put, people)])
    return ports


def _booking(ports: FakePorts, people: Sequence[Patient], *, weeks: int = 0, guests: int = 0) -> Booking:
    return Booking(
        request_id=str(uuid4()),
        kind=Kind.ADULT,
        starts_at=ports.clock.now() + timedelta(days=1),
        duration_minutes=60,
        reason="Smärtskola",
        patients=tuple(BookedPatient(patient_id=each.patient_id) for each in people),
        guests=tuple(
            Guest(name=f"Gäst {place}", contact=Contact(email=f"g{place}@example.se")) for place in range(guests)
        ),
        form=Form.GROUP if len(people) > 1 else Form.INDIVIDUAL,
        staff=tuple(TEAM) if len(people) > 1 else (),
        repeat=Repeat(every_weeks=1, count=weeks) if weeks else None,
    )


def _clicked(ports: FakePorts, ek: Staff, booking: Booking) -> list[Booked]:
    with ThreadPoolExecutor(CLICKS) as pool:
        return list(pool.map(lambda _: book_visit(ports, ek, booking), range(CLICKS)))


def test_the_largest_group_fits_into_one_transaction(ports: FakePorts, ek: Staff, people: list[Patient]) -> None:
    """B3, B8: twenty patients, twenty colleagues and ten guests, with a log entry, a link and a row for each patient."""
    with recorded() as calls:
        booked = book_visit(ports, ek, _booking(ports, people, guests=10))
    (written,) = [call for call in calls if call.operation == "TransactWriteItems"]
    assert len(written.body["TransactItems"]) <= 100
    assert len(booked.page.visit.participants) == 20 + 21 + 10 + 1


def test_of_many_clicks_on_one_group_booking_one_books(ports: FakePorts, ek: Staff, people: list[Patient]) -> None:
    """B2, B3: and everyone in it is invited once, from however many senders."""
    answers = _clicked(ports, ek, _booking(ports, people))
    assert [each.is_new for each in answers].count(True) == 1
    assert len({each.page.visit.visit_id for each in answers}) == 1
    assert all(
        len(ports.store.visits_of_patient(ek.org_id, each.patient_id, ports.clock.now())) == 1 for each in people
    )
    _send_everything(ports, answers[0].page.visit.visit_id)
    assert sorted(to for to, _, _ in ports.sms.sent) == sorted(each.contact.phone for each in people)


def test_of_many_clicks_on_one_series_each_visit_is_booked_once(
    ports: FakePorts, ek: Staff, people: list[Patient]
) -> None:
    """B2, B3."""
    answers = _clicked(ports, ek, _booking(ports, people[:1], weeks=4))
    assert [each.is_new for each in answers].count(True) == 1
    assert len({visit.visit_id for each in answers for visit in each.series}) == 4
    assert len(ports.store.visits_of_patient(ek.org_id, people[0].patient_id, ports.clock.now())) == 4


def _send_everything(ports: FakePorts, visit_id: str) -> None:
    """What is due of the visit, by several senders at once, until nothing is."""
    while due := [each for each in ports.store.due_messages(ports.clock.now(), 1000) if _is_of(ports, each, visit_id)]:
        with ThreadPoolExecutor(CLICKS) as pool:
            list(pool.map(lambda message_id: send_message(ports, message_id), [*due, *due]))


def _is_of(ports: FakePorts, message_id: str, visit_id: str) -> bool:
    message = ports.store.message(message_id)
    return message is not None and message.visit_id == visit_id
