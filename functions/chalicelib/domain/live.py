"""Open live sockets, by what they listen to."""

from datetime import datetime

from msgspec import Struct

from chalicelib.concealed import Concealed


class Subscription(Concealed, Struct, frozen=True, kw_only=True):
    """One socket listening to one topic: `staff#<org>#<HSA-id>`, `visit#<id>`, `visitor#<visit>#<participant>`, or
    `socket#<connection id>`, to which nothing is sent."""

    topic: str
    connection_id: str
    session_hash: str
    expires_at: datetime


def staff_topic(org_id: str, hsa_id: str) -> str:
    return f"staff#{org_id}#{hsa_id}"


def visit_topic(visit_id: str) -> str:
    """Staff who have the visit page open."""
    return f"visit#{visit_id}"


def visitor_topic(visit_id: str, participant_id: str) -> str:
    return f"visitor#{visit_id}#{participant_id}"


def socket_topic(connection_id: str) -> str:
    """One row per socket that says whose it is: it is read consistently, where the index by connection lags."""
    return f"socket#{connection_id}"


def visitor_of(topic: str) -> tuple[str, str] | None:
    """Visit and participant of a visitor's topic; None for any other."""
    kind, _, place = topic.partition("#")
    visit_id, _, participant_id = place.partition("#")
    return (visit_id, participant_id) if kind == "visitor" else None
