"""P5: who was told of a moment ago is remembered, few and not for long."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.register import RegisterPerson
from chalicelib.gateways.recent_people import RecentPeople
from tests.builders import a_register_person

NUMBERS = [IdentityNumber(digits) for digits in ("194408139089", "195711212893", "199006022397", "199107172380")]
ANNA, BO, ERIK, SARA = (replace(a_register_person(), number=number) for number in NUMBERS)
LIFETIME_S = 60.0


def test_each_is_forgotten_after_their_own_time() -> None:
    recent = RecentPeople(LIFETIME_S, 10)
    recent.put(ANNA, 0.0)
    recent.put(BO, 30.0)
    assert recent.get(ANNA.number, 59.9) == ANNA
    assert recent.get(ANNA.number, 60.0) is None
    assert recent.get(BO.number, 60.0) == BO
    assert recent.get(BO.number, 90.0) is None
    assert len(recent) == 0, "nothing is kept that will not be told"


def test_the_oldest_goes_when_there_are_too_many() -> None:
    recent = RecentPeople(LIFETIME_S, 2)
    for at, person in enumerate((ANNA, BO, ANNA, ERIK)):
        recent.put(person, float(at))
    assert [recent.get(person.number, 3.0) for person in (ANNA, BO, ERIK)] == [ANNA, None, ERIK]


def test_someone_can_be_forgotten() -> None:
    recent = RecentPeople(LIFETIME_S, 2)
    recent.put(ANNA, 0.0)
    recent.forget(ANNA.number)
    recent.forget(BO.number)
    assert recent.get(ANNA.number, 0.0) is None


def test_it_prints_nobody() -> None:
    recent = RecentPeople(LIFETIME_S, 2)
    recent.put(ANNA, 0.0)
    assert "9089" not in f"{recent} {recent!r} {vars(recent)}"


@given(st.lists(st.tuples(st.sampled_from([ANNA, BO, ERIK, SARA]), st.integers(0, 40)), max_size=30), st.integers(1, 3))
def test_it_holds_no_more_than_it_may_and_nobody_too_long(steps: list[tuple[RegisterPerson, int]], most: int) -> None:
    recent = RecentPeople(LIFETIME_S, most)
    now = 0.0
    put_at: dict[IdentityNumber, float] = {}
    for person, seconds in steps:
        now += seconds
        recent.put(person, now)
        put_at[person.number] = now
        assert len(recent) <= most
        for number in NUMBERS:
            told = recent.get(number, now)
            assert told is None or now < put_at[number] + LIFETIME_S
