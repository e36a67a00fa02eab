"""How often a request asks the database, counted where the requests leave this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib import bootstrap
from chalicelib.domain.changes import Put
from chalicelib.storage.rate_limits import DynamoRateLimits
from chalicelib.storage.store import DynamoStore
from local.settings import Settings
from tests.browser import Browser, Reply
from tests.builders import ANNA, a_patient, a_staff_member, a_unit, an_organisation
from tests.database_calls import recorded
from tests.fake_ports import FakePorts
from tests.fakes import FakeClock, FakeRateLimits, FakeStore
from tests.unit.api.conftest import identity, logged_in


@pytest.fixture
def clinician(aws: Settings, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Eva Ek, logged in to the app on real tables."""
    assert aws
    ports = FakePorts(
        store=cast(FakeStore, DynamoStore()),
        rate_limits=cast(FakeRateLimits, DynamoRateLimits()),
        clock=FakeClock(datetime.now(UTC)),
    )
    ports.store.commit([Put(an_organisation()), Put(a_unit()), Put(a_staff_member()), Put(a_patient())])
    ports.identity_provider.identities["ek"] = identity()
    monkeypatch.setattr(bootstrap, "ports", lambda: ports)
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    return logged_in(Browser(ports))


@contextmanager
def taking(*operations: str) -> Iterator[None]:
    """What is done inside asks DynamoDB for these, in this order, and for nothing else; retries would count."""
    with recorded() as calls:
        yield
    assert [call.operation for call in calls] == list(operations)


def _book(browser: Browser) -> Reply:
    return browser.post(
        "/visits",
        {
            "request_id": str(uuid4()),
            "patients": [{"patient_id": a_patient().patient_id}],
            "starts_at": (browser.ports.clock.now() + timedelta(minutes=1)).isoformat(),
            "duration_minutes": 30,
            "reason": "Återbesök",
            "guests": [{"name": "Gunilla", "email": "gunilla@example.se"}],
        },
    )


def test_coming_back_from_the_provider_is_one_read_round_and_one_transaction(clinician: Browser) -> None:
    """L1: organisation, person and units; then session, log entry and the login's one use. Who asks is nobody yet."""
    browser = Browser(clinician.ports)
    started = browser.get("/login?return_to=/").headers["location"]
    state = started.split("state=")[1].split("&")[0]
    with taking("TransactGetItems", "TransactWriteItems"):
        assert browser.get(f"/login/callback?state={state}&code=ek").headers["location"] == "/"


def test_a_visit_page_that_is_not_mine_costs_no_more_than_session_visit_and_log(clinician: Browser) -> None:
    """S6: whether one may is asked of what is read already."""
    with taking("GetItem", "GetItem"):
        assert clinician.get("/visits/v_nobodys").status == 404
    visit_id = _book(clinician).json["visit"]["visit_id"]
    stored = clinician.ports.store.visit(visit_id)
    assert stored is not None
    without_me = tuple(person for person in stored.participants if not person.hsa_id)
    clinician.ports.store.commit([Put(replace(stored, participants=without_me))])
    with taking("GetItem", "GetItem", "TransactWriteItems"):
        assert clinician.get(f"/visits/{visit_id}").status == 404


def test_a_booking_is_one_read_round_and_one_transaction_after_the_session(clinician: Browser) -> None:
    """B2, B3. The answer, invitations included, is made of what was written."""
    with taking("GetItem", "TransactGetItems", "TransactWriteItems"):
        reply = _book(clinician)
    view = reply.json["visit"]
    assert {p["name"]: p["delivery"] for p in view["participants"] if p["role"] != "staff"} == {
        "Anna Andersson": "queued",
        "Gunilla": "queued",
    }
    assert clinician.get(f"/visits/{view['visit_id']}").json == view


def test_the_start_page_is_one_index_query_and_the_log_of_it_after_the_session(clinician: Browser) -> None:
    """L2, S6."""
    _book(clinician)
    with taking("GetItem", "Query", "TransactWriteItems"):
        assert clinician.get("/agenda").json["entries"]


def test_a_day_without_visits_asks_once_more_for_the_next_one(clinician: Browser) -> None:
    """L2: the empty state says when the next visit is."""
    with taking("GetItem", "Query", "Query"):
        assert clinician.get("/agenda?date=2031-01-01").json["entries"] == []


def test_a_search_for_a_known_patient_reads_them_and_logs_it(clinician: Browser) -> None:
    """P1, S6."""
    with taking("GetItem", "GetItem", "TransactWriteItems"):
        assert clinician.post("/patients/search", {"number": ANNA}).json["found"]


def test_receiving_a_visit_reads_it_once(clinician: Browser) -> None:
    """L3: session, visit, the change, and the page's messages and patient."""
    visit_id = _book(clinician).json["visit"]["visit_id"]
    with taking("GetItem", "GetItem", "TransactWriteItems", "BatchGetItem", "GetItem"):
        assert clinician.post(f"/visits/{visit_id}/receive").json["status"] == "mottaget"


def test_a_chat_message_is_one_transaction_after_session_and_visit(clinician: Browser) -> None:
    """S2: also when it is sent again, but for finding the first."""
    path = f"/visits/{_book(clinician).json['visit']['visit_id']}/chat"
    message = {"message_id": str(uuid4()), "text": "Hej"}
    with taking("GetItem", "GetItem", "TransactWriteItems"):
        first = clinician.post(path, message)
    with taking("GetItem", "GetItem", "TransactWriteItems", "GetItem"):
        assert clinician.post(path, message).json == first.json
