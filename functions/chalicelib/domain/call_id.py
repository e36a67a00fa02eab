"""Names of calls: the visit's id and the call's number in it, such as `v_4Qm1.2` (docs/data-model.md).

So a call event finds its visit without a table of its own, and it shows whether a call ever belonged to a visit.
"""

import hashlib
import hmac
import re

from chalicelib.domain.visit import Visit

_WRITTEN = re.compile(r"(?P<visit>v_[A-Za-z0-9_-]{1,40})\.(?P<number>[1-9][0-9]{0,3})")


def next_call_id(visit: Visit) -> str:
    """The id of the call that would start now in a visit without one (S4)."""
    return f"{visit.visit_id}.{_number(visit.last_call_id) + 1}"


def visit_id_of_call(call_id: str) -> str | None:
    """The visit that the call is in, or None for what is no call id."""
    found = _WRITTEN.fullmatch(call_id)
    return found["visit"] if found else None


def is_call_of(visit: Visit, call_id: str) -> bool:
    """Whether the call runs or ran in this visit."""
    latest = visit.call.call_id if visit.call else visit.last_call_id
    return visit_id_of_call(call_id) == visit.visit_id and _number(call_id) <= _number(latest)


def quality_id(key: bytes, call_id: str) -> str:
    """The call's name among ratings and statistics: a keyed hash, from which no visit can be found (C9)."""
    return "q_" + hmac.new(key, f"quality\n{call_id}".encode(), hashlib.sha256).hexdigest()[:32]


def _number(call_id: str) -> int:
    found = _WRITTEN.fullmatch(call_id)
    return int(found["number"]) if found else 0
