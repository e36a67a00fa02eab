"""A child created, refreshed and given another ombud by many at once, on an engine whose transactions decide (P2, P6)."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib.domain.booking import BookedPatient, Booking
from chalicelib.domain.changes import Put
from chalicelib.domain.patient import Patient, PatientGuardian
from chalicelib.domain.relations import Relation
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Contact, Kind, Visit
from chalicelib.errors import Conflict
from chalicelib.services.book_visit import book_visit
from chalicelib.services.change_contacts import change_guardian_contacts
from chalicelib.services.change_relations import change_relations
from chalicelib.services.create_patient import create_patient
from chalicelib.services.refresh_patient import refresh_patient
from chalicelib.storage.imported_bookings import DynamoImportedBookings
from chalicelib.storage.store import DynamoStore
from local.settings import Settings
from tests.builders import ALVA, ERIK, SARA, a_guardian, a_register_person, a_staff_member, an_organisation, staff
from tests.fake_ports import FakePorts
from tests.fakes import FakeClock, FakeRegister, FakeStore
from tests.visitors import token_of

THREADS = 20
PHONES = {ERIK: "070-174 06 41", SARA: "070-174 06 42"}


@pytest.fixture
def ports(aws: Settings) -> FakePorts:
    assert aws
    now = datetime.now(UTC)
    alva = a_register_person(ALVA, guardians=(a_guardian(ERIK), a_guardian(SARA)))
    return FakePorts(
        store=cast(FakeStore, DynamoStore()),
        real_bookings=DynamoImportedBookings(),
        clock=FakeClock(now),
        register=FakeRegister(dataclasses.replace(alva, fetched_at=now)),
    )


@pytest.fixture
def ek(ports: FakePorts) -> Staff:
    """In an organisation that no other test knows."""
    org_id = uuid4().hex
    member = replace(a_staff_member(), org_id=org_id)
    ports.store.commit([Put(replace(an_organisation(), org_id=org_id)), Put(member)])
    return staff(org_id=org_id)


def _child(ports: FakePorts, ek: Staff) -> Patient:
    """Alva, whose guardians can be reached."""
    child, _ = create_patient(ports, ek, ALVA, "", "")
    for guardian in child.guardians:
        phone = PHONES[guardian.number]
        child = change_guardian_contacts(
            ports, ek, child.patient_id, guardian.guardian_id, version=child.version, phone=phone, email=""
        )
    return child


def _visit(ports: FakePorts, ek: Staff, child: Patient) -> Visit:
    booking = Booking(
        request_id=str(uuid4()),
        kind=Kind.CHILD,
        starts_at=ports.clock.now() + timedelta(hours=1),
        duration_minutes=30,
        reason="",
        patients=(BookedPatient(patient_id=child.patient_id),),
        relations=_ombud(child.guardians[0]),
    )
    return book_visit(ports, ek, booking).page.visit


def _ombud(guardian: PatientGuardian) -> tuple[Relation, ...]:
    return (Relation(guardian_id=guardian.guardian_id, ombud=True),)


def test_of_twenty_who_create_the_same_child_one_wins_and_all_get_the_same(ports: FakePorts, ek: Staff) -> None:
    """P2."""
    with ThreadPoolExecutor(THREADS) as pool:
        made = list(pool.map(lambda _: create_patient(ports, ek, ALVA, "", ""), range(THREADS)))
    assert [is_new for _, is_new in made].count(True) == 1
    assert len({child.patient_id for child, _ in made}) == 1
    assert {len(child.guardians) for child, _ in made} == {2}


def test_uppdatera_and_a_written_contact_at_once_lose_nothing(ports: FakePorts, ek: Staff) -> None:
    """P3, P4: whichever comes first, the number that was written stands, or its writer was told to read again."""
    child, _ = create_patient(ports, ek, ALVA, "", "")
    erik = child.guardians[0].guardian_id

    def write() -> Patient | None:
        try:
            return change_guardian_contacts(ports, ek, child.patient_id, erik, version=1, phone=PHONES[ERIK], email="")
        except Conflict:
            return None

    with ThreadPoolExecutor(9) as pool:
        fetched = [pool.submit(refresh_patient, ports, ek, child.patient_id) for _ in range(4)]
        written = pool.submit(write).result()
        assert all(each.result().guardians for each in fetched)
    now = ports.store.patient(ek.org_id, child.patient_id)
    assert now is not None
    assert now.guardians[0].contact == (Contact() if written is None else Contact("+46701740641"))


def test_of_many_who_change_the_ombud_at_once_exactly_one_guardian_can_come_in(ports: FakePorts, ek: Staff) -> None:
    """P6: never two ombud, whatever order the clicks come in."""
    child = _child(ports, ek)
    visit = _visit(ports, ek, child)
    erik, sara = child.guardians
    with ThreadPoolExecutor(6) as pool:
        wishes = [pool.submit(_change, ports, ek, visit, guardian) for guardian in (sara, erik, sara, erik)]
        assert any(wish.result() for wish in wishes)
    after = ports.store.visit(visit.visit_id)
    assert after is not None
    assert [person.role for person in after.participants].count("ombud") == 1
    assert after.ombud is not None
    assert token_of(after, "ombud")


def _change(ports: FakePorts, ek: Staff, visit: Visit, guardian: PatientGuardian) -> bool:
    try:
        change_relations(ports, ek, visit.visit_id, _ombud(guardian))
    except Conflict:
        return False
    return True
