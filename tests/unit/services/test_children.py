"""Children's and youths' visits: kinds by age, ombud and primary contact, and who may act (B4, B5, P5, P6)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.booking import BookedPatient, Booking
from chalicelib.domain.fleet import CallPin
from chalicelib.domain.link import Link
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.patient import Patient
from chalicelib.domain.places import Guest
from chalicelib.domain.relations import Relation
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Call, Contact, Kind, Participant, Role, Status, Visit
from chalicelib.errors import BadInput, Conflict, LinkDead, NotAllowed, NotFound, VardrumError
from chalicelib.services.book_visit import book_visit, preview_booking
from chalicelib.services.change_relations import change_relations
from chalicelib.services.identify_visitor import start_eid
from chalicelib.services.join_call import join_call_as_visitor
from chalicelib.services.show_visitor import show_visitor
from tests.builders import (
    ALVA,
    ERIK,
    NOW,
    SARA,
    STINA,
    a_child,
    a_patient,
    a_patient_guardian,
    a_staff_member,
    an_organisation,
    number,
    staff,
)
from tests.fake_ports import FakePorts
from tests.visitors import HOME, again, identified, opened

ERIK_ID = a_patient_guardian().guardian_id
SARA_ID = a_patient_guardian(SARA).guardian_id
ERIK_IS_OMBUD = (Relation(guardian_id=ERIK_ID, ombud=True, primary_contact=True), Relation(guardian_id=SARA_ID))
SARA_IS_OMBUD = (Relation(guardian_id=SARA_ID, ombud=True), Relation(guardian_id=ERIK_ID, primary_contact=True))
BOTH = (Relation(guardian_id=ERIK_ID, ombud=True), Relation(guardian_id=SARA_ID, ombud=True))
TOMORROW = NOW + timedelta(days=1)


def _booking(
    kind: Kind = Kind.CHILD,
    relations: Sequence[Relation] = (),
    starts_at: datetime = TOMORROW,
    guests: tuple[Guest, ...] = (),
) -> Booking:
    return Booking(
        request_id="00000000-0000-4000-8000-000000000001",
        kind=kind,
        starts_at=starts_at,
        duration_minutes=30,
        reason="Eksem",
        patients=(),
        guests=guests,
        relations=tuple(relations),
    )


def _ports(*patients: Patient) -> FakePorts:
    ports = FakePorts()
    ports.store.seed(an_organisation(), a_staff_member(), *patients)
    return ports


def _book(ports: FakePorts, booking: Booking, patient: Patient | None = None) -> Visit:
    return book_visit(ports, staff(), _for(patient or a_child(), booking)).page.visit


def _for(patient: Patient, booking: Booking) -> Booking:
    return replace(booking, patients=(BookedPatient(patient_id=patient.patient_id),))


def _booked(patient: Patient | None = None) -> tuple[FakePorts, Visit]:
    """A child's visit with Erik as ombud."""
    ports = _ports(patient or a_child())
    return ports, _book(ports, _booking(relations=ERIK_IS_OMBUD))


def _refused(patient: Patient, booking: Booking) -> VardrumError:
    ports = _ports(patient)
    with pytest.raises(VardrumError) as refused:
        _book(ports, booking, patient)
    assert not ports.store.of(Visit)
    with pytest.raises(type(refused.value)):
        preview_booking(ports, staff(), _for(patient, booking))
    return refused.value


def _ombud(visit: Visit) -> Participant:
    assert visit.ombud is not None
    return visit.ombud


def _inside(ports: FakePorts, visit: Visit, digits: str = ERIK) -> VisitorSession:
    entry = identified(ports, opened(ports, visit, "ombud"), number(digits)).entry
    assert entry is not None
    return entry.session


def _protect(ports: FakePorts) -> None:
    """A protection that came up after the booking."""
    ports.store.seed(replace(a_child(), guardians=(a_patient_guardian(protected=True),)))


def test_the_ombud_gets_the_link_and_the_child_gets_nothing() -> None:
    """B4."""
    ports, visit = _booked()
    assert (visit.patient.link_id, visit.patient.contact) == ("", Contact())
    assert (_ombud(visit).guardian_id, visit.primary_contact_id) == (ERIK_ID, ERIK_ID)
    assert [m.address for m in ports.store.to_people()] == ["+46701740609"]
    named = {link.participant_id for link in ports.store.of(Link)}
    assert _ombud(visit).participant_id in named
    assert visit.patient.participant_id not in named


