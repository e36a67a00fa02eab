"""The invited person's Freja eID, all the way over the wire and through its signature (G6)."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import httpx
import pytest
from msgspec.structs import replace

from chalicelib.domain.eid import EidOrder
from chalicelib.domain.session import VisitorSession
from chalicelib.errors import EidUnavailable, WrongPerson
from chalicelib.gateways.freja import FrejaEid
from chalicelib.services.identify_visitor import EidProgress, cancel_eid, collect_eid, start_eid
from chalicelib.services.show_visitor import show_visitor
from local.keys import ensure_keys
from local.simulators.demo_keys import PEOPLE
from local.simulators.freja_orders import REQUESTS
from tests.builders import ANNA, BO, a_patient, a_visit
from tests.fake_ports import FakePorts
from tests.fakes import FakeClock, FakeEid
from tests.unit.gateways.conftest import Simulators
from tests.visitors import HOME, again, invited, opened


@pytest.fixture
def ports(simulators: Simulators, tmp_path: Path) -> Iterator[FakePorts]:
    certificate = ensure_keys(tmp_path / "keys").freja_certificate
    with closing(FrejaEid(f"{simulators.url}/freja/rp", str(certificate))) as freja:
        ports = FakePorts(freja=cast(FakeEid, freja), clock=FakeClock(datetime.now(UTC)))
        ports.store.seed(a_patient())
        yield ports


@pytest.fixture
def session(ports: FakePorts) -> VisitorSession:
    return opened(ports, invited(ports.store, a_visit(starts_at=ports.clock.now())))


def _answer(simulators: Simulators, progress: EidProgress, person: str, button: str = "approve") -> int:
    """What the person does in the app."""
    form = {"transactionReference": progress.auto_start_token, "person": person, "answer": button}
    return httpx.post(f"{simulators.url}/freja/app", data=form).status_code


def _order(ports: FakePorts, session: VisitorSession) -> EidOrder:
    attempt = again(ports, session).eid
    assert attempt is not None
    return attempt.order


def test_the_invited_person_approves_in_their_app_and_is_in(
    simulators: Simulators, ports: FakePorts, session: VisitorSession
) -> None:
    progress = start_eid(ports, session, HOME, provider="freja")
    assert _answer(simulators, progress, BO) == 403
    assert _answer(simulators, progress, ANNA) == 200
    entry = collect_eid(ports, again(ports, session)).entry
    assert entry is not None
    assert show_visitor(ports, entry.session).my_name == "Anna Andersson"


def test_even_a_signature_of_another_person_lets_nobody_in(
    simulators: Simulators, ports: FakePorts, session: VisitorSession
) -> None:
    """Should Freja ever ask somebody else, our own check of the number still stands."""
    start_eid(ports, session, HOME, provider="freja")
    request = simulators.app[REQUESTS].find(_order(ports, session).order_ref)
    request.person, request.status = simulators.app[PEOPLE][BO], "APPROVED"
    with pytest.raises(WrongPerson):
        collect_eid(ports, again(ports, session))
    assert not again(ports, session).admitted


def test_the_signature_of_another_order_lets_nobody_in(
    simulators: Simulators, ports: FakePorts, session: VisitorSession
) -> None:
    """The answer names our order, but what is signed is another of the same person's."""
    _answer(simulators, start_eid(ports, session, HOME, provider="freja"), ANNA)
    approved = simulators.app[REQUESTS].find(_order(ports, session).order_ref)
    start_eid(ports, again(ports, session), HOME, provider="freja")
    mine = simulators.app[REQUESTS].find(_order(ports, session).order_ref)
    simulators.app[REQUESTS]._requests[mine.auth_ref] = approved
    with pytest.raises(EidUnavailable):
        collect_eid(ports, again(ports, session))
    assert not again(ports, session).admitted


def test_who_declines_may_try_again(simulators: Simulators, ports: FakePorts, session: VisitorSession) -> None:
    _answer(simulators, start_eid(ports, session, HOME, provider="freja"), ANNA, "decline")
    assert collect_eid(ports, again(ports, session)).text_id == "FREJA_CANCELED"
    _answer(simulators, start_eid(ports, again(ports, session), HOME, provider="freja"), ANNA)
    assert collect_eid(ports, again(ports, session)).status == "complete"


def test_giving_up_and_choosing_bankid_both_cancel_at_freja(
    simulators: Simulators, ports: FakePorts, session: VisitorSession
) -> None:
    first = start_eid(ports, session, HOME, provider="freja")
    cancel_eid(ports, again(ports, session))
    second = start_eid(ports, again(ports, session), HOME, provider="freja")
    start_eid(ports, again(ports, session), HOME, provider="bankid")
    for progress in (first, second):
        assert simulators.app[REQUESTS].find(progress.auto_start_token).status == "RP_CANCELED"
        assert _answer(simulators, progress, ANNA) == 404


def test_no_number_is_in_a_session_with_an_order(ports: FakePorts, session: VisitorSession) -> None:
    start_eid(ports, session, HOME, provider="freja")
    ports.store.seed(replace(a_patient(), number="x"))
    assert ANNA not in ports.store.written()
