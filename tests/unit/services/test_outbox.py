"""Outgoing messages: sent once, again, later, or never (B3, G5, S5)."""

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from msgspec.structs import replace

from chalicelib.domain.call_control import end_call_message
from chalicelib.domain.changes import Create, Replace
from chalicelib.domain.fleet import CallPin, MediaNode
from chalicelib.domain.link import link_token
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.retry import ATTEMPTS, THROTTLED_MOST
from chalicelib.domain.visit import Call, Contact, Participant, Status, Visit
from chalicelib.domain.visit_messages import cancelled_messages, invitations, moved_messages
from chalicelib.errors import BadInput, Throttled, Unavailable
from chalicelib.services.send_outbox import CLAIM, PAGE, SWEEP_LASTS, due_now, send_message
from tests.builders import LINK_KEY, NOW, a_patient, a_visit, an_organisation
from tests.calendars import event_of
from tests.fake_ports import JOIN_KEY, FakePorts
from tests.visitors import invited

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parents[2] / "contracts" / "control_token.json").read_text())


def _invitation(ports: FakePorts, visit: Visit) -> OutboxMessage:
    message = invitations(visit, ports.clock.now(), an_organisation())[0]
    ports.store.commit([Create(message)])
    return message


def _stored(ports: FakePorts, message: OutboxMessage) -> OutboxMessage:
    stored = ports.store.message(message.message_id)
    assert stored is not None
    return stored


def _swept(ports: FakePorts, page: int = PAGE) -> Counter[str]:
    return Counter(send_message(ports, message_id) for message_id in due_now(ports, page))


def test_a_sweep_that_takes_long_leaves_the_rest_to_the_next(ports: FakePorts) -> None:
    """B3: its function has 55 s."""
    for _ in range(3):
        _invitation(ports, invited(ports.store))
    sweeping = due_now(ports)
    next(sweeping)
    ports.clock.advance(seconds=SWEEP_LASTS.total_seconds() + 1)
    assert list(sweeping) == []


def test_an_sms_goes_out_once_with_the_link_in_it(ports: FakePorts) -> None:
    """B2, B3, G5: the token stands in what is sent, and in no table."""
    visit = invited(ports.store)
    message = _invitation(ports, visit)
    assert [send_message(ports, message.message_id) for _ in range(3)] == ["sent", "not_due", "not_due"]
    ((to, text, message_id),) = ports.sms.sent
    token = link_token(LINK_KEY, visit.patient.link_id)
    assert (to, message_id) == ("+46701740605", message.message_id)
    assert f"https://vardrum.example/b#{token}" in text
    assert "{link}" not in text
    stored = _stored(ports, message)
    assert (stored.state, stored.provider_id, stored.attempts) == ("sent", "provider-1", 1)
    assert token not in ports.store.written()


def test_an_email_goes_out_with_its_link(ports: FakePorts) -> None:
    """G2: either contact is enough."""
    visit = invited(ports.store)
    people = tuple(replace(p, contact=Contact(email="anna@example.se")) if p.link_id else p for p in visit.participants)
    message = _invitation(ports, replace(visit, participants=people))
    assert send_message(ports, message.message_id) == "sent"
    assert ports.email.sent[0][0] == "anna@example.se"
    assert ports.sms.sent == []
    assert "https://vardrum.example/b#" in ports.email.sent[0][1]


def test_nothing_is_sent_before_its_time(ports: FakePorts) -> None:
    """B10."""
    message = _invitation(ports, invited(ports.store))
    ports.store.commit([Replace(replace(message, version=2, due_at=NOW + timedelta(minutes=10)))])
    assert send_message(ports, message.message_id) == "not_due"
    assert _swept(ports) == {}
    ports.clock.advance(minutes=10)
    assert _swept(ports) == {"sent": 1}


def test_a_sender_whose_clock_is_behind_sends_all_the_same(ports: FakePorts) -> None:
    message = _invitation(ports, invited(ports.store))
    ports.clock.advance(seconds=-1.5)
    assert send_message(ports, message.message_id) == "sent"


