"""B10: what carriers tell afterwards, in whatever order and however often it comes."""

import json
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.changes import Create
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.receipt import Receipt, read_receipt
from chalicelib.domain.visit import Visit
from chalicelib.domain.visit_messages import invitations
from chalicelib.errors import BadInput, Unavailable
from chalicelib.services.send_outbox import CLAIM, due_now, send_message
from chalicelib.services.take_receipt import take_receipt
from tests.builders import a_patient, a_visit, an_organisation
from tests.carriers import email_event, sms_line
from tests.fake_ports import FakePorts
from tests.visitors import invited


def _told(ports: FakePorts, body: str) -> bool:
    receipt = read_receipt(body)
    assert receipt is not None
    return take_receipt(ports, receipt)


def _sent(ports: FakePorts, *, phone: str = "+46701740605", email: str = "") -> tuple[Visit, OutboxMessage]:
    ports.store.seed(an_organisation())
    visit = invited(ports.store, a_visit(patient=a_patient(phone=phone, email=email)))
    (message,) = invitations(visit, ports.clock.now(), an_organisation())
    ports.store.commit([Create(message)])
    assert send_message(ports, message.message_id) == "sent"
    return visit, _stored(ports, message)


def _stored(ports: FakePorts, message: OutboxMessage) -> OutboxMessage:
    stored = ports.store.message(message.message_id)
    assert stored is not None
    return stored


def _swept(ports: FakePorts) -> list[str]:
    return [send_message(ports, message_id) for message_id in due_now(ports)]


def test_an_sms_that_has_arrived_is_delivered_however_often_that_is_told(ports: FakePorts) -> None:
    _, message = _sent(ports)
    assert [_told(ports, sms_line(message.provider_id)) for _ in range(3)] == [True, False, False]
    assert _stored(ports, message).state == "delivered"


def test_an_sms_that_has_not_arrived_goes_by_email_once(ports: FakePorts) -> None:
    _, message = _sent(ports, email="anna@example.se")
    for _ in range(3):
        _told(ports, sms_line(message.provider_id, "FAILURE"))
        _swept(ports)
    assert (_stored(ports, message).state, _stored(ports, message).failure) == ("failed", "not_delivered")
    assert [to for to, _, _ in ports.email.sent] == ["anna@example.se"]
    assert len(ports.sms.sent) == 1


def test_an_sms_that_has_not_arrived_is_shown_so_where_there_is_no_address(ports: FakePorts) -> None:
    """Nothing an operator could do about: it is no dead letter."""
    _, message = _sent(ports)
    assert _told(ports, sms_line(message.provider_id, "FAILURE"))
    assert _stored(ports, message).state == "failed"
    assert (ports.email.sent, ports.dead_letters.buried) == ([], [])


def test_a_receipt_from_before_its_sender_has_noted_it_is_worth_another_try(ports: FakePorts) -> None:
    receipt = read_receipt(sms_line("not-yet"))
    assert receipt is not None
    with pytest.raises(Unavailable) as early:
        take_receipt(ports, receipt)
    assert early.value.code == "early_receipt"


@pytest.mark.parametrize("enveloped", [True, False])
def test_a_letter_that_comes_back_has_bounced(ports: FakePorts, enveloped: bool) -> None:
    _, message = _sent(ports, phone="", email="anna@example.se")
    assert _told(ports, email_event("Bounce", message.message_id, enveloped=enveloped))
    assert (_stored(ports, message).state, _stored(ports, message).failure) == ("bounced", "bounced")


@pytest.mark.parametrize("order", list(permutations(["Delivery", "Bounce", "Delivery"])))
def test_a_letter_that_was_taken_and_came_back_has_bounced_in_any_order(
    ports: FakePorts, order: tuple[str, ...]
) -> None:
    _, message = _sent(ports, phone="", email="anna@example.se")
    for event_type in order:
        _told(ports, email_event(event_type, message.message_id))
    assert _stored(ports, message).state == "bounced"


