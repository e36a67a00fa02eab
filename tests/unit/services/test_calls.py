"""Starting, joining and rating a call (C1, C3, C9, C10, S4)."""

import json
from pathlib import Path
from typing import Any

import jwt
import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.call_event import CallState, ParticipantStatistics, Present, Statistics
from chalicelib.domain.changes import Replace
from chalicelib.domain.fleet import CallPin, MediaNode
from chalicelib.domain.patient import Patient
from chalicelib.domain.quality import CallStatistics, Rating
from chalicelib.domain.visit import Role, Status, Visit
from chalicelib.errors import BadInput, Conflict, NoMediaNode, NotFound, NotLoggedIn
from chalicelib.services.advance_visit import end_visit
from chalicelib.services.apply_call_event import apply_call_event
from chalicelib.services.join_call import CallTicket, join_call, join_call_as_visitor
from chalicelib.services.rate_call import Verdict, rate_call, rate_call_as_visitor
from tests.builders import BERG, a_guest, a_patient, a_visit, staff
from tests.fake_ports import JOIN_KEY, FakePorts
from tests.visitors import guest_inside, invited, opened, patient_inside

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parents[2] / "contracts" / "join_token.json").read_text())


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.store.seed(a_patient())
    _beat(ports, "node-a")
    return ports


def _beat(ports: FakePorts, node_id: str, *, draining: bool = False) -> None:
    """The node says that it lives."""
    node = MediaNode(
        node_id=node_id,
        internal_url=f"http://{node_id}:8002",
        heartbeat_at=int(ports.clock.now().timestamp()),
        participants=0,
        calls=0,
        capacity=200,
        draining=draining,
    )
    ports.store.media_nodes = [node, *(n for n in ports.store.media_nodes if n.node_id != node_id)]


def _ongoing(ports: FakePorts, patient: Patient | None = None) -> Visit:
    return invited(ports.store, a_visit(status=Status.ONGOING, patient=patient), guest=a_guest())


def _claims(ticket: CallTicket) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(
        ticket.token,
        JOIN_KEY.public_key(),
        algorithms=["EdDSA"],
        audience="vardrum-media",
        options={"verify_exp": False, "verify_iat": False},
    )
    return claims


def _told(ports: FakePorts, ticket: CallTicket, seq: int, *people: tuple[str, Role], ended: bool = False) -> None:
    """The call's node tells who is connected."""
    claims = _claims(ticket)
    figures = ParticipantStatistics("staff", 10, 0, 10, 1.0, 2.0)
    event = CallState(
        type="call.state",
        call_id=ticket.call_id,
        node_id=claims["node_id"],
        epoch=claims["epoch"],
        seq=seq,
        at_ms=int(ports.clock.now().timestamp() * 1000),
        ended=ended,
        participants=[Present(person, role, True) for person, role in people],
        end_reason="ended_by_staff" if ended else "",
        stats=Statistics(60_000, 2, [figures]) if ended else None,
    )
    assert apply_call_event(ports, event)


def test_staff_starts_the_call_and_the_token_is_as_the_contract_says(ports: FakePorts) -> None:
    """C1, S4; docs/protocol.md §1."""
    visit = _ongoing(ports)
    ticket = join_call(ports, staff(), visit.visit_id)
    claims = _claims(ticket)
    assert set(claims) == set(GOLDEN["claims"])
    assert jwt.get_unverified_header(ticket.token) == GOLDEN["header"]
    same = ("iss", "aud", "role", "permissions", "epoch", "node_id")
    assert {name: claims[name] for name in same} == {name: GOLDEN["claims"][name] for name in same}
    assert (claims["sub"], claims["name"], claims["call_id"]) == ("p_staff", "Eva Ek", f"{visit.visit_id}.1")
    assert claims["exp"] - claims["iat"] == 60
    assert claims["iat"] == int(ports.clock.now().timestamp())
    assert (ticket.media_path, ticket.title) == ("/media", "Anna Andersson")
    assert [e.action for e in ports.store.of(AuditEntry)] == ["call.start", "call.join"]


def test_there_is_one_call_in_a_visit_until_it_ends_and_then_a_new_one(ports: FakePorts) -> None:
    """S4."""
    visit = _ongoing(ports)
    first, second = (join_call(ports, staff(), visit.visit_id) for _ in range(2))
    assert first.call_id == second.call_id
    assert _claims(first)["jti"] != _claims(second)["jti"]
    _told(ports, first, 1, ("p_staff", "staff"))
    _told(ports, first, 2, ended=True)
    after = ports.stored(visit)
    assert (after.call, after.last_call_id, after.status) == (None, first.call_id, Status.ONGOING)
    assert join_call(ports, staff(), visit.visit_id).call_id == f"{visit.visit_id}.2"