def test_the_ombuds_message_names_nobody_and_no_care() -> None:
    """B4, B10."""
    ports, _ = _booked()
    text = ports.store.to_people()[0].text
    for word in ("Alva", "Lindqvist", "Erik", "barn", "vård", "besök", "Hud", "eksem", "Eva"):
        assert word not in text.replace("Region Halland", "")


@pytest.mark.parametrize("relations", [(), BOTH, (Relation(guardian_id=ERIK_ID, primary_contact=True),)])
def test_a_child_has_exactly_one_ombud(relations: Sequence[Relation]) -> None:
    """P6: none, or a second one, is refused."""
    error = _refused(a_child(), _booking(relations=relations))
    assert (error.status, error.code, error.field) == (400, "one_ombud", "relations")


def test_a_visit_has_at_most_one_primary_contact() -> None:
    """P6."""
    two = (ERIK_IS_OMBUD[0], Relation(guardian_id=SARA_ID, primary_contact=True))
    error = _refused(a_child(), _booking(relations=two))
    assert (error.status, error.code) == (400, "one_primary_contact")


def test_the_primary_contact_need_not_be_the_ombud() -> None:
    """P6."""
    visit = _book(_ports(a_child()), _booking(relations=SARA_IS_OMBUD))
    assert (_ombud(visit).guardian_id, visit.primary_contact_id) == (SARA_ID, ERIK_ID)


def test_who_is_no_guardian_of_the_child_is_unknown() -> None:
    error = _refused(a_child(), _booking(relations=(Relation(guardian_id="someone", ombud=True),)))
    assert (error.status, error.code) == (404, "unknown_guardian")


def test_an_ombud_needs_a_mobile_number() -> None:
    """P4: the ombud's is required."""
    without = a_child(guardians=(a_patient_guardian(phone=""),))
    error = _refused(without, _booking(relations=(Relation(guardian_id=ERIK_ID, ombud=True),)))
    assert (error.status, error.code) == (400, "ombud_contact_missing")


@pytest.mark.parametrize(
    "child",
    [
        a_child(protected=True),
        a_child(protected=True, guardians=()),
        a_child(guardians=(a_patient_guardian(protected=True),)),
        a_child(guardians=(a_patient_guardian(deceased=True),)),
    ],
    ids=["child protected", "guardians withheld", "guardian protected", "guardian deceased"],
)
def test_nobody_acts_where_child_or_guardian_is_protected(child: Patient) -> None:
    """P5, 1177's rule."""
    relations = (Relation(guardian_id=ERIK_ID, ombud=True),) if child.guardians else ()
    error = _refused(child, _booking(relations=relations))
    assert (error.status, error.code) == (409, "guardian_may_not_act")


def test_the_other_guardian_may_act_beside_a_protected_one() -> None:
    """P5."""
    child = a_child(guardians=(a_patient_guardian(protected=True), a_child().guardians[1]))
    visit = _book(_ports(child), _booking(relations=(Relation(guardian_id=SARA_ID, ombud=True),)))
    assert _ombud(visit).guardian_id == SARA_ID


def test_a_protected_guardian_is_no_primary_contact() -> None:
    """P5."""
    child = a_child(guardians=(a_patient_guardian(protected=True), a_child().guardians[1]))
    error = _refused(child, _booking(relations=SARA_IS_OMBUD))
    assert error.code == "guardian_may_not_act"


@pytest.mark.parametrize(
    ("starts_at", "right"),
    [
        (datetime(2027, 3, 13, 22, 30, tzinfo=UTC), Kind.CHILD),
        (datetime(2027, 3, 13, 23, 0, tzinfo=UTC), Kind.YOUTH),
        (datetime(2027, 3, 14, 9, 0, tzinfo=UTC), Kind.YOUTH),
    ],
    ids=["23:30 the day before in Sweden", "midnight in Sweden", "the birthday"],
)
def test_the_age_on_the_visits_date_in_sweden_decides_the_kind(starts_at: datetime, right: Kind) -> None:
    """B4: Stina turns 13 on 14 March 2027; who books her as a child past that day is told."""
    stina = replace(a_child(STINA), contact=Contact("+46701740605"))
    relations = ERIK_IS_OMBUD if right is Kind.CHILD else ()
    assert _book(_ports(stina), _booking(right, relations, starts_at), stina).kind is right
    for wrong in set(Kind) - {right}:
        error = _refused(stina, _booking(wrong, ERIK_IS_OMBUD, starts_at))
        assert (error.status, error.code, error.field) == (400, f"wrong_kind_{right}", "kind")


