"""Swedish identity numbers: personnummer, samordningsnummer and Region Halland's reservnummer (P1).

Folkbokföringslagen (1991:481) 18 and 18 a §§: birth date, three digits, a Luhn check digit over the last ten; a
samordningsnummer adds 60 to the day; the separator turns to `+` in the year a person becomes 100. A reservnummer has a
day of 32-59 that stands for no day at all and no check digit, so nothing may be concluded about a birth date.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from chalicelib.errors import InvalidIdentityNumber

Kind = Literal["personnummer", "samordningsnummer", "reservnummer"]

_LONGEST_INPUT = 32
_WRITTEN = re.compile(r"(?P<century>[0-9]{2})?(?P<birth>[0-9]{6})(?P<separator>[-+]?)(?P<last>[0-9]{4})")
_ISO_WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})([-+]?[0-9]{4})")
_TWELVE_DIGITS = re.compile(r"[0-9]{12}")
_RESERVNUMMER = re.compile(r"(1[7-9]|20)[0-9]{2}(0[1-9]|1[0-2])(3[2-9]|[45][0-9])[0-9]{4}")
_OLDEST_YEAR = 1800


@dataclass(frozen=True, slots=True, repr=False)
class IdentityNumber:
    """A checked number as 12 digits. It prints masked, so that it cannot slip into a log or a message.

    Raises InvalidIdentityNumber when `digits` is none of the three kinds.
    """

    digits: str

    def __post_init__(self) -> None:
        if not _TWELVE_DIGITS.fullmatch(self.digits) or (not _is_reservnummer(self.digits) and self.birth_date is None):
            raise InvalidIdentityNumber("not an identity number", field="identity_number")
        if not _is_reservnummer(self.digits) and not _has_check_digit(self.digits):
            raise InvalidIdentityNumber("wrong check digit", field="identity_number")

    @classmethod
    def parse(cls, text: str, today: date) -> "IdentityNumber":
        """Read what a person typed: 10 or 12 digits, with `-`, `+` or spaces (P1).

        `today` (Europe/Stockholm) gives ten digits their century and refuses a birth date in the future. A reservnummer
        is only read with all 12 digits: without a check digit a guessed century would go unnoticed.
        """
        number = cls(_twelve_digits(text, today))
        if number.birth_date and number.birth_date > today:
            raise InvalidIdentityNumber("birth date in the future", field="identity_number")
        return number

    @property
    def kind(self) -> Kind:
        if _is_reservnummer(self.digits):
            return "reservnummer"
        return "samordningsnummer" if int(self.digits[6:8]) > 60 else "personnummer"

    @property
    def birth_date(self) -> date | None:
        """None for a reservnummer, which does not tell."""
        year, month, day = int(self.digits[:4]), int(self.digits[4:6]), int(self.digits[6:8])
        return _date(year, month, day - 60 if day > 60 else day)

    def age_on(self, day: date) -> int | None:
        """Whole years on that day; who is born on 29 February turns on 1 March. None for a reservnummer."""
        born = self.birth_date
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def __str__(self) -> str:
        return f"{self.digits[:4]}-{self.digits[4:6]}-{self.digits[6:8]}-••••"

    def __repr__(self) -> str:
        return f"IdentityNumber({self})"


def _twelve_digits(text: str, today: date) -> str:
    if len(text) > _LONGEST_INPUT:
        raise InvalidIdentityNumber("too long for an identity number", field="identity_number")
    found = _WRITTEN.fullmatch(_ISO_WRITTEN.sub(r"\1\2\3\4", "".join(text.split())))
    if found is None:
        raise InvalidIdentityNumber("not written as an identity number", field="identity_number")
    birth, last = found["birth"], found["last"]
    if found["century"] is None and 31 < int(birth[4:]) < 60:
        raise InvalidIdentityNumber("a reservnummer needs all 12 digits", field="identity_number")
    century = found["century"] or _century(birth, found["separator"] == "+", today)
    return f"{century}{birth}{last}"


def _century(birth: str, turned_100: bool, today: date) -> str:
    """The latest century that puts the birth in the past, and with `+` at least 100 years back."""
    year_in_century, month, day = int(birth[:2]), int(birth[2:4]), int(birth[4:6])
    latest_year = today.year - 100 if turned_100 else today.year
    year = latest_year - (latest_year - year_in_century) % 100
    born = _date(year, month, day - 60 if day > 60 else day)
    if not turned_100 and born and born > today:
        year -= 100
    return str(year // 100)


def _date(year: int, month: int, day: int) -> date | None:
    if year < _OLDEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_reservnummer(digits: str) -> bool:
    return _RESERVNUMMER.fullmatch(digits) is not None


def _has_check_digit(digits: str) -> bool:
    """Luhn (ISO/IEC 7812-1) over the last ten digits."""
    doubled = (int(digit) * (2 - position % 2) for position, digit in enumerate(digits[2:]))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
