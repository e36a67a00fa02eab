"""Outgoing messages. One row per visit, person, reason and channel: its id is made of them, so that none doubles (B3)."""

import hashlib
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from chalicelib.concealed import Concealed

Channel = Literal["sms", "email", "media", "reminder"]
State = Literal["queued", "sending", "sent", "delivered", "failed", "bounced"]
CLOCKS_DIFFER = timedelta(seconds=2)


class OutboxMessage(Concealed, Struct, frozen=True, kw_only=True):
    """Something to be sent. The link's token is not in it: `text` has `{link}` where it goes, made from `link_id`.

    `media` messages are control calls to the media fleet: `text` is the action, `address` the call, `link_id` empty.
    `reminder` messages are to nobody yet: when one is due, everyone in the visit then gets theirs written (B10).
    `sequence` is the visit's when it was written: of an earlier booking nothing goes out. `useful_until`: later it is not
    sent; None for ever. `throttled`: how often in a row the carrier asked for patience, which is no attempt.
    `times`: how many visits a repeated booking has, which its first invitation tells.

    While `queued`, `due_at` says when to send; while `sending`, until when the sender that has claimed it is trusted to
    live. `failure`: why it was not sent.
    """

    message_id: str
    visit_id: str
    participant_id: str
    reason: str
    channel: Channel
    address: str
    subject: str
    text: str
    link_id: str
    state: State
    attempts: int
    due_at: datetime
    created_at: datetime
    expires_at: datetime
    version: int = 1
    provider_id: str = ""
    failure: str = ""
    sequence: int = 0
    useful_until: datetime | None = None
    org_id: str = ""
    throttled: int = 0
    times: int = 1

    def is_due(self, now: datetime) -> bool:
        """Whether somebody may claim it now: its time has come, or its claim has run out.

        What waits may go out a little early: the sender's clock need not be the writer's.
        """
        early = CLOCKS_DIFFER if self.state == "queued" else timedelta()
        return self.state in {"queued", "sending"} and self.due_at <= now + early


def message_id(visit_id: str, participant_id: str, reason: str, channel: Channel) -> str:
    """The same message always has the same id, so that writing it twice is found out."""
    parts = "\n".join((visit_id, participant_id, reason, channel))
    return "m_" + hashlib.sha256(parts.encode()).hexdigest()[:32]
