"""Every code of BankID's has its text, as tests/contracts/bankid_texts.json tells with its sources (G6)."""

import json
from typing import Any, get_args

import pytest

from chalicelib.domain.bankid_texts import TextId, problem_code, text_id
from local.settings import ROOT

CONTRACT = json.loads((ROOT / "tests" / "contracts" / "bankid_texts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", CONTRACT["pending"])
def test_each_hint_code_of_an_order_under_way_has_its_text(row: dict[str, Any]) -> None:
    said = text_id("pending", row["hint_code"], same_device=row["same_device"], computer=row["computer"])
    assert said == row["text_id"]


@pytest.mark.parametrize("row", CONTRACT["failed"])
def test_each_hint_code_of_a_failed_order_has_its_text(row: dict[str, Any]) -> None:
    said = text_id("failed", row["hint_code"], same_device=row["same_device"], computer=row["computer"])
    assert said == row["text_id"]


@pytest.mark.parametrize("row", CONTRACT["errors"])
def test_each_error_code_is_one_of_three_problems_to_the_user(row: dict[str, Any]) -> None:
    assert problem_code(row["error_code"]) == row["problem"]


def test_the_table_uses_every_text_there_is() -> None:
    used = {row["text_id"] for row in (*CONTRACT["pending"], *CONTRACT["failed"])}
    assert used == set(get_args(TextId))
