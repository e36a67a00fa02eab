"""Identity numbers for tests, and the ways in which people write them (P1)."""

from datetime import date

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