@pytest.mark.parametrize(
    ("status", "code"),
    [(Status.BOOKED, "not_received"), (Status.RECEIVED, "not_started"), (Status.ENDED, "visit_over")],
)
def test_no_call_but_in_a_visit_that_goes_on(ports: FakePorts, status: Status, code: str) -> None:
    """S1."""
    visit = invited(ports.store, a_visit(status=status))
    with pytest.raises(Conflict) as refused:
        join_call(ports, staff(), visit.visit_id)
    assert refused.value.code == code
    assert ports.store.of(CallPin) == []


def test_staff_who_are_not_in_the_visit_start_nothing(ports: FakePorts) -> None:
    """S6."""
    visit = _ongoing(ports)
    with pytest.raises(NotFound):
        join_call(ports, staff(BERG), visit.visit_id)
    assert ports.stored(visit).call is None


def test_visitors_join_only_when_staff_is_connected(ports: FakePorts) -> None:
    """C1, C3: nobody else starts a call; staff leaving withdraws the request."""
    visit = _ongoing(ports)
    session = patient_inside(ports, visit)

    def refused() -> str:
        with pytest.raises(Conflict) as caught:
            join_call_as_visitor(ports, session)
        return caught.value.code

    assert refused() == "not_requested"
    ticket = join_call(ports, staff(), visit.visit_id)
    assert refused() == "not_requested"
    _told(ports, ticket, 1, ("p_staff", "staff"))
    mine = join_call_as_visitor(ports, session)
    assert (mine.call_id, mine.title) == (ticket.call_id, "Region Halland")
    _told(ports, ticket, 2)
    assert refused() == "not_requested"


def test_who_is_in_the_call_comes_back_also_while_staff_is_away(ports: FakePorts) -> None:
    """C10."""
    visit = _ongoing(ports)
    session = patient_inside(ports, visit)
    ticket = join_call(ports, staff(), visit.visit_id)
    _told(ports, ticket, 1, ("p_patient", "patient"))
    assert join_call_as_visitor(ports, session).call_id == ticket.call_id


@pytest.mark.parametrize("role", ["patient", "guest"])
def test_patients_and_guests_get_no_staff_rights(ports: FakePorts, role: str) -> None:
    """C4 c, C5, C8, G2."""
    visit = _ongoing(ports)
    session = patient_inside(ports, visit) if role == "patient" else guest_inside(ports, visit)
    _told(ports, join_call(ports, staff(), visit.visit_id), 1, ("p_staff", "staff"))
    ticket = join_call_as_visitor(ports, session)
    claims = _claims(ticket)
    assert (claims["role"], claims["permissions"]) == (role, ["publish_audio", "publish_video", "chat"])
    assert claims["name"] == ("Anna Andersson" if role == "patient" else "Gunilla")
    assert "Anna" not in ticket.title


def test_who_has_only_opened_the_link_joins_no_call(ports: FakePorts) -> None:
    """G6."""
    visit = _ongoing(ports)
    _told(ports, join_call(ports, staff(), visit.visit_id), 1, ("p_staff", "staff"))
    with pytest.raises(NotLoggedIn):
        join_call_as_visitor(ports, opened(ports, visit))


def test_a_protected_patients_name_is_in_no_window_title(ports: FakePorts) -> None:
    """P5."""
    visit = _ongoing(ports, a_patient(protected=True))
    assert join_call(ports, staff(), visit.visit_id).title == ""


def test_without_a_living_node_there_is_a_clear_answer(ports: FakePorts) -> None:
    visit = _ongoing(ports)
    ports.clock.advance(seconds=16)
    with pytest.raises(NoMediaNode):
        join_call(ports, staff(), visit.visit_id)


