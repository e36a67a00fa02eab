"""A call lives on one media node, chosen by a conditional write (docs/protocol.md §4)."""

from chalicelib.domain.changes import Change, Create, Replace
from chalicelib.domain.fleet import CallPin, MediaNode, node_for
from chalicelib.errors import Conflict, NoMediaNode
from chalicelib.services.ports import Ports

ATTEMPTS = 6
PIN_LIFETIME_S = 24 * 3600


def pin_call(ports: Ports, call_id: str) -> CallPin:
    """The node and epoch of the call: the ones it has, or, when its node is dead or draining, the next epoch on another.

    Of two who pin at once, one wins and both get its pin. Raises NoMediaNode, and Conflict when others won every time.
    """
    for _ in range(ATTEMPTS):
        pin = ports.store.call_pin(call_id)
        node = node_for(pin, ports.store.nodes(), ports.clock.now().timestamp())
        if node is None:
            raise NoMediaNode("no media node takes calls")
        if pin is not None and pin.node_id == node.node_id:
            return pin
        wanted = _pin(ports, call_id, node, epoch=pin.epoch + 1 if pin else 1)
        if _written(ports, Replace(wanted) if pin else Create(wanted)):
            return wanted
    raise Conflict("the call was pinned by others all the time", code="changed_meanwhile")


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
