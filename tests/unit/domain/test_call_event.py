"""Call events (docs/protocol.md §5): snapshots that arrive late, doubled or in any order (C3, S4)."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.call_event import CallState, Present, after_event, read_call_event, statistics_of
from chalicelib.domain.visit import Call, Role, Visit
from chalicelib.errors import BadInput
from tests.builders import NOW, ORG, a_guest, a_visit

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parents[2] / "contracts" / "call_events.json").read_text())
VISIT = a_visit()
PEOPLE: dict[str, Role] = {"p_staff": "staff", "p_patient": "patient", "p_guest": "guest"}


def _visit() -> Visit:
    visit = replace(VISIT, participants=(*VISIT.participants, a_guest()))
    return replace(visit, call=Call(call_id=f"{visit.visit_id}.1", opened_at=NOW))


def _event(seq: int, *, epoch: int = 1, ended: bool = False, people: tuple[Present, ...] = ()) -> CallState:
    return CallState(
        type="call.state",
        call_id=f"{VISIT.visit_id}.1",
        node_id="node-a",
        epoch=epoch,
        seq=seq,
        at_ms=1_790_000_000_000 + seq,
        ended=ended,
        participants=list(people),
    )


def _applied(visit: Visit, *events: CallState) -> Visit:
    for event in events:
        visit = after_event(visit, event) or visit
    return visit


people = st.lists(
    st.builds(Present, st.sampled_from(sorted(PEOPLE)), st.just("staff"), st.booleans()), unique_by=lambda p: p.id
)


@st.composite
def histories(draw: st.DrawFn) -> list[CallState]:
    """What a call's nodes tell in order: growing (epoch, seq), and perhaps an end."""
    steps = draw(st.lists(st.tuples(st.integers(0, 1), people), min_size=1, max_size=8))
    events, epoch, seq = [], 1, 0
    for moves, present in steps:
        epoch, seq = (epoch + 1, 1) if moves else (epoch, seq + 1)
        events.append(_event(seq, epoch=epoch, people=tuple(present)))
    end = [_event(seq + 1, epoch=epoch, ended=True)] if draw(st.booleans()) else []
    return events + end


@given(histories(), st.randoms(use_true_random=False), st.data())
def test_any_order_and_doubling_of_events_gives_the_same_visit(
    events: list[CallState], chance: Any, data: st.DataObject
) -> None:
    doubled = events + data.draw(st.lists(st.sampled_from(events), max_size=8))
    chance.shuffle(doubled)
    assert _applied(_visit(), *doubled) == _applied(_visit(), *events)


def test_a_snapshot_says_who_is_connected_and_whose_place_waits() -> None:
    """C3, C10; roles are the visit's, and who is not in the visit is not in its call."""
    told = (
        Present("p_patient", "staff", True),
        Present("p_guest", "guest", False),
        Present("p_stranger", "staff", True),
    )
    call = _applied(_visit(), _event(1, people=told)).call
    assert call is not None
    assert (call.connected, call.lost, call.staff_connected) == ({"p_patient": "patient"}, ("p_guest",), 0)


def test_the_end_leaves_no_call_and_remembers_which_it_was() -> None:
    """S4: ending the video leaves the visit as it is."""
    after = _applied(_visit(), _event(1), _event(2, ended=True))
    assert (after.call, after.last_call_id, after.status) == (None, f"{VISIT.visit_id}.1", VISIT.status)


def test_an_event_of_an_earlier_call_changes_nothing() -> None:
    later = replace(_visit(), call=Call(call_id=f"{VISIT.visit_id}.2", opened_at=NOW))
    assert after_event(later, _event(9, ended=True)) is None


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_the_golden_events_are_read(name: str) -> None:
    event = read_call_event(json.dumps(GOLDEN[name]))
    assert (event.call_id, event.ended) == (GOLDEN[name]["call_id"], GOLDEN[name]["ended"])
    assert [p.id for p in event.participants] == [p["id"] for p in GOLDEN[name]["participants"]]


def test_statistics_are_kept_without_anyones_id() -> None:
    """C9."""
    kept = statistics_of(read_call_event(json.dumps(GOLDEN["ended"])), ORG, "q_1")
    assert kept is not None
    assert (kept.call_id, kept.end_reason, kept.stats["duration_ms"]) == ("q_1", "ended_by_staff", 600_000)
    told = GOLDEN["ended"]["stats"]["participants"]
    assert kept.stats["participants"] == [{name: row[name] for name in row if name != "id"} for row in told]
    assert "p_7xk2" not in str(kept)
    assert "c_9m4t" not in str(kept)
    assert statistics_of(read_call_event(json.dumps(GOLDEN["joined"])), ORG, "q_1") is None


def test_the_figures_of_a_part_are_kept_and_end_no_call() -> None:
    """The call goes on on another node, whose figures are kept beside these."""
    part = read_call_event(json.dumps(GOLDEN["part"]))
    kept = statistics_of(part, ORG, "q_1")
    assert kept is not None
    assert (kept.epoch, kept.end_reason, kept.stats["participants_max"]) == (1, "", 1)
    mine = replace(part, call_id=f"{VISIT.visit_id}.1")
    after = after_event(_visit(), mine)
    assert after is not None
    assert after.call is not None


def test_statistics_of_a_node_of_the_version_before_are_kept_too() -> None:
    """During a deploy both versions tell."""
    known = ("id", "role", "packets_received", "packets_lost", "packets_sent", "jitter_ms", "rtt_ms")
    rows = [{name: row[name] for name in known} for row in GOLDEN["ended"]["stats"]["participants"]]
    stats = GOLDEN["ended"]["stats"] | {"participants": rows}
    kept = statistics_of(read_call_event(json.dumps(GOLDEN["ended"] | {"stats": stats})), ORG, "q_1")
    assert kept is not None
    assert kept.stats["participants"][1]["packets_lost"] == 220
    assert kept.stats["participants"][1]["quality_up_mean"] is None


@pytest.mark.parametrize(
    "change",
    [
        {"type": "call.other"},
        {"epoch": 0},
        {"seq": "1"},
        {"call_id": ""},
        {"call_id": "x" * 65},
        {"at_ms": 10**18},
        {"participants": [{"id": "p", "role": "admin", "connected": True}]},
        {"participants": [{"id": "p", "role": "staff", "connected": True}] * 201},
        {"stats": {"duration_ms": -1, "participants_max": 0, "participants": []}},
    ],
)
def test_a_malformed_event_is_refused_without_repeating_it(change: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as refused:
        read_call_event(json.dumps(GOLDEN["joined"] | change))
    assert (refused.value.code, str(refused.value)) == ("bad_call_event", "not a call event")


@given(st.binary(max_size=300))
def test_any_bytes_are_an_event_or_refused(body: bytes) -> None:
    with pytest.raises(BadInput):
        read_call_event(body)


def test_an_event_is_read_as_it_was_written() -> None:
    event = _event(3, people=(Present("p_staff", "staff", True),))
    assert read_call_event(msgspec.json.encode(event)) == event
