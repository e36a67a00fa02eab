"""One link admits one person, on the device that came in last, also inside a running call (G2)."""

import jwt
import pytest
from msgspec.structs import replace

from chalicelib.domain.fleet import MediaNode
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Call, Status, Visit
from chalicelib.errors import LinkDead, NotLoggedIn
from chalicelib.services.enter_as_guest import enter_as_guest
from chalicelib.services.join_call import join_call_as_visitor
from chalicelib.services.leave_visit import leave_visit
from chalicelib.services.open_link import use_here_instead
from chalicelib.services.show_visitor import show_visitor
from tests.builders import NOW, a_guest, a_patient, a_visit
from tests.fake_ports import FakePorts
from tests.visitors import HOME, guest_inside, identified, invited, patient_inside


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.store.seed(a_patient())
    node = MediaNode(
        node_id="node-a",
        internal_url="http://node-a:8002",
        heartbeat_at=int(NOW.timestamp()),
        participants=0,
        calls=0,
        capacity=200,
        draining=False,
    )
    ports.store.media_nodes = [node]
    return ports


def _in_call(ports: FakePorts) -> Visit:
    """An ongoing visit whose call runs, with staff in it."""
    visit = invited(ports.store, a_visit(status=Status.ONGOING), guest=a_guest())
    call = Call(call_id=f"{visit.visit_id}.1", opened_at=NOW, epoch=1, seq=1, connected={"p_staff": "staff"})
    ports.store.seed(replace(visit, call=call))
    return replace(visit, call=call)


def _issued_at(ports: FakePorts, session: VisitorSession) -> int:
    token = join_call_as_visitor(ports, session).token
    issued_at: int = jwt.decode(token, options={"verify_signature": False})["iat"]
    return issued_at


def _orders(ports: FakePorts) -> list[OutboxMessage]:
    return [m for m in ports.store.of(OutboxMessage) if m.text == "replace_device"]


def test_a_newer_device_puts_the_older_out_of_the_running_call(ports: FakePorts) -> None:
    visit = _in_call(ports)
    older = guest_inside(ports, visit)
    assert _orders(ports) == []
    ports.clock.advance(seconds=5)
    newer = guest_inside(ports, visit)
    (order,) = _orders(ports)
    assert (order.participant_id, order.address) == ("p_guest", f"{visit.visit_id}.1")
    with pytest.raises(NotLoggedIn) as out:
        join_call_as_visitor(ports, older)
    assert out.value.code == "replaced"
    assert show_visitor(ports, newer).stage == "admitted"


def test_the_newer_devices_tokens_are_later_than_those_that_are_put_out(ports: FakePorts) -> None:
    """Also when it joins in the very second in which it was let in; a token tells whole seconds."""
    visit = _in_call(ports)
    older = _issued_at(ports, guest_inside(ports, visit))
    ports.clock.advance(seconds=3)
    newer = guest_inside(ports, visit)
    issued_until = int(_orders(ports)[0].created_at.timestamp())
    assert older <= issued_until < _issued_at(ports, newer) <= int(ports.clock.now().timestamp()) + 1


def test_each_replacement_is_an_order_of_its_own(ports: FakePorts) -> None:
    visit = _in_call(ports)
    for _ in range(3):
        guest_inside(ports, visit)
    assert len({order.message_id for order in _orders(ports)}) == 2


def test_who_had_left_before_puts_nobody_out(ports: FakePorts) -> None:
    visit = _in_call(ports)
    leave_visit(ports, guest_inside(ports, visit))
    guest_inside(ports, visit)
    assert _orders(ports) == []


def test_the_replaced_device_takes_over_again_by_its_own_link(ports: FakePorts) -> None:
    """Använd här i stället: it says its name again."""
    visit = _in_call(ports)
    older = guest_inside(ports, visit)
    newer = guest_inside(ports, visit)
    entry = use_here_instead(ports, older, HOME)
    assert (entry.page.stage, entry.session.admitted) == ("name", False)
    back = enter_as_guest(ports, entry.session, "Gunilla").session
    assert show_visitor(ports, back).stage == "admitted"
    with pytest.raises(NotLoggedIn):
        show_visitor(ports, newer)


def test_a_patient_who_takes_over_again_identifies_again(ports: FakePorts) -> None:
    """G6."""
    visit = _in_call(ports)
    older = patient_inside(ports, visit)
    patient_inside(ports, visit)
    entry = use_here_instead(ports, older, HOME)
    assert (entry.page.stage, entry.page.my_name) == ("identify", "")
    assert identified(ports, entry.session).entry is not None


def test_a_device_whose_person_has_a_newer_link_does_not_get_that(ports: FakePorts) -> None:
    """G5."""
    visit = _in_call(ports)
    older = guest_inside(ports, visit)
    now = ports.store.visit(visit.visit_id)
    assert now is not None
    people = tuple(replace(p, link_id="l_newer") if p.role == "guest" else p for p in now.participants)
    ports.store.seed(replace(now, participants=people))
    with pytest.raises(LinkDead):
        use_here_instead(ports, older, HOME)
