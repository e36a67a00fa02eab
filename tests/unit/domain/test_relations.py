"""Who may act for a child, and the kinds by age, over everything that can be asked (B1, B4, B5, P5, P6)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.kinds import kind_on
from chalicelib.domain.patient import Patient
from chalicelib.domain.relations import Relation, chosen, may_act
from chalicelib.domain.visit import Kind
from chalicelib.errors import VardrumError
from tests.builders import ALVA, ERIK, SARA, a_child, a_patient_guardian, number

BORN = date(2016, 5, 17)
IDS = tuple(a_patient_guardian(digits).guardian_id for digits in (ERIK, SARA))

flags = st.booleans()
guardians = st.builds(
    lambda digits, protected, deceased, phone: a_patient_guardian(
        digits, protected=protected, deceased=deceased, phone=phone
    ),
    st.sampled_from((ERIK, SARA)),
    flags,
    flags,
    st.sampled_from(("", "+46701740605")),
)
children = st.builds(
    lambda both, protected: a_child(guardians=tuple(both), protected=protected),
    st.lists(guardians, max_size=2, unique_by=lambda guardian: guardian.number),
    flags,
)
relations = st.lists(
    st.builds(
        lambda who, ombud, first: Relation(guardian_id=who, ombud=ombud, primary_contact=first),
        st.sampled_from((*IDS, "someone")),
        flags,
        flags,
    ),
    max_size=4,
)


@given(children, st.sampled_from(Kind), relations)
def test_whatever_is_asked_a_childs_visit_has_one_free_and_reachable_ombud_and_no_other_has_any(
    child: Patient, kind: Kind, asked: list[Relation]
) -> None:
    """P5, P6."""
    try:
        picked = chosen(child, kind, asked)
    except VardrumError:
        return
    assert (picked.ombud is not None) == (kind is Kind.CHILD)
    if picked.ombud is not None:
        assert may_act(child, picked.ombud)
        assert picked.ombud.contact.phone
    first = child.guardian(picked.primary_contact_id)
    assert first is None or may_act(child, first)


@given(children)
def test_nobody_who_is_protected_or_dead_may_act_nor_anyone_for_a_protected_child(child: Patient) -> None:
    """P5."""
    for guardian in child.guardians:
        free = not (child.protected or guardian.protected or guardian.deceased)
        assert may_act(child, guardian) is free
        assert not may_act(replace(child, protected=True), guardian)


@given(st.integers(0, 120 * 365), st.integers(1, 18))
def test_no_day_is_between_kinds_and_they_only_ever_go_upwards(days: int, limit: int) -> None:
    """B1."""
    order = [Kind.CHILD, Kind.YOUTH, Kind.ADULT]
    today, tomorrow = (kind_on(number(ALVA), BORN + timedelta(days=days + more), limit) for more in (0, 1))
    assert order.index(today) <= order.index(tomorrow)


def test_the_birthday_itself_is_the_first_day_of_the_next_kind() -> None:
    """B4, B5."""
    alva = number(ALVA)
    days = (date(2029, 5, 16), date(2029, 5, 17), date(2034, 5, 16), date(2034, 5, 17))
    assert [kind_on(alva, day, 13) for day in days] == [Kind.CHILD, Kind.YOUTH, Kind.YOUTH, Kind.ADULT]
