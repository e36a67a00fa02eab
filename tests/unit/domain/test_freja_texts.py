"""Every status and error of Freja eID's is told in words (G6; Freja eID, "Authentication Service" and "Error codes")."""

from typing import Literal

import pytest

from chalicelib.domain.freja_texts import freja_problem_code, freja_text_id


@pytest.mark.parametrize(
    ("status", "said", "text"),
    [
        ("pending", "STARTED", "FREJA_STARTED"),
        ("pending", "DELIVERED_TO_MOBILE", "FREJA_DELIVERED"),
        ("pending", "A_STATUS_OF_TOMORROW", "FREJA_PENDING"),
        ("failed", "CANCELED", "FREJA_CANCELED"),
        ("failed", "RP_CANCELED", "FREJA_RP_CANCELED"),
        ("failed", "EXPIRED", "FREJA_EXPIRED"),
        ("failed", "REJECTED", "FREJA_REJECTED"),
        ("failed", "A_STATUS_OF_TOMORROW", "FREJA_FAILED"),
    ],
)
def test_each_status_has_its_text(status: Literal["pending", "failed"], said: str, text: str) -> None:
    assert freja_text_id(status, said) == text


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (0, "eid_unavailable"),
        (1000, "eid_refused"),
        (1004, "eid_refused"),
        (1005, "freja_not_found"),
        (1008, "eid_refused"),
        (1012, "freja_not_found"),
        (2000, "eid_already_in_progress"),
        (9999, "eid_refused"),
    ],
)
def test_each_error_is_a_problem_that_the_user_can_be_told(code: int, problem: str) -> None:
    assert freja_problem_code(code) == problem
