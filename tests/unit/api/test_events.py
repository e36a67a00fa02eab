"""Stream, queue and clock reach their use cases as Lambda delivers them (B3, C3)."""

import gzip
import json
from base64 import b64encode
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from msgspec.structs import replace

import app as deployed
from chalicelib.domain.live import Subscription, visit_topic
from chalicelib.domain.message import OutboxMessage
from chalicelib.errors import BadInput, Unavailable
from chalicelib.storage.documents import encode
from tests.browser import Browser
from tests.builders import a_patient
from tests.carriers import email_event, log_event, sms_line
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


def test_the_carriers_log_tells_that_an_sms_has_arrived(message: OutboxMessage, ports: FakePorts) -> None:
    """B10: and whoever has the visit open sees it."""
    deployed.outbox_stream({"Records": [_outbox_record(message)]}, None)
    assert deployed.sms_receipts(log_event(sms_line("provider-1")), None) is None
    delivered = ports.store.message(message.message_id)
    assert delivered is not None
    assert delivered.state == "delivered"
    topic = visit_topic(message.visit_id)
    ports.store.seed(Subscription(topic=topic, connection_id="open", session_hash="s", expires_at=message.expires_at))
    deployed.outbox_stream({"Records": [_outbox_record(delivered, "MODIFY")]}, None)
    assert [connection for connection, _ in ports.live_push.pushed] == ["open"]


def test_a_log_with_a_line_too_early_is_come_with_again(message: OutboxMessage, ports: FakePorts) -> None:
    """B10: before the sender has noted what it sent; the other lines are taken meanwhile."""
    event = log_event(sms_line("provider-2"), sms_line("provider-1"))
    with pytest.raises(Unavailable):
        deployed.sms_receipts(event, None)
    deployed.outbox_stream({"Records": [_outbox_record(message)]}, None)
    with pytest.raises(Unavailable):
        deployed.sms_receipts(event, None)
    stored = ports.store.message(message.message_id)
    assert stored is not None
    assert stored.state == "delivered"


def test_a_subscription_that_is_only_tried_tells_nothing(ports: FakePorts) -> None:
    assert deployed.sms_receipts(log_event("CWL CONTROL MESSAGE", kind="CONTROL_MESSAGE"), None) is None


@pytest.mark.parametrize("data", ["", "%", "aGVq", b64encode(gzip.compress(b"[]", mtime=0)).decode(), "H4sI"])
def test_what_is_no_log_is_refused(ports: FakePorts, data: str) -> None:
    with pytest.raises(BadInput):
        deployed.sms_receipts({"awslogs": {"data": data}}, None)


def test_receipts_of_letters_are_taken_one_by_one(message: OutboxMessage, ports: FakePorts) -> None:
    """B10: one that is none is given back alone."""
    bodies = {"good": email_event("Delivery", message.message_id), "bad": "{}", "early": sms_line("unknown")}
    records = [{"messageId": name, "body": body} for name, body in bodies.items()]
    answer = deployed.receipts({"Records": records}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "bad"}, {"itemIdentifier": "early"}]}


def test_a_pointer_to_a_message_is_no_message(ports: FakePorts) -> None:
    """The outbox holds both, and its stream tells of both."""
    pointer = {"pk": {"S": "receipt#provider-1"}}
    record = {
        "eventName": "INSERT",
        "dynamodb": {
            "Keys": pointer,
            "SequenceNumber": "1",
            "NewImage": pointer | {"document": {"S": '{"provider_id":"provider-1","message_id":"m_1"}'}},
        },
    }
    assert deployed.outbox_stream({"Records": [record]}, None) == {"batchItemFailures": []}


def test_what_became_of_messages_is_counted_for_the_alarms(
    message: OutboxMessage, ports: FakePorts, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """B3: one that will never be sent wakes somebody, and keeps no other back."""
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "false")
    poisoned = replace(message, message_id="m_poisoned", text="x")
    ports.store.seed(poisoned)
    ports.sms.failures = [BadInput("refused", code="message_refused")]
    deployed.outbox_stream({"Records": [_outbox_record(poisoned), _outbox_record(message)]}, None)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    figures = {name: value for line in told for name, value in line.items() if name.startswith("Messages")}
    assert figures == {"MessagesFailed": [1.0], "MessagesSent": [1.0]}
    assert [m for m, _, _ in ports.dead_letters.buried] == ["m_poisoned"]
