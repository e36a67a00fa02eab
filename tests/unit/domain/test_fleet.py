"""Which node a call lives on (docs/protocol.md §4, C10)."""

import pytest

from chalicelib.domain.fleet import CallPin, MediaNode, least_loaded, node_for

NOW_S = 1_790_000_000


def _node(
    node_id: str, *, beat: int = 0, participants: int = 0, draining: bool = False, capacity: int = 200
) -> MediaNode:
    """`beat`: seconds since its last heartbeat."""
    return MediaNode(
        node_id=node_id,
        internal_url=f"http://{node_id}:8002",
        heartbeat_at=NOW_S - beat,
        participants=participants,
        calls=0,
        capacity=capacity,
        draining=draining,
    )


def _pin(node_id: str) -> CallPin:
    return CallPin(call_id="v_a.1", node_id=node_id, epoch=1, pinned_at=NOW_S, expires_at=NOW_S + 60)


@pytest.mark.parametrize(
    ("nodes", "chosen"),
    [
        ([_node("a", participants=3), _node("b", participants=2)], "b"),
        ([_node("a", beat=16), _node("b", participants=9)], "b"),
        ([_node("a", beat=15), _node("b", participants=9)], "a"),
        ([_node("a", draining=True), _node("b", participants=9)], "b"),
        ([_node("a", participants=200), _node("b", participants=199)], "b"),
        ([_node("a", beat=16), _node("b", draining=True)], None),
        ([], None),
    ],
)
def test_a_new_call_goes_where_most_room_is_among_those_that_take_calls(
    nodes: list[MediaNode], chosen: str | None
) -> None:
    found = least_loaded(nodes, NOW_S)
    assert (found.node_id if found else None) == chosen


@pytest.mark.parametrize(
    ("nodes", "chosen"),
    [
        ([_node("a", participants=200), _node("b")], "a"),
        ([_node("a", beat=16), _node("b")], "b"),
        ([_node("b")], "b"),
        ([_node("a", draining=True), _node("b")], "b"),
        ([_node("a", draining=True)], "a"),
        ([_node("a", draining=True, beat=16)], None),
    ],
)
def test_a_call_stays_while_its_node_is_well_and_moves_when_not(nodes: list[MediaNode], chosen: str | None) -> None:
    found = node_for(_pin("a"), nodes, NOW_S)
    assert (found.node_id if found else None) == chosen
