"""One visit through all its doors at once, on an engine whose transactions decide (B2, B9, B11, G1, V1, S6).

Clinicians move it and add to it, its patient is late and changes language, and the booking system tells of other times:
twenty threads, each request as a function of its own would take it. What was answered with success is in the visit, and
each change stands once in the access log.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from unittest.mock import patch
from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib import bootstrap
from chalicelib.api.request import Request
from chalicelib.api.rest import handle
from chalicelib.api.routes import ENDPOINTS
from chalicelib.domain.changes import Put
from chalicelib.domain.visit import Status, Visit
from chalicelib.storage.access_log import DynamoAccessLog
from chalicelib.storage.imported_bookings import DynamoImportedBookings
from chalicelib.storage.rows import visit_pk
from chalicelib.storage.store import DynamoStore
from chalicelib.storage.tables import VisitsTable
from local.settings import Settings
from tests.browser import ORIGIN, Browser
from tests.builders import BERG, EK, ORG, a_patient, a_unit, an_organisation
from tests.every_form import clinicians
from tests.fake_ports import FakePorts
from tests.fakes import FakeClock, FakeStore
from tests.promises.clinic import ENVIRONMENT
from tests.unit.api.conftest import identity, logged_in
from tests.unit.api.systems import FHIR, BookingSystem, a_client, an_appointment
from tests.unit.api.visitors import patient_browser

THREADS = 20
DOORS = {one.name: one for one in ENDPOINTS}
CHANGES = frozenset({"visit.reschedule", "visit.cancel", "participant.add", "visitor.late", "visitor.change_language"})
REFUSED = frozenset({"booking_changed", "changed_meanwhile", "visit_over", "not_allowed"})

Answer = tuple[int, Any]


@dataclass
class Clinic:
    """`answers`: how each kind of request fared, in any order."""

    ports: FakePorts
    eva: Browser
    bo: Browser
    vas: BookingSystem
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)

    def asked(self, name: str, who: Browser, body: object, **in_path: str) -> Answer:
        """As a function of its own: Chalice's gateway in this process knows one request at a time."""
        headers = {"origin": ORIGIN, "x-csrf-token": who.csrf_token, "content-type": "application/json"}
        return self._told(name, Request(headers, {}, in_path, who.cookies, "192.0.2.7", "t", json.dumps(body).encode()))

    def delivered(self, resource: dict[str, Any]) -> Answer:
        headers = {"authorization": f"Bearer {self.vas.token}", "content-type": FHIR}
        request = Request(headers, {}, {}, {}, "192.0.2.7", "t", json.dumps(resource).encode())
        return self._told("create_appointment", request)

    def _told(self, name: str, request: Request) -> Answer:
        response = handle(DOORS[name], request, self.ports)
        body = response.to_dict()["body"]
        said: Any = json.loads(body)
        assert response.status_code < 500, said
        self.answers[name, int(response.status_code)] += 1
        if response.status_code >= 400:
            assert said["code"] in REFUSED, said
        return int(response.status_code), said


@pytest.fixture
def clinic(empty_tables: Settings) -> Iterator[Clinic]:
    ports = FakePorts(
        store=cast(FakeStore, DynamoStore()),
        clock=FakeClock(datetime.now(UTC).replace(second=0, microsecond=0)),
        real_log=DynamoAccessLog(),
        real_bookings=DynamoImportedBookings(),
    )
    organisation = replace(an_organisation(), booking_integration=True)
    ports.store.commit([Put(organisation), Put(a_unit()), Put(a_patient()), Put(a_client())])
    ports.store.commit([Put(each) for each in clinicians()])
    with patch.object(bootstrap, "ports", lambda: ports), patch.dict("os.environ", ENVIRONMENT):
        for code, hsa_id in (("ek", EK), ("berg", BERG)):
            ports.identity_provider.identities[code] = identity(hsa_id)
        eva, bo = (logged_in(Browser(ports), code) for code in ("ek", "berg"))
        yield Clinic(ports, eva, bo, BookingSystem(ports).authenticated())


@pytest.fixture
def visit(clinic: Clinic) -> Visit:
    """Booked by the other system, for Eva Ek and Bo Berg."""
    status, _ = clinic.delivered(_appointment(clinic, 1, 2))
    assert status == 201
    (visit_id,) = clinic.ports.store.visits_of_patient(ORG, a_patient().patient_id, clinic.ports.clock.now())
    return _stored(clinic, visit_id)


