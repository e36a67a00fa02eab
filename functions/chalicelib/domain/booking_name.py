"""Whether what another system calls a booking is, or holds, a person's identity number: that belongs in no key and no list.

What is not seen does not hide a number: it is read in its plain letters (Unicode NFKC), without what stands between them.
"""

import re
import unicodedata
from datetime import date

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import InvalidIdentityNumber

# The ten characters that a number has in any form of writing; fewer may be any booking's.
_LEAST = 10
_WRITTEN = re.compile(r"[0-9]{6}(?:[0-9]{2})?[-+‐‑‒–—−][0-9A-Za-z]{3}[0-9]")


def is_written_number(name: str) -> bool:
    """Written as a number is, with a dash of whatever length, and with the right check digit. Digits alone may be any
    booking's."""
    plain = _plain(name)
    return _WRITTEN.fullmatch(plain) is not None and _is_number(plain)


def holds(name: str, number: str) -> bool:
    """Whether `number`, in any form of writing, is somewhere in the name, in any form as well."""
    digits = _compact(number)
    return len(digits) >= _LEAST and digits[-_LEAST:] in _compact(name)


def _plain(text: str) -> str:
    """Characters as they are read: full-width ones in their usual form, and none that is drawn as nothing."""
    known = unicodedata.normalize("NFKC", text)
    return "".join(each for each in known if unicodedata.category(each) != "Cf")


def _compact(text: str) -> str:
    return "".join(each for each in _plain(text) if each.isalnum()).upper()


def _is_number(text: str) -> bool:
    try:
        IdentityNumber.parse(text, date.max)
    except InvalidIdentityNumber:
        return False
    return True
