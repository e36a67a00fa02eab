"""Media nodes, and which of them a call is pinned to (docs/protocol.md §4)."""

from msgspec import Struct

DEAD_AFTER_S = 15


class MediaNode(Struct, frozen=True, kw_only=True):
    """A node as it last described itself; `heartbeat_at` is epoch seconds."""

    node_id: str
    internal_url: str
    heartbeat_at: int
    participants: int
    calls: int
    capacity: int
    draining: bool

    def is_alive(self, now_s: float) -> bool:
        return now_s - self.heartbeat_at <= DEAD_AFTER_S


class CallPin(Struct, frozen=True, kw_only=True):
    """`epoch` counts how many times the call was pinned; times are epoch seconds."""

    call_id: str
    node_id: str
    epoch: int
    pinned_at: int
    expires_at: int


def least_loaded(nodes: list[MediaNode], now_s: float) -> MediaNode | None:
    """The living node with most room that still takes calls, or None."""
    open_nodes = [n for n in nodes if n.is_alive(now_s) and not n.draining and n.participants < n.capacity]
    return min(open_nodes, key=lambda n: (n.participants, n.node_id), default=None)


def node_for(
    pin: CallPin | None, nodes: list[MediaNode], now_s: float, *, gone: frozenset[str] = frozenset()
) -> MediaNode | None:
    """Where the call is to live: where it does, while that node is alive and not draining; else where most room is.

    A draining node keeps its call when there is no other. `gone`: ids of nodes that were asked just now and did not
    answer, whatever their heartbeat says; with no other node, such a one may yet be back.
    """
    current = next((n for n in nodes if pin and n.node_id == pin.node_id and n.is_alive(now_s)), None)
    if current is not None and not current.draining and current.node_id not in gone:
        return current
    return least_loaded([n for n in nodes if n.node_id not in gone], now_s) or current
