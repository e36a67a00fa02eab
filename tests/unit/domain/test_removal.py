"""What is written when someone is taken out of a visit (G5)."""

from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.domain.agenda import AgendaRow
from chalicelib.domain.changes import Create, Delete, changed
from chalicelib.domain.link_state import dead_code
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.removal import REMEMBERED, without_participant
from chalicelib.domain.visit import Call, Participant, Role, Status
from tests.builders import BERG, NOW, a_guest, a_visit

LATER = NOW + timedelta(minutes=5)


def _call(**connected: Role) -> Call:
    return Call(call_id="v_a.1", opened_at=NOW, connected={**connected}, coming={**connected}, lost=tuple(connected))


def test_a_removed_guest_is_in_neither_the_visit_nor_its_call_and_the_link_is_dead() -> None:
    visit = a_visit(status=Status.ONGOING, call=_call(p_staff="staff", p_guest="guest"))
    visit = replace(visit, participants=(*visit.participants, a_guest()))
    after, changes = without_participant(visit, visit.participant("p_guest"), LATER)
    assert [p.participant_id for p in after.participants] == ["p_staff", "p_patient"]
    assert after.call is not None
    assert (set(after.call.connected), set(after.call.coming), after.call.lost) == (
        {"p_staff"},
        {"p_staff"},
        ("p_staff",),
    )
    assert dead_code(after, "p_guest", "l_p_guest") == "removed"
    (order,) = changes
    assert isinstance(order, Create)
    assert isinstance(order.record, OutboxMessage)
    message = order.record
    assert (message.text, message.address, message.participant_id) == ("remove_participant", "v_a.1", "p_guest")


@pytest.mark.parametrize("role", ["staff", "colleague"])
def test_a_removed_clinicians_start_page_row_goes_too(role: Role) -> None:
    berg = Participant(participant_id="p_berg", role=role, name="Bo Berg", hsa_id=BERG)
    visit = a_visit()
    visit = replace(visit, participants=(*visit.participants, berg))
    after, _ = without_participant(visit, berg, LATER)
    (row,) = (change for change in changed(visit, after) if isinstance(change, Delete))
    assert isinstance(row.record, AgendaRow)
    assert (row.record.hsa_id, after.removed[0].hsa_id, after.removed[0].at) == (BERG, BERG, LATER)


def test_nobodys_name_is_kept_of_a_removed_person_and_no_more_than_a_bounded_number() -> None:
    visit = a_visit()
    for place in range(REMEMBERED + 5):
        guest = a_guest(f"p_{place}")
        visit, _ = without_participant(replace(visit, participants=(*visit.participants, guest)), guest, LATER)
    assert len(visit.removed) == REMEMBERED
    assert b"Gunilla" not in msgspec.json.encode(visit.removed)
    assert dead_code(visit, "p_0") == "link_ended"
