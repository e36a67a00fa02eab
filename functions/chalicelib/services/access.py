"""Who may do what to a visit, and when: one table for every route, socket message and join token (S1, S6, C1)."""

from typing import Literal

from chalicelib.domain.visit import Role, Status, Visit
from chalicelib.errors import Conflict, NotAllowed

Action = Literal[
    "view",
    "receive",
    "start",
    "end",
    "no_show",
    "chat",
    "read_chat",
    "note",
    "start_call",
    "join_call",
    "rate",
    "copy_link",
    "identify",
    "enter_unidentified",
]
Permission = Literal["publish_audio", "publish_video", "share_screen", "chat", "mute_others", "end_call"]

_ANY = frozenset(Status)
_OPEN = frozenset({Status.BOOKED, Status.RECEIVED, Status.ONGOING})
_ONGOING = frozenset({Status.ONGOING})

# Receiving, starting and ending again is harmless (L3), so the state they lead to is among those they are allowed in.
TABLE: dict[Action, dict[Role, frozenset[Status]]] = {
    "view": {"staff": _ANY, "patient": _ANY, "guest": _ANY},
    "receive": {"staff": _OPEN},
    "start": {"staff": frozenset({Status.RECEIVED, Status.ONGOING})},
    "end": {"staff": frozenset({Status.RECEIVED, Status.ONGOING, Status.ENDED})},
    "no_show": {"staff": frozenset({*_OPEN, Status.NO_SHOW})},
    "chat": {"staff": _OPEN, "patient": _OPEN},
    "read_chat": {"staff": _ANY, "patient": _OPEN},
    "note": {"staff": _ANY},
    "start_call": {"staff": _ONGOING},
    "join_call": {"staff": _ONGOING, "patient": _ONGOING, "guest": _ONGOING},
    "rate": {"staff": _ANY, "patient": _ANY, "guest": _ANY},
    "copy_link": {"staff": _OPEN},
    "identify": {"patient": _OPEN},
    "enter_unidentified": {"guest": _OPEN},
}

# Rights in the call's media, which a join token names (docs/protocol.md §1).
IN_CALL: dict[Role, tuple[Permission, ...]] = {
    "staff": ("publish_audio", "publish_video", "share_screen", "chat", "mute_others", "end_call"),
    "patient": ("publish_audio", "publish_video", "chat"),
    "guest": ("publish_audio", "publish_video", "chat"),
}

_OFFERED: tuple[Action, ...] = ("receive", "start", "start_call", "end", "no_show", "chat", "note")
_DONE = {"receive": _OPEN - {Status.BOOKED}, "start": _ONGOING, "end": {Status.ENDED}, "no_show": {Status.NO_SHOW}}


def require(visit: Visit, role: Role, action: Action) -> None:
    """Raises NotAllowed for a role that never may, Conflict for a state of the visit in which it cannot be done now."""
    statuses = TABLE[action].get(role)
    if statuses is None:
        raise NotAllowed("the role has no right to this action")
    if visit.status not in statuses:
        raise Conflict("the visit's state forbids it", code=_why(visit))


def allows(visit: Visit, role: Role, action: Action) -> bool:
    """Whether `require` would let it be done."""
    return visit.status in TABLE[action].get(role, frozenset())


def offered(visit: Visit, role: Role) -> list[Action]:
    """What a page offers: allowed now, and not done already."""
    return [action for action in _OFFERED if visit.status in _now(action, role)]


def _now(action: Action, role: Role) -> frozenset[Status]:
    return TABLE[action].get(role, frozenset()) - _DONE.get(action, set())


def _why(visit: Visit) -> str:
    if visit.is_over:
        return "visit_over"
    return "not_received" if visit.status is Status.BOOKED else "not_started"
