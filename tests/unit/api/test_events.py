"""Stream, queue and clock reach their use cases as Lambda delivers them (B3, C3)."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from msgspec.structs import replace

import app as deployed
from chalicelib.domain.live import Subscription, visit_topic
from chalicelib.domain.message import OutboxMessage
from chalicelib.errors import Unavailable
from chalicelib.storage.documents import encode
from tests.browser import Browser
from tests.builders import a_patient
from tests.fake_ports import FakePorts

CLOCK_EVENT = {
    "source": "aws.events",
    "account": "",
    "time": "",
    "region": "",
    "resources": [],
    "detail": {},
    "version": "0",
    "detail-type": "Scheduled Event",
    "id": "1",
}


@pytest.fixture
def message(clinician: Browser, ports: FakePorts) -> OutboxMessage:
    """The invitation of a visit booked over HTTP."""
    ports.store.seed(a_patient())
    booking = {
        "request_id": "00000000-0000-4000-8000-000000000000",
        "patients": [{"patient_id": a_patient().patient_id}],
        "starts_at": "2026-11-24T10:00:00Z",
        "duration_minutes": 30,
        "reason": "Återbesök",
    }
    assert clinician.post("/visits", booking).status == 201
    (message,) = [each for each in ports.store.of(OutboxMessage) if each.channel == "sms"]
    return message


def _outbox_record(message: OutboxMessage, event_name: str = "INSERT") -> dict[str, Any]:
    keys = {"pk": {"S": message.message_id}}
    image = {} if event_name == "REMOVE" else {"NewImage": keys | {"document": {"S": encode(message)}}}
    return {"eventName": event_name, "dynamodb": {"Keys": keys, "SequenceNumber": "1"} | image}


def test_a_booking_sends_one_sms_however_often_the_stream_delivers_it(message: OutboxMessage, ports: FakePorts) -> None:
    """B2, B3."""
    event = {"Records": [_outbox_record(message), _outbox_record(message)]}
    assert deployed.outbox_stream(event, None) == {"batchItemFailures": []}
    assert deployed.outbox_stream(event, None) == {"batchItemFailures": []}
    ((to, text, _),) = ports.sms.sent
    assert to == "+46701740605"
    assert "https://vardrum.example/b#" in text


def test_only_new_messages_are_sent_from_the_stream(message: OutboxMessage, ports: FakePorts) -> None:
    """B3: a message that was noted as sent comes by as a change."""
    for name in ("MODIFY", "REMOVE"):
        deployed.outbox_stream({"Records": [_outbox_record(message, name)]}, None)
    assert ports.sms.sent == []


def test_who_has_the_visit_open_is_told_what_became_of_an_invitation(message: OutboxMessage, ports: FakePorts) -> None:
    """B10: delivery state is shown to staff."""
    topic = visit_topic(message.visit_id)
    watching = Subscription(topic=topic, connection_id="open", session_hash="s", expires_at=message.expires_at)
    ports.store.seed(watching)
    for state in ("sending", "sent"):
        record = _outbox_record(replace(message, state=state), "MODIFY")
        assert deployed.outbox_stream({"Records": [record]}, None) == {"batchItemFailures": []}
    ((connection, payload),) = ports.live_push.pushed
    assert connection == "open"
    assert json.loads(payload) == {"type": "delivery.changed", "visit_id": message.visit_id}


def test_no_message_waits_for_a_page_that_cannot_be_told(
    message: OutboxMessage, ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B3, B10."""
    topic = visit_topic(message.visit_id)
    ports.store.seed(Subscription(topic=topic, connection_id="open", session_hash="s", expires_at=message.expires_at))

    def down(*_: object) -> bool:
        raise Unavailable("the live API does not answer")

    monkeypatch.setattr(ports.live_push, "push", down)
    records = [_outbox_record(replace(message, state="sent"), "MODIFY"), _outbox_record(message)]
    assert deployed.outbox_stream({"Records": records}, None) == {"batchItemFailures": []}
    assert len(ports.sms.sent) == 1


def test_what_the_stream_has_lost_the_sweep_sends(message: OutboxMessage, ports: FakePorts) -> None:
    """B3."""
    deployed.sweep(CLOCK_EVENT, None)
    assert [to for to, _, _ in ports.sms.sent] == ["+46701740605"]


def test_a_message_that_fails_here_keeps_no_other_from_the_sweep(
    message: OutboxMessage, ports: FakePorts, monkeypatch: pytest.MonkeyPatch, log: StringIO
) -> None:
    """B3."""
    ports.store.seed(replace(message, message_id="m_broken", due_at=message.due_at - timedelta(minutes=1)))
    read = ports.store.message

    def failing(message_id: str) -> OutboxMessage | None:
        if message_id == "m_broken":
            raise KeyError("Anna")
        return read(message_id)

    monkeypatch.setattr(ports.store, "message", failing)
    deployed.sweep(CLOCK_EVENT, None)
    assert [to for to, _, _ in ports.sms.sent] == ["+46701740605"]
    assert "KeyError" in log.getvalue()
    assert "Anna" not in log.getvalue()


def test_a_call_event_that_is_none_is_given_back_alone(ports: FakePorts, log: StringIO) -> None:
    """C3: the queue gives it up as dead after its last try; the others of the batch are done."""
    records = [
        {"messageId": "good", "body": json.dumps(_an_event())},
        {"messageId": "bad", "body": '{"type": "call.state", "name": "Anna"}'},
        {"messageId": "worse", "body": "\ud800"},
    ]
    failed = deployed.call_events({"Records": records}, None)["batchItemFailures"]
    assert failed == [{"itemIdentifier": "bad"}, {"itemIdentifier": "worse"}]
    assert len(log.getvalue().splitlines()) == 2
    assert "Anna" not in log.getvalue()


def _an_event() -> dict[str, Any]:
    """A snapshot as docs/protocol.md §5 has it, of a call that is not ours: taken, and nothing changed."""
    return {
        "type": "call.state",
        "call_id": "c_unknown",
        "node_id": "node-1",
        "epoch": 1,
        "seq": 1,
        "at_ms": 1_790_000_000_000,
        "ended": False,
        "participants": [{"id": "p_1", "role": "staff", "connected": True}],
    }
