"""P4: mobile numbers. The Swedish ones are from the ranges that PTS keeps free for fiction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import phone
from chalicelib.errors import BadInput


@pytest.mark.parametrize(
    "text",
    [
        "0701740605",
        "070-174 06 05",
        "+46701740605",
        "+46 (0)70-174 06 05",
        "0046701740605",
        " 070 174 06 05 ",
        "070\u2013174\u00a006\u00a005",
    ],
)
def test_every_swedish_way_of_writing_gives_the_same_number(text: str) -> None:
    assert phone.normalise(text) == "+46701740605"


@pytest.mark.parametrize(
    ("text", "e164"),
    [("+47 406 12 345", "+4740612345"), ("0045 20 12 34 56", "+4520123456"), ("+1 212 555 2368", "+12125552368")],
)
def test_numbers_of_other_countries_are_accepted(text: str, e164: str) -> None:
    assert phone.normalise(text) == e164


@pytest.mark.parametrize(
    "text",
    [
        "",
        "070",
        "08-123 456 78",
        "0900-123 45 67",
        "112",
        "0701740605;ext=1",
        "tel:0701740605",
        "070SPAMSPAM",
        "0701740605\r\nBcc: x",
        "+46" + "7" * 60,
        "٠٧٠١٧٤٠٦٠٥",
    ],
)
def test_what_cannot_receive_an_sms_is_refused_and_named(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        phone.normalise(text)
    assert (caught.value.code, caught.value.field) == ("invalid_phone", "phone")
    assert text.strip() == "" or text.strip() not in str(caught.value)


@given(st.integers(0, 94))
def test_every_number_kept_for_fiction_is_accepted(last: int) -> None:
    assert phone.normalise(f"070-17406{last + 5:02}") == f"+467017406{last + 5:02}"


@given(st.text(max_size=45))
def test_any_text_is_either_a_number_or_refused(text: str) -> None:
    try:
        assert phone.normalise(text).startswith("+")
    except BadInput:
        return
