"""Swedish identity numbers as one value: personnummer, samordningsnummer, and both kinds of reservnummer (P1).

The kinds and their characters are in `identity_format`. The value prints masked wherever it turns up, and lets itself be
neither pickled nor encoded, so that the number is only where someone asked for its `digits`.
"""

import re
from datetime import date
from typing import Never

from chalicelib.domain import identity_format
from chalicelib.domain.identity_format import Kind
from chalicelib.errors import InvalidIdentityNumber

__all__ = ["IdentityNumber", "Kind"]

_LONGEST_INPUT = 32
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_WRITTEN = re.compile(r"(?P<century>[0-9]{2})?(?P<birth>[0-9]{6})(?P<separator>[-+]?)(?P<last>[0-9A-Za-z]{3}[0-9])")
_ISO_WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})([-+]?[0-9A-Za-z]{4})")


class IdentityNumber:
    """A checked number. Raises InvalidIdentityNumber when `digits` is of none of the four kinds.

    No dataclass, which encoders would read field by field.
    """

    __slots__ = ("_digits", "_kind")

    _digits: str
    _kind: Kind

    def __init__(self, digits: str) -> None:
        kind = identity_format.kind_of(digits)
        if kind is None:
            raise InvalidIdentityNumber("not an identity number", field="identity_number")
        if not identity_format.has_check_digit(digits, kind):
            raise InvalidIdentityNumber("wrong check digit", field="identity_number")
        object.__setattr__(self, "_digits", digits)
        object.__setattr__(self, "_kind", kind)

    @classmethod
    def parse(cls, text: str, today: date) -> "IdentityNumber":
        """Read what a person typed: 10 or 12 characters, with `-`, `+` or spaces, letters of either case (P1).

        `today` (Europe/Stockholm) gives ten digits their century and refuses a birth date in the future. A reservnummer
        of either kind is only read with all 12 characters: the first two cannot be guessed.
        """
        number = cls(_twelve_characters(text, today))
        if number.birth_date and number.birth_date > today:
            raise InvalidIdentityNumber("birth date in the future", field="identity_number")
        return number

    @property
    def digits(self) -> str:
        """The whole number in 12 characters, all digits but for the letters of a national reservnummer.

        Only for those who must have it: the register, the e-ID, the patient's own row, and the keyed hash of a key.
        """
        return self._digits

    @property
    def kind(self) -> Kind:
        return self._kind

    @property
    def birth_date(self) -> date | None:
        """None for a reservnummer that does not tell."""
        return identity_format.birth_date(self._digits)

    def age_on(self, day: date) -> int | None:
        """Whole years on that day; who is born on 29 February turns on 1 March. None where there is no birth date."""
        born = self.birth_date
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def __eq__(self, other: object) -> bool:
        return self._digits == other._digits if isinstance(other, IdentityNumber) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._digits)

    def __str__(self) -> str:
        """The birth date and four dots; of a national reservnummer its first eight characters, whatever they stand for."""
        if self._kind == "national_reservnummer":
            return f"{self._digits[:8]}-••••"
        return f"{self._digits[:4]}-{self._digits[4:6]}-{self._digits[6:8]}-••••"

    def __repr__(self) -> str:
        return f"IdentityNumber({self})"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError("an identity number does not change")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError("an identity number does not change")

    def __copy__(self) -> "IdentityNumber":
        return self

    def __deepcopy__(self, memo: object) -> "IdentityNumber":
        return self

    def __reduce__(self) -> Never:
        raise TypeError("an identity number is not pickled")


def _twelve_characters(text: str, today: date) -> str:
    if len(text) > _LONGEST_INPUT:
        raise InvalidIdentityNumber("too long for an identity number", field="identity_number")
    compact = "".join(text.split()).translate(_DASHES)
    found = _WRITTEN.fullmatch(_ISO_WRITTEN.sub(r"\1\2\3\4", compact))
    if found is None:
        raise InvalidIdentityNumber("not written as an identity number", field="identity_number")
    birth, last = found["birth"], found["last"].upper()
    if found["century"] is None and (31 < int(birth[4:]) < 60 or not last.isdigit()):
        raise InvalidIdentityNumber("a reservnummer needs all 12 characters", field="identity_number")
    century = found["century"] or _century(birth, found["separator"] == "+", today)
    return f"{century}{birth}{last}"


def _century(birth: str, turned_100: bool, today: date) -> str:
    """The latest century that puts the birth in the past, and with `+` at least 100 years back.

    The separator turns to `+` in the year a person becomes 100.
    """
    year_in_century, month, day = int(birth[:2]), int(birth[2:4]), int(birth[4:6])
    latest_year = today.year - 100 if turned_100 else today.year
    year = latest_year - (latest_year - year_in_century) % 100
    born_this_year = (month, day - 60 if day > 60 else day)
    if not turned_100 and year == today.year and born_this_year > (today.month, today.day):
        year -= 100
    return str(year // 100)
