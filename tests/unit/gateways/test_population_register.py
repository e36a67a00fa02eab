"""The population register over HTTP, against the simulator and servers that misbehave (P3, P5)."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import httpx
import pytest

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import RegisterUnavailable
from chalicelib.gateways import register_http
from chalicelib.gateways.population_register import SoapPopulationRegister
from local.simulators import register_soap
from local.simulators.demo import load_people
from local.simulators.demo_keys import PEOPLE
from local.simulators.register_faults import AILMENTS
from local.simulators.register_record import record_of
from tests.unit.gateways.conftest import Canned, Simulators
from tests.unit.gateways.register_answers import answers_with_alva
from tests.unit.gateways.register_time import ADDRESS, Time
from tests.unit.gateways.test_person_records import ALVA, ANSWER, GUARDIAN_ANSWER

ANNA = IdentityNumber("194408139089")
PERSONNUMMER = "1.2.752.129.2.1.3.1"


@pytest.fixture
def register(simulators: Simulators, time: Time) -> Iterator[SoapPopulationRegister]:
    with closing(SoapPopulationRegister(f"{simulators.url}/register", ADDRESS, waiting=time.waiting)) as gateway:
        yield gateway


def test_an_adult_is_found(register: SoapPopulationRegister) -> None:
    person = register.person(IdentityNumber("194408139089"))
    assert person is not None
    assert (person.given_name, person.family_name, person.protected) == ("Anna", "Alm", False)


def test_a_child_comes_with_both_guardians(register: SoapPopulationRegister) -> None:
    person = register.person(ALVA)
    assert person is not None
    assert [guardian.number.digits for guardian in person.guardians] == ["199006022397", "199107172380"]


def answer_about(*digits: str, profile: str = "P4") -> str:
    """What the simulator would say of them."""
    people = load_people()
    return register_soap.answer(
        [
            register_soap.requested(
                PERSONNUMMER,
                each,
                record_of(people[each], people, with_relationships=profile == "P4") if each in people else "",
            )
            for each in digits
        ]
    )


def test_several_people_come_with_all_their_guardians_in_two_requests(
    told: SoapPopulationRegister, canned: Canned
) -> None:
    canned.answer(200, answer_about(ALVA.digits, "202208152385", ANNA.digits, "201701232389"), "text/xml")
    canned.answer(200, answer_about("199006022397", "199107172380", "199610202385", profile="P1"), "text/xml")
    people = told.people([ALVA, IdentityNumber("202208152385"), ANNA, IdentityNumber("201701232389"), ALVA])
    assert [
        (person.given_name, [guardian.given_name for guardian in person.guardians]) for person in people.values()
    ] == [("Alva", ["Erik", "Sara"]), ("Vera", ["Elin"]), ("Anna", [])]
    assert len(canned.asked) == 2


def test_no_more_people_are_asked_for_at_once_than_can_be_read(told: SoapPopulationRegister, canned: Canned) -> None:
    with pytest.raises(ValueError, match="20"):
        told.people([IdentityNumber(digits) for digits in load_people()])
    assert not canned.asked


@pytest.mark.parametrize(
    ("child", "guardians"),
    [
        ("201809082389", [("Elin", True, False), ("Johan", False, False)]),
        ("201906302391", [("Karl", False, True), ("Amira", False, False)]),
        ("201906302383", []),
        ("201001012382", [("Johan", False, False)]),
    ],
)
def test_each_guardian_is_told_with_the_own_protection_and_death(
    register: SoapPopulationRegister, child: str, guardians: list[tuple[str, bool, bool]]
) -> None:
    """P5, P6."""
    person = register.person(IdentityNumber(child))
    assert person is not None
    assert [(each.given_name, each.protected, each.deceased) for each in person.guardians] == guardians
    assert not person.guardians_withheld


def test_of_a_protected_child_no_guardians_are_told(register: SoapPopulationRegister) -> None:
    """P5."""
    person = register.person(IdentityNumber("201701232397"))
    assert person is not None
    assert (person.protected_registration, person.confidentiality_marked) == (True, False)
    assert (person.guardians, person.guardians_withheld) == ((), True)


def test_someone_with_a_national_reservnummer_is_found(register: SoapPopulationRegister) -> None:
    """P1."""
    person = register.person(IdentityNumber("98240301AA06"))
    assert person is not None
    assert (person.given_name, person.guardians_withheld) == ("Mira", True)


def test_who_is_not_in_the_register_is_none(register: SoapPopulationRegister) -> None:
    assert register.person(IdentityNumber("201701232389")) is None


def test_protected_deceased_emigrated_and_referred_are_told(register: SoapPopulationRegister) -> None:
    def look_up(digits: str) -> tuple[bool, bool, bool, str]:
        person = register.person(IdentityNumber(digits))
        assert person is not None
        referred = person.referred_to.digits if person.referred_to else ""
        return person.protected, person.deceased, person.deregistered, referred

    assert look_up("199610202385") == (True, False, False, "")
    assert look_up("191212121212") == (False, True, False, "")
    assert look_up("196107293059") == (False, False, True, "")
    assert look_up("200001052380") == (False, False, True, "200002292399")


def test_a_register_that_is_down_is_unavailable_until_it_is_up(
    register: SoapPopulationRegister, simulators: Simulators
) -> None:
    httpx.post(f"{simulators.url}/register/admin", json={"down": True})
    with pytest.raises(RegisterUnavailable):
        register.person(ALVA)
    httpx.post(f"{simulators.url}/register/admin", json={"down": False})
    assert register.person(ALVA) is not None


@pytest.mark.parametrize("ailment", sorted(AILMENTS.keys() - {"slow"}))
def test_an_ill_register_is_unavailable_and_never_tells_of_a_child_without_guardians(
    register: SoapPopulationRegister, simulators: Simulators, ailment: str
) -> None:
    """P5."""
    httpx.post(f"{simulators.url}/register/admin", json={"mode": ailment})
    with pytest.raises(RegisterUnavailable) as refused:
        register.person(ALVA)
    assert (refused.value.code == "register_incomplete") == (ailment in {"no_relations", "no_guardian"})
    httpx.post(f"{simulators.url}/register/admin", json={"mode": "well"})
    person = register.person(ALVA)
    assert person is not None
    assert len(person.guardians) == 2


def test_a_register_that_answers_too_late_is_unavailable(
    register: SoapPopulationRegister, simulators: Simulators, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_http, "READ_TIMEOUT_S", 0.2)
    httpx.post(f"{simulators.url}/register/admin", json={"mode": "slow"})
    with pytest.raises(RegisterUnavailable):
        register.person(ALVA)
    assert len(time.slept) == 2


@pytest.mark.parametrize("body", [b"", b"down", b"[]", b'{"down": 1}', b'{"mode": "sleepy"}', b'{"mode": null}'])
def test_the_switch_takes_only_what_it_knows(simulators: Simulators, body: bytes) -> None:
    assert httpx.post(f"{simulators.url}/register/admin", content=body).status_code == 400


def test_the_switch_of_the_page_works_too(register: SoapPopulationRegister, simulators: Simulators) -> None:
    httpx.post(f"{simulators.url}/register/switch", data={"down": "yes"})
    assert "Registret svarar inte" in httpx.get(f"{simulators.url}/register/").text
    with pytest.raises(RegisterUnavailable):
        register.person(ALVA)
    httpx.post(f"{simulators.url}/register/mode", data={"mode": "no_relations"})
    assert "Registret utelämnar ett barns relationer" in httpx.get(f"{simulators.url}/register/").text
    with pytest.raises(RegisterUnavailable):
        register.person(ALVA)
    assert httpx.post(f"{simulators.url}/register/mode", data={"mode": "sleepy"}).status_code == 400


@pytest.mark.parametrize(
    ("body", "action"),
    [
        (b"<x", "GetPersonsForProfileResponder:5:GetPersonsForProfile"),
        (b"<x/>", "GetPersonsForProfileResponder:5:GetPersonsForProfile"),
        (b"", "GetPersonsForProfileResponder:3:GetPersonsForProfile"),
    ],
)
def test_the_simulator_answers_a_bad_question_with_a_fault(simulators: Simulators, body: bytes, action: str) -> None:
    headers = {"SOAPAction": f'"urn:riv:strategicresourcemanagement:persons:person:{action}"'}
    answer = httpx.post(f"{simulators.url}/register", content=body, headers=headers)
    assert (answer.status_code, b"<soap:Fault>" in answer.content) == (500, True)


def test_who_was_told_of_within_a_minute_is_told_of_again(
    told: SoapPopulationRegister, canned: Canned, time: Time
) -> None:
    answers_with_alva(canned, 2)
    first = told.person(ALVA)
    time.sleep(59.9)
    assert told.person(ALVA) == first
    assert len(canned.asked) == 2
    time.sleep(0.1)
    assert told.person(ALVA) is not None
    assert len(canned.asked) == 4


def test_who_wants_it_fresh_gets_it_fresh_and_so_do_those_after(told: SoapPopulationRegister, canned: Canned) -> None:
    """Uppdatera (P3)."""
    answers_with_alva(canned)
    canned.answer(200, ANSWER.replace(">Alva<", ">Alma<"), "text/xml")
    canned.answer(200, GUARDIAN_ANSWER, "text/xml")
    assert told.person(ALVA) is not None
    names = [getattr(told.person(ALVA, fresh=fresh), "given_name", "") for fresh in (False, True, False)]
    assert names == ["Alva", "Alma", "Alma"]
    assert len(canned.asked) == 4


def test_a_refetch_that_fails_forgets_what_was_known(told: SoapPopulationRegister, canned: Canned) -> None:
    answers_with_alva(canned)
    canned.answer(404, "")
    assert told.person(ALVA) is not None
    for fresh in (True, False):
        with pytest.raises(RegisterUnavailable):
            told.person(ALVA, fresh=fresh)


def test_who_is_unknown_is_asked_for_each_time(register: SoapPopulationRegister, simulators: Simulators) -> None:
    """A newborn is found as soon as the register has it."""
    newborn = IdentityNumber("202301012387")
    assert register.person(newborn) is None
    people = simulators.app[PEOPLE]
    people[newborn.digits] = replace(people["202301012395"], number=newborn.digits)
    assert register.person(newborn) is not None


def test_a_test_person_is_nobody_in_production(canned: Canned, time: Time) -> None:
    """Rule 4 of the contract."""
    canned.answer(200, ANSWER, "text/xml")
    with closing(SoapPopulationRegister(canned.url, ADDRESS, test_people=False, waiting=time.waiting)) as gateway:
        assert gateway.person(ALVA) is None
