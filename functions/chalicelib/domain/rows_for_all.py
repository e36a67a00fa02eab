"""Rows of the outbox to nobody yet. When one is due, everyone who is in the visit by then gets a message of their own
(`domain.visit_messages.reminder_messages`): so many would not fit into the transaction that books or moves it."""

from datetime import datetime, timedelta

from chalicelib.domain.message import OutboxMessage, message_id
from chalicelib.domain.message_ids import INVITATION
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.visit import Visit

KEPT_FOR = timedelta(days=30)


def invitation_row(
    visit: Visit, now: datetime, organisation: Organisation, *, times: int = 1, send_at: datetime | None = None
) -> OutboxMessage:
    """In place of a group's invitations. `times` and `send_at` as in `visit_messages.invitations`."""
    return row_for_all(visit, INVITATION, send_at or now, now, until=open_until(visit, organisation), times=times)


def row_for_all(
    visit: Visit, reason: str, due_at: datetime, now: datetime, *, until: datetime, times: int = 1
) -> OutboxMessage:
    """`until`: when what is made from it is of no use any more."""
    return OutboxMessage(
        message_id=message_id(visit.visit_id, "", reason, "reminder"),
        visit_id=visit.visit_id,
        org_id=visit.org_id,
        participant_id="",
        reason=reason,
        channel="reminder",
        address="",
        subject="",
        text="",
        link_id="",
        state="queued",
        attempts=0,
        due_at=due_at,
        created_at=now,
        expires_at=max(due_at, visit.ends_at) + KEPT_FOR,
        sequence=visit.sequence,
        useful_until=until,
        times=times,
    )


def open_until(visit: Visit, organisation: Organisation) -> datetime:
    """As long as the link leads anywhere."""
    return visit.ends_at + timedelta(minutes=organisation.link_open_minutes_after_end)
