"""Children's and youths' visits: kinds by age, ombud and primary contact, and who may act (B4, B5, P5, P6)."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from chalicelib.domain.booking import Booking
from chalicelib.domain.link import Link
from chalicelib.domain.patient import Patient
from chalicelib.domain.places import Guest
from chalicelib.domain.relations import Relation
from chalicelib.domain.visit import Contact, Kind, Visit
from chalicelib.errors import VardrumError
from chalicelib.services.book_visit import preview_booking
from tests.builders import ALVA, ERIK, STINA, a_child, a_patient, a_patient_guardian, staff
from tests.unit.services.childrens_visits import (
    BOTH,
    ERIK_ID,
    ERIK_IS_OMBUD,
    SARA_ID,
    SARA_IS_OMBUD,
    book,
    booked,
    child_booking,
    for_patient,
    ombud_of,
    ports_with,
)


def _refused(patient: Patient, booking: Booking) -> VardrumError:
    ports = ports_with(patient)
    with pytest.raises(VardrumError) as refused:
        book(ports, booking, patient)
    assert not ports.store.of(Visit)
    with pytest.raises(type(refused.value)):
        preview_booking(ports, staff(), for_patient(patient, booking))
    return refused.value


def test_the_ombud_gets_the_link_and_the_child_gets_nothing() -> None:
    """B4."""
    ports, visit = booked()
    assert (visit.patient.link_id, visit.patient.contact) == ("", Contact())
    assert (ombud_of(visit).guardian_id, visit.primary_contact_id) == (ERIK_ID, ERIK_ID)
    assert [m.address for m in ports.store.to_people()] == ["+46701740609"]
    named = {link.participant_id for link in ports.store.of(Link)}
    assert ombud_of(visit).participant_id in named
    assert visit.patient.participant_id not in named


def test_the_ombuds_message_names_nobody_and_no_care() -> None:
    """B4, B10."""
    ports, _ = booked()
    text = ports.store.to_people()[0].text
    for word in ("Alva", "Lindqvist", "Erik", "barn", "vård", "besök", "Hud", "eksem", "Eva"):
        assert word not in text.replace("Region Halland", "")


@pytest.mark.parametrize("relations", [(), BOTH, (Relation(guardian_id=ERIK_ID, primary_contact=True),)])
def test_a_child_has_exactly_one_ombud(relations: Sequence[Relation]) -> None:
    """P6: none, or a second one, is refused."""
    error = _refused(a_child(), child_booking(relations=relations))
    assert (error.status, error.code, error.field) == (400, "one_ombud", "relations")


def test_a_visit_has_at_most_one_primary_contact() -> None:
    """P6."""
    two = (ERIK_IS_OMBUD[0], Relation(guardian_id=SARA_ID, primary_contact=True))
    error = _refused(a_child(), child_booking(relations=two))
    assert (error.status, error.code) == (400, "one_primary_contact")


def test_the_primary_contact_need_not_be_the_ombud() -> None:
    """P6."""
    visit = book(ports_with(a_child()), child_booking(relations=SARA_IS_OMBUD))
    assert (ombud_of(visit).guardian_id, visit.primary_contact_id) == (SARA_ID, ERIK_ID)


def test_who_is_no_guardian_of_the_child_is_unknown() -> None:
    error = _refused(a_child(), child_booking(relations=(Relation(guardian_id="someone", ombud=True),)))
    assert (error.status, error.code) == (404, "unknown_guardian")


def test_an_ombud_needs_a_mobile_number() -> None:
    """P4: the ombud's is required."""
    without = a_child(guardians=(a_patient_guardian(phone=""),))
    error = _refused(without, child_booking(relations=(Relation(guardian_id=ERIK_ID, ombud=True),)))
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
    error = _refused(child, child_booking(relations=relations))
    assert (error.status, error.code) == (409, "guardian_may_not_act")


