"""The population register that fails: how long it is tried, waited for and left alone (P3)."""

import gzip
from contextlib import closing
from dataclasses import replace

import pytest

from chalicelib.errors import RegisterUnavailable
from chalicelib.gateways.population_register import SoapPopulationRegister
from chalicelib.gateways.register_http import TOTAL_S, Waiting
from tests.unit.gateways.conftest import Canned
from tests.unit.gateways.register_answers import answers_with_alva
from tests.unit.gateways.register_time import ADDRESS, Time
from tests.unit.gateways.test_person_records import ALVA, ANSWER

FAULT = (
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>'
    "<faultcode>soap:{}</faultcode><faultstring>VP007 Authorization missing</faultstring></soap:Fault></soap:Body>"
    "</soap:Envelope>"
)


def test_failures_are_tried_again_after_waits_that_grow(
    told: SoapPopulationRegister, canned: Canned, time: Time
) -> None:
    canned.answer(503, "busy", "text/plain")
    canned.answer(500, FAULT.format("Server"), "text/xml")
    answers_with_alva(canned)
    person = told.person(ALVA)
    assert person is not None
    assert len(person.guardians) == 1
    assert len(canned.asked) == 4
    assert time.slept == [0.2, 0.4]


def test_waits_are_spread_by_chance(told: SoapPopulationRegister, canned: Canned, time: Time) -> None:
    """So that those who failed together do not come back together."""
    canned.answer(503, "busy", "text/plain")
    time.chance = 0.0
    with pytest.raises(RegisterUnavailable):
        told.person(ALVA)
    assert time.slept == [0.1, 0.2]


def test_three_failures_are_enough(told: SoapPopulationRegister, canned: Canned) -> None:
    canned.answer(500, "<soap:Fault/>", "text/xml")
    with pytest.raises(RegisterUnavailable):
        told.person(ALVA)
    assert len(canned.asked) == 3


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, FAULT.format("Client")), (500, FAULT.format("Client.Authentication")), (403, "no"), (302, ""), (404, "")],
)
def test_a_refusal_is_not_tried_again(told: SoapPopulationRegister, canned: Canned, status: int, body: str) -> None:
    """The contract tells errors of ours as faults of the client."""
    canned.answer(status, body, "text/xml")
    with pytest.raises(RegisterUnavailable):
        told.person(ALVA)
    assert len(canned.asked) == 1


def test_nobody_waits_longer_than_all_may_take(canned: Canned, time: Time) -> None:
    """Attempts of both questions share one limit."""
    canned.answer(503, "busy", "text/plain")
    slow = replace(time.waiting, sleep=lambda seconds: time.sleep(seconds + TOTAL_S))
    with (
        closing(SoapPopulationRegister(canned.url, ADDRESS, waiting=slow)) as gateway,
        pytest.raises(RegisterUnavailable),
    ):
        gateway.person(ALVA)
    assert len(canned.asked) == 2


def test_an_answer_that_never_ends_is_given_up(canned: Canned, time: Time) -> None:
    """However fast its parts come."""
    canned.answer(200, b" " * 300_000, "text/xml")
    ticking = replace(time.waiting, clock=iter(range(0, 10_000, 5)).__next__)
    gateway = SoapPopulationRegister(canned.url, ADDRESS, waiting=ticking)
    with closing(gateway), pytest.raises(RegisterUnavailable, match="too long"):
        gateway.person(ALVA)


def test_a_register_that_stays_silent_is_given_up(silent: str) -> None:
    """In real seconds, of which so few are left that one attempt fits."""
    clock = iter([0.0, 0.0, TOTAL_S - 0.2, *([TOTAL_S] * 9)]).__next__
    gateway = SoapPopulationRegister(silent, ADDRESS, waiting=Waiting(clock=clock))
    with closing(gateway), pytest.raises(RegisterUnavailable):
        gateway.person(ALVA)


def test_a_register_that_keeps_failing_is_left_alone_and_then_asked_by_one(
    told: SoapPopulationRegister, canned: Canned, time: Time
) -> None:
    """Nobody waits for what will not come, and the register gets its rest."""
    canned.answer(503, "busy", "text/plain")
    for _ in range(5):
        with pytest.raises(RegisterUnavailable):
            told.person(ALVA)
    assert len(canned.asked) == 8
    time.sleep(5.0)
    with pytest.raises(RegisterUnavailable):
        told.person(ALVA)
    assert len(canned.asked) == 9, "one probe"
    time.sleep(5.0)
    canned.answers.clear()
    answers_with_alva(canned)
    assert told.person(ALVA) is not None


def test_refusals_and_incomplete_people_do_not_shut_others_out(told: SoapPopulationRegister, canned: Canned) -> None:
    """One person's record that cannot be read says nothing of the register."""
    for _ in range(9):
        canned.answer(
            200, ANSWER.replace("<protectedPersonIndicator>false", "<protectedPersonIndicator>nej"), "text/xml"
        )
    answers_with_alva(canned)
    for _ in range(9):
        with pytest.raises(RegisterUnavailable):
            told.person(ALVA)
    assert told.person(ALVA) is not None


def test_a_compressed_answer_is_not_unpacked(told: SoapPopulationRegister, canned: Canned) -> None:
    """A small body that would grow without end."""
    canned.headers["Content-Encoding"] = "gzip"
    canned.answer(200, gzip.compress(b" " * 50_000_000), "text/xml")
    with pytest.raises(RegisterUnavailable, match="no XML"):
        told.person(ALVA)


@pytest.mark.parametrize("body", [b"", b"<html>down</html>", b" " * 400_001])
def test_a_body_that_is_no_answer_is_unavailable(told: SoapPopulationRegister, canned: Canned, body: bytes) -> None:
    canned.answer(200, body, "text/xml")
    with pytest.raises(RegisterUnavailable):
        told.person(ALVA)


def test_nobody_listening_is_unavailable(closed_port: str) -> None:
    with closing(SoapPopulationRegister(closed_port, ADDRESS)) as gateway, pytest.raises(RegisterUnavailable):
        gateway.person(ALVA)
