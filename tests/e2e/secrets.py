"""Finding what must not be there: a person's number, name, phone, e-mail, words, and what opens something."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

Kind = Literal["number", "name", "phone", "email", "reason", "chat", "call chat", "token", "proof"]

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s+-]+(?=\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_TOKEN = re.compile(r"[\w-]{20,}", re.ASCII)
_NUMBER_DIGITS, _PHONE_DIGITS, _SHORTEST_WORDS = 10, 9, 5


@dataclass(frozen=True)
class Secret:
    """Something of a kind as somebody wrote it."""

    kind: Kind
    text: str


def leaks(text: str, secrets: Iterable[Secret]) -> set[Kind]:
    """The kinds that stand in the text, however they are written there."""
    plain = unquote(text)
    seen = "\n".join((text, plain)).casefold()
    digits = _BETWEEN_DIGITS.sub("", plain)
    found: set[Kind] = {secret.kind for secret in secrets if _stands_in(secret, seen, digits)}
    return found | ({"email"} if _EMAIL.search(plain) else set())


def opening(text: str, hashes: Collection[str]) -> bool:
    """Whether the text holds a token whose SHA-256 is one of these keys of the links and sessions tables."""
    return any(hashlib.sha256(token.encode()).hexdigest() in hashes for token in _TOKEN.findall(unquote(text)))


def _stands_in(secret: Secret, seen: str, digits: str) -> bool:
    if secret.kind == "number":
        return _last_digits(secret.text, _NUMBER_DIGITS) in digits
    if secret.kind == "phone":
        return _last_digits(secret.text, _PHONE_DIGITS) in digits
    if secret.kind in {"token", "proof"}:
        return secret.text.casefold() in seen
    return any(_has_words(seen, form) for form in _forms(secret.text))


def _last_digits(text: str, count: int) -> str:
    """Without century or country. Whoever wrote fewer digits wrote no number: that is found nowhere."""
    digits = re.sub(r"\D", "", text)
    return digits[-count:] if len(digits) >= count else "no number"


def _forms(text: str) -> Iterator[str]:
    """As it is, and as JSON and Python escape it."""
    yield text.casefold()
    yield json.dumps(text)[1:-1].casefold()
    yield ascii(text)[1:-1].casefold()
    yield repr(text.encode())[2:-1].casefold()


def _has_words(seen: str, words: str) -> bool:
    if len(words) < _SHORTEST_WORDS or words not in seen:
        return False
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", seen) is not None
