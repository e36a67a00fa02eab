"""Whom a message has not come to stands on the start page, and no longer once it is mended (B10, L5)."""

from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib.domain.agenda import AgendaRow
from chalicelib.domain.changes import Create, Replace
from chalicelib.domain.message import OutboxMessage, State
from chalicelib.domain.visit import Participant, Status, Visit
from chalicelib.domain.visit_messages import cancelled_messages, invitations, started_messages
from chalicelib.services.invite_again import AskedAgain, invite_again
from chalicelib.services.note_delivery import note_delivery
from chalicelib.services.presence import enter_waiting_room
from tests.builders import BERG, a_guest, a_patient, a_visit, an_organisation, staff
from tests.fake_ports import FakePorts
from tests.visitors import invited, patient_inside


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.store.seed(an_organisation(), a_patient())
    return ports


def _visit(ports: FakePorts) -> tuple[Visit, list[OutboxMessage]]:
    colleague = Participant(participant_id="p_berg", role="colleague", name="Bo Berg", hsa_id=BERG)
    plain = a_visit()
    visit = invited(ports.store, replace(plain, participants=(*plain.participants, colleague)), guest=a_guest())
    written = invitations(visit, ports.clock.now(), an_organisation())
    ports.store.commit([Create(message) for message in written])
    return visit, written


def _becomes(ports: FakePorts, message: OutboxMessage, state: State, failure: str = "") -> None:
    """As the stream tells of it."""
    stored = ports.store.message(message.message_id)
    assert stored is not None
    settled = replace(stored, version=stored.version + 1, state=state, failure=failure)
    ports.store.commit([Replace(settled)])
    note_delivery(ports, settled)


def _row(ports: FakePorts, visit: Visit, hsa_id: str = staff().hsa_id) -> int:
    (row,) = [r for r in ports.store.of(AgendaRow) if r.visit_id == visit.visit_id and r.hsa_id == hsa_id]
    return row.unreached


@pytest.mark.parametrize(("state", "failure"), [("failed", "not_delivered"), ("bounced", "bounced"), ("failed", "x")])
def test_a_message_that_has_not_come_is_counted_in_the_rows_of_the_staff(
    ports: FakePorts, state: State, failure: str
) -> None:
    """A colleague, who is a guest of the visit, can mend nothing."""
    visit, (to_patient, to_guest) = _visit(ports)
    _becomes(ports, to_patient, state, failure)
    assert (_row(ports, visit), _row(ports, visit, BERG)) == (1, 0)
    _becomes(ports, to_guest, state, failure)
    assert _row(ports, visit) == 2


def test_what_has_come_writes_nothing_and_what_was_dropped_as_outdated_is_no_loss(ports: FakePorts) -> None:
    visit, (to_patient, to_guest) = _visit(ports)
    written = len(ports.store.commits)
    _becomes(ports, to_patient, "sent")
    _becomes(ports, to_patient, "delivered")
    _becomes(ports, to_guest, "failed", "superseded")
    assert len(ports.store.commits) == written + 3
    assert _row(ports, visit) == 0


def test_a_newer_message_that_comes_mends_it_and_the_old_ones_news_changes_nothing(ports: FakePorts) -> None:
    """B10: in whatever order the carriers tell of the two."""
    visit, (to_patient, _) = _visit(ports)
    _becomes(ports, to_patient, "failed", "not_delivered")
    ports.clock.advance(minutes=1)
    (newer,) = started_messages(visit, ports.clock.now(), an_organisation())
    ports.store.commit([Create(newer)])
    _becomes(ports, newer, "sent")
    assert _row(ports, visit) == 0
    stored = ports.store.message(to_patient.message_id)
    assert stored is not None
    note_delivery(ports, stored)
    assert _row(ports, visit) == 0


def test_sending_again_takes_it_away_until_that_is_lost_too(ports: FakePorts) -> None:
    visit, (to_patient, _) = _visit(ports)
    _becomes(ports, to_patient, "failed", "not_delivered")
    ports.clock.advance(minutes=1)
    asked = AskedAgain(request_id=str(uuid4()), seen=0, phone="070-174 06 99", email="", patient_version=1)
    after = invite_again(ports, staff(), visit.visit_id, visit.patient.participant_id, asked)
    assert _row(ports, visit) == 0
    (again,) = [m for m in ports.store.of(OutboxMessage) if m.reason == "invitation#1"]
    _becomes(ports, again, "failed", "not_delivered")
    assert _row(ports, after) == 1


def test_who_is_here_misses_nothing(ports: FakePorts) -> None:
    visit, (to_patient, _) = _visit(ports)
    _becomes(ports, to_patient, "failed", "not_delivered")
    enter_waiting_room(ports, patient_inside(ports, visit), "c1")
    assert _row(ports, visit) == 0


def test_of_a_cancelled_visit_only_that_it_is_cancelled_matters(ports: FakePorts) -> None:
    visit, (to_patient, to_guest) = _visit(ports)
    stored = ports.store.visit(visit.visit_id)
    assert stored is not None
    gone = replace(stored, version=stored.version + 1, status=Status.CANCELLED)
    told = cancelled_messages(gone, ports.clock.now(), an_organisation())
    ports.store.commit([Replace(gone), *map(Create, told)])
    _becomes(ports, to_patient, "failed", "not_delivered")
    _becomes(ports, told[1], "failed", "not_delivered")
    assert to_guest.participant_id == told[1].participant_id
    assert _row(ports, visit) == 1


@pytest.mark.parametrize("status", [Status.ENDED, Status.NO_SHOW])
def test_of_a_visit_that_is_over_nothing_is_noted(ports: FakePorts, status: Status) -> None:
    visit, (to_patient, _) = _visit(ports)
    stored = ports.store.visit(visit.visit_id)
    assert stored is not None
    ports.store.commit([Replace(replace(stored, version=stored.version + 1, status=status))])
    _becomes(ports, to_patient, "failed", "not_delivered")
    assert _row(ports, visit) == 0


def test_someone_who_was_taken_out_and_a_visit_that_is_gone_are_no_matter(ports: FakePorts) -> None:
    visit, (to_patient, _) = _visit(ports)
    note_delivery(ports, replace(to_patient, state="failed", participant_id="p_nobody"))
    note_delivery(ports, replace(to_patient, state="failed", visit_id="v_nothing"))
    assert _row(ports, visit) == 0
