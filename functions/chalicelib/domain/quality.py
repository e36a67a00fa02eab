"""How calls were (C9): ratings and technical statistics, without anyone's name or id.

`call_id` is a keyed hash of the call's id here: no visit can be found from it.
"""

from datetime import datetime
from typing import Any

from msgspec import Struct

from chalicelib.concealed import Concealed


class Rating(Concealed, Struct, frozen=True, kw_only=True):
    """`rater` is the role and a keyed hash of call and participant: it keeps one rating per person and names nobody."""

    org_id: str
    call_id: str
    rater: str
    role: str
    score: int
    problems: tuple[str, ...]
    text: str
    at: datetime


class CallStatistics(Struct, frozen=True, kw_only=True):
    """What a media node measured over its part of the call (docs/protocol.md §5, `stats` without participant ids).

    `epoch` counts the nodes that the call has lived on; `end_reason` is empty if it went on on the next.
    """

    org_id: str
    call_id: str
    epoch: int
    end_reason: str
    stats: dict[str, Any]
    at: datetime
