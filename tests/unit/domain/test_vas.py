"""V2: a video visit if and only if the contact type is DiVL, the activity is published, and the reason is not ASAM."""

from itertools import product

import pytest

from chalicelib.domain.fhir_appointment import read_appointment
from chalicelib.domain.vas import LONGEST_REASON, VasTerms, no_visit, reason_of, terms_of

COMBINATIONS = [
    ("DiVL", True, "BES", None),
    ("DiVL", True, "ASAM", "asam"),
    ("DiVL", False, "BES", "not_published"),
    ("DiVL", False, "ASAM", "not_published"),
    ("MOTT", True, "BES", "not_divl"),
    ("MOTT", True, "ASAM", "not_divl"),
    ("MOTT", False, "BES", "not_divl"),
    ("MOTT", False, "ASAM", "not_divl"),
]


@pytest.mark.parametrize(("contact_type", "published", "reason", "why"), COMBINATIONS)
def test_all_eight_combinations(contact_type: str, published: bool, reason: str, why: str | None) -> None:
    """V2."""
    assert no_visit(VasTerms(contact_type=contact_type, published=published, visit_reason=reason)) == why


def test_the_table_has_each_combination_once_and_one_of_them_is_a_visit() -> None:
    assert {row[:3] for row in COMBINATIONS} == set(product(("DiVL", "MOTT"), (True, False), ("BES", "ASAM")))
    assert [row[3] for row in COMBINATIONS].count(None) == 1


@pytest.mark.parametrize("named", [("medverkan teambesök", ""), ("", "Medverkan Teambesök ")])
def test_taking_part_in_a_team_visit_is_no_second_visit(named: tuple[str, str]) -> None:
    """V2: by code or by name, whatever the case of its letters."""
    assert no_visit(VasTerms(contact_type="DiVL", published=True, visit_reason="", activity=named)) == "participation"


def test_a_relatives_conversation_is_not_the_integrations() -> None:
    """V2, B7."""
    terms = VasTerms(contact_type="DiVL", published=True, visit_reason="", activity=("", "Anhörigsamtal"))
    assert no_visit(terms) == "relative"


def test_what_is_not_said_makes_no_visit() -> None:
    terms = terms_of(read_appointment(b'{"resourceType":"Appointment","status":"booked"}'))
    assert no_visit(terms) == "not_divl"


@pytest.mark.parametrize("said", ["", "false", "true,false"])
def test_an_activity_is_published_when_that_is_said_once_and_clearly(said: str) -> None:
    each = ",".join(
        f'{{"url":"urn:vardrum:vas:publicerad-1177","valueBoolean":{value}}}' for value in said.split(",") if value
    )
    body = f'{{"resourceType":"Appointment","status":"booked","extension":[{each}]}}'
    assert not terms_of(read_appointment(body.encode())).published


def test_the_activitys_name_is_the_reason_and_is_bounded() -> None:
    body = '{"resourceType":"Appointment","status":"booked","serviceType":[{"text":"%s"}]}' % ("Å" * 900)
    assert reason_of(read_appointment(body.encode())) == "Å" * LONGEST_REASON