def test_a_receipt_tells_of_a_letter_whose_sender_died(ports: FakePorts) -> None:
    """B3: it is not sent once more."""
    ports.store.seed(an_organisation())
    visit = invited(ports.store, a_visit(patient=a_patient(phone="", email="anna@example.se")))
    (message,) = invitations(visit, ports.clock.now(), an_organisation())
    ports.store.commit([Create(message)])
    ports.email.failures = [KeyboardInterrupt()]  # type: ignore[list-item]  # no error of ours: the process ends
    with pytest.raises(KeyboardInterrupt):
        send_message(ports, message.message_id)
    assert _stored(ports, message).state == "sending"
    assert _told(ports, email_event("Delivery", message.message_id))
    ports.clock.advance(seconds=CLAIM.total_seconds() + 1)
    assert _swept(ports) == []
    assert (_stored(ports, message).state, _stored(ports, message).provider_id) == ("delivered", "0100")


def test_a_letters_event_tells_nothing_of_an_sms_or_of_a_row_that_is_sent_to_nobody(ports: FakePorts) -> None:
    """Whoever else sends letters from the account may write any tag on them."""
    _, message = _sent(ports)
    row = replace(message, message_id="m_row", channel="reminder", state="queued", provider_id="")
    ports.store.seed(row)
    for message_id in (message.message_id, row.message_id):
        for event in ("Delivery", "Bounce", "Reject"):
            assert not _told(ports, email_event(event, message_id))
    assert [_stored(ports, each).state for each in (message, row)] == ["sent", "queued"]


def test_a_letter_of_somebody_elses_in_the_account_is_none_of_ours_and_not_tried_again(ports: FakePorts) -> None:
    """Each would else end among the dead letters, and wake an operator."""
    event = json.loads(email_event("Bounce", ""))
    for tags in ({}, {"message_id": [""]}, {"campaign": ["spring"]}):
        event["detail"]["mail"]["tags"] = tags
        assert not _told(ports, json.dumps(event))


def test_a_failed_try_does_not_undo_one_that_arrived(ports: FakePorts) -> None:
    """Two tries of one SMS, of which the carrier tells apart."""
    _, message = _sent(ports, email="anna@example.se")
    assert _told(ports, sms_line(message.provider_id))
    assert not _told(ports, sms_line(message.provider_id, "FAILURE"))
    assert _stored(ports, message).state == "delivered"
    assert _swept(ports) == []


def test_a_letter_of_a_row_that_has_expired_is_nothing(ports: FakePorts) -> None:
    assert not _told(ports, email_event("Delivery", "m_long_gone"))


@pytest.mark.parametrize("event_type", ["Send", "Open", "Click", "DeliveryDelay"])
def test_what_tells_of_no_arrival_is_no_receipt(event_type: str) -> None:
    assert read_receipt(email_event(event_type, "m_1")) is None


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", "1", '{"status": "SUCCESS"}', '{"notification": 1}', '{"detail": 1}', '{"detail": {"mail": {}}}'],
)
def test_what_is_no_carriers_is_refused_and_not_repeated(body: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_receipt(body)
    assert refused.value.code == "bad_receipt"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
)
_NAMED = st.fixed_dictionaries(
    {},
    optional={
        "notification": _JSON,
        "detail": _JSON | st.fixed_dictionaries({"eventType": st.just("Bounce"), "mail": _JSON}),
        "eventType": st.just("Delivery") | _JSON,
        "mail": _JSON | st.fixed_dictionaries({"messageId": _JSON, "tags": _JSON}),
        "status": _JSON,
    },
)


@given(_NAMED | _JSON)
def test_any_json_is_read_or_refused(body: Any) -> None:
    try:
        receipt = read_receipt(json.dumps(body))
    except BadInput:
        return
    assert receipt is None or isinstance(receipt, Receipt)


def test_nothing_a_carrier_writes_is_kept_but_its_id(ports: FakePorts) -> None:
    _, message = _sent(ports)
    _told(ports, sms_line(message.provider_id, "FAILURE"))
    assert "accepted by phone" not in ports.store.written()
    assert replace(_stored(ports, message), version=0, state="sent", failure="") == replace(message, version=0)
