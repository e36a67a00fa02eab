"""Names that would deceive, break a line or not be seen are refused or cleaned, wherever they are given (G1, G2)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.display_name import LONGEST_NAME, display_name
from chalicelib.errors import BadInput


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("  Eva   Ek ", "Eva Ek"),
        ("Eva\r\nBcc: x@example.se", "Eva Bcc: x@example.se"),
        ("Eva\u2028Ek", "Eva Ek"),
        ("Åsa Öman", "Åsa Öman"),
        ("A\u030asa", "Åsa"),
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh"),
        ("محمد", "محمد"),
        ("Eva 😀", "Eva 😀"),
        ("👩\u200d⚕\ufe0f Eva", "👩\u200d⚕\ufe0f Eva"),
        ("👩🏽\u200d⚕\ufe0f", "👩🏽\u200d⚕\ufe0f"),
        ("O'Neill-Ek, d.y.", "O'Neill-Ek, d.y."),
    ],
)
def test_a_name_is_one_line_as_people_write_it(given_name: str, shown: str) -> None:
    assert display_name(given_name) == shown


@pytest.mark.parametrize(
    "trick",
    [
        "",
        "   ",
        "\r\n",
        "...",
        "\u0301\u0301",
        "Eva\x00Ek",
        "Eva\x1b[31m",
        "Eva\u202eke",
        "Eva\u2066Ek\u2069",
        "Eva\u200bEk",
        "Eva\u200dEk",
        "\ufeffEva",
        "Eva\u00adEk",
        "\u3164",
        "Eva\uffa0",
        "\u2800",
        "e" + "\u0301" * 40,
        "\ud800",
        "\U000e0041Eva",
        "x" * (LONGEST_NAME + 1),
        "x" * 1_000_000,
        " " * 1_000_000 + "x",
    ],
)
def test_a_name_that_plays_tricks_is_refused(trick: str) -> None:
    with pytest.raises(BadInput) as refused:
        display_name(trick)
    assert refused.value.code == "invalid_name"


@given(st.text(max_size=100))
def test_whatever_comes_through_is_one_seen_line(text: str) -> None:
    try:
        name = display_name(text)
    except BadInput:
        return
    assert 0 < len(name) <= LONGEST_NAME
    assert name == " ".join(name.split())
    assert not [c for c in name if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"} and c != "\u200d"]
    assert display_name(name) == name