def test_a_call_whose_node_died_moves_and_only_the_new_node_is_believed(ports: FakePorts) -> None:
    """C10; docs/protocol.md §4."""
    visit = _ongoing(ports)
    before = join_call(ports, staff(), visit.visit_id)
    _told(ports, before, 1, ("p_staff", "staff"))
    ports.clock.advance(seconds=16)
    _beat(ports, "node-b")
    after = join_call(ports, staff(), visit.visit_id)
    assert (after.call_id, _claims(after)["node_id"], _claims(after)["epoch"]) == (before.call_id, "node-b", 2)
    _told(ports, before, 9, ended=True)
    assert ports.stored(visit).call is not None
    _told(ports, after, 1, ("p_staff", "staff"), ("p_patient", "patient"))
    call = ports.stored(visit).call
    assert call is not None
    assert set(call.connected) == {"p_staff", "p_patient"}


def test_a_draining_node_gives_its_call_away_when_another_takes_calls(ports: FakePorts) -> None:
    """C10."""
    visit = _ongoing(ports)
    join_call(ports, staff(), visit.visit_id)
    _beat(ports, "node-a", draining=True)
    assert _claims(join_call(ports, staff(), visit.visit_id))["epoch"] == 1
    _beat(ports, "node-b")
    claims = _claims(join_call(ports, staff(), visit.visit_id))
    assert (claims["node_id"], claims["epoch"]) == ("node-b", 2)


def _moving(ports: FakePorts) -> tuple[Visit, CallTicket]:
    """A call of two whose node drains, and that the patient alone has followed to the new node."""
    visit = _ongoing(ports)
    _told(ports, join_call(ports, staff(), visit.visit_id), 5, ("p_staff", "staff"), ("p_patient", "patient"))
    _beat(ports, "node-a", draining=True)
    _beat(ports, "node-b")
    ticket = join_call(ports, staff(), visit.visit_id)
    _told(ports, ticket, 1, ("p_patient", "patient"))
    return visit, ticket


def test_who_is_still_on_the_way_to_a_calls_new_node_is_in_the_call(ports: FakePorts) -> None:
    """C10: a guest who follows later than the patient must not be told that no staff is there."""
    visit, ticket = _moving(ports)
    call = ports.stored(visit).call
    assert call is not None
    assert (set(call.connected), call.staff_connected) == ({"p_staff", "p_patient"}, 1)
    _told(ports, ticket, 2, ("p_patient", "patient"), ("p_staff", "staff"))
    _told(ports, ticket, 3, ("p_patient", "patient"))
    call = ports.stored(visit).call
    assert call is not None
    assert set(call.connected) == {"p_patient"}


def test_who_was_lost_on_the_way_is_no_more_in_the_call_after_a_minute(ports: FakePorts) -> None:
    visit, ticket = _moving(ports)
    ports.clock.advance(seconds=61)
    _told(ports, ticket, 2, ("p_patient", "patient"))
    call = ports.stored(visit).call
    assert call is not None
    assert (set(call.connected), call.coming) == ({"p_patient"}, {})


def test_a_node_that_was_lost_and_does_not_answer_gives_its_call_away_at_once(ports: FakePorts) -> None:
    """Its heartbeat is still young."""
    visit = _ongoing(ports)
    first = join_call(ports, staff(), visit.visit_id)
    _beat(ports, "node-b")
    ports.media_fleet.gone.add("node-a")
    second = join_call(ports, staff(), visit.visit_id, lost_epoch=first.epoch)
    assert (_claims(second)["node_id"], second.epoch) == ("node-b", 2)
    assert ports.media_fleet.asked == ["node-a"]


def test_nobody_moves_a_call_whose_node_answers(ports: FakePorts) -> None:
    visit = _ongoing(ports)
    first = join_call(ports, staff(), visit.visit_id)
    _beat(ports, "node-b")
    again = join_call(ports, staff(), visit.visit_id, lost_epoch=99)
    assert (_claims(again)["node_id"], again.epoch) == ("node-a", first.epoch)


def test_who_lost_a_node_that_the_call_has_left_gets_the_new_one_without_a_question(ports: FakePorts) -> None:
    visit = _ongoing(ports)
    first = join_call(ports, staff(), visit.visit_id)
    _beat(ports, "node-b")
    ports.media_fleet.gone.add("node-a")
    join_call(ports, staff(), visit.visit_id, lost_epoch=first.epoch)
    assert join_call(ports, staff(), visit.visit_id, lost_epoch=first.epoch).epoch == 2
    assert ports.media_fleet.asked == ["node-a"]


