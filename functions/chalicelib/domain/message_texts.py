"""The pieces that every text to patients and guests is made of (B10): times, names, and the place of the link.

`{link}` stands where the personal link goes when it is sent, and EID_PLACE where it says by which e-ID one can come in,
which is the installation's matter. An SMS is within GSM-7 and at most two segments, with any link of up to LONGEST_LINK
characters and every e-ID.
"""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.domain.eid import EidProvider
from chalicelib.domain.gsm7 import to_gsm7
from chalicelib.domain.visit import Language

LINK = "{link}"
EID_PLACE: dict[Language, str] = {"sv": "{eid-sv}", "en": "{eid-en}"}
LONGEST_LINK = 80
LONGEST_NAME = 60
LONGEST_PERSON = 40
_NO_BRACES = str.maketrans("{}", "()")
_ONE_SEPTET = str.maketrans("{}[]~^|\\€", "()()---/E", "\f")
_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: dict[Language, tuple[str, ...]] = {
    "sv": (
        *("januari", "februari", "mars", "april", "maj", "juni"),
        *("juli", "augusti", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_EID_NAMES: dict[EidProvider, str] = {"bankid": "BankID", "freja": "Freja"}
_OR: dict[Language, str] = {"sv": " eller ", "en": " or "}
_AT: dict[Language, str] = {"sv": "kl.", "en": "at"}


def when(at: datetime, language: Language) -> str:
    """`tisdag 3 november kl. 09:30` or `Tuesday 3 November at 09:30`, of a time on a Swedish clock."""
    weekday, month = _WEEKDAYS[language][at.weekday()], _MONTHS[language][at.month - 1]
    return f"{weekday} {at.day} {month} {_AT[language]} {at:%H:%M}"


def sms_name(name: str, longest: int = LONGEST_NAME) -> str:
    """Within GSM-7, and no character of two septets."""
    return one_line(to_gsm7(name).translate(_ONE_SEPTET), longest)


def one_line(text: str, longest: int = LONGEST_NAME) -> str:
    """Without braces, which would be taken for the link's place."""
    return " ".join(text.translate(_NO_BRACES).split())[:longest]


def with_eids(text: str, providers: Sequence[EidProvider]) -> str:
    """`BankID`, or `BankID eller Freja`, where one can come in by either."""
    for language, place in EID_PLACE.items():
        text = text.replace(place, eid_names(providers, language))
    return text


def eid_names(providers: Sequence[EidProvider], language: Language) -> str:
    """Those that one can come in by, the usual one first."""
    return _OR[language].join(_EID_NAMES[each] for each in providers)
