"""Outgoing messages: sent once, again, or later (B3, G5)."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib.domain.changes import Replace
from chalicelib.domain.link import link_token
from chalicelib.domain.retry import ATTEMPTS, THROTTLED_MOST
from chalicelib.domain.visit import Contact
from chalicelib.errors import BadInput, Throttled, Unavailable
from chalicelib.services.send_outbox import CLAIM, PAGE, SWEEP_LASTS, due_now, send_message
from tests.builders import LINK_KEY, NOW
from tests.fake_ports import FakePorts
from tests.unit.services.outgoing import invitation, stored, swept
from tests.visitors import invited


def test_a_sweep_that_takes_long_leaves_the_rest_to_the_next(ports: FakePorts) -> None:
    """B3: its function has 55 s."""
    for _ in range(3):
        invitation(ports, invited(ports.store))
    sweeping = due_now(ports)
    next(sweeping)
    ports.clock.advance(seconds=SWEEP_LASTS.total_seconds() + 1)
    assert list(sweeping) == []


def test_an_sms_goes_out_once_with_the_link_in_it(ports: FakePorts) -> None:
    """B2, B3, G5: the token stands in what is sent, and in no table."""
    visit = invited(ports.store)
    message = invitation(ports, visit)
    assert [send_message(ports, message.message_id) for _ in range(3)] == ["sent", "not_due", "not_due"]
    ((to, text, message_id),) = ports.sms.sent
    token = link_token(LINK_KEY, visit.patient.link_id)
    assert (to, message_id) == ("+46701740605", message.message_id)
    assert f"https://vardrum.example/b#{token}" in text
    assert "{link}" not in text
    row = stored(ports, message)
    assert (row.state, row.provider_id, row.attempts) == ("sent", "provider-1", 1)
    assert token not in ports.store.written()


def test_an_email_goes_out_with_its_link(ports: FakePorts) -> None:
    """G2: either contact is enough."""
    visit = invited(ports.store)
    people = tuple(replace(p, contact=Contact(email="anna@example.se")) if p.link_id else p for p in visit.participants)
    message = invitation(ports, replace(visit, participants=people))
    assert send_message(ports, message.message_id) == "sent"
    assert ports.email.sent[0][0] == "anna@example.se"
    assert ports.sms.sent == []
    assert "https://vardrum.example/b#" in ports.email.sent[0][1]


def test_nothing_is_sent_before_its_time(ports: FakePorts) -> None:
    """B10."""
    message = invitation(ports, invited(ports.store))
    ports.store.commit([Replace(replace(message, version=2, due_at=NOW + timedelta(minutes=10)))])
    assert send_message(ports, message.message_id) == "not_due"
    assert swept(ports) == {}
    ports.clock.advance(minutes=10)
    assert swept(ports) == {"sent": 1}


def test_a_sender_whose_clock_is_behind_sends_all_the_same(ports: FakePorts) -> None:
    message = invitation(ports, invited(ports.store))
    ports.clock.advance(seconds=-1.5)
    assert send_message(ports, message.message_id) == "sent"


def test_a_carrier_that_is_down_is_tried_again_later_and_later(ports: FakePorts) -> None:
    """B3."""
    message = invitation(ports, invited(ports.store))
    ports.sms.failures = [Unavailable("down")] * 3
    waits = []
    while send_message(ports, message.message_id) == "retry":
        row = stored(ports, message)
        waits.append(row.due_at - ports.clock.now())
        assert (row.state, send_message(ports, message.message_id)) == ("queued", "not_due")
        ports.clock.time = row.due_at
    assert len(waits) == 3
    assert waits == sorted(waits)
    assert waits[0] >= timedelta(seconds=2.5)
    assert stored(ports, message).state == "sent"
    assert len(ports.sms.sent) == 1


def test_what_fails_every_time_is_given_up_and_told(ports: FakePorts) -> None:
    """B3."""
    message = invitation(ports, invited(ports.store))
    ports.sms.failures = [Unavailable("down")] * 100
    outcomes = []
    for _ in range(ATTEMPTS):
        outcomes.append(send_message(ports, message.message_id))
        ports.clock.advance(minutes=16)
    assert outcomes == ["retry"] * (ATTEMPTS - 1) + ["failed"]
    assert (stored(ports, message).state, stored(ports, message).failure) == ("failed", "unavailable")
    assert ports.dead_letters.buried == [(message.message_id, "sms", "unavailable")]
    assert send_message(ports, message.message_id) == "not_due"


def test_what_the_carrier_refuses_is_given_up_at_once(ports: FakePorts) -> None:
    message = invitation(ports, invited(ports.store))
    ports.sms.failures = [BadInput("refused", code="message_refused")]
    assert send_message(ports, message.message_id) == "failed"
    assert ports.dead_letters.buried == [(message.message_id, "sms", "message_refused")]


def test_the_claim_of_a_sender_that_died_runs_out(ports: FakePorts) -> None:
    """B3: nothing is lost; until then nobody else sends."""
    message = invitation(ports, invited(ports.store))
    ports.sms.failures = [KeyboardInterrupt()]  # type: ignore[list-item]  # no error of ours: the process ends
    with pytest.raises(KeyboardInterrupt):
        send_message(ports, message.message_id)
    assert stored(ports, message).state == "sending"
    ports.clock.advance(seconds=CLAIM.total_seconds() - 1)
    assert swept(ports) == {}
    ports.clock.advance(seconds=1)
    assert swept(ports) == {"sent": 1}
    assert stored(ports, message).attempts == 2


def test_a_message_that_kills_its_senders_is_given_up(ports: FakePorts) -> None:
    message = invitation(ports, invited(ports.store))
    ports.store.commit([Replace(replace(message, version=2, state="sending", attempts=ATTEMPTS))])
    assert send_message(ports, message.message_id) == "failed"
    assert ports.sms.sent == []
    assert ports.dead_letters.buried == [(message.message_id, "sms", "too_many_attempts")]


def test_a_sweep_takes_the_oldest_first_and_all_that_is_due_page_by_page(ports: FakePorts) -> None:
    messages = [invitation(ports, invited(ports.store)) for _ in range(3)]
    for place, message in enumerate(messages):
        due_at = NOW - timedelta(minutes=place)
        ports.store.commit([Replace(replace(message, version=2, due_at=due_at))])
    assert swept(ports, page=2) == {"sent": 3}
    assert [m for _, _, m in ports.sms.sent] == [message.message_id for message in reversed(messages)]
    assert PAGE <= 100


def test_a_message_that_is_not_there_is_not_sent(ports: FakePorts) -> None:
    assert send_message(ports, "m_gone") == "not_due"


def test_a_carrier_that_asks_for_patience_uses_up_no_attempt(ports: FakePorts) -> None:
    """B3: a burst is over the carrier's rate, and none of it is at fault."""
    message = invitation(ports, invited(ports.store))
    ports.sms.failures = [Throttled("too much")] * 40
    waits = []
    while send_message(ports, message.message_id) == "throttled":
        row = stored(ports, message)
        assert (row.state, row.attempts, row.failure) == ("queued", 0, "")
        waits.append((row.due_at - ports.clock.now()).total_seconds())
        ports.clock.time = row.due_at
    assert len(waits) == 40
    assert all(1 <= wait <= 121 for wait in waits)
    assert stored(ports, message).state == "sent"
    assert ports.dead_letters.buried == []


def test_a_carrier_that_never_has_room_is_given_up_in_the_end(ports: FakePorts) -> None:
    message = invitation(ports, invited(ports.store))
    ports.store.commit([Replace(replace(message, version=2, throttled=THROTTLED_MOST))])
    ports.sms.failures = [Throttled("too much")]
    assert send_message(ports, message.message_id) == "failed"
    assert ports.dead_letters.buried == [(message.message_id, "sms", "throttled")]