def test_a_youth_is_invited_to_their_own_number_in_neutral_words_and_has_no_ombud() -> None:
    """B5."""
    stina = replace(a_child(STINA), contact=Contact("+46701740605"))
    when = datetime(2027, 6, 1, 9, tzinfo=UTC)
    ports = _ports(stina)
    visit = _book(ports, _booking(Kind.YOUTH, (), when), stina)
    assert visit.ombud is None
    message = ports.store.to_people()[0]
    assert message.address == "+46701740605"
    assert "Halland" not in message.text
    assert "video" not in message.text
    error = _refused(stina, _booking(Kind.YOUTH, ERIK_IS_OMBUD, when))
    assert (error.status, error.code) == (400, "ombud_not_needed")


def test_a_youth_without_a_number_of_their_own_cannot_be_invited() -> None:
    """B5, P4: a child's own number is not asked for before 13."""
    error = _refused(a_child(STINA), _booking(Kind.YOUTH, (), datetime(2027, 6, 1, 9, tzinfo=UTC)))
    assert (error.status, error.code) == (400, "patient_contact_missing")


@pytest.mark.parametrize(
    ("change", "code"),
    [({"deceased": True}, "deceased"), ({"deregistered": True}, "deregistered"), ({"referred_to": ERIK}, "referred")],
)
def test_nothing_is_booked_for_whom_the_register_has_left(change: dict[str, object], code: str) -> None:
    """P5: also when it was found after the patient was created."""
    error = _refused(replace(a_patient(), **change), _booking(Kind.ADULT))
    assert (error.status, error.code) == (409, code)


def test_the_ombud_identifies_with_their_own_e_id_and_is_in() -> None:
    """B4, G6."""
    ports, visit = _booked()
    session = _inside(ports, visit)
    assert ports.eid.started == [number(ERIK)]
    page = show_visitor(ports, session)
    assert (page.role, page.my_name, page.stage) == ("ombud", "Erik Lindqvist", "admitted")


def test_a_protection_after_the_booking_closes_every_door() -> None:
    """P5: the link, the identification, the page and the call; each attempt is in the log."""
    ports, visit = _booked()
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


def _ongoing(ports: FakePorts, visit: Visit) -> Visit:
    """The visit goes on, with a call in which its ombud takes part."""
    now = ports.store.visit(visit.visit_id)
    assert now is not None
    who: dict[str, Role] = {p.participant_id: p.role for p in now.participants if p.role in ("staff", "ombud")}
    call = Call(call_id=f"{visit.visit_id}.1", opened_at=NOW, epoch=1, seq=1, connected=who)
    running = replace(now, status=Status.ONGOING, call=call)
    ports.store.seed(running, CallPin(call_id=call.call_id, node_id="n", epoch=1, pinned_at=0, expires_at=0))
    return running


def test_another_ombud_is_invited_and_the_former_is_out_at_once() -> None:
    """P6, G5: link, session and running call, in one transaction."""
    ports, visit = _booked()
    session = _inside(ports, visit)
    running = _ongoing(ports, visit)
    commits = len(ports.store.commits)
    after = change_relations(ports, staff(), visit.visit_id, SARA_IS_OMBUD)
    assert len(ports.store.commits) == commits + 1
    assert (_ombud(after).guardian_id, after.primary_contact_id) == (SARA_ID, ERIK_ID)
    assert [p.role for p in after.participants if p.role in ("patient", "ombud")] == ["patient", "ombud"]
    sent = {
        (m.channel, m.reason) for m in ports.store.of(OutboxMessage) if m.participant_id == _ombud(after).participant_id
    }
    assert sent == {("sms", "invitation")}
    out = [m for m in ports.store.of(OutboxMessage) if m.reason == "remove_participant"]
    assert [m.participant_id for m in out] == [_ombud(running).participant_id]
    for door in (lambda: opened(ports, visit, "ombud"), lambda: show_visitor(ports, session)):
        with pytest.raises(LinkDead):
            door()
    assert show_visitor(ports, _inside(ports, after, SARA)).my_name == "Sara Lindqvist"


