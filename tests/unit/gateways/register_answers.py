"""Answers of the population register, given by a server that says what it is told to."""

from tests.unit.gateways.conftest import Canned
from tests.unit.gateways.test_person_records import ANSWER, GUARDIAN_ANSWER


def answers_with_alva(canned: Canned, times: int = 1) -> None:
    for _ in range(times):
        canned.answer(200, ANSWER, "text/xml")
        canned.answer(200, GUARDIAN_ANSWER, "text/xml")
