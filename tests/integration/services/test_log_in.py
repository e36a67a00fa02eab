"""A login on real tables: how often it asks the database, and that it is completed once (L1)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import cast
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from chalicelib import bootstrap
from chalicelib.domain.changes import Put
from chalicelib.services.begin_session import person_of
from chalicelib.storage.rate_limits import DynamoRateLimits
from chalicelib.storage.store import DynamoStore
from local.settings import Settings
from tests.browser import Browser
from tests.builders import ORG, a_commission, a_staff_member, a_unit, an_organisation
from tests.database_calls import recorded
from tests.fake_ports import FakePorts
from tests.fakes import FakeClock, FakeRateLimits, FakeStore
from tests.unit.api.conftest import identity

BUM = "SE2321000115-BUM"


@pytest.fixture
def ports(aws: Settings, monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    """Someone of the staff of their own for each test, with one commission (`one`) or two (`two`)."""
    assert aws
    ports = FakePorts(
        store=cast(FakeStore, DynamoStore()),
        rate_limits=cast(FakeRateLimits, DynamoRateLimits()),
        clock=FakeClock(datetime.now(UTC)),
    )
    hsa_id = f"SE2321000115-{uuid4().hex[:12].upper()}"
    ports.store.commit([Put(an_organisation()), Put(a_unit()), Put(a_unit(BUM)), Put(a_staff_member(hsa_id))])
    ports.identity_provider.identities["one"] = identity(hsa_id)
    ports.identity_provider.identities["two"] = identity(hsa_id, a_commission(), a_commission(BUM))
    monkeypatch.setattr(bootstrap, "ports", lambda: ports)
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    return ports


def _begun(browser: Browser) -> str:
    """The state that the identity provider sends back."""
    return parse_qs(urlsplit(browser.get("/login").headers["location"]).query)["state"][0]


def _operations(browser: Browser, state: str, code: str) -> list[str]:
    with recorded() as calls:
        assert browser.get(f"/login/callback?state={state}&code={code}").status == 302
    return [call.operation for call in calls]


def test_to_begin_a_login_writes_nothing_but_its_count(ports: FakePorts) -> None:
    """L1: a login under way has no row."""
    with recorded() as calls:
        _begun(Browser(ports))
    assert [call.operation for call in calls] == ["UpdateItem"]


@pytest.mark.parametrize("code", ["one", "two"])
def test_the_way_back_from_the_identity_provider_is_two_round_trips(ports: FakePorts, code: str) -> None:
    """L1: organisation, person and units are read at once; session, log and the login's end are written at once."""
    browser = Browser(ports)
    assert _operations(browser, _begun(browser), code) == ["TransactGetItems", "TransactWriteItems"]


def test_the_choice_of_a_commission_is_one_read_and_one_write(ports: FakePorts) -> None:
    """L1."""
    browser = Browser(ports)
    browser.get(f"/login/callback?state={_begun(browser)}&code=two")
    with recorded() as calls:
        assert browser.post("/login/commission", {"commission_id": a_commission(BUM).commission_id}).status == 200
    assert [call.operation for call in calls] == ["GetItem", "TransactWriteItems"]


def test_an_answer_is_taken_once_however_many_bring_it_at_once(ports: FakePorts) -> None:
    """L1: replayed state, with its cookie."""
    first = Browser(ports)
    state, cookie = _begun(first), dict(first.cookies)

    def answer(_: int) -> str:
        browser = Browser(ports, cookies=dict(cookie))
        return browser.get(f"/login/callback?state={state}&code=one").headers["location"]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(answer, range(8)))
    assert sorted(answers) == ["/", *["/logga-in?fel=stale_login"] * 7]
    hsa_id = ports.identity_provider.identities["one"].hsa_id
    assert len(ports.store.sessions_of(person_of(ports, ORG, hsa_id))) == 1
