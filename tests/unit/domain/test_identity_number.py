"""P1: what is read as an identity number, and what is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import InvalidIdentityNumber
from tests.unit.domain.number_forms import TEST_NUMBERS, TODAY, make_digits, short_forms, written_forms

births = st.dates(date(1850, 1, 1), TODAY)
serials = st.integers(0, 999)


@pytest.mark.parametrize("digits", TEST_NUMBERS)
def test_every_published_test_number_is_a_personnummer(digits: str) -> None:
    number = IdentityNumber.parse(digits, TODAY)
    assert number.digits == digits
    assert number.kind == "personnummer"


@pytest.mark.parametrize(
    "written",
    [
        "194408139089",
        "19440813-9089",
        "440813-9089",
        "4408139089",
        "440813 9089",
        " 19440813 - 9089 ",
        "19440813 9089",
        "1944-08-13-9089",
        "19440813+9089",
    ],
)
def test_every_way_of_writing_gives_the_same_number(written: str) -> None:
    assert IdentityNumber.parse(written, TODAY) == IdentityNumber("194408139089")


def test_plus_means_a_hundred_years_back() -> None:
    assert IdentityNumber.parse("121212+1212", TODAY).digits == "191212121212"


def test_minus_means_the_latest_possible_century() -> None:
    assert IdentityNumber.parse("000105-2380", TODAY).digits == "200001052380"
    assert IdentityNumber.parse("440813-9089", TODAY).digits == "194408139089"


def test_a_birthday_later_this_year_belongs_to_the_last_century() -> None:
    tomorrow = TODAY + timedelta(days=1)
    digits = make_digits(tomorrow.replace(year=tomorrow.year - 100), 238)
    assert IdentityNumber.parse(digits[2:], TODAY).digits == digits


@pytest.mark.parametrize("last", range(10))
def test_only_one_check_digit_is_accepted(last: int) -> None:
    digits = f"19440813908{last}"
    if last == 9:
        assert IdentityNumber.parse(digits, TODAY).digits == digits
    else:
        with pytest.raises(InvalidIdentityNumber):
            IdentityNumber.parse(digits, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4408",
        "anna",
        "44081390890",
        "1944081390891",
        "19440813--9089",
        "440813_9089",
        "194413139089",
        "194409319089",
        "194402309089",
        "٤٤٠٨١٣٩٠٨٩",
        "4408139089x",
        "440813-9089\x00",
        "1" * 5000,
        "000000000000",
        "-440813-9089",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentityNumber):
        IdentityNumber.parse(text, TODAY)


def test_a_birth_date_in_the_future_is_refused() -> None:
    with pytest.raises(InvalidIdentityNumber):
        IdentityNumber.parse(make_digits(TODAY + timedelta(days=1), 238), TODAY)


def test_a_samordningsnummer_adds_sixty_to_the_day() -> None:
    number = IdentityNumber.parse("701063-2391", TODAY)
    assert (number.kind, number.birth_date) == ("samordningsnummer", date(1970, 10, 3))


@pytest.mark.parametrize("digits", ["197003320001", "201212599999", "179901450000"])
def test_a_reservnummer_of_region_halland_has_no_check_digit_and_no_age(digits: str) -> None:
    number = IdentityNumber.parse(digits, TODAY)
    assert number.kind == "reservnummer"
    assert number.birth_date is None
    assert number.age_on(TODAY) is None


@pytest.mark.parametrize("text", ["7003320001", "700332-0001", "197003310001", "197003600001", "211003320001"])
def test_a_reservnummer_needs_all_twelve_digits_and_a_day_of_its_range(text: str) -> None:
    with pytest.raises(InvalidIdentityNumber):
        IdentityNumber.parse(text, TODAY)


@pytest.mark.parametrize(
    ("day", "age"),
    [(date(2027, 3, 13), 12), (date(2027, 3, 14), 13), (date(2027, 3, 15), 13), (date(2014, 3, 14), 0)],
)
def test_age_changes_on_the_birthday(day: date, age: int) -> None:
    assert IdentityNumber("201403142381").age_on(day) == age


def test_who_is_born_on_leap_day_turns_on_the_first_of_march() -> None:
    number = IdentityNumber("202402292383")
    assert number.age_on(date(2025, 2, 28)) == 0
    assert number.age_on(date(2025, 3, 1)) == 1
    assert number.age_on(date(2028, 2, 29)) == 4


@given(st.sampled_from(TEST_NUMBERS))
def test_every_form_of_every_published_test_number_is_read(digits: str) -> None:
    """P1."""
    for text in (*written_forms(digits), *short_forms(digits)):
        assert IdentityNumber.parse(text, TODAY).digits == digits


@given(births, st.dates(date(1850, 1, 1), date(2100, 12, 31)))
def test_an_age_grows_by_one_on_each_birthday_and_on_no_other_day(born: date, day: date) -> None:
    """Who is born on 29 February has the birthday on 1 March in the other years."""
    assume(day > date(1850, 1, 1))
    number = IdentityNumber(make_digits(born, 238))
    today, yesterday = number.age_on(day), number.age_on(day - timedelta(days=1))
    assert today is not None
    assert yesterday is not None
    leap = (born.month, born.day) == (2, 29)
    common_year = day.year % 4 != 0 or (day.year % 100 == 0 and day.year % 400 != 0)
    birthday = (3, 1) if leap and common_year else (born.month, born.day)
    assert today - yesterday == ((day.month, day.day) == birthday)


@given(births, serials, st.sampled_from([0, 60]))
def test_twelve_digits_are_read_back_unchanged(born: date, serial: int, day_offset: int) -> None:
    digits = make_digits(born, serial, day_offset)
    number = IdentityNumber.parse(f"{digits[:8]}-{digits[8:]}", TODAY)
    assert (number.digits, number.birth_date) == (digits, born)


@given(births, serials)
def test_ten_digits_with_the_right_separator_are_read_back(born: date, serial: int) -> None:
    assume(born.year > TODAY.year - 200 + 1)
    turned_100 = TODAY.year - born.year >= 100
    digits = make_digits(born, serial)
    text = f"{digits[2:8]}{'+' if turned_100 else '-'}{digits[8:]}"
    assert IdentityNumber.parse(text, TODAY).digits == digits


@given(births, serials, st.integers(2, 11), st.integers(1, 9))
def test_one_mistyped_digit_is_always_noticed(born: date, serial: int, place: int, change: int) -> None:
    digits = make_digits(born, serial)
    wrong = digits[:place] + str((int(digits[place]) + change) % 10) + digits[place + 1 :]
    assume(wrong[6] not in "345")  # could be read as a reservnummer, which has no check digit
    with pytest.raises(InvalidIdentityNumber):
        IdentityNumber.parse(wrong, TODAY)


@given(st.text(max_size=40))
def test_no_text_at_all_makes_it_fail_in_another_way(text: str) -> None:
    try:
        IdentityNumber.parse(text, TODAY)
    except InvalidIdentityNumber:
        return
