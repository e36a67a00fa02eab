"""Redigera deltagare: who is added and removed, and what becomes of their links, pages and calls (G1-G5, B5)."""

from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.domain.agenda import AgendaRow
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Count, Create
from chalicelib.domain.link import Link, link_token
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.participants import MOST_PARTICIPANTS, Additions
from chalicelib.domain.places import Guest
from chalicelib.domain.visit import Call, Contact, Participant, Role, Status, Visit
from chalicelib.errors import BadInput, Conflict, LinkDead, NotAllowed, NotFound, VardrumError
from chalicelib.services.change_participants import add_participants, preview_additions, remove_participant
from chalicelib.services.join_call import join_call, join_call_as_visitor
from chalicelib.services.open_link import open_link
from chalicelib.services.show_visitor import show_visitor
from tests.builders import BERG, LINK_KEY, NOW, a_guest, a_patient, a_staff_member, a_visit, an_organisation, staff
from tests.fake_ports import FakePorts
from tests.visitors import HOME, guest_inside, invited, opened

TOLK = Guest(name="Tolk digital", contact=Contact(email="videolank@digitaltolk.se"), kind="interpreter")
BO_BERG = "Bo", "Berg"


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.store.seed(an_organisation(), a_patient(), a_staff_member(), a_staff_member(BERG, *BO_BERG))
    return ports


def _call(visit_id: str, **connected: Role) -> Call:
    return Call(call_id=f"{visit_id}.1", opened_at=NOW, epoch=1, seq=1, connected={**connected})


def _wanted(*guests: Guest, **more: tuple[str, ...]) -> Additions:
    return Additions(request_id=str(uuid4()), guests=guests, **more)


def _refused(ports: FakePorts, visit: Visit, wanted: Additions) -> str:
    before = len(ports.store.changes)
    with pytest.raises(VardrumError) as refused:
        add_participants(ports, staff(), visit.visit_id, wanted)
    assert len(ports.store.changes) == before
    return refused.value.code


def test_an_interpreter_is_added_with_link_message_and_log_in_one_transaction(ports: FakePorts) -> None:
    """G1, G2, G3, G5."""
    visit = invited(ports.store)
    before = len(ports.store.commits)
    after = add_participants(ports, staff(), visit.visit_id, _wanted(TOLK))
    assert len(ports.store.commits) == before + 1
    guest = after.participants[-1]
    assert (guest.role, guest.guest_kind, guest.name) == ("guest", "interpreter", "Tolk digital")
    (message,) = ports.store.of(OutboxMessage)
    assert (message.channel, message.address, message.participant_id) == (
        "email",
        "videolank@digitaltolk.se",
        guest.participant_id,
    )
    assert [e.action for e in ports.store.of(AuditEntry)] == ["participant.add"]
    token = link_token(LINK_KEY, guest.link_id)
    assert open_link(ports, token, HOME).page.my_name == "Tolk digital"
    assert token not in ports.store.written()


def test_the_same_request_adds_once_also_after_they_were_removed(ports: FakePorts) -> None:
    """G1: a double click."""
    visit = invited(ports.store)
    wanted = _wanted(TOLK, colleagues=(BERG,))
    first = add_participants(ports, staff(), visit.visit_id, wanted)
    assert add_participants(ports, staff(), visit.visit_id, wanted) == first
    for person in first.participants[-2:]:
        remove_participant(ports, staff(), visit.visit_id, person.participant_id)
    assert len(add_participants(ports, staff(), visit.visit_id, wanted).participants) == len(visit.participants)
    assert [m.reason for m in ports.store.of(OutboxMessage)] == ["invitation", "cancelled"]


@pytest.mark.parametrize(("field", "role"), [("staff", "staff"), ("colleagues", "colleague")])
def test_a_clinician_is_added_in_either_role_and_has_it_on_the_start_page(
    ports: FakePorts, field: str, role: str
) -> None:
    """G1, G4, B6, L2."""
    visit = invited(ports.store)
    wanted = _wanted(**{field: (BERG,)})
    after = add_participants(ports, staff(), visit.visit_id, wanted)
    berg = after.staff(BERG)
    assert berg is not None
    assert (berg.role, berg.name, berg.link_id) == (role, "Bo Berg", "")
    rows = [row for row in ports.store.of(AgendaRow) if row.hsa_id == BERG]
    assert [row.invited for row in rows] == [role == "colleague"]
    assert ports.store.of(OutboxMessage) == []