def test_the_only_node_keeps_its_call_though_it_does_not_answer_now(ports: FakePorts) -> None:
    """It may be starting again, as on one machine."""
    visit = _ongoing(ports)
    first = join_call(ports, staff(), visit.visit_id)
    ports.media_fleet.gone.add("node-a")
    again = join_call(ports, staff(), visit.visit_id, lost_epoch=first.epoch)
    assert (_claims(again)["node_id"], again.epoch) == ("node-a", 1)


def test_a_visit_that_ends_during_the_join_gives_no_token(ports: FakePorts, monkeypatch: pytest.MonkeyPatch) -> None:
    """S5: ended between the decision and the token."""
    visit = _ongoing(ports)
    nodes = ports.store.nodes

    def ended_meanwhile() -> list[MediaNode]:
        current = ports.stored(visit)
        ports.store.commit([Replace(replace(current, version=current.version + 1, status=Status.ENDED))])
        return nodes()

    monkeypatch.setattr(ports.store, "nodes", ended_meanwhile)
    with pytest.raises(Conflict) as refused:
        join_call(ports, staff(), visit.visit_id)
    assert refused.value.code == "visit_over"
    assert "call.join" not in [e.action for e in ports.store.of(AuditEntry)]


def test_events_of_calls_that_are_not_ours_are_left_alone(ports: FakePorts) -> None:
    visit = _ongoing(ports)
    event = CallState(
        type="call.state",
        call_id="c_9m4t",
        node_id="n",
        epoch=1,
        seq=1,
        at_ms=0,
        ended=True,
        participants=[],
        stats=Statistics(1, 1, []),
    )
    for call_id in ("c_9m4t", "v_unknown.1", f"{visit.visit_id}.1"):
        assert not apply_call_event(ports, replace(event, call_id=call_id))
    assert ports.store.of(CallStatistics) == []


def test_the_statistics_of_a_call_that_ended_with_its_visit_are_kept_once(ports: FakePorts) -> None:
    """C9, S5."""
    visit = _ongoing(ports)
    ticket = join_call(ports, staff(), visit.visit_id)
    _told(ports, ticket, 1, ("p_staff", "staff"))
    end_visit(ports, staff(), visit.visit_id, end_call=True)
    version = ports.stored(visit).version
    for _ in range(2):
        _told(ports, ticket, 2, ended=True)
    assert ports.stored(visit).version == version
    kept = ports.store.of(CallStatistics)
    assert [s.end_reason for s in kept] == ["ended_by_staff"]
    assert visit.visit_id not in str(kept)


def test_each_person_rates_a_call_once_and_the_latest_counts(ports: FakePorts) -> None:
    """C9: also after the visit; nothing in it names anyone."""
    visit = _ongoing(ports)
    session = patient_inside(ports, visit)
    ticket = join_call(ports, staff(), visit.visit_id)
    rate_call(ports, staff(), visit.visit_id, ticket.call_id, Verdict(5))
    end_visit(ports, staff(), visit.visit_id, end_call=True)
    rate_call_as_visitor(ports, session, ticket.call_id, Verdict(2))
    rate_call_as_visitor(ports, session, ticket.call_id, Verdict(1, ("sound", "sound", "delay"), " brus "))
    kept = sorted(ports.store.of(Rating), key=lambda r: r.score)
    assert [(r.score, r.role, r.problems, r.text) for r in kept] == [
        (1, "patient", ("delay", "sound"), "brus"),
        (5, "staff", (), ""),
    ]
    assert len({r.call_id for r in kept}) == 1
    for personal in (visit.visit_id, visit.patient_id, "p_patient", "Anna", "p_staff"):
        assert personal not in str(kept)


@pytest.mark.parametrize("call_id", ["v_other.1", "", "nonsense"])
def test_a_call_of_another_visit_is_not_rated_here(ports: FakePorts, call_id: str) -> None:
    visit = _ongoing(ports)
    join_call(ports, staff(), visit.visit_id)
    for strange in (call_id, f"{visit.visit_id}.2"):
        with pytest.raises(NotFound):
            rate_call(ports, staff(), visit.visit_id, strange, Verdict(3))


@pytest.mark.parametrize("verdict", [Verdict(0), Verdict(6), Verdict(3, (), "x" * 501)])
def test_what_is_no_rating_is_refused(ports: FakePorts, verdict: Verdict) -> None:
    visit = _ongoing(ports)
    ticket = join_call(ports, staff(), visit.visit_id)
    with pytest.raises(BadInput):
        rate_call(ports, staff(), visit.visit_id, ticket.call_id, verdict)
    assert ports.store.of(Rating) == []
