"""Ids as they come from outside: URL-safe and short (domain/ids.py). Anything else names nothing."""

import re

from chalicelib.errors import NotFound

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def possible_id(text: str) -> str:
    """The id. Raises NotFound for what can be nobody's, as for one that is not there."""
    if not _ID.fullmatch(text):
        raise NotFound("no such id")
    return text
