"""Many at once, on a database engine whose transactions really decide (G2, S4, B3, C10)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

import jwt
import pytest
from msgspec.structs import replace
from pynamodb.models import Model

from chalicelib.domain.call_event import CallState, Present, after_event
from chalicelib.domain.changes import Create, Put
from chalicelib.domain.eid import EidResult
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Status
from chalicelib.domain.visit_messages import invitations
from chalicelib.errors import NotFound, NotLoggedIn, TooManyAttempts
from chalicelib.services.apply_call_event import apply_call_event
from chalicelib.services.enter_as_guest import enter_as_guest
from chalicelib.services.identify_visitor import collect_eid, start_eid
from chalicelib.services.join_call import CallTicket, join_call
from chalicelib.services.open_link import WRONG_PER_ADDRESS, open_link
from chalicelib.services.send_outbox import due_now, send_message
from chalicelib.services.show_visitor import show_visitor
from chalicelib.storage.rate_limits import DynamoRateLimits
from chalicelib.storage.store import DynamoStore
from chalicelib.storage.tables import FleetTable
from local.settings import Settings
from tests.builders import a_guest, a_patient, a_visit, an_organisation, number, staff
from tests.fake_ports import FakePorts
from tests.fakes import FakeClock, FakeRateLimits, FakeStore
from tests.visitors import HOME, again, invited, opened

T = TypeVar("T")
THREADS = 20


@pytest.fixture
def ports(aws: Settings) -> FakePorts:
    """The real store and rate limits among fakes; the fakes' own inspection is not used here."""
    assert aws
    ports = FakePorts(
        store=cast(FakeStore, DynamoStore()),
        rate_limits=cast(FakeRateLimits, DynamoRateLimits()),
        clock=FakeClock(datetime.now(UTC)),
    )
    ports.store.commit([Put(a_patient())])
    return ports


def _at_once(work: Callable[[int], T], threads: int = THREADS) -> list[T]:
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, range(threads)))


def _still_inside(ports: FakePorts, sessions: list[VisitorSession]) -> list[VisitorSession]:
    inside = []
    for session in sessions:
        try:
            show_visitor(ports, session)
        except NotLoggedIn as out:
            assert out.code == "replaced"
        else:
            inside.append(session)
    return inside


def _beat(ports: FakePorts, *node_ids: str, age_s: int = 0) -> None:
    """These nodes, and no others, were alive so long ago."""
    rows: list[Model] = list(FleetTable.query("nodes"))
    for row in rows:
        row.delete()
    beat_s = int(ports.clock.now().timestamp()) - age_s
    for node_id in node_ids:
        FleetTable(
            "nodes",
            node_id,
            internal_url="http://127.0.0.1:1",
            heartbeat_at=beat_s,
            participants=0,
            calls=0,
            capacity=200,
            draining=False,
            expires_at=beat_s + 600,
        ).save()


def _claims(ticket: CallTicket) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(ticket.token, options={"verify_signature": False})
    return claims


def test_of_devices_let_in_at_once_one_has_the_place(ports: FakePorts) -> None:
    """G2: two phones, one link."""
    visit = invited(ports.store, a_visit(starts_at=ports.clock.now()), guest=a_guest())
    waiting = [opened(ports, visit, "guest") for _ in range(4)]
    inside = _at_once(lambda place: enter_as_guest(ports, waiting[place], f"Gäst {place}").session, 4)
    (winner,) = _still_inside(ports, inside)
    guest = next(p for p in ports.stored(visit).participants if p.role == "guest")
    assert (guest.session_hash, guest.name) == (winner.session_hash, f"Gäst {inside.index(winner)}")


def test_of_many_requests_at_once_one_asks_the_provider_and_all_lead_to_one_session(ports: FakePorts) -> None:
    """G6, G2: an order is collected once in two seconds, and neither answer throws the other out."""
    visit = invited(ports.store, a_visit(starts_at=ports.clock.now()))
    session = opened(ports, visit)
    start_eid(ports, session, HOME)
    session = again(ports, session)
    ports.eid.answers = [EidResult("complete", "", number())]
    answers = [progress.status for progress in _at_once(lambda _: collect_eid(ports, session), 4)]
    assert sorted(answers) == ["complete", "pending", "pending", "pending"]
    assert ports.eid.collected == ["order-1"]
    entries = [progress.entry for progress in _at_once(lambda _: collect_eid(ports, again(ports, session)), 4)]
    assert len({entry.cookie for entry in entries if entry}) == 1
    assert len(_still_inside(ports, [entry.session for entry in entries if entry])) == 4
    assert ports.stored(visit).version == visit.version + 1


