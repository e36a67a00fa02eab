"""The population register over HTTP, against the simulator and servers that misbehave (P3, P5)."""

from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import RegisterUnavailable
from chalicelib.gateways.population_register import SoapPopulationRegister
from tests.unit.gateways.conftest import Canned, Simulators
from tests.unit.gateways.test_person_records import ALVA, ANSWER, GUARDIAN_ANSWER

ADDRESS = "SE165565594230-1000"


@pytest.fixture
def register(simulators: Simulators) -> Iterator[SoapPopulationRegister]:
    with closing(SoapPopulationRegister(f"{simulators.url}/register", ADDRESS)) as gateway:
        yield gateway


@pytest.fixture
def told(canned: Canned) -> Iterator[SoapPopulationRegister]:
    """A gateway to the server that answers as told."""
    with closing(SoapPopulationRegister(canned.url, ADDRESS)) as gateway:
        yield gateway


def test_an_adult_is_found(register: SoapPopulationRegister) -> None:
    person = register.person(IdentityNumber("194408139089"))
    assert person is not None
    assert (person.given_name, person.family_name, person.protected) == ("Anna", "Alm", False)


def test_a_child_comes_with_both_guardians(register: SoapPopulationRegister) -> None:
    person = register.person(ALVA)
    assert person is not None
    assert [guardian.number.digits for guardian in person.guardians] == ["199006022397", "199107172380"]


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


@pytest.mark.parametrize("body", [b"", b"down", b"[]", b'{"down": 1}'])
def test_the_switch_takes_only_what_it_knows(simulators: Simulators, body: bytes) -> None:
    assert httpx.post(f"{simulators.url}/register/admin", content=body).status_code == 400


def test_the_switch_of_the_page_works_too(register: SoapPopulationRegister, simulators: Simulators) -> None:
    httpx.post(f"{simulators.url}/register/switch", data={"down": "yes"})
    assert "Registret svarar inte" in httpx.get(f"{simulators.url}/register/").text
    with pytest.raises(RegisterUnavailable):
        register.person(ALVA)


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


def test_one_failure_is_tried_again(told: SoapPopulationRegister, canned: Canned) -> None:
    canned.answer(503, "busy", "text/plain")
    canned.answer(200, ANSWER, "text/xml")
    canned.answer(200, GUARDIAN_ANSWER, "text/xml")
    person = told.person(ALVA)
    assert person is not None
    assert len(person.guardians) == 1
    assert len(canned.asked) == 3


def test_two_failures_are_enough(told: SoapPopulationRegister, canned: Canned) -> None:
    canned.answer(500, "<soap:Fault/>", "text/xml")
    with pytest.raises(RegisterUnavailable):
        told.person(ALVA)
    assert len(canned.asked) == 2


@pytest.mark.parametrize("body", [b"", b"<html>down</html>", b" " * 1_000_001])
def test_a_body_that_is_no_answer_is_unavailable(told: SoapPopulationRegister, canned: Canned, body: bytes) -> None:
    canned.answer(200, body, "text/xml")
    with pytest.raises(RegisterUnavailable):
        told.person(ALVA)


def test_nobody_listening_is_unavailable(closed_port: str) -> None:
    with closing(SoapPopulationRegister(closed_port, ADDRESS)) as gateway, pytest.raises(RegisterUnavailable):
        gateway.person(ALVA)