@pytest.mark.parametrize("cancelled", [False, True], ids=["moved", "and cancelled"])
def test_no_change_through_any_door_is_lost_or_goes_unlogged(clinic: Clinic, visit: Visit, cancelled: bool) -> None:
    patient = patient_browser(clinic.ports, visit)
    before = _stored(clinic, visit.visit_id)
    added, moved = list[str](), list[int]()

    def move(who: Browser, day: int) -> None:
        sequence = _stored(clinic, visit.visit_id).sequence
        body = {"sequence": sequence, "starts_at": _day(clinic, day).isoformat(), "duration_minutes": 30}
        status, said = clinic.asked("reschedule_visit", who, body, visit_id=visit.visit_id)
        moved.extend([said["sequence"]] if status == 200 else [])

    def add(place: int) -> None:
        name = f"Gäst {place}"
        guest = {"name": name, "email": f"guest{place}@example.se"}
        body = {"request_id": str(uuid4()), "guests": [guest]}
        status, _ = clinic.asked("add_participants", clinic.eva, body, visit_id=visit.visit_id)
        added.extend([name] if status == 200 else [])

    def cancel() -> None:
        body = {"sequence": _stored(clinic, visit.visit_id).sequence, "reason": "Sjukdom"}
        clinic.asked("cancel_visit", clinic.bo, body, visit_id=visit.visit_id)

    works: list[Callable[[], object]] = [
        *(lambda day=day: move(clinic.eva, day) for day in range(3, 6)),
        *(lambda day=day: move(clinic.bo, day) for day in range(6, 9)),
        *(lambda place=place: add(place) for place in range(4)),
        *(lambda n=n: clinic.delivered(_appointment(clinic, n, 10 + n)) for n in range(2, 7)),
        *(lambda m=m: clinic.asked("report_late", patient, {"minutes": m}) for m in (5, 10, 15)),
        lambda: clinic.asked("change_language", patient, {"language": "en"}),
        cancel if cancelled else lambda: add(9),
    ]
    assert len(works) == THREADS
    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(work) for work in works]:
            done.result()
    now = _stored(clinic, visit.visit_id)
    assert sorted(p.name for p in now.participants if p.name.startswith("Gäst")) == sorted(added), clinic.answers
    assert len(set(moved)) == len(moved)
    assert cancelled or now.sequence >= max(moved, default=0)
    assert now.version - before.version == len(_change_entries(clinic, now))
    _assert_rows_follow(clinic, now)


def test_a_request_that_comes_at_once_from_everywhere_books_one_visit(clinic: Clinic) -> None:
    """B2, V1: twenty times the same click, and twenty times the same delivery."""
    body = {
        "request_id": str(uuid4()),
        "patients": [{"patient_id": a_patient().patient_id}],
        "starts_at": _day(clinic, 2).isoformat(),
        "duration_minutes": 30,
        "reason": "Återbesök",
    }
    with ThreadPoolExecutor(THREADS) as pool:
        clicks = [pool.submit(clinic.asked, "book_visit", clinic.eva, body) for _ in range(THREADS // 2)]
        deliveries = [pool.submit(clinic.delivered, _appointment(clinic, 1, 4)) for _ in range(THREADS // 2)]
        booked = {each.result()[1]["visit"]["visit_id"] for each in clicks}
        statuses = Counter(each.result()[0] for each in deliveries)
    assert len(booked) == 1
    assert statuses == {201: 1, 200: THREADS // 2 - 1}
    found = clinic.ports.store.visits_of_patient(ORG, a_patient().patient_id, clinic.ports.clock.now())
    assert len(found) == 2
    assert booked < set(found)


def _appointment(clinic: Clinic, version: int, day: int) -> dict[str, Any]:
    return an_appointment("VAS-1", version, staff=(EK, BERG), starts_at=_day(clinic, day))


def _day(clinic: Clinic, day: int) -> datetime:
    return clinic.ports.clock.now() + timedelta(days=day)


def _stored(clinic: Clinic, visit_id: str) -> Visit:
    visit = clinic.ports.store.visit(visit_id)
    assert visit is not None
    return visit


def _change_entries(clinic: Clinic, visit: Visit) -> list[str]:
    since = clinic.ports.clock.now() - timedelta(days=1)
    entries = clinic.ports.access_log.of_patient(ORG, visit.patient_id, since, "~", 1000)
    return [e.action for e in entries if e.visit_id == visit.visit_id and e.action in CHANGES]


def _assert_rows_follow(clinic: Clinic, visit: Visit) -> None:
    """Each clinician's row and the patient's are as the visit is, and there is no other."""
    rows = list(VisitsTable.query(visit_pk(visit.visit_id), VisitsTable.sk.startswith("agenda#"), consistent_read=True))
    assert sorted(row.sk for row in rows) == sorted(f"agenda#{p.hsa_id}" for p in visit.participants if p.hsa_id)
    for hsa_id in (EK, BERG):
        shown = clinic.ports.store.agenda(ORG, hsa_id, _day(clinic, -1), _day(clinic, 60))
        (mine,) = [row for row in shown if row.visit_id == visit.visit_id]
        assert (mine.starts_at, mine.status) == (visit.starts_at, visit.status)
    found = clinic.ports.store.visits_of_patient(ORG, visit.patient_id, _day(clinic, -1))
    assert found.count(visit.visit_id) == 1
    assert visit.status in {Status.BOOKED, Status.CANCELLED}