def test_a_guests_link_never_goes_to_the_patients_or_the_ombuds_own_number(ports: FakePorts) -> None:
    """B5: nobody gets in without their e-ID that way; the number that was changed since counts too."""
    ombud = Participant(
        participant_id="p_ombud", role="ombud", name="Eva", contact=Contact("+46701740609", "eva@example.se")
    )
    visit = invited(ports.store, a_visit(participants=(*a_visit().participants, ombud)))
    ports.store.seed(replace(a_patient(), contact=Contact("+46701740699")))
    for contact in (
        Contact("+46701740605"),
        Contact("+46701740699"),
        Contact("+46701740609"),
        Contact(email="Eva@example.se"),
    ):
        assert _refused(ports, visit, _wanted(TOLK, Guest(name="Ny", contact=contact))) == "own_number"


def test_nobody_is_in_a_visit_twice_nor_unknown_to_the_organisation(ports: FakePorts) -> None:
    visit = invited(ports.store)
    assert _refused(ports, visit, _wanted(colleagues=(staff().hsa_id,))) == "already_in_visit"
    with pytest.raises(BadInput) as unknown:
        add_participants(ports, staff(), visit.visit_id, _wanted(staff=("SE-nobody",)))
    assert unknown.value.code == "unknown_staff"


def test_a_visit_has_so_many_people_at_most(ports: FakePorts) -> None:
    people = tuple(a_guest(f"p_{place}") for place in range(MOST_PARTICIPANTS - 3))
    visit = invited(ports.store, a_visit(participants=(*a_visit().participants, *people)))
    assert _refused(ports, visit, _wanted(TOLK, TOLK)) == "too_many_participants"
    assert len(add_participants(ports, staff(), visit.visit_id, _wanted(TOLK)).participants) == MOST_PARTICIPANTS


def test_a_preview_tells_what_each_would_get_and_writes_nothing_but_that_it_was_seen(ports: FakePorts) -> None:
    """G1, S6."""
    visit = invited(ports.store)
    before = len(ports.store.commits)
    after, messages = preview_additions(ports, staff(), visit.visit_id, _wanted(TOLK, colleagues=(BERG,)))
    assert len(after.participants) == len(visit.participants) + 2
    assert [m.channel for m in messages] == ["email"]
    assert "Anna" not in messages[0].text + messages[0].subject
    (written,) = ports.store.commits[before:]
    assert [type(change) for change in written] == [Create, Count]


def test_a_visit_that_is_over_is_left_as_it_is(ports: FakePorts) -> None:
    visit = invited(ports.store, a_visit(status=Status.ENDED), guest=a_guest())
    assert _refused(ports, visit, _wanted(TOLK)) == "visit_over"
    with pytest.raises(Conflict):
        remove_participant(ports, staff(), visit.visit_id, "p_guest")


def test_a_colleague_changes_nobody(ports: FakePorts) -> None:
    """G4."""
    visit = add_participants(ports, staff(), invited(ports.store).visit_id, _wanted(colleagues=(BERG,)))
    with pytest.raises(NotAllowed):
        add_participants(ports, staff(BERG), visit.visit_id, _wanted(TOLK))
    with pytest.raises(NotAllowed):
        remove_participant(ports, staff(BERG), visit.visit_id, "p_staff")


def test_a_removed_guest_is_out_of_link_session_and_call_at_once(ports: FakePorts) -> None:
    """G5."""
    visit = invited(ports.store, a_visit(status=Status.ONGOING), guest=a_guest())
    session = guest_inside(ports, visit)
    now = ports.stored(visit)
    ports.store.seed(replace(now, call=_call(now.visit_id, p_staff="staff", p_guest="guest")))
    after = remove_participant(ports, staff(), visit.visit_id, "p_guest")
    token = link_token(LINK_KEY, next(p.link_id for p in visit.participants if p.role == "guest"))
    for attempt in (
        lambda: open_link(ports, token, HOME),
        lambda: show_visitor(ports, session),
        lambda: join_call_as_visitor(ports, session),
    ):
        with pytest.raises(LinkDead) as dead:
            attempt()
        assert dead.value.code == "removed"
    assert after.call is not None
    assert set(after.call.connected) == {"p_staff"}
    (order,) = ports.store.of(OutboxMessage)
    assert (order.channel, order.text, order.participant_id) == ("media", "remove_participant", "p_guest")
    assert [e.action for e in ports.store.of(AuditEntry)][-1] == "participant.remove"
    assert remove_participant(ports, staff(), visit.visit_id, "p_guest") == after