def test_a_carrier_that_is_down_is_tried_again_later_and_later(ports: FakePorts) -> None:
    """B3."""
    message = _invitation(ports, invited(ports.store))
    ports.sms.failures = [Unavailable("down")] * 3
    waits = []
    while send_message(ports, message.message_id) == "retry":
        stored = _stored(ports, message)
        waits.append(stored.due_at - ports.clock.now())
        assert (stored.state, send_message(ports, message.message_id)) == ("queued", "not_due")
        ports.clock.time = stored.due_at
    assert len(waits) == 3
    assert waits == sorted(waits)
    assert waits[0] >= timedelta(seconds=2.5)
    assert _stored(ports, message).state == "sent"
    assert len(ports.sms.sent) == 1


def test_what_fails_every_time_is_given_up_and_told(ports: FakePorts) -> None:
    """B3."""
    message = _invitation(ports, invited(ports.store))
    ports.sms.failures = [Unavailable("down")] * 100
    outcomes = []
    for _ in range(ATTEMPTS):
        outcomes.append(send_message(ports, message.message_id))
        ports.clock.advance(minutes=16)
    assert outcomes == ["retry"] * (ATTEMPTS - 1) + ["failed"]
    assert (_stored(ports, message).state, _stored(ports, message).failure) == ("failed", "unavailable")
    assert ports.dead_letters.buried == [(message.message_id, "sms", "unavailable")]
    assert send_message(ports, message.message_id) == "not_due"


def test_what_the_carrier_refuses_is_given_up_at_once(ports: FakePorts) -> None:
    message = _invitation(ports, invited(ports.store))
    ports.sms.failures = [BadInput("refused", code="message_refused")]
    assert send_message(ports, message.message_id) == "failed"
    assert ports.dead_letters.buried == [(message.message_id, "sms", "message_refused")]


def test_the_claim_of_a_sender_that_died_runs_out(ports: FakePorts) -> None:
    """B3: nothing is lost; until then nobody else sends."""
    message = _invitation(ports, invited(ports.store))
    ports.sms.failures = [KeyboardInterrupt()]  # type: ignore[list-item]  # no error of ours: the process ends
    with pytest.raises(KeyboardInterrupt):
        send_message(ports, message.message_id)
    assert _stored(ports, message).state == "sending"
    ports.clock.advance(seconds=CLAIM.total_seconds() - 1)
    assert _swept(ports) == {}
    ports.clock.advance(seconds=1)
    assert _swept(ports) == {"sent": 1}
    assert _stored(ports, message).attempts == 2


def test_a_message_that_kills_its_senders_is_given_up(ports: FakePorts) -> None:
    message = _invitation(ports, invited(ports.store))
    ports.store.commit([Replace(replace(message, version=2, state="sending", attempts=ATTEMPTS))])
    assert send_message(ports, message.message_id) == "failed"
    assert ports.sms.sent == []
    assert ports.dead_letters.buried == [(message.message_id, "sms", "too_many_attempts")]


@pytest.mark.parametrize(("status", "why"), [(Status.CANCELLED, "link_cancelled"), (Status.ENDED, "link_ended")])
def test_the_link_of_a_visit_that_is_over_is_sent_to_nobody(ports: FakePorts, status: Status, why: str) -> None:
    """G5."""
    visit = invited(ports.store)
    message = _invitation(ports, visit)
    ports.store.commit([Replace(replace(visit, version=2, status=status))])
    assert send_message(ports, message.message_id) == "dropped"
    assert (ports.sms.sent, ports.dead_letters.buried) == ([], [])
    assert (_stored(ports, message).state, _stored(ports, message).failure) == ("failed", why)


def test_someone_removed_from_the_visit_is_sent_no_link(ports: FakePorts) -> None:
    """G5."""
    visit = invited(ports.store)
    message = _invitation(ports, visit)
    ports.store.commit([Replace(replace(visit, version=2, participants=visit.participants[:1]))])
    assert send_message(ports, message.message_id) == "dropped"


def test_a_sweep_takes_the_oldest_first_and_all_that_is_due_page_by_page(ports: FakePorts) -> None:
    messages = [_invitation(ports, invited(ports.store)) for _ in range(3)]
    for place, message in enumerate(messages):
        due_at = NOW - timedelta(minutes=place)
        ports.store.commit([Replace(replace(message, version=2, due_at=due_at))])
    assert _swept(ports, page=2) == {"sent": 3}
    assert [m for _, _, m in ports.sms.sent] == [message.message_id for message in reversed(messages)]
    assert PAGE <= 100


