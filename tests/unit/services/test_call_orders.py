"""Ending a call goes to its media node as a message, sent until the node has it or is dead (S5)."""

import json
from pathlib import Path
from typing import Any

import jwt
from msgspec.structs import replace

from chalicelib.domain.call_control import end_call_message
from chalicelib.domain.changes import Create, Replace
from chalicelib.domain.fleet import CallPin, MediaNode
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit import Call, Status
from chalicelib.services.send_outbox import send_message
from tests.builders import NOW, a_visit
from tests.fake_ports import JOIN_KEY, FakePorts

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parents[2] / "contracts" / "control_token.json").read_text())


def _call_to_end(ports: FakePorts, *, node_alive: bool = True) -> OutboxMessage:
    visit = a_visit(status=Status.ONGOING)
    call = Call(call_id=f"{visit.visit_id}.1", opened_at=NOW)
    now_s = int(NOW.timestamp())
    beat_s = now_s if node_alive else now_s - 16
    ports.store.media_nodes = [
        MediaNode(
            node_id="node-a",
            internal_url="http://10.0.0.5:8002",
            heartbeat_at=beat_s,
            participants=0,
            calls=1,
            capacity=200,
            draining=False,
        )
    ]
    pin = CallPin(call_id=call.call_id, node_id="node-a", epoch=1, pinned_at=now_s, expires_at=now_s + 60)
    message = end_call_message(visit, call, NOW)
    ports.store.commit([Create(pin), Create(message)])
    return message


def test_ending_a_call_reaches_its_node_with_a_token_made_when_it_is_sent(ports: FakePorts) -> None:
    """S5; docs/protocol.md §3."""
    message = _call_to_end(ports)
    ports.clock.advance(seconds=10)
    assert send_message(ports, message.message_id) == "sent"
    ((url, token),) = ports.media_fleet.controls
    claims: dict[str, Any] = jwt.decode(
        token,
        JOIN_KEY.public_key(),
        algorithms=["EdDSA"],
        audience="vardrum-media-control",
        options={"verify_exp": False, "verify_iat": False},
    )
    assert url == "http://10.0.0.5:8002"
    assert (claims["action"], claims["call_id"], claims["node_id"]) == ("end_call", message.address, "node-a")
    assert claims["iat"] == int(ports.clock.now().timestamp())
    assert set(claims) == set(GOLDEN["end_call"])


def test_a_node_that_does_not_answer_is_told_again_until_it_is_dead(ports: FakePorts) -> None:
    message = _call_to_end(ports)
    ports.media_fleet.down = True
    assert send_message(ports, message.message_id) == "retry"
    ports.clock.advance(seconds=16)
    assert send_message(ports, message.message_id) == "sent"
    assert ports.media_fleet.controls == []


def test_a_call_that_died_with_its_node_needs_no_ending(ports: FakePorts) -> None:
    message = _call_to_end(ports, node_alive=False)
    assert send_message(ports, message.message_id) == "sent"
    assert ports.media_fleet.controls == []


def test_an_order_that_no_node_knows_is_not_sent(ports: FakePorts) -> None:
    message = _call_to_end(ports)
    ports.store.commit([Replace(replace(message, version=2, text="restart"))])
    assert send_message(ports, message.message_id) == "failed"
    assert ports.media_fleet.controls == []
