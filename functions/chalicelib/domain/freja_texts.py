"""Which user text fits a status of Freja eID ("Authentication Service", statuses of getOneResult).

Freja recommends no texts, so the ids and the words are ours.
"""

from typing import Literal

FrejaTextId = Literal[
    "FREJA_STARTED",
    "FREJA_DELIVERED",
    "FREJA_PENDING",
    "FREJA_CANCELED",
    "FREJA_RP_CANCELED",
    "FREJA_EXPIRED",
    "FREJA_REJECTED",
    "FREJA_FAILED",
]
FrejaProblemCode = Literal["eid_already_in_progress", "eid_unavailable", "eid_refused", "freja_not_found"]

_PENDING: dict[str, FrejaTextId] = {"STARTED": "FREJA_STARTED", "DELIVERED_TO_MOBILE": "FREJA_DELIVERED"}
_FAILED: dict[str, FrejaTextId] = {
    "CANCELED": "FREJA_CANCELED",
    "RP_CANCELED": "FREJA_RP_CANCELED",
    "EXPIRED": "FREJA_EXPIRED",
    "REJECTED": "FREJA_REJECTED",
}
# 0: internal error. 1005: the person has turned the service off, 1012: nobody has that number. 2000: another request
# of the person is under way, and both are now cancelled. Any other code is a fault of ours or of the set-up.
_ERRORS: dict[int, FrejaProblemCode] = {
    0: "eid_unavailable",
    1005: "freja_not_found",
    1012: "freja_not_found",
    2000: "eid_already_in_progress",
}


def freja_text_id(status: Literal["pending", "failed"], hint_code: str) -> FrejaTextId:
    """The text for one result. A status that Freja adds one day is "in progress" or "unknown error"."""
    if status == "pending":
        return _PENDING.get(hint_code, "FREJA_PENDING")
    return _FAILED.get(hint_code, "FREJA_FAILED")


def freja_problem_code(error_code: int) -> FrejaProblemCode:
    """What a refused request is to the user (Freja eID, "Error codes")."""
    return _ERRORS.get(error_code, "eid_refused")
