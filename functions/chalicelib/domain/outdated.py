"""Whether what a message says is still so when it is about to go out (B9, B10, G5)."""

from datetime import datetime

from chalicelib.domain.link_state import dead_code
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.message_ids import invitation_number
from chalicelib.domain.visit import Visit


def outdated(message: OutboxMessage, visit: Visit, now: datetime) -> str:
    """Why it must not go out any more, empty if it may.

    `too_late`: it is of no use now. `superseded`: the visit has another time than it tells, or they
    have been invited again. Else what `dead_code` says of
    the link in it: the visit is over, or the person is in it no more. A cancellation is of none of these but the first.
    """
    if message.useful_until is not None and now > message.useful_until:
        return "too_late"
    if not _is_of_one_time(message):
        return ""
    if message.sequence < visit.timed_sequence or _is_earlier_invitation(message, visit):
        return "superseded"
    if message.link_id:
        return dead_code(visit, message.participant_id, message.link_id) or ""
    return "visit_over" if visit.is_over else ""


def _is_earlier_invitation(message: OutboxMessage, visit: Visit) -> bool:
    number = invitation_number(message)
    person = next((p for p in visit.participants if p.participant_id == message.participant_id), None)
    return number is not None and person is not None and number < person.invited_again


def _is_of_one_time(message: OutboxMessage) -> bool:
    """Whether it tells a time, and is wrong once the visit has another."""
    return not message.reason.startswith("cancelled")
