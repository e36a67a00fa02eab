"""Names that people give themselves, or are given when they are invited."""

import unicodedata

from chalicelib.errors import BadInput

LONGEST_NAME = 80
# Marks upon one letter; Vietnamese and Hebrew need up to three. More are drawn over the lines around the name.
MOST_MARKS = 4
_ZERO_WIDTH_JOINER = "\u200d"
# Letters and signs that are drawn as nothing (Unicode 16, Default_Ignorable_Code_Point and the blank Braille pattern).
_BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def display_name(text: str, field: str = "name") -> str:
    """One line without needless spaces, as others will see it; emoji may be in it.

    Refused are characters that are not seen or that change how others are read: controls, direction overrides, zero
    widths but within an emoji, blank letters, heaps of marks. Raises BadInput (`invalid_name`).
    """
    name = " ".join(unicodedata.normalize("NFC", text[: LONGEST_NAME * 4]).split())
    if len(text) > LONGEST_NAME * 4 or len(name) > LONGEST_NAME or not _is_seen(name):
        raise BadInput("not a name that can be shown", code="invalid_name", field=field)
    return name


def _is_seen(name: str) -> bool:
    joined = all(_joins_emoji(name, place) for place, each in enumerate(name) if each == _ZERO_WIDTH_JOINER)
    others = name.replace(_ZERO_WIDTH_JOINER, "")
    return joined and others.isprintable() and not _BLANK & set(others) and _marks(name) and _has_letter(name)


def _joins_emoji(name: str, place: int) -> bool:
    """Between two pictures, the first perhaps with a skin tone or a variation selector, as in the emoji of a doctor."""
    before = name[:place].rstrip("\ufe0f")[-1:]
    after = name[place + 1 : place + 2]
    return _is_picture(before) and _is_picture(after)


def _is_picture(character: str) -> bool:
    return character != "" and unicodedata.category(character) in {"So", "Sk"}


def _marks(name: str) -> bool:
    row = 0
    for character in name:
        row = row + 1 if unicodedata.category(character).startswith("M") else 0
        if row > MOST_MARKS:
            return False
    return True


def _has_letter(name: str) -> bool:
    """Something that one can be called by: a letter, a figure or a picture."""
    return any(unicodedata.category(character)[0] in "LNS" for character in name)
