"""What is no longer so is not sent: of a former time, of a visit that is over, to whom is out of it (B9, B10, G5)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.changes import Create, Replace
from chalicelib.domain.visit import Status
from chalicelib.domain.visit_messages import cancelled_messages, moved_messages
from chalicelib.services.send_outbox import send_message
from tests.builders import NOW, an_organisation
from tests.fake_ports import FakePorts
from tests.unit.services.outgoing import invitation, stored
from tests.visitors import invited


@pytest.mark.parametrize(("status", "why"), [(Status.CANCELLED, "link_cancelled"), (Status.ENDED, "link_ended")])
def test_the_link_of_a_visit_that_is_over_is_sent_to_nobody(ports: FakePorts, status: Status, why: str) -> None:
    """G5."""
    visit = invited(ports.store)
    message = invitation(ports, visit)
    ports.store.commit([Replace(replace(visit, version=2, status=status))])
    assert send_message(ports, message.message_id) == "dropped"
    assert (ports.sms.sent, ports.dead_letters.buried) == ([], [])
    assert (stored(ports, message).state, stored(ports, message).failure) == ("failed", why)


def test_someone_removed_from_the_visit_is_sent_no_link(ports: FakePorts) -> None:
    """G5."""
    visit = invited(ports.store)
    message = invitation(ports, visit)
    ports.store.commit([Replace(replace(visit, version=2, participants=visit.participants[:1]))])
    assert send_message(ports, message.message_id) == "dropped"


def test_what_tells_a_former_time_is_not_sent(ports: FakePorts) -> None:
    """B9: a moved visit's old messages never go out."""
    visit = invited(ports.store)
    message = invitation(ports, visit)
    ports.store.commit([Replace(replace(visit, version=2, sequence=1, timed_sequence=1))])
    assert send_message(ports, message.message_id) == "dropped"
    assert stored(ports, message).failure == "superseded"
    (moved,) = moved_messages(replace(visit, sequence=1, timed_sequence=1), NOW, an_organisation())
    ports.store.commit([Create(moved)])
    assert send_message(ports, moved.message_id) == "sent"


def test_a_change_that_moves_nothing_leaves_what_is_on_its_way(ports: FakePorts) -> None:
    """B9: as another clinician."""
    visit = invited(ports.store)
    message = invitation(ports, visit)
    ports.store.commit([Replace(replace(visit, version=2, sequence=1))])
    assert send_message(ports, message.message_id) == "sent"


def test_who_was_told_of_a_visit_is_told_that_it_is_cancelled(ports: FakePorts) -> None:
    """B9."""
    visit = invited(ports.store)
    send_message(ports, invitation(ports, visit).message_id)
    (told,) = cancelled_messages(visit, NOW, an_organisation())
    ports.store.commit([Replace(replace(visit, version=2, status=Status.CANCELLED)), Create(told)])
    assert send_message(ports, told.message_id) == "sent"
    assert "avbokat" in ports.sms.sent[-1][1]


def test_who_never_heard_of_a_visit_hears_of_no_cancellation(ports: FakePorts) -> None:
    """B9: booked and cancelled before anything went out."""
    visit = invited(ports.store)
    message = invitation(ports, visit)
    (told,) = cancelled_messages(visit, NOW, an_organisation())
    ports.store.commit([Replace(replace(visit, version=2, status=Status.CANCELLED)), Create(told)])
    assert [send_message(ports, each.message_id) for each in (told, message)] == ["dropped", "dropped"]
    assert ports.sms.sent == []


def test_what_is_of_no_use_any_more_is_not_sent(ports: FakePorts) -> None:
    """B10: a carrier that was down until after the visit."""
    message = invitation(ports, invited(ports.store))
    ports.clock.advance(hours=3)
    assert send_message(ports, message.message_id) == "dropped"
    assert stored(ports, message).failure == "too_late"
