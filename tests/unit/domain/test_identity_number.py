"""P1: what is read as an identity number, and what is refused."""

import copy
import json
import pickle
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import InvalidIdentityNumber

TODAY = date(2026, 11, 21)
TEST_NUMBERS = [
    "194408139089",
    "199006022397",
    "199107172380",
    "199610202385",
    "200001052380",
    "199312172381",
    "195711212893",
    "195712302842",
    "196107293059",
    "197912309296",
    "191212121212",
    "201403142381",
    "201403142399",
    "202301012395",
    "202402292383",
    "200002292399",
    *("201403142381", "201403142399", "201605172384", "201605172392", "201701232389", "201701232397", "201809082389"),
    *("201809082397", "201906302383", "201906302391", "202002112387", "202002112395", "202104042383", "202104042391"),
    *("202208152385", "202208152393", "202301012387", "202301012395"),
    *("201001012382", "199002222397"),
]
NATIONAL_RESERVNUMMER = ["98240301AA06", "22950606FH20", "25780404KHD5", "00342145BZ31", "00749852BZK0"]
LETTERS = "ABCDEFGHJKLMNPRSTUXYZ"


def luhn_digit(nine: str) -> str:
    """An own, plain Luhn, so that the tests do not lean on the code under test."""
    total = 0
    for place, character in enumerate(nine):
        value = int(character) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def make_digits(born: date, serial: int, day_offset: int = 0) -> str:
    first_eleven = f"{born.year:04}{born.month:02}{born.day + day_offset:02}{serial:03}"
    return first_eleven + luhn_digit(first_eleven[2:])


def ascii_luhn_digit(eleven: str) -> str:
    """The check digit of a national reservnummer: a letter is its ASCII code, doubled as one number."""
    total = 0
    for place, character in enumerate(eleven):
        value = (int(character) if character in "0123456789" else ord(character)) * (1 if place % 2 else 2)
        total += sum(map(int, f"{value}"))
    return str(-total % 10)


def written_forms(digits: str) -> list[str]:
    """Every way in which people write a number of which all twelve characters are told."""
    day, last = digits[:8], digits[8:]
    return [
        *(f"{day}{sign}{last}" for sign in ("", "-", "+", " ", " - ", "\u2013", "\u2011", "\u2212", "\u00a0")),
        *(f"{day[:4]}-{day[4:6]}-{day[6:]}{sign}{last}" for sign in ("", "-", " ", " - ")),
        *(f"{day[:4]} {day[4:6]} {day[6:]} {last}", f" {day}\t{last}\n", f"{day}-{last.lower()}"),
    ]


def short_forms(digits: str) -> list[str]:
    """Without the century; `+` from the year of the hundredth birthday."""
    sign = "+" if TODAY.year - int(digits[:4]) >= 100 else "-"
    return [f"{digits[2:8]}{sign}{digits[8:]}", f"{digits[2:8]} {sign} {digits[8:]}"]


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


@dataclass(frozen=True)
class Holder:
    """Any record that has a number among its fields."""

    number: IdentityNumber


class Letter(msgspec.Struct):
    number: IdentityNumber


@pytest.mark.parametrize(
    ("digits", "masked"),
    [
        ("194408139089", "1944-08-13-••••"),
        ("197010632391", "1970-10-63-••••"),
        ("197003320001", "1970-03-32-••••"),
        ("98240301AA06", "98240301-••••"),
    ],
)
def test_it_prints_masked_everywhere(digits: str, masked: str) -> None:
    number = IdentityNumber(digits)
    assert str(number) == f"{number}" == f"{number:}" == f"{number!s}" == f"{number}" == masked
    assert f"{number:>20}" == masked.rjust(20)
    printed = [
        f"{number!r}",
        f"{number!a}",
        repr([number]),
        repr({number: number}),
        repr(Holder(number)),
    ]
    printed += [str(Holder(number)), repr(Letter(number)), str(asdict(Holder(number))), str(KeyError(number))]
    for text in printed:
        assert digits[8:] not in text


def _fails_with(what: Callable[[Any], object], number: IdentityNumber) -> str:
    """The message of the error that this operation ends in."""
    with pytest.raises((TypeError, AttributeError, KeyError, ValueError)) as caught:
        what(number)
    return f"{caught.value!r} {caught.value}"


@pytest.mark.parametrize(
    "operation",
    [
        pickle.dumps,
        lambda number: pickle.dumps(Holder(number)),
        lambda number: json.dumps({"number": number}),
        msgspec.json.encode,
        msgspec.msgpack.encode,
        lambda number: msgspec.json.encode(Letter(number)),
        lambda number: msgspec.json.encode(Holder(number)),
        msgspec.to_builtins,
        vars,
        lambda number: {}[number],
        lambda number: number < IdentityNumber(number.digits),
        lambda number: number + "",
        lambda number: f"{number:d}",
        lambda number: setattr(number, "digits", ""),
        lambda number: setattr(number, "_digits", ""),
        lambda number: delattr(number, "_digits"),
        lambda number: number.name,
    ],
)
def test_nothing_encodes_it_and_no_error_tells_it(operation: Callable[[Any], object]) -> None:
    """P1: a pickle, a JSON body, a queue's message: whoever wants the number there must ask for its digits."""
    assert "9089" not in _fails_with(operation, IdentityNumber("194408139089"))


def test_copies_are_the_same_number() -> None:
    number = IdentityNumber("194408139089")
    assert copy.copy(number) is copy.deepcopy(number) is copy.deepcopy(Holder(number)).number is number
    assert {number, IdentityNumber("194408139089")} == {number}
    assert number != "194408139089"


@pytest.mark.parametrize(
    "text", ["19440813-9088", "19441313-9089", "9824 0301 AA05", "440813-9089-440813-9089-440813-9089"]
)
def test_the_error_does_not_repeat_the_number(text: str) -> None:
    with pytest.raises(InvalidIdentityNumber) as caught:
        IdentityNumber.parse(text, TODAY)
    assert not any(part in f"{caught.value} {caught.value!r}" for part in ("908", "1944", "AA0"))
    assert caught.value.__cause__ is caught.value.__context__ is None


@given(st.sampled_from(TEST_NUMBERS))
def test_every_form_of_every_published_test_number_is_read(digits: str) -> None:
    """P1."""
    for text in (*written_forms(digits), *short_forms(digits)):
        assert IdentityNumber.parse(text, TODAY).digits == digits


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
