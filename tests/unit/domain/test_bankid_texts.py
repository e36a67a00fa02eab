"""Hint code -> recommended user text, as BankID prescribes (G6: a refusal says why)."""

from typing import Literal

import pytest

from chalicelib.domain.bankid_texts import text_id


@pytest.mark.parametrize(
    ("status", "hint_code", "same_device", "expected"),
    [
        ("pending", "outstandingTransaction", False, "RFA1"),
        ("pending", "outstandingTransaction", True, "RFA13"),
        ("pending", "started", False, "RFA14"),
        ("pending", "started", True, "RFA15"),
        ("pending", "userSign", True, "RFA9"),
        ("pending", "userMrtd", False, "RFA23"),
        ("pending", "processing", False, "RFA21"),
        ("pending", "somethingNew", False, "RFA21"),
        ("failed", "expiredTransaction", False, "RFA8"),
        ("failed", "certificateErr", False, "RFA16"),
        ("failed", "userCancel", False, "RFA6"),
        ("failed", "cancelled", False, "RFA3"),
        ("failed", "startFailed", True, "RFA17A"),
        ("failed", "startFailed", False, "RFA17B"),
        ("failed", "somethingNew", False, "RFA22"),
    ],
)
def test_each_hint_code_has_its_text(
    status: Literal["pending", "failed"], hint_code: str, same_device: bool, expected: str
) -> None:
    assert text_id(status, hint_code, same_device=same_device) == expected