def test_twenty_senders_of_one_message_send_one_sms(ports: FakePorts) -> None:
    """B3."""
    visit = invited(ports.store, a_visit(starts_at=ports.clock.now()))
    message = invitations(visit, ports.clock.now(), an_organisation())[0]
    ports.store.commit([Create(message)])
    outcomes = _at_once(lambda _: send_message(ports, message.message_id))
    assert outcomes.count("sent") == 1
    assert set(outcomes) <= {"sent", "taken", "not_due"}
    assert len(ports.sms.sent) == 1
    sent = ports.store.message(message.message_id)
    assert sent is not None
    assert (sent.state, sent.attempts) == ("sent", 1)


def test_the_sweep_finds_what_is_due_and_only_once(ports: FakePorts) -> None:
    """B3: the row leaves the index when it is sent."""
    visit = invited(ports.store, a_visit(starts_at=ports.clock.now()))
    message = invitations(visit, ports.clock.now(), an_organisation())[0]
    ports.store.commit([Create(message)])
    _at_once(lambda _: [send_message(ports, message_id) for message_id in due_now(ports)], 4)
    assert [message_id for _, _, message_id in ports.sms.sent].count(message.message_id) == 1
    assert message.message_id not in ports.store.due_messages(ports.clock.now(), 50)


def test_staff_who_start_the_call_at_once_get_one_call_on_one_node(ports: FakePorts) -> None:
    """S4."""
    _beat(ports, "node-a", "node-b")
    visit = invited(ports.store, a_visit(status=Status.ONGOING, starts_at=ports.clock.now()))
    tickets = _at_once(lambda _: join_call(ports, staff(), visit.visit_id))
    claims = [_claims(ticket) for ticket in tickets]
    assert {ticket.call_id for ticket in tickets} == {f"{visit.visit_id}.1"}
    assert len({(c["node_id"], c["epoch"]) for c in claims}) == 1
    assert len({c["jti"] for c in claims}) == THREADS


def test_a_call_whose_node_died_moves_once_however_many_come_back(ports: FakePorts) -> None:
    """C10; docs/protocol.md §4."""
    _beat(ports, "node-a")
    visit = invited(ports.store, a_visit(status=Status.ONGOING, starts_at=ports.clock.now()))
    join_call(ports, staff(), visit.visit_id)
    _beat(ports, "node-b", "node-c")
    claims = [_claims(ticket) for ticket in _at_once(lambda _: join_call(ports, staff(), visit.visit_id))]
    assert {c["epoch"] for c in claims} == {2}
    assert len({c["node_id"] for c in claims}) == 1
    call = ports.stored(visit).call
    assert call is not None
    assert (call.epoch, call.seq) == (2, 0)


def test_snapshots_that_arrive_at_once_leave_the_newest(ports: FakePorts) -> None:
    """C3; docs/protocol.md §5."""
    _beat(ports, "node-a")
    visit = invited(ports.store, a_visit(status=Status.ONGOING, starts_at=ports.clock.now()))
    ticket = join_call(ports, staff(), visit.visit_id)
    before = ports.stored(visit)
    events = [
        CallState(
            type="call.state",
            call_id=ticket.call_id,
            node_id="node-a",
            epoch=1,
            seq=seq,
            at_ms=0,
            ended=False,
            participants=[Present("p_staff", "staff", seq % 2 == 0)],
        )
        for seq in range(1, 5)
    ]
    assert all(_at_once(lambda place: apply_call_event(ports, events[-place]), 4))
    newest = after_event(before, events[-1])
    assert newest is not None
    stored = replace(ports.stored(visit), staff_came_at=None)
    assert replace(stored, version=0) == replace(newest, version=0)


def test_wrong_tokens_are_counted_across_processes(ports: FakePorts) -> None:
    """G5."""

    def attempt(place: int) -> str:
        assert place >= 0
        try:
            open_link(ports, "w" * 27, "203.0.113.77")
        except (NotFound, TooManyAttempts) as refused:
            return refused.code
        return "opened"

    codes = [code for _ in range(3) for code in _at_once(attempt)]
    # A window may turn in the middle of the test, and then twice as many pass.
    assert WRONG_PER_ADDRESS <= codes.count("link_unknown") <= 2 * WRONG_PER_ADDRESS
    assert "opened" not in codes