def test_the_first_ombud_again_has_a_link_that_nobody_had() -> None:
    """G5: a dead link stays dead."""
    ports, visit = _booked()
    change_relations(ports, staff(), visit.visit_id, SARA_IS_OMBUD)
    after = change_relations(ports, staff(), visit.visit_id, ERIK_IS_OMBUD)
    assert _ombud(after).guardian_id == _ombud(visit).guardian_id
    assert _ombud(after).link_id != _ombud(visit).link_id
    with pytest.raises(LinkDead):
        opened(ports, visit, "ombud")


def test_the_same_relations_again_change_nothing() -> None:
    ports, visit = _booked()
    assert change_relations(ports, staff(), visit.visit_id, ERIK_IS_OMBUD) == visit
    assert len(ports.store.to_people()) == 1


def test_only_another_primary_contact_leaves_the_ombud_where_they_are() -> None:
    """P6."""
    ports, visit = _booked()
    relations = (Relation(guardian_id=ERIK_ID, ombud=True), Relation(guardian_id=SARA_ID, primary_contact=True))
    after = change_relations(ports, staff(), visit.visit_id, relations)
    assert (after.ombud, after.primary_contact_id) == (visit.ombud, SARA_ID)
    assert len(ports.store.to_people()) == 1


def test_an_ombud_whose_number_was_wrong_is_invited_at_the_right_one() -> None:
    """G5: the link that went elsewhere is dead."""
    ports, visit = _booked()
    ports.store.seed(a_child(guardians=(a_patient_guardian(phone="+46701740611"), a_child().guardians[1])))
    after = change_relations(ports, staff(), visit.visit_id, ERIK_IS_OMBUD)
    assert {m.address for m in ports.store.to_people()} == {"+46701740609", "+46701740611"}
    with pytest.raises(LinkDead):
        opened(ports, visit, "ombud")
    assert opened(ports, after, "ombud").participant_id == _ombud(after).participant_id


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
    ports, visit = _booked()
    with pytest.raises(error) as refused:
        change_relations(ports, staff(), visit.visit_id, relations)
    assert refused.value.code == code
    assert ports.store.visit(visit.visit_id) == visit


def test_relations_of_a_visit_that_is_over_stay() -> None:
    ports, visit = _booked()
    ports.store.seed(replace(visit, status=Status.ENDED))
    with pytest.raises(Conflict) as refused:
        change_relations(ports, staff(), visit.visit_id, SARA_IS_OMBUD)
    assert refused.value.code == "visit_over"


def test_the_other_guardian_may_come_as_a_guest() -> None:
    """B4."""
    ports = _ports(a_child())
    guest = Guest(name="Sara Lindqvist", contact=Contact(phone="+46701740610"))
    visit = _book(ports, _booking(relations=ERIK_IS_OMBUD, guests=(guest,)))
    assert [p.role for p in visit.participants if p.contact.phone] == ["ombud", "guest"]
    assert len(ports.store.to_people()) == 2


def test_a_guest_who_becomes_ombud_is_in_the_visit_once() -> None:
    """B4, G2: the guest's link is dead."""
    ports = _ports(a_child())
    guest = Guest(name="Sara Lindqvist", contact=Contact(phone="+46701740610"))
    visit = _book(ports, _booking(relations=ERIK_IS_OMBUD, guests=(guest,)))
    after = change_relations(ports, staff(), visit.visit_id, SARA_IS_OMBUD)
    assert [p.role for p in after.participants if p.contact.phone] == ["ombud"]
    with pytest.raises(LinkDead):
        opened(ports, visit, "guest")


@pytest.mark.parametrize("phone", ["+46701740609", "+46701740605"])
def test_no_guest_link_goes_to_the_ombuds_or_the_youths_own_number(phone: str) -> None:
    """B5: a guest comes in without e-ID."""
    guest = Guest(name="Någon", contact=Contact(phone=phone))
    if phone == "+46701740609":
        error = _refused(a_child(), _booking(relations=ERIK_IS_OMBUD, guests=(guest,)))
    else:
        stina = replace(a_child(STINA), contact=Contact(phone))
        error = _refused(stina, _booking(Kind.YOUTH, (), datetime(2027, 6, 1, 9, tzinfo=UTC), (guest,)))
    assert (error.status, error.code) == (409, "own_number")


def test_a_childs_number_is_in_the_patients_own_record_alone() -> None:
    """Privacy."""
    ports, _ = _booked()
    assert ALVA not in ports.store.written().replace(f'"number":"{ALVA}"', "")
    assert ERIK not in ports.store.written().replace(f'"number":"{ERIK}"', "")
