"""A call lives on one media node, chosen by a conditional write (docs/protocol.md §4)."""

from chalicelib.domain.changes import Change, Create, Replace
from chalicelib.domain.fleet import CallPin, MediaNode, node_for
from chalicelib.errors import Conflict, NoMediaNode
from chalicelib.services.ports import Ports

ATTEMPTS = 6
PIN_LIFETIME_S = 24 * 3600


def pin_call(ports: Ports, call_id: str, lost_epoch: int | None = None) -> CallPin:
    """The node and epoch of the call: the ones it has, or, when its node is dead or draining, the next epoch on another.

    `lost_epoch`: the asking browser has just lost the node of that epoch. It is no proof: the node is asked itself, and
    only one that does not answer is given up before its heartbeat is too old. Of two who pin at once, one wins and both
    get its pin. Raises NoMediaNode, and Conflict when others won every time.
    """
    gone: set[str] = set()
    for attempt in range(ATTEMPTS):
        pin, nodes = ports.store.call_pin(call_id), ports.store.nodes()
        if attempt == 0 and pin is not None and lost_epoch is not None and lost_epoch >= pin.epoch:
            gone |= _without_answer(ports, pin.node_id, nodes)
        node = node_for(pin, nodes, ports.clock.now().timestamp(), gone=frozenset(gone))
        if node is None:
            raise NoMediaNode("no media node takes calls")
        if pin is not None and pin.node_id == node.node_id:
            return pin
        wanted = _pin(ports, call_id, node, epoch=pin.epoch + 1 if pin else 1)
        if _written(ports, Replace(wanted) if pin else Create(wanted)):
            return wanted
    raise Conflict("the call was pinned by others all the time", code="changed_meanwhile")


def _without_answer(ports: Ports, node_id: str, nodes: list[MediaNode]) -> set[str]:
    node = next((n for n in nodes if n.node_id == node_id), None)
    return set() if node is None or ports.media_fleet.is_there(node.internal_url, node_id) else {node_id}


def _pin(ports: Ports, call_id: str, node: MediaNode, *, epoch: int) -> CallPin:
    now_s = int(ports.clock.now().timestamp())
    return CallPin(
        call_id=call_id, node_id=node.node_id, epoch=epoch, pinned_at=now_s, expires_at=now_s + PIN_LIFETIME_S
    )


def _written(ports: Ports, change: Change) -> bool:
    try:
        ports.store.commit([change])
    except Conflict:
        return False
    return True
