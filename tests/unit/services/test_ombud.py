"""Who acts for a child in a booked visit: they alone come in, until another takes over or none may (B4, P5, P6, G5, G6)."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.fleet import CallPin
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.places import Guest
from chalicelib.domain.relations import Relation
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Call, Contact, Role, Status, Visit
from chalicelib.errors import BadInput, Conflict, LinkDead, NotAllowed, NotFound, VardrumError
from chalicelib.services.change_relations import change_relations
from chalicelib.services.identify_visitor import start_eid
from chalicelib.services.join_call import join_call_as_visitor
from chalicelib.services.show_visitor import show_visitor
from tests.builders import ERIK, NOW, SARA, a_child, a_patient_guardian, number, staff
from tests.fake_ports import FakePorts
from tests.unit.services.childrens_visits import (
    BOTH,
    ERIK_ID,
    ERIK_IS_OMBUD,
    SARA_ID,
    SARA_IS_OMBUD,
    book,
    booked,
    child_booking,
    ombud_of,
    ports_with,
)
from tests.visitors import HOME, again, identified, opened


def _inside(ports: FakePorts, visit: Visit, digits: str = ERIK) -> VisitorSession:
    entry = identified(ports, opened(ports, visit, "ombud"), number(digits)).entry
    assert entry is not None
    return entry.session


def _protect(ports: FakePorts) -> None:
    """A protection that came up after the booking."""
    ports.store.seed(replace(a_child(), guardians=(a_patient_guardian(protected=True),)))


def _ongoing(ports: FakePorts, visit: Visit) -> Visit:
    """The visit goes on, with a call in which its ombud takes part."""
    now = ports.store.visit(visit.visit_id)
    assert now is not None
    who: dict[str, Role] = {p.participant_id: p.role for p in now.participants if p.role in ("staff", "ombud")}
    call = Call(call_id=f"{visit.visit_id}.1", opened_at=NOW, epoch=1, seq=1, connected=who)
    running = replace(now, status=Status.ONGOING, call=call)
    ports.store.seed(running, CallPin(call_id=call.call_id, node_id="n", epoch=1, pinned_at=0, expires_at=0))
    return running


def test_the_ombud_identifies_with_their_own_e_id_and_is_in() -> None:
    """B4, G6."""
    ports, visit = booked()
    session = _inside(ports, visit)
    assert ports.eid.started == [number(ERIK)]
    page = show_visitor(ports, session)
    assert (page.role, page.my_name, page.stage) == ("ombud", "Erik Lindqvist", "admitted")


def test_a_protection_after_the_booking_closes_every_door() -> None:
    """P5: the link, the identification, the page and the call; each attempt is in the log."""
    ports, visit = booked()
    only_opened, inside = opened(ports, visit, "ombud"), _inside(ports, visit)
    _protect(ports)
    doors = (
        lambda: opened(ports, visit, "ombud"),
        lambda: start_eid(ports, again(ports, only_opened), HOME),
        lambda: show_visitor(ports, inside),
        lambda: join_call_as_visitor(ports, inside),
    )
    _ongoing(ports, visit)
    for door in doors:
        with pytest.raises(NotAllowed) as refused:
            door()
        assert refused.value.code == "guardian_may_not_act"
    denied = [entry.action for entry in ports.store.of(AuditEntry) if entry.result == "denied"]
    assert {"link.open", "visitor.view", "call.join"} <= set(denied)


def test_another_ombud_is_invited_and_the_former_is_out_at_once() -> None:
    """P6, G5: link, session and running call, in one transaction."""
    ports, visit = booked()
    session = _inside(ports, visit)
    running = _ongoing(ports, visit)
    commits = len(ports.store.commits)
    after = change_relations(ports, staff(), visit.visit_id, SARA_IS_OMBUD)
    assert len(ports.store.commits) == commits + 1
    assert (ombud_of(after).guardian_id, after.primary_contact_id) == (SARA_ID, ERIK_ID)
    assert [p.role for p in after.participants if p.role in ("patient", "ombud")] == ["patient", "ombud"]
    sent = {
        (m.channel, m.reason)
        for m in ports.store.of(OutboxMessage)
        if m.participant_id == ombud_of(after).participant_id
    }
    assert sent == {("sms", "invitation")}
    out = [m for m in ports.store.of(OutboxMessage) if m.reason == "remove_participant"]
    assert [m.participant_id for m in out] == [ombud_of(running).participant_id]
    for door in (lambda: opened(ports, visit, "ombud"), lambda: show_visitor(ports, session)):
        with pytest.raises(LinkDead):
            door()
    assert show_visitor(ports, _inside(ports, after, SARA)).my_name == "Sara Lindqvist"


def test_the_first_ombud_again_has_a_link_that_nobody_had() -> None:
    """G5: a dead link stays dead."""
    ports, visit = booked()
    change_relations(ports, staff(), visit.visit_id, SARA_IS_OMBUD)
    after = change_relations(ports, staff(), visit.visit_id, ERIK_IS_OMBUD)
    assert ombud_of(after).guardian_id == ombud_of(visit).guardian_id
    assert ombud_of(after).link_id != ombud_of(visit).link_id
    with pytest.raises(LinkDead):
        opened(ports, visit, "ombud")


def test_the_same_relations_again_change_nothing() -> None:
    ports, visit = booked()
    assert change_relations(ports, staff(), visit.visit_id, ERIK_IS_OMBUD) == visit
    assert len(ports.store.to_people()) == 1


def test_only_another_primary_contact_leaves_the_ombud_where_they_are() -> None:
    """P6."""
    ports, visit = booked()
    relations = (Relation(guardian_id=ERIK_ID, ombud=True), Relation(guardian_id=SARA_ID, primary_contact=True))
    after = change_relations(ports, staff(), visit.visit_id, relations)
    assert (after.ombud, after.primary_contact_id) == (visit.ombud, SARA_ID)
    assert len(ports.store.to_people()) == 1


def test_an_ombud_whose_number_was_wrong_is_invited_at_the_right_one() -> None:
    """G5: the link that went elsewhere is dead."""
    ports, visit = booked()
    ports.store.seed(a_child(guardians=(a_patient_guardian(phone="+46701740611"), a_child().guardians[1])))
    after = change_relations(ports, staff(), visit.visit_id, ERIK_IS_OMBUD)
    assert {m.address for m in ports.store.to_people()} == {"+46701740609", "+46701740611"}
    with pytest.raises(LinkDead):
        opened(ports, visit, "ombud")
    assert opened(ports, after, "ombud").participant_id == ombud_of(after).participant_id


@pytest.mark.parametrize(
    ("relations", "error", "code"),
    [
        (BOTH, BadInput, "one_ombud"),
        ((), BadInput, "one_ombud"),
        ((Relation(guardian_id="someone", ombud=True),), NotFound, "unknown_guardian"),
    ],
)
def test_a_booked_visit_keeps_the_rules(relations: Sequence[Relation], error: type[VardrumError], code: str) -> None:
    """P6."""
    ports, visit = booked()
    with pytest.raises(error) as refused:
        change_relations(ports, staff(), visit.visit_id, relations)
    assert refused.value.code == code
    assert ports.store.visit(visit.visit_id) == visit


def test_relations_of_a_visit_that_is_over_stay() -> None:
    ports, visit = booked()
    ports.store.seed(replace(visit, status=Status.ENDED))
    with pytest.raises(Conflict) as refused:
        change_relations(ports, staff(), visit.visit_id, SARA_IS_OMBUD)
    assert refused.value.code == "visit_over"


def test_a_guest_who_becomes_ombud_is_in_the_visit_once() -> None:
    """B4, G2: the guest's link is dead."""
    ports = ports_with(a_child())
    guest = Guest(name="Sara Lindqvist", contact=Contact(phone="+46701740610"))
    visit = book(ports, child_booking(relations=ERIK_IS_OMBUD, guests=(guest,)))
    after = change_relations(ports, staff(), visit.visit_id, SARA_IS_OMBUD)
    assert [p.role for p in after.participants if p.contact.phone] == ["ombud"]
    with pytest.raises(LinkDead):
        opened(ports, visit, "guest")
