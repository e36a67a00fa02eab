"""What the twelve characters of each kind of Swedish identity number are made of (P1).

Personnummer and samordningsnummer: folkbokföringslagen (1991:481) 18 and 18 a §§: birth date (day + 60 for a
samordningsnummer), three digits, a Luhn check digit over the last ten.

Region Halland's reservnummer: a day of 32-59 that stands for no day at all, and no check digit, so nothing may be
concluded about a birth date.

National reservnummer (NRID, `XXYYMMDDNNGC`): Inera, "Nationellt reservidformat", by which Personuppgiftstjänsten, its
owner, gives them under OID 1.2.752.74.9.1. XX is the century of birth plus 3, 6, ... 78, or 00 when the birth date is not
known (then MM is 20-99 and DD 40-59, all a serial number); NN two letters of A-Z but I, O, Q, V and W; G a digit as in a
personnummer, or a letter when the sex is not known; C a check digit. The text of the specification was not at hand for
the letters of G and the rule of C. Taken here: G has the letters of NN; C is Luhn over the first eleven characters, a
letter standing for its ASCII code as one number. By that rule, and by no other of the usual ones, all five published
examples come out right: 98240301AA06 (HL7 Sweden, base profiles) and 22950606FH20, 25780404KHD5, 00342145BZ31,
00749852BZK0 (the library SwedishIdentifier).
"""

import re
from datetime import date
from typing import Literal

Kind = Literal["personnummer", "samordningsnummer", "reservnummer", "national_reservnummer"]

_OLDEST_YEAR = 1800
_OF_DIGITS = re.compile(r"[0-9]{12}")
_RESERVNUMMER = re.compile(r"(1[7-9]|20)[0-9]{2}(0[1-9]|1[0-2])(3[2-9]|[45][0-9])[0-9]{4}")
_LETTERS = "A-HJ-NPR-UX-Z"
_NATIONAL = re.compile(rf"[0-9]{{8}}[{_LETTERS}]{{2}}[0-9{_LETTERS}][0-9]")
_UNKNOWN_BIRTH = re.compile(r"00[0-9]{2}[2-9][0-9][45][0-9]....")
_FIRST_SERIES, _LAST_SERIES, _SERIES_APART = 22, 98, 3
_CENTURIES = {19 % _SERIES_APART: 19, 20 % _SERIES_APART: 20}


def kind_of(characters: str) -> Kind | None:
    """The kind that these characters could be of, their check digit aside; None for none."""
    if _NATIONAL.fullmatch(characters):
        known = birth_date(characters) is not None or _UNKNOWN_BIRTH.fullmatch(characters)
        return "national_reservnummer" if known else None
    if not _OF_DIGITS.fullmatch(characters):
        return None
    if _RESERVNUMMER.fullmatch(characters):
        return "reservnummer"
    if birth_date(characters) is None:
        return None
    return "samordningsnummer" if int(characters[6:8]) > 60 else "personnummer"


def birth_date(characters: str) -> date | None:
    """None where the characters tell of none, or of a day that no calendar has."""
    century, year, month, day = (int(characters[place : place + 2]) for place in (0, 2, 4, 6))
    if _NATIONAL.fullmatch(characters):
        return _date(_century_of_series(century), year, month, day)
    return _date(century, year, month, day - 60 if day > 60 else day)


def has_check_digit(characters: str, kind: Kind) -> bool:
    """Whether the last character is right; True for the kind that has none."""
    if kind == "reservnummer":
        return True
    return _luhn_sum(characters if kind == "national_reservnummer" else characters[2:]) % 10 == 0


def _century_of_series(prefix: int) -> int:
    """0 for a prefix that no series has: of the nineteenth century there is none, nor yet of the twenty-second."""
    if not _FIRST_SERIES <= prefix <= _LAST_SERIES:
        return 0
    return _CENTURIES.get(prefix % _SERIES_APART, 0)


def _date(century: int, year: int, month: int, day: int) -> date | None:
    if century * 100 + year < _OLDEST_YEAR:
        return None
    try:
        return date(century * 100 + year, month, day)
    except ValueError:
        return None


def _luhn_sum(characters: str) -> int:
    """ISO/IEC 7812-1, where a letter counts as its ASCII code: every other value doubled, all their digits added."""
    values = (int(each) if each.isdigit() else ord(each) for each in characters)
    doubled = (value * (2 - place % 2) for place, value in enumerate(values))
    return sum(int(digit) for value in doubled for digit in str(value))
