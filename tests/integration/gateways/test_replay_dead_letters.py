"""B3: an operator sees which messages were given up, and sends them after all, once."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib import bootstrap, replay_dead_letters
from chalicelib.domain.changes import Create, Put
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit_messages import invitations
from chalicelib.gateways.dead_letters import SqsDeadLetters
from chalicelib.services.requeue_message import requeue_message
from chalicelib.services.send_outbox import send_message
from local.resources import client
from local.settings import Settings
from tests.builders import a_visit, an_organisation
from tests.fake_ports import FakePorts, settings
from tests.visitors import invited


@pytest.fixture
def queue_url(aws: Settings) -> Iterator[str]:
    """A queue of the test's own."""
    sqs = client("sqs", aws.aws_url)
    url = sqs.create_queue(QueueName=f"dead-{uuid4().hex}")["QueueUrl"]
    yield str(url)
    sqs.delete_queue(QueueUrl=url)


@pytest.fixture
def ports(queue_url: str, monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    ports = FakePorts(settings=replace(settings(), outbox_dead_queue_url=queue_url))
    ports.store.seed(an_organisation())
    monkeypatch.setattr(bootstrap, "ports", lambda: ports)
    monkeypatch.setattr(replay_dead_letters, "ports", lambda: ports)
    return ports


def _dead(ports: FakePorts, failure: str = "message_refused", **changes: Any) -> OutboxMessage:
    """A message that was given up, and its letter."""
    visit = invited(ports.store, a_visit())
    (message,) = invitations(visit, ports.clock.now(), an_organisation())
    given_up = replace(message, state="failed", failure=failure, attempts=8, **changes)
    ports.store.commit([Create(given_up)])
    SqsDeadLetters(ports.settings.outbox_dead_queue_url).bury(given_up.message_id, "sms", failure)
    return given_up


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, list[str]]:
    """What it says of each message, by its id."""
    assert replay_dead_letters.main(arguments) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    return {line[0]: line[1:] for line in lines}


def test_listing_shows_which_how_and_why_and_leaves_them(ports: FakePorts, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = _dead(ports), _dead(ports, "daily_cap")
    expected = {one.message_id: ["sms", "message_refused"], two.message_id: ["sms", "daily_cap"]}
    assert _run(capsys) == expected
    assert _run(capsys) == expected


def test_what_is_sent_again_goes_out_once_and_the_rest_stays(
    ports: FakePorts, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen, other = _dead(ports), _dead(ports)
    assert _run(capsys, "send", chosen.message_id) == {chosen.message_id: ["queued"]}
    assert [send_message(ports, m.message_id) for m in (chosen, chosen, other)] == ["sent", "not_due", "not_due"]
    assert set(_run(capsys)) == {other.message_id}


def test_all_are_sent_again_and_one_that_has_gone_out_meanwhile_is_not(
    ports: FakePorts, capsys: pytest.CaptureFixture[str]
) -> None:
    failed, sent, expired = _dead(ports), _dead(ports), _dead(ports)
    ports.store.commit([Put(replace(sent, state="sent"))])
    ports.store.records = {key: each for key, each in ports.store.records.items() if each != expired}
    assert _run(capsys, "send", "all") == {
        failed.message_id: ["queued"],
        sent.message_id: ["not_failed"],
        expired.message_id: ["expired"],
    }
    assert _run(capsys) == {}


def test_asking_twice_sends_once(ports: FakePorts) -> None:
    message = _dead(ports)
    assert [requeue_message(ports, message.message_id) for _ in range(2)] == ["queued", "not_failed"]
    stored = ports.store.message(message.message_id)
    assert stored is not None
    assert (stored.state, stored.attempts, stored.failure) == ("queued", 0, "")


def test_what_is_of_no_use_any_more_is_not_sent_though_it_was_asked_for(ports: FakePorts) -> None:
    """B9."""
    message = _dead(ports)
    ports.clock.advance(days=2)
    requeue_message(ports, message.message_id)
    assert send_message(ports, message.message_id) == "dropped"


def test_one_that_is_not_to_be_sent_is_forgotten(ports: FakePorts, capsys: pytest.CaptureFixture[str]) -> None:
    message = _dead(ports)
    assert _run(capsys, "forget", message.message_id) == {message.message_id: ["forgotten"]}
    assert _run(capsys) == {}
    assert send_message(ports, message.message_id) == "not_due"


@pytest.mark.parametrize("arguments", [["resend"], ["send"], ["forget"], ["forget", "all"]])
def test_what_is_not_understood_does_nothing(
    ports: FakePorts, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    message = _dead(ports)
    assert replay_dead_letters.main(arguments) == 2
    assert "replay_dead_letters send all" in capsys.readouterr().err
    assert set(_run(capsys)) == {message.message_id}
