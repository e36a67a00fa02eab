"""How often a request asks the database, counted where the requests leave this process."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import uuid4

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.httpsession import URLLib3Session

from chalicelib import bootstrap
from chalicelib.domain.changes import Put
from chalicelib.storage.rate_limits import DynamoRateLimits
from chalicelib.storage.store import DynamoStore
from local.settings import Settings
from tests.browser import Browser, Reply
from tests.builders import ANNA, a_patient, a_staff_member, an_organisation
from tests.fake_ports import FakePorts
from tests.fakes import FakeClock, FakeRateLimits, FakeStore
from tests.unit.api.conftest import identity, logged_in

Trips = list[str]


@pytest.fixture
def clinician(aws: Settings, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Eva Ek, logged in to the app on real tables."""
    assert aws
    ports = FakePorts(
        store=cast(FakeStore, DynamoStore()),
        rate_limits=cast(FakeRateLimits, DynamoRateLimits()),
        clock=FakeClock(datetime.now(UTC)),
    )
    ports.store.commit([Put(an_organisation()), Put(a_staff_member()), Put(a_patient())])
    ports.identity_provider.identities["ek"] = identity()
    monkeypatch.setattr(bootstrap, "ports", lambda: ports)
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    return logged_in(Browser(ports))


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> Iterator[Trips]:
    """The operations asked of DynamoDB from now on, in order, retries included."""
    asked: Trips = []
    send: Callable[..., Any] = URLLib3Session.send

    def counted(session: URLLib3Session, request: AWSPreparedRequest) -> Any:
        target = request.headers["X-Amz-Target"]
        asked.append((target.decode() if isinstance(target, bytes) else target).rpartition(".")[2])
        return send(session, request)

    monkeypatch.setattr(URLLib3Session, "send", counted)
    yield asked


def _book(browser: Browser) -> Reply:
    return browser.post(
        "/visits",
        {
            "request_id": str(uuid4()),
            "patient_id": a_patient().patient_id,
            "starts_at": (browser.ports.clock.now() + timedelta(minutes=1)).isoformat(),
            "duration_minutes": 30,
            "reason": "Återbesök",
            "guests": [{"name": "Gunilla", "email": "gunilla@example.se"}],
        },
    )


def test_a_booking_is_one_read_round_and_one_transaction_after_the_session(clinician: Browser, trips: Trips) -> None:
    """B2, B3. The answer, invitations included, is made of what was written."""
    reply = _book(clinician)
    assert trips == ["GetItem", "TransactGetItems", "TransactWriteItems"]
    view = reply.json["visit"]
    assert {p["name"]: p["delivery"] for p in view["participants"] if p["role"] != "staff"} == {
        "Anna Andersson": "queued",
        "Gunilla": "queued",
    }
    assert clinician.get(f"/visits/{view['visit_id']}").json == view


def test_the_start_page_is_one_index_query_after_the_session(clinician: Browser, trips: Trips) -> None:
    """L2."""
    _book(clinician)
    trips.clear()
    assert clinician.get("/agenda").json["entries"]
    assert trips == ["GetItem", "Query"]


def test_a_day_without_visits_asks_once_more_for_the_next_one(clinician: Browser, trips: Trips) -> None:
    """L2: the empty state says when the next visit is."""
    assert clinician.get("/agenda?date=2031-01-01").json["entries"] == []
    assert trips == ["GetItem", "Query", "Query"]


def test_a_search_for_a_known_patient_reads_them_and_logs_it(clinician: Browser, trips: Trips) -> None:
    """P1, S6."""
    assert clinician.post("/patients/search", {"number": ANNA}).json["found"]
    assert trips == ["GetItem", "GetItem", "TransactWriteItems"]


def test_receiving_a_visit_reads_it_once(clinician: Browser, trips: Trips) -> None:
    """L3: session, visit, the change, and the page's patient and invitations."""
    visit_id = _book(clinician).json["visit"]["visit_id"]
    trips.clear()
    assert clinician.post(f"/visits/{visit_id}/receive").json["status"] == "mottaget"
    assert trips == ["GetItem", "GetItem", "TransactWriteItems", "GetItem", "BatchGetItem"]


def test_a_chat_message_is_one_transaction_after_session_and_visit(clinician: Browser, trips: Trips) -> None:
    """S2: also when it is sent again, but for finding the first."""
    path = f"/visits/{_book(clinician).json['visit']['visit_id']}/chat"
    message = {"message_id": str(uuid4()), "text": "Hej"}
    trips.clear()
    first = clinician.post(path, message)
    assert trips == ["GetItem", "GetItem", "TransactWriteItems"]
    trips.clear()
    assert clinician.post(path, message).json == first.json
    assert trips == ["GetItem", "GetItem", "TransactWriteItems", "GetItem"]
