"""The visit's states, chat and note as staff use them (L2, L3, S1-S6)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.access import TABLE, offered, require
from chalicelib.domain.agenda import AgendaRow
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import created
from chalicelib.domain.chat import ChatMessage
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit import Call, Participant, Status, Visit
from chalicelib.errors import Conflict, NotAllowed, NotFound, TooManyAttempts
from chalicelib.services.advance_visit import end_visit, mark_no_show, receive_visit, start_visit
from chalicelib.services.save_note import read_note, save_note
from chalicelib.services.show_agenda import show_agenda
from chalicelib.services.show_visit import copy_link, show_visit
from chalicelib.services.write_chat import MESSAGES_PER_VISIT, read_chat, write_chat
from tests.builders import BERG, EK, NOW, a_guest, a_patient, a_visit, staff
from tests.fake_ports import FakePorts

PEOPLE = ("change_participants", "change_relations")
REBOOKING = ("reschedule", "cancel")
CALL = Call(call_id="c_1", opened_at=NOW, epoch=1, seq=1, connected={"p_staff": "staff"})


def _stored(ports: FakePorts, visit: Visit) -> Visit:
    ports.store.commit(created(visit))
    return visit


def _with_berg(visit: Visit) -> Participant:
    assert visit
    return Participant(participant_id="p_berg", role="staff", name="Bo Berg", hsa_id=BERG)


def test_receive_start_end_lead_through_the_states_and_are_logged(ports: FakePorts) -> None:
    """S1, L3, S5, S6."""
    visit = _stored(ports, a_visit())
    steps = [receive_visit(ports, staff(), visit.visit_id), start_visit(ports, staff(), visit.visit_id)]
    steps.append(end_visit(ports, staff(), visit.visit_id, end_call=False))
    assert [s.status for s in steps] == [Status.RECEIVED, Status.ONGOING, Status.ENDED]
    assert [e.action for e in ports.store.of(AuditEntry)] == ["visit.receive", "visit.start", "visit.end"]
    assert ports.store.of(AgendaRow)[0].status is Status.ENDED


def test_receiving_again_keeps_who_received_first(ports: FakePorts) -> None:
    """L3."""
    visit = a_visit()
    people = (*visit.participants, _with_berg(visit))
    visit = _stored(ports, a_visit(participants=people))
    first = receive_visit(ports, staff(), visit.visit_id)
    second = receive_visit(ports, staff(BERG, "Bo", "Berg"), visit.visit_id)
    assert second.received == first.received
    assert second.version == first.version


def test_a_visit_is_not_started_before_it_is_received(ports: FakePorts) -> None:
    """S1."""
    visit = _stored(ports, a_visit())
    with pytest.raises(Conflict) as refused:
        start_visit(ports, staff(), visit.visit_id)
    assert refused.value.code == "not_received"


def test_unlisted_staff_are_told_that_nothing_is_there_and_the_attempt_is_logged(ports: FakePorts) -> None:
    """S6."""
    visit = _stored(ports, a_visit())
    with pytest.raises(NotFound):
        show_visit(ports, staff(BERG), visit.visit_id)
    entry = ports.store.of(AuditEntry)[0]
    assert (entry.user, entry.action, entry.result) == (BERG, "visit.view", "denied")


def test_staff_of_another_organisation_find_nothing(ports: FakePorts) -> None:
    visit = _stored(ports, a_visit())
    with pytest.raises(NotFound):
        show_visit(ports, staff(org_id="SE2321000016"), visit.visit_id)


def test_ending_asks_first_when_a_call_runs_then_ends_both(ports: FakePorts) -> None:
    """S5."""
    visit = _stored(ports, a_visit(status=Status.ONGOING, call=CALL))
    with pytest.raises(Conflict) as refused:
        end_visit(ports, staff(), visit.visit_id, end_call=False)
    assert refused.value.code == "call_running"
    after = end_visit(ports, staff(), visit.visit_id, end_call=True)
    assert (after.status, after.call, after.last_call_id) == (Status.ENDED, None, "c_1")
    message = ports.store.of(OutboxMessage)[0]
    assert (message.channel, message.address, message.text) == ("media", "c_1", "end_call")


def test_no_show_is_marked_and_not_while_people_are_in_the_call(ports: FakePorts) -> None:
    """S5."""
    running = _stored(ports, a_visit(status=Status.ONGOING, call=CALL))
    with pytest.raises(Conflict):
        mark_no_show(ports, staff(), running.visit_id)
    booked = _stored(ports, a_visit())
    assert mark_no_show(ports, staff(), booked.visit_id).status is Status.NO_SHOW


def test_an_ended_visit_takes_no_more_steps(ports: FakePorts) -> None:
    visit = _stored(ports, a_visit(status=Status.ENDED))
    for step in (receive_visit, start_visit, mark_no_show):
        with pytest.raises(Conflict) as refused:
            step(ports, staff(), visit.visit_id)
        assert refused.value.code == "visit_over"


@pytest.mark.parametrize(
    ("status", "actions"),
    [
        (Status.BOOKED, ["receive", "no_show", "chat", "note", *PEOPLE, *REBOOKING]),
        (Status.RECEIVED, ["start", "end", "no_show", "chat", "note", *PEOPLE, *REBOOKING]),
        (Status.ONGOING, ["start_call", "join_call", "end", "no_show", "chat", "note", *PEOPLE]),
        (Status.ENDED, ["note"]),
    ],
)
def test_the_page_offers_what_the_state_allows(status: Status, actions: list[str]) -> None:
    """S1: video only once the visit is started."""
    visit = a_visit(status=status)
    assert offered(visit, "staff", visit.starts_at) == actions


@pytest.mark.parametrize("status", [Status.BOOKED, Status.RECEIVED, Status.ONGOING])
def test_no_page_offers_to_mark_a_no_show_before_the_visits_time(status: Status) -> None:
    """S1, B9: it would be refused."""
    visit = a_visit(status=status)
    before = offered(visit, "staff", visit.starts_at - timedelta(seconds=1))
    assert set(offered(visit, "staff", visit.starts_at)) - set(before) == {"no_show"}


def test_a_guest_has_no_right_that_the_table_does_not_give() -> None:
    """G2: never the visit chat."""
    visit = a_visit(status=Status.ONGOING)
    own = {"view", "join_call", "rate", "enter_unidentified", "leave", "calendar", "report_late", "change_language"}
    for action in TABLE.keys() - own:
        with pytest.raises(NotAllowed):
            require(visit, "guest", action)


def test_a_chat_message_sent_again_is_stored_once(ports: FakePorts) -> None:
    """S2."""
    visit = _stored(ports, a_visit())
    me = visit.owner
    first = write_chat(ports, visit, me, "m1", "Hej!")
    ports.clock.advance(seconds=5)
    assert write_chat(ports, visit, me, "m1", "Hej!") == first
    assert read_chat(ports, visit, visit.patient) == [first]


def test_chat_is_read_in_the_order_it_was_sent(ports: FakePorts) -> None:
    """S2."""
    visit = _stored(ports, a_visit())
    for text in ("a", "b", "c"):
        write_chat(ports, visit, visit.patient, f"z{-ord(text)}", text)
        ports.clock.advance(milliseconds=1)
    assert [m.text for m in read_chat(ports, visit, visit.owner)] == ["a", "b", "c"]


def test_chat_closes_with_the_visit_even_for_who_read_it_as_open(ports: FakePorts) -> None:
    """S2, S5: the state is checked in the transaction, not only before it."""
    visit = _stored(ports, a_visit(status=Status.ONGOING))
    end_visit(ports, staff(), visit.visit_id, end_call=False)
    with pytest.raises(Conflict) as refused:
        write_chat(ports, visit, visit.patient, "m1", "Hej?")
    assert refused.value.code == "visit_over"
    assert not ports.store.of(ChatMessage)


def test_guests_never_read_or_write_the_visit_chat(ports: FakePorts) -> None:
    """S2, G2."""
    visit = a_visit()
    visit = _stored(ports, a_visit(participants=(*visit.participants, a_guest())))
    guest = visit.participant("p_guest")
    with pytest.raises(NotAllowed):
        write_chat(ports, visit, guest, "m1", "Hej")
    with pytest.raises(NotAllowed):
        read_chat(ports, visit, guest)


def test_a_visits_chat_is_bounded(ports: FakePorts) -> None:
    visit = _stored(ports, a_visit())
    ports.store.counts[f"chat#{visit.visit_id}"] = MESSAGES_PER_VISIT
    with pytest.raises(TooManyAttempts):
        write_chat(ports, visit, visit.owner, "m1", "en till")


def test_a_note_written_on_an_older_one_is_refused(ports: FakePorts) -> None:
    """S3."""
    visit = _stored(ports, a_visit())
    assert read_note(ports, staff(), visit.visit_id) is None
    first = save_note(ports, staff(), visit.visit_id, "Rodnad", 0)
    save_note(ports, staff(), visit.visit_id, "Rodnad, klåda", first.version)
    with pytest.raises(Conflict) as refused:
        save_note(ports, staff(), visit.visit_id, "Rodnad?", first.version)
    assert refused.value.code == "changed_meanwhile"
    note = read_note(ports, staff(), visit.visit_id)
    assert note is not None
    assert note.text == "Rodnad, klåda"


def test_the_links_of_those_who_come_in_by_one_can_be_copied(ports: FakePorts) -> None:
    """G3, B10; a patient's asks for their own e-ID wherever it is opened (G6)."""
    visit = a_visit()
    visit = _stored(ports, a_visit(participants=(*visit.participants, a_guest())))
    links = {copy_link(ports, staff(), visit.visit_id, each) for each in ("p_guest", "p_patient")}
    assert len(links) == 2
    assert all(link.startswith("https://vardrum.example/b#") for link in links)
    with pytest.raises(NotFound):
        copy_link(ports, staff(), visit.visit_id, visit.owner.participant_id)


