"""How calls were (C9): ratings and technical statistics, without anyone's name or id."""

from datetime import datetime
from typing import Any

from msgspec import Struct


class Rating(Struct, frozen=True, kw_only=True):
    """`rater` is the role and a hash of call and participant: it keeps one rating per person and names nobody."""

    org_id: str
    call_id: str
    rater: str
    role: str
    score: int
    problems: tuple[str, ...]
    text: str
    at: datetime


class CallStatistics(Struct, frozen=True, kw_only=True):
    """What the media node measured over the whole call (docs/protocol.md §5, `stats` without participant ids)."""

    org_id: str
    call_id: str
    end_reason: str
    stats: dict[str, Any]
    at: datetime
