"""Who is written to when a visit is booked, how, and with what words (B2, B3, B10)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from chalicelib.domain.local_time import local
from chalicelib.domain.message import Channel, OutboxMessage, message_id
from chalicelib.domain.message_texts import (
    guest_invitation_email,
    guest_invitation_sms,
    invitation_email,
    invitation_sms,
    ombud_invitation_sms,
)
from chalicelib.domain.visit import Kind, Participant, Visit

REASON = "invitation"
KEPT_FOR = timedelta(days=30)


def invitations(visit: Visit, now: datetime) -> list[OutboxMessage]:
    """One message to each person outside the organisation who can be reached: SMS, else e-mail."""
    return [_message(visit, person, channel, now) for person, channel in invited(visit)]


def invited(visit: Visit) -> Iterator[tuple[Participant, Channel]]:
    """Everyone who gets an invitation, and by which channel."""
    for person in visit.participants:
        if person.role != "staff" and person.contact.phone:
            yield person, "sms"
        elif person.role != "staff" and person.contact.email:
            yield person, "email"


def invitation(visit: Visit, participant: Participant, now: datetime) -> OutboxMessage | None:
    """The one to this person, if they can be reached."""
    return next((m for m in invitations(visit, now) if m.participant_id == participant.participant_id), None)


def invitation_id(visit: Visit, participant: Participant) -> str:
    """The id of this person's invitation, sent or not; empty for who gets none."""
    channels = {person.participant_id: channel for person, channel in invited(visit)}
    channel = channels.get(participant.participant_id)
    return message_id(visit.visit_id, participant.participant_id, REASON, channel) if channel else ""


def _message(visit: Visit, person: Participant, channel: Channel, now: datetime) -> OutboxMessage:
    subject, text = _text(visit, person, channel)
    return OutboxMessage(
        message_id=message_id(visit.visit_id, person.participant_id, REASON, channel),
        visit_id=visit.visit_id,
        participant_id=person.participant_id,
        reason=REASON,
        channel=channel,
        address=person.contact.phone if channel == "sms" else person.contact.email,
        subject=subject,
        text=text,
        link_id=person.link_id,
        state="queued",
        attempts=0,
        due_at=now,
        created_at=now,
        expires_at=now + KEPT_FOR,
    )


def _text(visit: Visit, person: Participant, channel: Channel) -> tuple[str, str]:
    """Subject (empty for SMS) and text."""
    starts_at = local(visit.starts_at)
    if person.role == "guest":
        guest_sms = "", guest_invitation_sms(visit.org_name, starts_at)
        return guest_sms if channel == "sms" else guest_invitation_email(visit.org_name, starts_at)
    if person.role == "ombud":
        return "", ombud_invitation_sms(visit.org_name, starts_at)
    if channel == "sms":
        return "", invitation_sms(visit.org_name, starts_at, _neutral(visit))
    return invitation_email(visit.org_name, starts_at, visit.owner.name, protected=_neutral(visit))


def _neutral(visit: Visit) -> bool:
    """Nothing of who writes or why: to the protected (P5), and to youths, whose phones are not theirs alone (B5)."""
    return visit.patient_protected or visit.kind is Kind.YOUTH
