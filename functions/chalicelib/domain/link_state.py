"""Whether a personal link still leads anywhere (G5)."""

from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.link import Link
from chalicelib.domain.visit import Status, Visit, was_removed

DeadCode = Literal["link_cancelled", "link_ended", "link_replaced", "removed"]


def dead_code(visit: Visit, participant_id: str, link_id: str | None = None) -> DeadCode | None:
    """Why the person's link is dead, or None while it lives. The end of its time is another matter.

    It dies with the visit, and with the person's removal from it; with `link_id`, also when they were given a newer one.
    """
    if visit.status is Status.CANCELLED:
        return "link_cancelled"
    person = next((p for p in visit.participants if p.participant_id == participant_id), None)
    if person is None:
        return "removed" if was_removed(visit, participant_id) else "link_ended"
    if visit.is_over:
        return "link_ended"
    return "link_replaced" if link_id is not None and person.link_id != link_id else None


def expiry(link: Link, visit: Visit) -> datetime:
    """The end of its time, in a visit that is not going on then: that follows the visit wherever it is moved (B9)."""
    return visit.ends_at + timedelta(minutes=link.open_minutes)
