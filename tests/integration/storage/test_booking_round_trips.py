"""Booking of every form, and the start page, ask the database no oftener than they must (B2, L2)."""

from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from msgspec.structs import replace

from chalicelib import bootstrap
from chalicelib.domain.changes import Put, created
from chalicelib.domain.local_time import day_bounds, local_date
from chalicelib.storage.rate_limits import DynamoRateLimits
from chalicelib.storage.store import DynamoStore
from local.settings import Settings
from tests.browser import Browser
from tests.builders import a_unit, a_visit, an_organisation
from tests.database_calls import Call, recorded
from tests.every_form import bodies, clinicians, patients
from tests.fake_ports import FakePorts
from tests.fakes import FakeClock, FakeRateLimits, FakeStore
from tests.unit.api.conftest import identity, logged_in

NOW = datetime.now(UTC)
FORMS = bodies(NOW + timedelta(days=1))
VISITS = 40


@pytest.fixture
def clinician(empty_tables: Settings, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Eva Ek, logged in to the app on real tables, and everyone whom visits are booked for."""
    ports = FakePorts(
        store=cast(FakeStore, DynamoStore()),
        rate_limits=cast(FakeRateLimits, DynamoRateLimits()),
        clock=FakeClock(NOW),
    )
    ports.store.commit([Put(an_organisation()), Put(a_unit()), *map(Put, clinicians()), *map(Put, patients())])
    ports.identity_provider.identities["ek"] = identity()
    monkeypatch.setattr(bootstrap, "ports", lambda: ports)
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    return logged_in(Browser(ports))


@pytest.mark.parametrize("form", FORMS)
def test_a_booking_of_any_form_is_one_read_round_and_one_transaction(clinician: Browser, form: str) -> None:
    """B1, B2, B4, B6, B7, B8: with all its links, messages, reminders and log entries, also of 20 patients and 20 staff."""
    with recorded() as calls:
        reply = clinician.post("/visits", FORMS[form])
    assert reply.status == 201, reply.text
    assert _without_session(calls) == ["TransactGetItems", "TransactWriteItems"]


def test_a_booking_sent_again_costs_no_more_than_finding_it(clinician: Browser) -> None:
    """B2."""
    first = clinician.post("/visits", FORMS["individual"])
    with recorded() as calls:
        again = clinician.post("/visits", FORMS["individual"])
    assert (again.status, again.json["visit"]["visit_id"]) == (200, first.json["visit"]["visit_id"])
    assert len(_without_session(calls)) <= 6


@pytest.mark.parametrize("visits", [1, VISITS])
def test_a_start_page_is_one_query_however_many_visits_it_shows(clinician: Browser, visits: int) -> None:
    """L2, S6: beside it only the log of it."""
    opening = day_bounds(local_date(NOW))[0] + timedelta(hours=1)
    for place in range(visits):
        visit = a_visit(starts_at=opening + timedelta(minutes=10 * place))
        clinician.ports.store.commit(created(replace(visit, visit_id=f"v_page{place}")))
    with recorded() as calls:
        reply = clinician.get("/agenda")
    assert len(reply.json["entries"]) == visits
    assert _without_session(calls) == ["Query", "TransactWriteItems"]
    assert calls[1].body["IndexName"] == "agenda"


def test_a_preview_of_a_long_series_asks_each_clinicians_agenda_once(clinician: Browser) -> None:
    """B9: twelve visits of three clinicians, in calendars that are open on most days; an overlap in the last week is told."""
    body = FORMS["team"] | {"repeat": {"every_weeks": 4, "count": 12}}
    series = clinician.post("/visits/preview", body).json["series"]
    last = datetime.fromisoformat(series[-1]["starts_at"])
    days = [*(NOW + timedelta(days=day, hours=9) for day in range(1, 60)), last + timedelta(minutes=15)]
    for place, starts_at in enumerate(days):
        visit = replace(a_visit(starts_at=starts_at), visit_id=f"v_day{place}")
        clinician.ports.store.commit(created(visit))
    with recorded() as calls:
        reply = clinician.post("/visits/preview", body)
    (overlap,) = reply.json["overlaps"]
    assert datetime.fromisoformat(overlap["starts_at"]) == days[-1]
    operations = _without_session(calls)
    assert sorted(operations) == ["Query"] * 3 + ["TransactGetItems", "TransactWriteItems"]


def _without_session(calls: list[Call]) -> list[str]:
    operations = [call.operation for call in calls]
    assert operations[0] == "GetItem"
    return operations[1:]