def test_the_other_guardian_may_act_beside_a_protected_one() -> None:
    """P5."""
    child = a_child(guardians=(a_patient_guardian(protected=True), a_child().guardians[1]))
    visit = book(ports_with(child), child_booking(relations=(Relation(guardian_id=SARA_ID, ombud=True),)))
    assert ombud_of(visit).guardian_id == SARA_ID


def test_a_protected_guardian_is_no_primary_contact() -> None:
    """P5."""
    child = a_child(guardians=(a_patient_guardian(protected=True), a_child().guardians[1]))
    error = _refused(child, child_booking(relations=SARA_IS_OMBUD))
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
    assert book(ports_with(stina), child_booking(right, relations, starts_at), stina).kind is right
    for wrong in set(Kind) - {right}:
        error = _refused(stina, child_booking(wrong, ERIK_IS_OMBUD, starts_at))
        assert (error.status, error.code, error.field) == (400, f"wrong_kind_{right}", "kind")


def test_a_youth_is_invited_to_their_own_number_in_neutral_words_and_has_no_ombud() -> None:
    """B5."""
    stina = replace(a_child(STINA), contact=Contact("+46701740605"))
    when = datetime(2027, 6, 1, 9, tzinfo=UTC)
    ports = ports_with(stina)
    visit = book(ports, child_booking(Kind.YOUTH, (), when), stina)
    assert visit.ombud is None
    message = ports.store.to_people()[0]
    assert message.address == "+46701740605"
    assert "Halland" not in message.text
    assert "video" not in message.text
    error = _refused(stina, child_booking(Kind.YOUTH, ERIK_IS_OMBUD, when))
    assert (error.status, error.code) == (400, "ombud_not_needed")


def test_a_youth_without_a_number_of_their_own_cannot_be_invited() -> None:
    """B5, P4: a child's own number is not asked for before 13."""
    error = _refused(a_child(STINA), child_booking(Kind.YOUTH, (), datetime(2027, 6, 1, 9, tzinfo=UTC)))
    assert (error.status, error.code) == (400, "patient_contact_missing")


@pytest.mark.parametrize(
    ("change", "code"),
    [({"deceased": True}, "deceased"), ({"deregistered": True}, "deregistered"), ({"referred_to": ERIK}, "referred")],
)
def test_nothing_is_booked_for_whom_the_register_has_left(change: dict[str, object], code: str) -> None:
    """P5: also when it was found after the patient was created."""
    error = _refused(replace(a_patient(), **change), child_booking(Kind.ADULT))
    assert (error.status, error.code) == (409, code)


def test_the_other_guardian_may_come_as_a_guest() -> None:
    """B4."""
    ports = ports_with(a_child())
    guest = Guest(name="Sara Lindqvist", contact=Contact(phone="+46701740610"))
    visit = book(ports, child_booking(relations=ERIK_IS_OMBUD, guests=(guest,)))
    assert [p.role for p in visit.participants if p.contact.phone] == ["ombud", "guest"]
    assert len(ports.store.to_people()) == 2


@pytest.mark.parametrize("phone", ["+46701740609", "+46701740605"])
def test_no_guest_link_goes_to_the_ombuds_or_the_youths_own_number(phone: str) -> None:
    """B5: a guest comes in without e-ID."""
    guest = Guest(name="Någon", contact=Contact(phone=phone))
    if phone == "+46701740609":
        error = _refused(a_child(), child_booking(relations=ERIK_IS_OMBUD, guests=(guest,)))
    else:
        stina = replace(a_child(STINA), contact=Contact(phone))
        error = _refused(stina, child_booking(Kind.YOUTH, (), datetime(2027, 6, 1, 9, tzinfo=UTC), (guest,)))
    assert (error.status, error.code) == (409, "own_number")


def test_a_childs_number_is_in_the_patients_own_record_alone() -> None:
    """Privacy."""
    ports, _ = booked()
    assert ALVA not in ports.store.written().replace(f'"number":"{ALVA}"', "")
    assert ERIK not in ports.store.written().replace(f'"number":"{ERIK}"', "")
