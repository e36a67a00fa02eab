"""An SMS that cannot be or may not be goes by e-mail, and a letter carries the visit for the calendar (B4, B10)."""

from msgspec.structs import replace

from chalicelib.domain.changes import Create, Replace
from chalicelib.domain.visit import Contact, Participant, Status
from chalicelib.domain.visit_messages import cancelled_messages, invitations
from chalicelib.errors import BadInput, Throttled, Unavailable
from chalicelib.services.send_outbox import send_message
from tests.builders import NOW, a_patient, a_visit, an_organisation
from tests.calendars import event_of
from tests.fake_ports import FakePorts
from tests.unit.services.outgoing import invitation, stored, swept
from tests.visitors import invited


def _capped(ports: FakePorts, segments: int) -> None:
    ports.store.seed(replace(an_organisation(), sms_daily_cap=segments))


def test_past_the_days_cap_an_sms_fails_and_operators_are_told(ports: FakePorts) -> None:
    """B10: a fault of ours is not to cost without end."""
    _capped(ports, 5)
    messages = [invitation(ports, invited(ports.store)) for _ in range(3)]
    assert [send_message(ports, message.message_id) for message in messages] == ["sent", "sent", "failed"]
    assert ports.dead_letters.buried == [(messages[2].message_id, "sms", "daily_cap")]
    assert (stored(ports, messages[2]).state, stored(ports, messages[2]).failure) == ("failed", "daily_cap")


def test_past_the_days_cap_who_has_an_address_is_written_to_there(ports: FakePorts) -> None:
    """B10."""
    _capped(ports, 0)
    visit = invited(ports.store, a_visit(patient=a_patient(email="anna@example.se")))
    assert send_message(ports, invitation(ports, visit).message_id) == "by_email"
    assert (ports.sms.sent, ports.dead_letters.buried) == ([], [])
    assert swept(ports) == {"sent": 1}
    assert ports.email.sent[0][0] == "anna@example.se"


def test_what_is_tried_again_is_counted_once(ports: FakePorts) -> None:
    _capped(ports, 2)
    message = invitation(ports, invited(ports.store))
    ports.sms.failures = [Unavailable("down"), Throttled("too much"), Unavailable("down")]
    for _ in range(4):
        send_message(ports, message.message_id)
        ports.clock.time = stored(ports, message).due_at
    assert stored(ports, message).state == "sent"
    assert sum(ports.store.counts.values()) == 2


def test_a_person_who_cannot_be_reached_by_sms_gets_one_email(ports: FakePorts) -> None:
    """B10: in place of the SMS, and noted with it."""
    visit = invited(ports.store, a_visit(patient=a_patient(email="anna@example.se")))
    ports.store.seed(an_organisation())
    message = invitation(ports, visit)
    ports.sms.failures = [BadInput("refused", code="message_refused")]
    assert send_message(ports, message.message_id) == "by_email"
    assert (stored(ports, message).state, stored(ports, message).failure) == ("failed", "message_refused")
    assert swept(ports) == {"sent": 1}
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
    swept(ports)
    assert "det första av 5" in ports.email.sent[0][1]


def test_an_ombud_without_a_number_is_written_to_by_email_at_once(ports: FakePorts) -> None:
    """B4, B10."""
    ombud = Participant(
        participant_id="p_ombud", role="ombud", name="Erik", link_id="l_o", contact=Contact(email="erik@example.se")
    )
    visit = a_visit(patient=a_patient(phone=""))
    visit = invited(ports.store, replace(visit, participants=(*visit.participants, ombud)))
    message = invitation(ports, visit)
    assert (message.channel, send_message(ports, message.message_id)) == ("email", "sent")
    assert "videomöte" in ports.email.sent[0][1]


def _calendar(ports: FakePorts) -> dict[str, str]:
    part = ports.email.calendars[-1]
    assert part is not None
    return event_of(part.content)


def test_an_email_carries_the_visit_for_the_calendar_and_later_takes_it_away(ports: FakePorts) -> None:
    """B10: the same UID, and a rising SEQUENCE."""
    visit = invited(ports.store, a_visit(patient=a_patient(phone="", email="anna@example.se")))
    send_message(ports, invitation(ports, visit).message_id)
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