def test_the_start_page_is_one_query_of_my_visits_that_day(ports: FakePorts) -> None:
    """L2."""
    mine = _stored(ports, a_visit(starts_at=datetime(2026, 11, 23, 22, 59, tzinfo=UTC)))
    _stored(ports, a_visit(starts_at=datetime(2026, 11, 23, 23, 0, tzinfo=UTC)))
    ports.store.reads.clear()
    agenda = show_agenda(ports, staff(), date(2026, 11, 23))
    assert [row.visit_id for row in agenda.rows] == [mine.visit_id]
    assert dict(ports.store.reads) == {"agenda": 1}
    assert show_agenda(ports, staff(BERG), date(2026, 11, 23)).rows == []


def test_an_empty_day_says_when_the_next_visit_is(ports: FakePorts) -> None:
    """L2."""
    later = _stored(ports, a_visit(starts_at=NOW + timedelta(days=3)))
    agenda = show_agenda(ports, staff(), None)
    assert (agenda.day, agenda.next_visit_at) == (date(2026, 11, 23), later.starts_at)


def test_the_page_tells_whose_visit_it_is_and_who_owns_it(ports: FakePorts) -> None:
    """S1."""
    visit = _stored(ports, a_visit())
    page = show_visit(ports, staff(), visit.visit_id)
    assert (page.patients, page.me.hsa_id) == ((a_patient(),), EK)
    assert [e.action for e in ports.store.of(AuditEntry)] == ["visit.view"]
