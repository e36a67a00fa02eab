"""Who may do what, and in which state of the visit: the one table that every route, live message and join token asks
(L1, S1, S6, C1). docs/access.md is made from it.

A row without a visit (a search, the access log) has its roles in every state. The roles `staff` and `colleague` of a
visit presuppose the organisation's role `clinician`. Whose visit it is, is not asked here: `services.open_visit` and
`services.visitor_session` find the person's role in it first, and answer as if it were not there when they have none.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from chalicelib.domain.staff import StaffRole
from chalicelib.domain.visit import PLANNED, Role, Status, Visit
from chalicelib.errors import Conflict, NotAllowed

Action = Literal[
    "use_service",
    "log_in",
    "open_link",
    "own_session",
    "agenda",
    "search_patient",
    "view_patient",
    "change_patient",
    "book",
    "read_audit",
    "view_organisation",
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
    "change_participants",
    "change_relations",
    "reschedule",
    "cancel",
    "pending_bookings",
    "change_texts",
    "read_integration",
    "replay_integration",
    "integrate",
    "identify",
    "enter_unidentified",
    "leave",
    "calendar",
    "report_late",
    "self_cancel",
    "change_language",
    "change_display_name",
]
Who = Literal["anyone", "system"] | StaffRole | Role
Permission = Literal["publish_audio", "publish_video", "share_screen", "chat", "mute_others", "end_call"]
CallRole = Literal["staff", "patient", "guest"]

_ANY = frozenset(Status)
_OPEN = frozenset({Status.BOOKED, Status.RECEIVED, Status.ONGOING})
_ONGOING = frozenset({Status.ONGOING})

# Receiving, starting and ending again is harmless (L3), so the state they lead to is among those they are allowed in.
TABLE: dict[Action, dict[Who, frozenset[Status]]] = {
    "use_service": {"anyone": _ANY},
    "log_in": {"anyone": _ANY},
    "open_link": {"anyone": _ANY},
    "own_session": {"clinician": _ANY, "admin": _ANY, "support": _ANY},
    "agenda": {"clinician": _ANY},
    "search_patient": {"clinician": _ANY},
    "view_patient": {"clinician": _ANY},
    "change_patient": {"clinician": _ANY},
    "book": {"clinician": _ANY},
    "read_audit": {"admin": _ANY},
    "view_organisation": {"admin": _ANY, "support": _ANY},
    "view": {"staff": _ANY, "colleague": _ANY, "patient": _ANY, "ombud": _ANY, "guest": _ANY},
    "receive": {"staff": _OPEN},
    "start": {"staff": frozenset({Status.RECEIVED, Status.ONGOING})},
    "end": {"staff": frozenset({Status.RECEIVED, Status.ONGOING, Status.ENDED})},
    "no_show": {"staff": frozenset({*_OPEN, Status.NO_SHOW})},
    "chat": {"staff": _OPEN, "colleague": _OPEN, "patient": _OPEN, "ombud": _OPEN},
    "read_chat": {"staff": _ANY, "colleague": _OPEN, "patient": _OPEN, "ombud": _OPEN},
    "note": {"staff": _ANY},
    "start_call": {"staff": _ONGOING},
    "join_call": {"staff": _ONGOING, "colleague": _ONGOING, "patient": _ONGOING, "ombud": _ONGOING, "guest": _ONGOING},
    "rate": {"staff": _ANY, "colleague": _ANY, "patient": _ANY, "ombud": _ANY, "guest": _ANY},
    "copy_link": {"staff": _OPEN},
    "change_participants": {"staff": _OPEN},
    "change_relations": {"staff": _OPEN},
    "reschedule": {"staff": PLANNED},
    "cancel": {"staff": frozenset({*PLANNED, Status.CANCELLED})},
    "pending_bookings": {"clinician": _ANY},
    "change_texts": {"admin": _ANY},
    "read_integration": {"admin": _ANY, "support": _ANY},
    "replay_integration": {"admin": _ANY, "support": _ANY},
    "integrate": {"system": _ANY},
    "identify": {"patient": _OPEN, "ombud": _OPEN},
    "enter_unidentified": {"guest": _OPEN},
    "leave": {"patient": _ANY, "ombud": _ANY, "guest": _ANY},
    "calendar": {"patient": _OPEN, "ombud": _OPEN, "guest": _OPEN},
    "report_late": {"patient": PLANNED, "ombud": PLANNED, "guest": PLANNED},
    "self_cancel": {
        "patient": frozenset({Status.BOOKED, Status.CANCELLED}),
        "ombud": frozenset({Status.BOOKED, Status.CANCELLED}),
    },
    "change_language": {"patient": _ANY, "ombud": _ANY, "guest": _ANY},
    "change_display_name": {"patient": _OPEN},
}

# A person's role towards the media plane, which knows three (docs/protocol.md §1). A colleague is a guest of the visit
# there too: a call does not go on because of one, nor end with one (C8, G4).
CALL_ROLE: dict[Role, CallRole] = {
    "staff": "staff",
    "colleague": "guest",
    "patient": "patient",
    "ombud": "patient",
    "guest": "guest",
}

# Rights in the call's media, which a join token names.
IN_CALL: dict[Role, tuple[Permission, ...]] = {
    "staff": ("publish_audio", "publish_video", "share_screen", "chat", "mute_others", "end_call"),
    "colleague": ("publish_audio", "publish_video", "share_screen", "chat"),
    "patient": ("publish_audio", "publish_video", "chat"),
    "ombud": ("publish_audio", "publish_video", "chat"),
    "guest": ("publish_audio", "publish_video", "chat"),
}

_OFFERED: tuple[Action, ...] = (
    "receive",
    "start",
    "start_call",
    "join_call",
    "end",
    "no_show",
    "chat",
    "note",
    "change_participants",
    "change_relations",
    "reschedule",
    "cancel",
)
_LATER = {
    Status.BOOKED: _OPEN - {Status.BOOKED},
    Status.RECEIVED: _ONGOING,
    Status.ONGOING: frozenset[Status](),
}
_DONE = {
    "receive": _OPEN - {Status.BOOKED},
    "start": _ONGOING,
    "end": {Status.ENDED},
    "no_show": {Status.NO_SHOW},
    "cancel": {Status.CANCELLED},
}


def require(visit: Visit, role: Role, action: Action) -> None:
    """Raises NotAllowed for a role that never may, Conflict for a state of the visit in which it cannot be done now."""
    statuses = TABLE[action].get(role)
    if statuses is None:
        raise NotAllowed("the role has no right to this action")
    if visit.status not in statuses:
        raise Conflict("the visit's state forbids it", code=_why(visit, statuses))


def require_staff(roles: Collection[StaffRole], action: Action) -> None:
    """Raises NotAllowed for staff none of whose roles in the organisation may do this, in whatever visit."""
    if not may(roles, action):
        raise NotAllowed("the role has no right to this action")


def may(roles: Collection[StaffRole], action: Action) -> bool:
    """Whether one of these roles in the organisation is enough to ask for it."""
    row = TABLE[action]
    if "staff" in row or "colleague" in row:
        return "clinician" in roles
    return any(role in row for role in roles)


def allows(visit: Visit, role: Role, action: Action) -> bool:
    """Whether `require` would let it be done."""
    return visit.status in TABLE[action].get(role, frozenset())


def offered(visit: Visit, role: Role, now: datetime) -> list[Action]:
    """What a page offers: allowed now, and not done already."""
    actions = (action for action in _OFFERED if visit.status in _now(action, role))
    return [action for action in actions if action != "no_show" or has_its_time_come(visit, now)]


def has_its_time_come(visit: Visit, now: datetime) -> bool:
    """Nobody has failed to come to what has not begun: that is cancelled or moved instead (B9)."""
    return now >= visit.starts_at


def _now(action: Action, role: Role) -> frozenset[Status]:
    return TABLE[action].get(role, frozenset()) - _DONE.get(action, set())


def _why(visit: Visit, statuses: Collection[Status]) -> str:
    if visit.is_over:
        return "visit_over"
    if not _LATER[visit.status] & set(statuses):
        return "visit_begun"
    return "not_received" if visit.status is Status.BOOKED else "not_started"