@pytest.mark.parametrize("who", ["p_staff", "p_patient", "p_ombud"])
def test_the_owner_the_patient_and_the_ombud_stay(ports: FakePorts, who: str) -> None:
    """G1; the ombud is changed among the relations (P6)."""
    ombud = Participant(participant_id="p_ombud", role="ombud", name="Eva", link_id="l_ombud")
    visit = invited(ports.store, a_visit(participants=(*a_visit().participants, ombud)))
    with pytest.raises(Conflict) as refused:
        remove_participant(ports, staff(), visit.visit_id, who)
    assert refused.value.code == "not_removable"


@pytest.mark.parametrize(
    ("status", "reasons"), [(Status.BOOKED, ["cancelled"]), (Status.RECEIVED, ["cancelled"]), (Status.ONGOING, [])]
)
def test_who_is_taken_out_of_a_visit_to_come_is_told(ports: FakePorts, status: Status, reasons: list[str]) -> None:
    """B10, G5: they would wait before a dead link. Of one that goes on they know."""
    visit = invited(ports.store, a_visit(status=status), guest=a_guest())
    remove_participant(ports, staff(), visit.visit_id, "p_guest")
    told = ports.store.of(OutboxMessage)
    assert [(m.reason, m.participant_id, m.link_id) for m in told] == [(reason, "p_guest", "") for reason in reasons]


def test_someone_who_never_was_in_the_visit_is_not_found(ports: FakePorts) -> None:
    with pytest.raises(NotFound):
        remove_participant(ports, staff(), invited(ports.store).visit_id, "p_nobody")


def test_a_removed_colleague_has_the_visit_neither_on_the_start_page_nor_at_all(ports: FakePorts) -> None:
    """G5, L2, S6."""
    visit = add_participants(ports, staff(), invited(ports.store).visit_id, _wanted(colleagues=(BERG,)))
    berg = visit.staff(BERG)
    assert berg is not None
    remove_participant(ports, staff(), visit.visit_id, berg.participant_id)
    assert [row.hsa_id for row in ports.store.of(AgendaRow)] == [staff().hsa_id]
    with pytest.raises(NotFound):
        join_call(ports, staff(BERG), visit.visit_id)


def test_a_colleague_joins_only_a_call_that_runs_and_starts_none(ports: FakePorts) -> None:
    """G4, C1."""
    visit = invited(ports.store, a_visit(status=Status.ONGOING))
    add_participants(ports, staff(), visit.visit_id, _wanted(colleagues=(BERG,)))
    for call in (None, _call(visit.visit_id)):
        now = ports.stored(visit)
        ports.store.seed(replace(now, call=call))
        with pytest.raises(Conflict) as refused:
            join_call(ports, staff(BERG), visit.visit_id)
        assert refused.value.code == "not_requested"
    assert "call.start" not in [e.action for e in ports.store.of(AuditEntry)]


def test_nothing_of_a_removed_person_is_kept_but_ids(ports: FakePorts) -> None:
    visit = invited(ports.store, guest=a_guest())
    after = remove_participant(ports, staff(), visit.visit_id, "p_guest")
    written = msgspec.json.encode(after)
    assert b"Gunilla" not in written
    assert b"+46701740606" not in written


def test_the_link_of_a_visit_that_goes_on_past_its_time_stays_alive(ports: FakePorts) -> None:
    """G5."""
    visit = invited(ports.store, a_visit(status=Status.ONGOING))
    ports.clock.time = visit.ends_at + timedelta(hours=5)
    session = opened(ports, visit)
    assert session.expires_at > ports.clock.now()
    now = ports.stored(visit)
    ports.store.seed(replace(now, status=Status.BOOKED))
    with pytest.raises(LinkDead) as dead:
        opened(ports, visit)
    assert dead.value.code == "link_expired"


def test_each_link_is_of_160_random_looking_bits_and_none_is_stored(ports: FakePorts) -> None:
    """G5."""
    visit = invited(ports.store)
    after = add_participants(ports, staff(), visit.visit_id, _wanted(TOLK, replace(TOLK, name="Två")))
    tokens = {link_token(LINK_KEY, p.link_id) for p in after.participants if p.link_id}
    assert len(tokens) == 3
    assert all(len(token) == 27 for token in tokens)
    assert len(ports.store.of(Link)) == 3
    assert not any(token in ports.store.written() for token in tokens)
