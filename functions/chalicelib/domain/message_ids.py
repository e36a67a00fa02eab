"""The ids of what a visit's people are sent, which are known before and after it is written."""

from typing import get_args

from chalicelib.domain.addressees import channel_of
from chalicelib.domain.message import OutboxMessage, message_id
from chalicelib.domain.text_keys import TextChannel
from chalicelib.domain.visit import Participant, Visit

INVITATION = "invitation"
MOST_INVITATIONS = 10
_RECENT = 20


def invitation_reason(number: int) -> str:
    """Of the first invitation, number 0, and of each that was sent again after it."""
    return f"{INVITATION}#{number}" if number else INVITATION


def invitation_number(message: OutboxMessage) -> int | None:
    """Which of a person's invitations it is; None for what is none."""
    reason, _, number = message.reason.partition("#")
    return int(number or 0) if reason == INVITATION else None


def invitation_id(visit: Visit, participant: Participant) -> str:
    """The id of this person's first invitation, sent or not; empty for who gets none."""
    channel = channel_of(participant)
    return message_id(visit.visit_id, participant.participant_id, INVITATION, channel) if channel else ""


def earlier_ids(visit: Visit, participant_id: str) -> list[str]:
    """The ids of what this person may have been told of the visit before it was cancelled."""
    moves = range(max(1, visit.sequence - _RECENT), visit.sequence + 1)
    reasons = [*map(invitation_reason, range(MOST_INVITATIONS)), *(f"moved#{sequence}" for sequence in moves)]
    return [
        message_id(visit.visit_id, participant_id, reason, channel)
        for reason in reasons
        for channel in get_args(TextChannel)
    ]


def invitation_row_id(visit: Visit) -> str:
    """Of the row that a group's invitations are made from."""
    return message_id(visit.visit_id, "", INVITATION, "reminder")
