"""S6: each route of staff and visitors, on real tables, asks for nothing that the function's role does not grant."""

from collections.abc import Iterator
from typing import Any, cast

import pytest

from chalicelib import bootstrap
from chalicelib.api.endpoint import Endpoint
from chalicelib.api.routes import ENDPOINTS
from chalicelib.domain.changes import Put
from chalicelib.storage.access_log import DynamoAccessLog
from chalicelib.storage.imported_bookings import DynamoImportedBookings
from chalicelib.storage.rate_limits import DynamoRateLimits
from chalicelib.storage.recent_staff import RECENT
from chalicelib.storage.store import DynamoStore
from chalicelib.storage.tables import FleetTable
from local.settings import Settings
from tests.fake_ports import FakePorts
from tests.fakes import FakeRateLimits, FakeStore
from tests.integration.functions.test_policies import under
from tests.unit.api.access_world import World, the_world
from tests.unit.api.each_endpoint import asked

ELSEWHERE = {"collect_eid", "use_here"}  # test_policies.py: they need an order, and a link, made before
ROUTES = [one for one in ENDPOINTS if one.audience in {"staff", "visitor"} and one.name not in ELSEWHERE]


class SeededStore(DynamoStore):
    """Real tables that tests put records into."""

    def seed(self, *records: Any) -> None:
        for each in records:
            self.commit([Put(each)])


@pytest.fixture
def world(aws: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    assert aws
    RECENT.forget()
    ports = FakePorts(
        store=cast(FakeStore, SeededStore()),
        real_log=DynamoAccessLog(),
        real_bookings=DynamoImportedBookings(),
        rate_limits=cast(FakeRateLimits, DynamoRateLimits()),
    )
    node = _a_node(int(ports.clock.now().timestamp()))
    node.save()
    monkeypatch.setattr(bootstrap, "ports", lambda: ports)
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    yield the_world(ports)
    node.delete()
    RECENT.forget()


@pytest.mark.parametrize("one", ROUTES, ids=lambda one: one.name)
def test_a_route_asks_the_tables_for_what_its_role_grants_and_no_more(world: World, one: Endpoint) -> None:
    ask = asked(world, one)
    with under("policy-api.json"):
        reply = ask()
    assert reply.status < 300, reply.text


def _a_node(now_s: int) -> FleetTable:
    return FleetTable(
        "nodes",
        "node-of-each-route",
        internal_url="http://127.0.0.1:1",
        heartbeat_at=now_s,
        participants=0,
        calls=0,
        capacity=100,
        draining=False,
        expires_at=now_s + 600,
    )
