"""The invited person's BankID, and another's, all the way over the wire (G6)."""

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import cast

import httpx
import pytest

from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Visit
from chalicelib.gateways.bankid import BankId
from chalicelib.services.identify_visitor import EidProgress, cancel_eid, collect_eid, start_eid
from chalicelib.services.show_visitor import show_visitor
from tests.builders import ANNA, BO, a_patient, a_visit
from tests.fake_ports import FakePorts
from tests.fakes import FakeClock, FakeEid
from tests.unit.gateways.conftest import Simulators
from tests.visitors import HOME, again, invited, opened


@pytest.fixture
def ports(simulators: Simulators) -> Iterator[FakePorts]:
    with closing(BankId(f"{simulators.url}/bankid/rp/v6.0")) as bankid:
        ports = FakePorts(eid=cast(FakeEid, bankid), clock=FakeClock(datetime.now(UTC)))
        ports.store.seed(a_patient())
        yield ports


@pytest.fixture
def visit(ports: FakePorts) -> Visit:
    return invited(ports.store, a_visit(starts_at=ports.clock.now()))


def _answer(simulators: Simulators, progress: EidProgress, person: str, button: str) -> None:
    """What the person does in the app."""
    form = {"autostarttoken": progress.auto_start_token, "redirect": "null", "person": person, "answer": button}
    httpx.post(f"{simulators.url}/bankid/app", data=form)


def _after(simulators: Simulators, ports: FakePorts, session: VisitorSession, person: str, button: str) -> EidProgress:
    _answer(simulators, start_eid(ports, session, HOME), person, button)
    return collect_eid(ports, again(ports, session))


def test_the_invited_person_scans_the_code_approves_and_is_in(
    simulators: Simulators, ports: FakePorts, visit: Visit
) -> None:
    session = opened(ports, visit)
    progress = start_eid(ports, session, HOME)
    ports.clock.time = datetime.fromtimestamp(time.time(), UTC)
    waiting = collect_eid(ports, again(ports, session))
    scanned = httpx.post(f"{simulators.url}/bankid/scan", data={"qr": waiting.qr})
    assert scanned.is_redirect
    _answer(simulators, progress, ANNA, "approve")
    ports.clock.advance(seconds=2)
    entry = collect_eid(ports, again(ports, session)).entry
    assert entry is not None
    assert show_visitor(ports, entry.session).my_name == "Anna Andersson"


def test_another_persons_bankid_lets_nobody_in(simulators: Simulators, ports: FakePorts, visit: Visit) -> None:
    session = opened(ports, visit)
    progress = _after(simulators, ports, session, BO, "approve")
    assert (progress.status, progress.entry) == ("failed", None)
    assert not again(ports, session).admitted


def test_who_refuses_may_try_again(simulators: Simulators, ports: FakePorts, visit: Visit) -> None:
    session = opened(ports, visit)
    assert _after(simulators, ports, session, ANNA, "refuse").text_id == "RFA6"
    assert _after(simulators, ports, again(ports, session), ANNA, "approve").status == "complete"


def test_giving_up_cancels_the_order_at_bankid(simulators: Simulators, ports: FakePorts, visit: Visit) -> None:
    session = opened(ports, visit)
    progress = start_eid(ports, session, HOME)
    started = again(ports, session).eid
    assert started is not None
    cancel_eid(ports, again(ports, session))
    _answer(simulators, progress, ANNA, "approve")
    assert ports.eid.collect(started.order).status == "failed"
