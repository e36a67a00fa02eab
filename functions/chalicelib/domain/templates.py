"""An organisation's own texts (B10): what may stand in them, and what is refused before it could be sent."""

import re
from typing import get_args

from chalicelib.domain.default_texts import default_text
from chalicelib.domain.eid import EidProvider
from chalicelib.domain.gsm7 import is_gsm7, segments
from chalicelib.domain.message_texts import LONGEST_LINK, LONGEST_NAME, LONGEST_PERSON, eid_names
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.text_keys import TextKey, text_keys
from chalicelib.domain.visit import Language
from chalicelib.domain.wording import filled
from chalicelib.errors import BadInput

LONGEST_TEXT = 4_000
MOST_SEGMENTS = 2
LINK_PLACE, EID = "länk", "e-legitimation"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# As part of another address the link would be sent to whoever has that; and with a sign behind it, it leads nowhere.
_LINK_BESIDE = re.compile(r"\S\{länk\}|\{länk\}\S")
# All but line breaks and tabs that no reader sees, or that change how others are read.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_LONGEST_TIME: dict[Language, str] = {
    "sv": "torsdag 30 september kl. 09:30",
    "en": "Wednesday 30 September at 09:30",
}


def read_key(text: str) -> TextKey:
    """`moved.patient.sms.sv`. Raises BadInput (`text_unknown_key`)."""
    found = next((key for key in text_keys() if str(key) == text), None)
    if found is None:
        raise BadInput("there is no such text", code="text_unknown_key", field="key")
    return found


def placeholders(key: TextKey) -> tuple[str, ...]:
    """The names that may stand in it, between braces."""
    link = () if key.reason == "cancelled" else (LINK_PLACE,)
    times = ("antal",) if key.reason == "invitation_series" else ()
    eid = () if key.reason == "cancelled" or key.audience == "guest" else (EID,)
    return ("tid", "organisation", *link, *eid, "kliniker", *times)


def text_of(organisation: Organisation, key: TextKey) -> str:
    """The organisation's own, or the product's."""
    return organisation.texts.get(str(key)) or default_text(key)


def checked(key: TextKey, text: str) -> str:
    """The text as it is kept, with its line breaks as `\\n`.

    Raises BadInput: `text_empty`, `text_too_long` (also: more than two SMS with the longest values), `text_not_gsm7`,
    `text_unknown_placeholder` (also: a brace by itself), `text_missing_link`, `text_link_not_alone`,
    `text_unseen_character`.
    """
    kept = text.replace("\r\n", "\n").strip()
    if not kept:
        raise _refused("text_empty")
    if len(kept) > LONGEST_TEXT:
        raise _refused("text_too_long")
    if _UNSEEN.search(kept):
        raise _refused("text_unseen_character")
    _require_placeholders(key, kept)
    if key.channel == "sms":
        _require_sms(kept, key)
    return kept + ("\n" if key.channel == "email" else "")


def most_segments(key: TextKey, text: str) -> int:
    """How many SMS it becomes with the longest values."""
    return segments(filled(text, longest_values(key)))


def longest_values(key: TextKey) -> dict[str, str]:
    """As long as any that it may be sent with, whatever the organisation, its people and its address are called one day."""
    return {
        "tid": _LONGEST_TIME[key.language],
        "organisation": "x" * LONGEST_NAME,
        LINK_PLACE: "x" * LONGEST_LINK,
        "kliniker": "x" * LONGEST_PERSON,
        "antal": "12",
        EID: eid_names(get_args(EidProvider), key.language),
    }


def _require_placeholders(key: TextKey, text: str) -> None:
    found = _PLACEHOLDER.findall(text)
    stray = set("{}") & set(_PLACEHOLDER.sub("", text))
    if stray or not set(found) <= set(placeholders(key)):
        raise _refused("text_unknown_placeholder")
    if LINK_PLACE in placeholders(key) and LINK_PLACE not in found:
        raise _refused("text_missing_link")
    if _LINK_BESIDE.search(text):
        raise _refused("text_link_not_alone")


def _require_sms(text: str, key: TextKey) -> None:
    if not is_gsm7(_PLACEHOLDER.sub("", text)):
        raise _refused("text_not_gsm7")
    if most_segments(key, text) > MOST_SEGMENTS:
        raise _refused("text_too_long")


def _refused(code: str) -> BadInput:
    return BadInput("the text cannot be sent like this", code=code, field="text")
