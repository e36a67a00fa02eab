"""The 7-bit alphabet of SMS, and how many segments a text takes (3GPP TS 23.038 6.2.1, TS 23.040 9.2.3.24.1).

A text within the alphabet has 160 septets in one message and 153 in each of several; one character outside it turns the
whole text to UCS-2 with 70 and 67 (B10).
"""

import unicodedata

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM7_SINGLE, _GSM7_PART = 160, 153
_UCS2_SINGLE, _UCS2_PART = 70, 67
_PLAIN = str.maketrans(
    {"”": '"', "“": '"', "„": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "…": "...", "\u00a0": " "}
)


def is_gsm7(text: str) -> bool:
    """Whether every character is in the default alphabet or its extension table."""
    return all(character in _BASIC or character in _EXTENSION for character in text)


def segments(text: str) -> int:
    """How many SMS the text becomes; an empty text is one. A character of two units is never split over two."""
    if is_gsm7(text):
        return _parts([1 if character in _BASIC else 2 for character in text], _GSM7_SINGLE, _GSM7_PART)
    return _parts([1 if ord(character) < 0x10000 else 2 for character in text], _UCS2_SINGLE, _UCS2_PART)


def to_gsm7(text: str) -> str:
    """The nearest text within the alphabet: plain quotes and dashes, accents dropped, `?` where nothing fits."""
    return "".join(_nearest(character) for character in unicodedata.normalize("NFC", text).translate(_PLAIN))


def _parts(units: list[int], single: int, part: int) -> int:
    if sum(units) <= single:
        return 1
    count, used = 1, 0
    for unit in units:
        if used + unit > part:
            count, used = count + 1, 0
        used += unit
    return count


def _nearest(character: str) -> str:
    if is_gsm7(character):
        return character
    base = unicodedata.normalize("NFKD", character)[0]
    return base if is_gsm7(base) else "?"
