"""P1: the national reservnummer, whose century is a series and whose check digit counts letters."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import InvalidIdentityNumber
from tests.unit.domain.number_forms import NATIONAL_RESERVNUMMER, TODAY, ascii_luhn_digit, written_forms

LETTERS = "ABCDEFGHJKLMNPRSTUXYZ"


@given(st.sampled_from(NATIONAL_RESERVNUMMER))
def test_every_form_of_every_published_national_reservnummer_is_read(digits: str) -> None:
    """P1."""
    for text in written_forms(digits):
        number = IdentityNumber.parse(text, TODAY)
        assert (number.digits, number.kind) == (digits, "national_reservnummer")
    with pytest.raises(InvalidIdentityNumber):
        IdentityNumber.parse(digits[2:], TODAY)


@pytest.mark.parametrize(
    ("digits", "born"),
    [
        ("98240301AA06", date(2024, 3, 1)),
        ("22950606FH20", date(1995, 6, 6)),
        ("25780404KHD5", date(1978, 4, 4)),
        ("00342145BZ31", None),
        ("00749852BZK0", None),
    ],
)
def test_a_national_reservnummer_tells_the_birth_date_or_that_it_is_unknown(digits: str, born: date | None) -> None:
    number = IdentityNumber(digits)
    assert number.birth_date == born
    assert number.age_on(TODAY) == (None if born is None else TODAY.year - born.year)


@given(
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(1, 26),
    st.text(LETTERS, min_size=2, max_size=2),
    st.sampled_from("0123456789" + LETTERS),
)
def test_a_national_reservnummer_of_any_series_is_read_back(born: date, series: int, pair: str, sex: str) -> None:
    """Each series adds 3 to the century."""
    eleven = f"{born.year // 100 + 3 * series:02}{born:%y%m%d}{pair}{sex}"
    number = IdentityNumber.parse(eleven + ascii_luhn_digit(eleven), TODAY)
    assert (number.kind, number.birth_date) == ("national_reservnummer", born)


@given(st.sampled_from(NATIONAL_RESERVNUMMER), st.integers(1, 9))
def test_a_national_reservnummer_has_one_check_digit(digits: str, more: int) -> None:
    with pytest.raises(InvalidIdentityNumber):
        IdentityNumber(f"{digits[:11]}{(int(digits[11]) + more) % 10}")


@pytest.mark.parametrize(
    "eleven",
    [
        *(f"98240301{pair}0" for pair in ("AI", "OA", "QA", "AV", "WA", "A1", "1A", "ÅA", "\u017fA")),
        "98240301AAI",
        "98240230AA0",  # no such day
        "98241301AA0",
        "96240301AA0",  # a century that no series has
        "21240301AA0",
        "99240301AA0",
        "20240301AA0",
        "01342145BZ3",
        "00341945BZ3",  # an unknown birth has months from 20 and days of 40-59
        "00342160BZ3",
        "00342139BZ3",
    ],
)
def test_what_the_format_of_a_national_reservnummer_does_not_have_is_refused(eleven: str) -> None:
    for last in "0123456789":
        with pytest.raises(InvalidIdentityNumber):
            IdentityNumber.parse(eleven + last, TODAY)


def test_a_national_reservnummer_is_not_of_the_future() -> None:
    born = TODAY + timedelta(days=1)
    eleven = f"23{born:%y%m%d}AA0"
    with pytest.raises(InvalidIdentityNumber):
        IdentityNumber.parse(eleven + ascii_luhn_digit(eleven), TODAY)
