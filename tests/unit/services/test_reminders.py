"""B10: reminders reach who is in the visit when they are due, once; and a visit that starts without its patient tells them."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.call_event import CallState, Present
from chalicelib.domain.changes import Create, Put, Replace
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.reminders import reminder_plan
from chalicelib.domain.rows_for_all import invitation_row
from chalicelib.domain.visit import Call, Contact, Form, Participant, Status, Visit, with_participant
from chalicelib.errors import Conflict
from chalicelib.services.apply_call_event import apply_call_event
from chalicelib.services.send_outbox import due_now, send_message
from tests.builders import NOW, a_guest, a_patient, a_visit, an_organisation
from tests.fake_ports import FakePorts
from tests.visitors import invited

STARTS_AT = NOW + timedelta(days=1, hours=2)


def _booked(ports: FakePorts, **changes: Any) -> Visit:
    """A visit tomorrow with its rows of reminders, and a guest."""
    ports.store.seed(an_organisation())
    visit = invited(ports.store, a_visit(starts_at=STARTS_AT, **changes), guest=a_guest())
    ports.store.commit([*map(Create, reminder_plan(visit, an_organisation(), ports.clock.now()))])
    return visit


def _swept_until(ports: FakePorts, end: datetime) -> None:
    """A sweep each minute in which something is due, and one at the end."""
    while True:
        due = [m.due_at for m in ports.store.of(OutboxMessage) if m.state in {"queued", "sending"}]
        next_at = max(min([*due, end]), ports.clock.now())
        if next_at >= end:
            break
        ports.clock.time = next_at + timedelta(seconds=1)
        for message_id in due_now(ports):
            send_message(ports, message_id)
    ports.clock.time = end
    for message_id in due_now(ports):
        send_message(ports, message_id)


def _received(ports: FakePorts) -> Counter[tuple[str, str]]:
    """How often each got which reminder."""
    words = {"Påminnelse": "morning", "börjar snart": "soon"}
    return Counter((to, kind) for to, text, _ in ports.sms.sent for word, kind in words.items() if word in text)


def test_everyone_in_the_visit_gets_each_reminder_once(ports: FakePorts) -> None:
    _booked(ports)
    _swept_until(ports, STARTS_AT + timedelta(hours=1))
    both = {(to, kind): 1 for to in ("+46701740605", "+46701740606") for kind in ("morning", "soon")}
    assert _received(ports) == both


def test_who_is_added_later_gets_the_reminder_and_who_is_removed_does_not(ports: FakePorts) -> None:
    """G5: at the booking there is one row for all, which is written out when it is due."""
    visit = _booked(ports)
    late = replace(a_guest("p_late"), contact=replace(a_guest().contact, phone="+46701740607"))
    people = (*(p for p in visit.participants if p.role != "guest"), late)
    ports.store.commit([Replace(replace(visit, version=2, participants=people))])
    _swept_until(ports, STARTS_AT)
    assert {to for to, _ in _received(ports)} == {"+46701740605", "+46701740607"}


def test_a_moved_visits_old_reminders_never_go_out(ports: FakePorts) -> None:
    """B9."""
    visit = _booked(ports)
    later = STARTS_AT + timedelta(days=7)
    moved = replace(
        visit, version=2, sequence=1, timed_sequence=1, starts_at=later, ends_at=later + timedelta(minutes=30)
    )
    ports.store.commit([Replace(moved), *map(Create, reminder_plan(moved, an_organisation(), NOW))])
    _swept_until(ports, STARTS_AT + timedelta(days=1))
    assert _received(ports) == {}
    _swept_until(ports, later)
    assert set(_received(ports).values()) == {1}
    assert len(_received(ports)) == 4


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.ENDED, Status.NO_SHOW])
def test_a_visit_that_is_over_reminds_nobody(ports: FakePorts, status: Status) -> None:
    visit = _booked(ports)
    ports.store.commit([Replace(replace(visit, version=2, status=status))])
    _swept_until(ports, STARTS_AT)
    assert ports.sms.sent == []


def test_a_reminder_that_could_not_go_out_in_time_does_not_come_after_the_visit(ports: FakePorts) -> None:
    """The sweep was down all day."""
    _booked(ports)
    ports.clock.time = STARTS_AT + timedelta(minutes=1)
    assert {send_message(ports, message_id) for message_id in due_now(ports)} == {"dropped"}
    assert ports.sms.sent == []


def test_two_sweeps_at_once_write_one_message_to_each(ports: FakePorts, monkeypatch: pytest.MonkeyPatch) -> None:
    """B3: the row is done in the transaction that writes them."""
    _booked(ports)
    ports.clock.time = STARTS_AT - timedelta(minutes=14)
    (row,) = [m for m in ports.store.of(OutboxMessage) if m.reason.startswith("reminder_soon")]
    read = ports.store.visit

    def overtaken(visit_id: str) -> Visit | None:
        monkeypatch.undo()
        assert send_message(ports, row.message_id) == "expanded"
        return read(visit_id)

    monkeypatch.setattr(ports.store, "visit", overtaken)
    assert send_message(ports, row.message_id) == "taken"
    assert Counter(m.reason for m in ports.store.of(OutboxMessage) if m.channel == "sms") == {"reminder_soon#0": 2}


def test_a_row_that_is_put_back_writes_none_twice(ports: FakePorts) -> None:
    """As by an operator: those who have theirs keep it, who has none gets it."""
    visit = _booked(ports)
    ports.clock.time = STARTS_AT - timedelta(minutes=14)
    (row,) = [m for m in ports.store.of(OutboxMessage) if m.reason.startswith("reminder_soon")]
    send_message(ports, row.message_id)
    late = replace(a_guest("p_late"), contact=replace(a_guest().contact, phone="+46701740607"))
    ports.store.commit([Replace(replace(visit, version=2, participants=(*visit.participants, late))), Put(row)])
    assert send_message(ports, row.message_id) == "expanded"
    _swept_until(ports, STARTS_AT)
    assert _received(ports)[("+46701740605", "soon")] == 1
    assert _received(ports)[("+46701740607", "soon")] == 1


def test_a_group_of_twenty_is_invited_from_one_row(ports: FakePorts) -> None:
    """B8: twenty-five people, and a transaction of a hundred rows."""
    ports.store.seed(an_organisation())
    patients = tuple(
        replace(a_guest(f"p_{n}"), role="patient", patient_id=f"i_{n}", contact=Contact(f"+467017406{n:02}"))
        for n in range(20)
    )
    staff = a_visit().participants[0]
    visit = a_visit(starts_at=STARTS_AT, form=Form.GROUP, patient_id="")
    visit = invited(ports.store, replace(visit, participants=(staff, *patients)))
    row = invitation_row(visit, NOW, an_organisation(), times=5)
    ports.store.commit([Create(row)])
    assert send_message(ports, row.message_id) == "expanded"
    _swept_until(ports, NOW + timedelta(minutes=1))
    assert Counter(to for to, _, _ in ports.sms.sent) == {p.contact.phone: 1 for p in patients}
    assert all("det första av 5" in text for _, text, _ in ports.sms.sent)


def _event(visit: Visit, seq: int, *connected: str) -> CallState:
    return CallState(
        type="call.state",
        call_id=f"{visit.visit_id}.1",
        node_id="node-a",
        epoch=1,
        seq=seq,
        at_ms=int(NOW.timestamp() * 1000),
        ended=False,
        participants=[Present(id=who, role="staff", connected=True) for who in connected],
    )


def _ongoing(ports: FakePorts, patient: Participant | None = None) -> Visit:
    visit = _booked(ports, status=Status.ONGOING)
    called = replace(visit, version=2, call=Call(call_id=f"{visit.visit_id}.1", opened_at=NOW))
    ports.store.commit([Replace(with_participant(called, patient) if patient else called)])
    return ports.stored(called)


def _started(ports: FakePorts) -> list[str]:
    for message_id in due_now(ports):
        send_message(ports, message_id)
    return [to for to, text, _ in ports.sms.sent if "har börjat" in text]


def test_a_patient_who_is_not_there_when_the_clinician_comes_is_told_once(ports: FakePorts) -> None:
    """B10: however often the clinician leaves and comes back; guests are not told."""
    visit = _ongoing(ports)
    for seq, people in enumerate([(), ("p_staff",), (), ("p_staff",), ("p_staff", "p_patient")], start=1):
        apply_call_event(ports, _event(visit, seq, *people))
    assert _started(ports) == ["+46701740605"]


def test_a_patient_who_waits_or_is_in_the_call_is_not_told(ports: FakePorts) -> None:
    """B10."""
    waiting = replace(a_visit().patient, waiting_since=NOW)
    visit = _ongoing(ports, waiting)
    apply_call_event(ports, _event(visit, 1, "p_staff"))
    there = _ongoing(ports)
    apply_call_event(ports, _event(there, 1, "p_patient"))
    apply_call_event(ports, _event(there, 2, "p_staff", "p_patient"))
    assert _started(ports) == []


def test_a_patient_whose_phone_sleeps_is_told(ports: FakePorts) -> None:
    """B10: they have left the page, and not the visit."""
    visit = _ongoing(ports, replace(a_visit().patient, waiting_since=NOW, away_since=NOW))
    apply_call_event(ports, _event(visit, 1, "p_staff"))
    assert _started(ports) == ["+46701740605"]


def test_a_call_that_starts_is_told_of_in_the_transaction_that_notes_it(
    ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B3: a change by somebody else meanwhile, and it is decided anew."""
    visit = _ongoing(ports)
    commit, refused = ports.store.commit, list[object]()

    def once(changes: Any) -> None:
        if not refused:
            refused.append(changes)
            raise Conflict("a condition did not hold", code="changed_meanwhile")
        commit(changes)

    monkeypatch.setattr(ports.store, "commit", once)
    apply_call_event(ports, _event(visit, 1, "p_staff"))
    assert ports.stored(visit).staff_came_at == NOW
    assert _started(ports) == ["+46701740605"]


def test_a_protected_patients_reminder_is_neutral(ports: FakePorts) -> None:
    """P5."""
    _booked(ports, patient=a_patient(protected=True))
    _swept_until(ports, STARTS_AT)
    mine = [text for to, text, _ in ports.sms.sent if to == "+46701740605"]
    assert len(mine) == 2
    assert not any("Halland" in text or "video" in text for text in mine)


def test_an_organisations_times_are_its_own(ports: FakePorts) -> None:
    own: Organisation = replace(an_organisation(), morning_reminder_at="06:30", soon_reminder_minutes=30)
    rows = reminder_plan(a_visit(starts_at=STARTS_AT), own, NOW)
    assert [STARTS_AT - row.due_at for row in rows] == [timedelta(hours=4, minutes=30), timedelta(minutes=30)]
