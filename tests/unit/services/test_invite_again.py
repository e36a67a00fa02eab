"""Skicka igen: who was not reached is invited again, where they are reached now (B10, P4, B4, G2, G5)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Create
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.message_ids import MOST_INVITATIONS
from chalicelib.domain.patient import Patient
from chalicelib.domain.visit import Contact, Form, Kind, Participant, Visit
from chalicelib.domain.visit_messages import invitation
from chalicelib.errors import LinkDead, NotLoggedIn, VardrumError
from chalicelib.services.cancel_visit import cancel_visit
from chalicelib.services.enter_as_guest import enter_as_guest
from chalicelib.services.invite_again import AskedAgain, invite_again
from chalicelib.services.open_link import open_link
from chalicelib.services.send_outbox import due_now, send_message
from chalicelib.services.show_visitor import show_visitor
from tests.builders import NOW, a_child, a_guest, a_patient, a_patient_guardian, a_visit, an_organisation, staff
from tests.fake_ports import FakePorts
from tests.visitors import HOME, guest_inside, invited, opened, patient_inside, token_of

WRONG, RIGHT = "+46701740600", "+46701740605"
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.store.seed(an_organisation(), a_patient(phone=WRONG))
    return ports


def _visit(ports: FakePorts, guest: Participant | None = None) -> Visit:
    """A visit of tomorrow whose patient was invited to the wrong number, which has gone out."""
    visit = invited(ports.store, a_visit(starts_at=TOMORROW, patient=a_patient(phone=WRONG)), guest=guest)
    _invite(ports, visit, visit.patient)
    return visit


def _invite(ports: FakePorts, visit: Visit, person: Participant) -> None:
    message = invitation(visit, person, ports.clock.now(), an_organisation())
    assert message is not None
    ports.store.commit([Create(message)])


def _asked(phone: str = RIGHT, email: str = "", *, seen: int = 0, version: int = 1) -> AskedAgain:
    return AskedAgain(request_id=str(uuid4()), seen=seen, phone=phone, email=email, patient_version=version)


def _again(ports: FakePorts, visit: Visit, person: Participant, asked: AskedAgain) -> Visit:
    return invite_again(ports, staff(), visit.visit_id, person.participant_id, asked)


def _refused(ports: FakePorts, visit: Visit, person: Participant, asked: AskedAgain) -> str:
    written = len(ports.store.changes)
    with pytest.raises(VardrumError) as refused:
        _again(ports, visit, person, asked)
    assert len(ports.store.changes) == written
    return refused.value.code


def _send(ports: FakePorts) -> list[str]:
    """Where SMS have gone."""
    for message_id in list(due_now(ports)):
        send_message(ports, message_id)
    return [to for to, _, _ in ports.sms.sent]


def _actions(ports: FakePorts) -> list[str]:
    return sorted(entry.action for entry in ports.store.of(AuditEntry))


def test_a_corrected_number_gets_the_invitation_in_one_transaction_and_stands_in_the_patients_record(
    ports: FakePorts,
) -> None:
    """P4: the next booking is right as well."""
    visit = _visit(ports)
    _send(ports)
    written = len(ports.store.commits)
    after = _again(ports, visit, visit.patient, _asked("070-174 06 05", "anna@example.se"))
    assert len(ports.store.commits) == written + 1
    assert after.patient.contact == Contact(RIGHT, "anna@example.se")
    assert [patient.contact for patient in ports.store.of(Patient)] == [Contact(RIGHT, "anna@example.se")]
    assert _actions(ports) == ["participant.invite_again", "patient.change_contacts"]
    assert _send(ports) == [WRONG, RIGHT]


def test_what_is_on_its_way_to_the_old_number_is_not_sent_any_more(ports: FakePorts) -> None:
    """B10: nor is what was to come to it later."""
    visit = _visit(ports)
    _again(ports, visit, visit.patient, _asked())
    assert _send(ports) == [RIGHT]
    assert [m.failure for m in ports.store.of(OutboxMessage) if m.address == WRONG] == ["superseded"]


def test_the_old_numbers_link_is_dead_at_once_and_the_new_one_opens(ports: FakePorts) -> None:
    """G5: also for who has opened it, and not shown who they are."""
    visit = _visit(ports)
    old, session = token_of(visit), opened(ports, visit)
    after = _again(ports, visit, visit.patient, _asked())
    with pytest.raises(LinkDead):
        open_link(ports, old, HOME)
    with pytest.raises(LinkDead):
        show_visitor(ports, session)
    assert open_link(ports, token_of(after), HOME).page.my_name == ""


def test_a_patient_who_has_shown_who_they_are_stays_in(ports: FakePorts) -> None:
    """G6: whoever has the number, that is them."""
    visit = _visit(ports)
    session = patient_inside(ports, visit)
    stored = ports.store.visit(visit.visit_id)
    assert stored is not None
    _again(ports, stored, stored.patient, _asked())
    assert show_visitor(ports, session).my_name == "Anna Andersson"


def test_to_the_same_number_the_link_stays_and_what_waits_is_sent_once(ports: FakePorts) -> None:
    visit = _visit(ports)
    after = _again(ports, visit, visit.patient, _asked(WRONG))
    assert after.patient.link_id == visit.patient.link_id
    assert _actions(ports) == ["participant.invite_again"]
    assert _send(ports) == [WRONG]


def test_the_same_request_invites_once(ports: FakePorts) -> None:
    """A double click; also after the answer was lost, when the page still has the patient as before."""
    visit = _visit(ports)
    asked = _asked()
    first = _again(ports, visit, visit.patient, asked)
    assert _again(ports, visit, visit.patient, asked) == first
    assert _send(ports) == [RIGHT]


def test_of_two_who_send_again_at_once_the_second_is_told(ports: FakePorts) -> None:
    visit = _visit(ports)
    _again(ports, visit, visit.patient, _asked())
    assert _refused(ports, visit, visit.patient, _asked(version=2)) == "changed_meanwhile"


def test_a_patient_whom_somebody_else_has_changed_since_is_not_written_over(ports: FakePorts) -> None:
    visit = _visit(ports)
    ports.store.seed(replace(a_patient(phone="+46701740699"), version=2))
    assert _refused(ports, visit, visit.patient, _asked(version=1)) == "changed_meanwhile"
    assert _again(ports, visit, visit.patient, _asked(version=2)).patient.contact.phone == RIGHT


@pytest.mark.parametrize(
    ("phone", "email", "code"),
    [("", "anna@example.se", "invalid_phone"), ("12", "", "invalid_phone"), (RIGHT, "anna@", "invalid_email")],
)
def test_a_patient_is_reached_by_a_mobile_number(ports: FakePorts, phone: str, email: str, code: str) -> None:
    """P4."""
    visit = _visit(ports)
    assert _refused(ports, visit, visit.patient, _asked(phone, email)) == code


def test_a_relative_and_a_guest_are_reached_by_either(ports: FakePorts) -> None:
    """B7, G2."""
    visit = invited(ports.store, a_visit(starts_at=TOMORROW, patient=a_patient(phone=WRONG), form=Form.RELATIVE))
    after = _again(ports, visit, visit.patient, _asked("", "anna@example.se"))
    assert after.patient.contact == Contact(email="anna@example.se")
    visit = _visit_with_guest(ports)
    assert _refused(ports, visit, visit.participants[-1], _asked("", "")) == "guest_contact_missing"
    after = _again(ports, visit, visit.participants[-1], _asked("", "gun@example.se"))
    assert after.participants[-1].contact == Contact(email="gun@example.se")


def _visit_with_guest(ports: FakePorts) -> Visit:
    ports.store.seed(a_patient())
    return invited(ports.store, a_visit(starts_at=TOMORROW), guest=a_guest())


def test_a_guest_at_another_number_is_another_person_and_who_came_by_the_old_link_is_out(ports: FakePorts) -> None:
    """G2, G5: whoever has the wrong number may have come in without showing who they are."""
    visit = _visit_with_guest(ports)
    session = guest_inside(ports, visit)
    stored = ports.store.visit(visit.visit_id)
    assert stored is not None
    before = stored.participants[-1]
    after = _again(ports, stored, before, _asked("+46701740777"))
    newer = after.participants[-1]
    assert (newer.name, newer.waiting_since, newer.session_hash) == (before.name, None, "")
    assert newer.participant_id != before.participant_id
    with pytest.raises(LinkDead):
        show_visitor(ports, session)
    assert _send(ports) == ["+46701740777"]


def test_a_guest_who_gave_no_other_address_stays_where_they_are(ports: FakePorts) -> None:
    visit = _visit_with_guest(ports)
    session = guest_inside(ports, visit)
    stored = ports.store.visit(visit.visit_id)
    assert stored is not None
    guest = stored.participants[-1]
    _again(ports, stored, guest, _asked(guest.contact.phone))
    assert show_visitor(ports, session).my_name == guest.name


def test_no_guests_link_goes_to_the_patient_nor_the_patients_to_a_guest(ports: FakePorts) -> None:
    """B5."""
    visit = _visit_with_guest(ports)
    assert _refused(ports, visit, visit.participants[-1], _asked(a_patient().contact.phone)) == "own_number"
    assert _refused(ports, visit, visit.patient, _asked(a_guest().contact.phone)) == "own_number"


def test_an_ombuds_corrected_number_stands_with_the_guardian_and_the_old_link_is_dead(ports: FakePorts) -> None:
    """B4, P6."""
    erik = a_patient_guardian(phone=WRONG)
    child = a_child(guardians=(erik,))
    ports.store.seed(child)
    ombud = Participant(
        participant_id="p_ombud",
        role="ombud",
        name=erik.name,
        link_id="l_ombud",
        contact=erik.contact,
        guardian_id=erik.guardian_id,
    )
    plain = a_visit(starts_at=TOMORROW, patient=child, kind=Kind.CHILD)
    visit = invited(ports.store, replace(plain, participants=(*plain.participants, ombud)))
    stored = visit.ombud
    assert stored is not None
    old = token_of(visit, "ombud")
    after = _again(ports, visit, stored, _asked())
    assert after.ombud is not None
    assert (after.ombud.contact.phone, after.ombud.guardian_id) == (RIGHT, erik.guardian_id)
    assert [g.contact.phone for each in ports.store.of(Patient) for g in each.guardians] == [RIGHT]
    assert "patient.change_guardian_contacts" in _actions(ports)
    with pytest.raises(LinkDead):
        open_link(ports, old, HOME)
    assert _refused(ports, visit, visit.patient, _asked()) == "not_invitable"


def test_nobody_is_invited_for_ever(ports: FakePorts) -> None:
    visit = _visit(ports)
    for seen in range(MOST_INVITATIONS - 1):
        visit = _again(ports, visit, visit.patient, _asked(WRONG, seen=seen))
    assert _refused(ports, visit, visit.patient, _asked(WRONG, seen=visit.patient.invited_again)) == "invited_too_often"


def test_staff_are_in_without_an_invitation(ports: FakePorts) -> None:
    visit = _visit(ports)
    assert _refused(ports, visit, visit.owner, _asked()) == "not_invitable"


def test_an_open_guest_page_of_the_old_number_lets_nobody_in(ports: FakePorts) -> None:
    """G5."""
    visit = _visit_with_guest(ports)
    session = opened(ports, visit, "guest")
    _again(ports, visit, visit.participants[-1], _asked("+46701740777"))
    with pytest.raises((LinkDead, NotLoggedIn)):
        enter_as_guest(ports, session, "Fel person")


def test_who_was_sent_their_invitation_before_its_day_hears_that_the_visit_is_cancelled(ports: FakePorts) -> None:
    """B9, B10: of a repeated booking, whose later visits are invited to some days before; that invitation is not sent."""
    visit = invited(ports.store, a_visit(starts_at=TOMORROW, patient=a_patient(phone=WRONG), series_id="s_weekly"))
    later = invitation(visit, visit.patient, NOW, an_organisation(), send_at=NOW + timedelta(hours=6))
    assert later is not None
    ports.store.commit([Create(later)])
    _again(ports, visit, visit.patient, _asked())
    _send(ports)
    cancel_visit(ports, staff(), visit.visit_id, sequence=0, reason="Sjukdom")
    ports.clock.advance(hours=7)
    assert _send(ports) == [RIGHT, RIGHT]
    assert sorted(m.reason for m in ports.store.of(OutboxMessage)) == ["cancelled", "invitation", "invitation#1"]