def test_a_message_that_is_not_there_is_not_sent(ports: FakePorts) -> None:
    assert send_message(ports, "m_gone") == "not_due"


def test_a_carrier_that_asks_for_patience_uses_up_no_attempt(ports: FakePorts) -> None:
    """B3: a burst is over the carrier's rate, and none of it is at fault."""
    message = _invitation(ports, invited(ports.store))
    ports.sms.failures = [Throttled("too much")] * 40
    waits = []
    while send_message(ports, message.message_id) == "throttled":
        stored = _stored(ports, message)
        assert (stored.state, stored.attempts, stored.failure) == ("queued", 0, "")
        waits.append((stored.due_at - ports.clock.now()).total_seconds())
        ports.clock.time = stored.due_at
    assert len(waits) == 40
    assert all(1 <= wait <= 121 for wait in waits)
    assert _stored(ports, message).state == "sent"
    assert ports.dead_letters.buried == []


def test_a_carrier_that_never_has_room_is_given_up_in_the_end(ports: FakePorts) -> None:
    message = _invitation(ports, invited(ports.store))
    ports.store.commit([Replace(replace(message, version=2, throttled=THROTTLED_MOST))])
    ports.sms.failures = [Throttled("too much")]
    assert send_message(ports, message.message_id) == "failed"
    assert ports.dead_letters.buried == [(message.message_id, "sms", "throttled")]


def _capped(ports: FakePorts, segments: int) -> None:
    ports.store.seed(replace(an_organisation(), sms_daily_cap=segments))


def test_past_the_days_cap_an_sms_fails_and_operators_are_told(ports: FakePorts) -> None:
    """B10: a fault of ours is not to cost without end."""
    _capped(ports, 5)
    messages = [_invitation(ports, invited(ports.store)) for _ in range(3)]
    assert [send_message(ports, message.message_id) for message in messages] == ["sent", "sent", "failed"]
    assert ports.dead_letters.buried == [(messages[2].message_id, "sms", "daily_cap")]
    assert (_stored(ports, messages[2]).state, _stored(ports, messages[2]).failure) == ("failed", "daily_cap")


def test_past_the_days_cap_who_has_an_address_is_written_to_there(ports: FakePorts) -> None:
    """B10."""
    _capped(ports, 0)
    visit = invited(ports.store, a_visit(patient=a_patient(email="anna@example.se")))
    assert send_message(ports, _invitation(ports, visit).message_id) == "by_email"
    assert (ports.sms.sent, ports.dead_letters.buried) == ([], [])
    assert _swept(ports) == {"sent": 1}
    assert ports.email.sent[0][0] == "anna@example.se"


def test_what_is_tried_again_is_counted_once(ports: FakePorts) -> None:
    _capped(ports, 2)
    message = _invitation(ports, invited(ports.store))
    ports.sms.failures = [Unavailable("down"), Throttled("too much"), Unavailable("down")]
    for _ in range(4):
        send_message(ports, message.message_id)
        ports.clock.time = _stored(ports, message).due_at
    assert _stored(ports, message).state == "sent"
    assert sum(ports.store.counts.values()) == 2


def test_a_person_who_cannot_be_reached_by_sms_gets_one_email(ports: FakePorts) -> None:
    """B10: in place of the SMS, and noted with it."""
    visit = invited(ports.store, a_visit(patient=a_patient(email="anna@example.se")))
    ports.store.seed(an_organisation())
    message = _invitation(ports, visit)
    ports.sms.failures = [BadInput("refused", code="message_refused")]
    assert send_message(ports, message.message_id) == "by_email"
    assert (_stored(ports, message).state, _stored(ports, message).failure) == ("failed", "message_refused")
    assert _swept(ports) == {"sent": 1}
    ((to, text, _),) = ports.email.sent
    assert to == "anna@example.se"
    assert "https://vardrum.example/b#" in text
    assert ports.dead_letters.buried == []


def test_the_email_in_place_of_a_repeated_bookings_sms_tells_how_many_times_there_are(ports: FakePorts) -> None:
    """B10."""
    visit = invited(ports.store, a_visit(patient=a_patient(email="anna@example.se")))
    ports.store.seed(an_organisation())
    (message,) = invitations(visit, NOW, an_organisation(), times=5)
    ports.store.commit([Create(message)])
    ports.sms.failures = [BadInput("refused", code="message_refused")]
    assert send_message(ports, message.message_id) == "by_email"
    _swept(ports)
    assert "det första av 5" in ports.email.sent[0][1]


