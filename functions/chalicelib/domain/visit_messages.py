"""Everything that is written to people outside the organisation about a visit: who, how, when, and with what words (B10).

Each function gives rows for the outbox, to be created in the transaction of what they tell of. The same call twice gives the
same ids, so that nobody is written to twice for one reason (B3).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import msgspec

from chalicelib.concealed import Concealed
from chalicelib.domain.addressees import addressees, channel_of
from chalicelib.domain.local_time import STOCKHOLM, local_date
from chalicelib.domain.message import OutboxMessage, message_id
from chalicelib.domain.message_ids import INVITATION, invitation_reason
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.rows_for_all import KEPT_FOR, open_until
from chalicelib.domain.text_keys import TextChannel, TextReason
from chalicelib.domain.visit import PLANNED, Participant, Visit
from chalicelib.domain.wording import wording

# Of a repeated booking the later visits are invited to so long before them, at this time.
INVITED_BEFORE, INVITED_AT = timedelta(days=3), time(9)
_STARTED_USEFUL = timedelta(minutes=30)
_CANCELLED_USEFUL = timedelta(days=1)


@dataclass(frozen=True, slots=True, repr=False)
class _Writer(Concealed):
    """Writes of one visit, now."""

    visit: Visit
    organisation: Organisation
    now: datetime

    def to_all(self, words: TextReason, until: datetime) -> list[OutboxMessage]:
        return [self.to(person, channel, words, until) for person, channel in addressees(self.visit)]

    def to(
        self,
        person: Participant,
        channel: TextChannel,
        words: TextReason,
        until: datetime,
        *,
        times: int = 1,
        send_at: datetime | None = None,
    ) -> OutboxMessage:
        visit, reason, due_at = self.visit, _reason(words, self.visit, person), send_at or self.now
        subject, text = wording(visit, person, words, channel, self.organisation, times=times)
        return OutboxMessage(
            message_id=message_id(visit.visit_id, person.participant_id, reason, channel),
            visit_id=visit.visit_id,
            org_id=visit.org_id,
            participant_id=person.participant_id,
            reason=reason,
            channel=channel,
            address=person.contact.phone if channel == "sms" else person.contact.email,
            subject=subject,
            text=text,
            link_id="" if words == "cancelled" else person.link_id,
            state="queued",
            attempts=0,
            due_at=due_at,
            created_at=self.now,
            expires_at=max(due_at, visit.ends_at) + KEPT_FOR,
            sequence=visit.sequence,
            useful_until=until,
            times=times,
        )


def invitations(
    visit: Visit, now: datetime, organisation: Organisation, *, times: int = 1, send_at: datetime | None = None
) -> list[OutboxMessage]:
    """One message to each person outside the organisation who can be reached: SMS, else e-mail.

    `times`: how many visits the booking has, told in the first one's invitation. `send_at`: not now but then.
    """
    written = (
        invitation(visit, person, now, organisation, times=times, send_at=send_at) for person, _ in addressees(visit)
    )
    return [message for message in written if message is not None]


def invitation(
    visit: Visit,
    participant: Participant,
    now: datetime,
    organisation: Organisation,
    *,
    times: int = 1,
    send_at: datetime | None = None,
) -> OutboxMessage | None:
    """The one to this person, if they can be reached."""
    channel = channel_of(participant)
    if channel is None:
        return None
    words: TextReason = "invitation_series" if times > 1 else "invitation"
    writer, until = _Writer(visit, organisation, now), open_until(visit, organisation)
    return writer.to(participant, channel, words, until, times=times, send_at=send_at)


def later_invitation_at(visit: Visit, now: datetime) -> datetime:
    """When a later visit of a repeated booking is invited to: at 09:00 three days before, or now when that has passed."""
    day = local_date(visit.starts_at) - INVITED_BEFORE
    return max(now, datetime.combine(day, INVITED_AT, STOCKHOLM).astimezone(UTC))


def moved_messages(visit: Visit, now: datetime, organisation: Organisation) -> list[OutboxMessage]:
    """To everyone who can be reached, with the link that they have: `visit` is at its new time, with its new `sequence`."""
    return _Writer(visit, organisation, now).to_all("moved", open_until(visit, organisation))


def cancelled_messages(
    visit: Visit, now: datetime, organisation: Organisation, only: Collection[str] | None = None
) -> list[OutboxMessage]:
    """To everyone who can be reached, or of them to those with these participant ids. `visit` still has them in it."""
    written = _Writer(visit, organisation, now).to_all("cancelled", max(visit.ends_at, now + _CANCELLED_USEFUL))
    return [message for message in written if only is None or message.participant_id in only]


def removed_messages(
    visit: Visit, person: Participant, now: datetime, organisation: Organisation
) -> list[OutboxMessage]:
    """To someone who is taken out of a visit to come: for them it is cancelled. `visit` still has them in it.

    Nothing once it goes on: it would be of no use to who has been in it.
    """
    return cancelled_messages(visit, now, organisation, {person.participant_id}) if visit.status in PLANNED else []


def started_messages(visit: Visit, now: datetime, organisation: Organisation) -> list[OutboxMessage]:
    """To the patients who are neither waiting nor in the call, or to who acts for them: once in a visit."""
    writer = _Writer(visit, organisation, now)
    return [
        writer.to(person, channel, "started", now + _STARTED_USEFUL)
        for person, channel in addressees(visit)
        if person.role in {"patient", "ombud"} and not _is_there(visit, person)
    ]


def reminder_messages(
    row: OutboxMessage, visit: Visit, organisation: Organisation, now: datetime
) -> list[OutboxMessage]:
    """What a reminder that is due becomes: a message to each person who is in the visit now and can be reached.

    So do a group's invitations (`domain.rows_for_all.invitation_row`).
    """
    if row.reason == INVITATION:
        return invitations(visit, now, organisation, times=row.times)
    return _Writer(visit, organisation, now).to_all(_words(row), row.useful_until or visit.starts_at)


def email_instead(
    message: OutboxMessage, visit: Visit, organisation: Organisation, now: datetime
) -> OutboxMessage | None:
    """The e-mail in place of an SMS that did not arrive; None for who has no address, or is in the visit no more."""
    person = next((p for p in visit.participants if p.participant_id == message.participant_id), None)
    if message.channel != "sms" or person is None or not person.contact.email:
        return None
    until = message.useful_until or open_until(visit, organisation)
    writer, words = _Writer(visit, organisation, now), _words(message)
    return writer.to(person, "email", words, until, times=message.times)


def _words(message: OutboxMessage) -> TextReason:
    """`moved#2` -> `moved`."""
    if message.times > 1:
        return "invitation_series"
    words: TextReason = msgspec.convert(message.reason.partition("#")[0], TextReason)
    return words


def _reason(words: TextReason, visit: Visit, person: Participant) -> str:
    """What is told once for each time that the visit has had carries that time's `sequence`."""
    if words in {"invitation", "invitation_series"}:
        return invitation_reason(person.invited_again)
    return words if words in {"cancelled", "started"} else f"{words}#{visit.timed_sequence}"


def _is_there(visit: Visit, person: Participant) -> bool:
    """In the call, or in the waiting room with the page open."""
    if visit.call is not None and person.participant_id in visit.call.connected:
        return True
    return person.waiting_since is not None and person.away_since is None