def test_an_ombud_without_a_number_is_written_to_by_email_at_once(ports: FakePorts) -> None:
    """B4, B10."""
    ombud = Participant(
        participant_id="p_ombud", role="ombud", name="Erik", link_id="l_o", contact=Contact(email="erik@example.se")
    )
    visit = a_visit(patient=a_patient(phone=""))
    visit = invited(ports.store, replace(visit, participants=(*visit.participants, ombud)))
    message = _invitation(ports, visit)
    assert (message.channel, send_message(ports, message.message_id)) == ("email", "sent")
    assert "videomöte" in ports.email.sent[0][1]


def _calendar(ports: FakePorts) -> dict[str, str]:
    part = ports.email.calendars[-1]
    assert part is not None
    return event_of(part.content)


def test_an_email_carries_the_visit_for_the_calendar_and_later_takes_it_away(ports: FakePorts) -> None:
    """B10: the same UID, and a rising SEQUENCE."""
    visit = invited(ports.store, a_visit(patient=a_patient(phone="", email="anna@example.se")))
    send_message(ports, _invitation(ports, visit).message_id)
    booked = _calendar(ports)
    gone = replace(visit, version=2, status=Status.CANCELLED)
    (told,) = cancelled_messages(visit, NOW, an_organisation())
    ports.store.commit([Replace(gone), Create(told)])
    assert send_message(ports, told.message_id) == "sent"
    cancelled = _calendar(ports)
    assert booked["UID"] == cancelled["UID"]
    assert (booked["SEQUENCE"], cancelled["SEQUENCE"]) == ("0", "1")
    assert (booked["STATUS"], cancelled["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert "https://vardrum.example/b#" in booked["DESCRIPTION"]
    assert "DESCRIPTION" not in cancelled


def test_what_tells_a_former_time_is_not_sent(ports: FakePorts) -> None:
    """B9: a moved visit's old messages never go out."""
    visit = invited(ports.store)
    message = _invitation(ports, visit)
    ports.store.commit([Replace(replace(visit, version=2, sequence=1, timed_sequence=1))])
    assert send_message(ports, message.message_id) == "dropped"
    assert _stored(ports, message).failure == "superseded"
    (moved,) = moved_messages(replace(visit, sequence=1, timed_sequence=1), NOW, an_organisation())
    ports.store.commit([Create(moved)])
    assert send_message(ports, moved.message_id) == "sent"


def test_a_change_that_moves_nothing_leaves_what_is_on_its_way(ports: FakePorts) -> None:
    """B9: as another clinician."""
    visit = invited(ports.store)
    message = _invitation(ports, visit)
    ports.store.commit([Replace(replace(visit, version=2, sequence=1))])
    assert send_message(ports, message.message_id) == "sent"


def test_who_was_told_of_a_visit_is_told_that_it_is_cancelled(ports: FakePorts) -> None:
    """B9."""
    visit = invited(ports.store)
    send_message(ports, _invitation(ports, visit).message_id)
    (told,) = cancelled_messages(visit, NOW, an_organisation())
    ports.store.commit([Replace(replace(visit, version=2, status=Status.CANCELLED)), Create(told)])
    assert send_message(ports, told.message_id) == "sent"
    assert "avbokat" in ports.sms.sent[-1][1]


def test_who_never_heard_of_a_visit_hears_of_no_cancellation(ports: FakePorts) -> None:
    """B9: booked and cancelled before anything went out."""
    visit = invited(ports.store)
    message = _invitation(ports, visit)
    (told,) = cancelled_messages(visit, NOW, an_organisation())
    ports.store.commit([Replace(replace(visit, version=2, status=Status.CANCELLED)), Create(told)])
    assert [send_message(ports, each.message_id) for each in (told, message)] == ["dropped", "dropped"]
    assert ports.sms.sent == []


def test_what_is_of_no_use_any_more_is_not_sent(ports: FakePorts) -> None:
    """B10: a carrier that was down until after the visit."""
    message = _invitation(ports, invited(ports.store))
    ports.clock.advance(hours=3)
    assert send_message(ports, message.message_id) == "dropped"
    assert _stored(ports, message).failure == "too_late"


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
