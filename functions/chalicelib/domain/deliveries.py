"""What became of the messages that a visit's people were sent, as staff see it (B10)."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal, get_args

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.addressees import channel_of
from chalicelib.domain.message import OutboxMessage, message_id
from chalicelib.domain.message_ids import INVITATION, invitation_reason, invitation_row_id
from chalicelib.domain.text_keys import TextChannel
from chalicelib.domain.visit import Form, Participant, Status, Visit

DeliveryState = Literal["none", "queued", "sent", "delivered", "failed", "bounced"]
Failure = Literal["not_delivered", "no_such_address", "refused", "no_answer", "daily_cap"]
LOST: frozenset[DeliveryState] = frozenset({"failed", "bounced"})
_FAILURES: dict[str, Failure] = {
    "not_delivered": "not_delivered",
    "bounced": "no_such_address",
    "rejected": "refused",
    "message_refused": "refused",
    "invalid_email": "refused",
    "daily_cap": "daily_cap",
}
# Not sent because what it says is no longer so: nothing that staff need do anything about.
_OUTDATED = frozenset(
    {
        "superseded",
        "too_late",
        "not_invited",
        "visit_over",
        "link_cancelled",
        "link_ended",
        "link_replaced",
        "removed",
        "no_visit",
    }
)


class Delivery(Concealed, Struct, frozen=True):
    """`at`: when it was written, or is to be sent if that is later. `failure`: why it has not come; of none that may."""

    reason: str
    channel: TextChannel
    state: DeliveryState
    at: datetime
    failure: Failure | None = None


def delivery_ids(visit: Visit) -> list[str]:
    """The ids of all that those now in the visit may have been sent of its present time; many are of nothing."""
    each = [one for person in visit.participants for one in delivery_ids_of(visit, person)]
    return [*each, invitation_row_id(visit)] if visit.form is Form.GROUP else each


def delivery_ids_of(visit: Visit, person: Participant) -> list[str]:
    """This person's alone."""
    return [
        message_id(visit.visit_id, person.participant_id, reason, channel)
        for channel in _channels(person)
        for reason in _reasons(visit, person)
    ]


def deliveries(messages: Iterable[OutboxMessage], person: Participant) -> list[Delivery]:
    """This person's, newest first; what was never to be sent any more is left out."""
    written = list(messages)
    mine = [m for m in written if m.participant_id == person.participant_id]
    if not mine:
        return _awaited(written, person)
    told = sorted(mine, key=lambda m: (max(m.created_at, _planned(m)), m.channel), reverse=True)
    return [_delivery(message) for message in told if message.failure not in _OUTDATED]


def _awaited(messages: Iterable[OutboxMessage], person: Participant) -> list[Delivery]:
    """A group's invitation that is about to be written, as its row is there."""
    channel = channel_of(person)
    rows = (m for m in messages if m.reason == INVITATION and not m.participant_id and m.state == "queued")
    return [Delivery(INVITATION, channel, "queued", max(m.created_at, _planned(m))) for m in rows] if channel else []


def delivery(messages: Iterable[OutboxMessage], person: Participant) -> DeliveryState:
    """How the newest one fares; `none` for who was sent nothing."""
    told = deliveries(messages, person)
    return told[0].state if told else "none"


def is_unreached(messages: Iterable[OutboxMessage], visit: Visit, person: Participant) -> bool:
    """Whether the newest of what they were sent has not come to them; of a cancelled visit, that it is."""
    told = deliveries(messages, person)
    newest = [each for each in told if visit.status is not Status.CANCELLED or each.reason == "cancelled"][:1]
    return any(each.state in LOST for each in newest)


def _delivery(message: OutboxMessage) -> Delivery:
    state: DeliveryState = "queued" if message.state in {"queued", "sending"} else message.state  # type: ignore[assignment]  # the other states are DeliveryState's
    channel: TextChannel = "sms" if message.channel == "sms" else "email"
    failure = _FAILURES.get(message.failure, "no_answer") if state in LOST else None
    return Delivery(
        message.reason.partition("#")[0], channel, state, max(message.created_at, _planned(message)), failure
    )


def _planned(message: OutboxMessage) -> datetime:
    """When it is first to be sent; of what has been tried, `due_at` is a claim's or a retry's."""
    return message.due_at if message.state == "queued" and message.attempts == 0 else message.created_at


def _channels(person: Participant) -> Iterator[TextChannel]:
    """E-mail too for who has a number: it is written where an SMS fails."""
    if channel_of(person) is None:
        return
    contacts: dict[TextChannel, str] = {"sms": person.contact.phone, "email": person.contact.email}
    yield from (channel for channel in get_args(TextChannel) if contacts[channel])


def _reasons(visit: Visit, person: Participant) -> Iterator[str]:
    yield from map(invitation_reason, range(person.invited_again + 1))
    yield from (f"{reason}#{visit.timed_sequence}" for reason in ("reminder_morning", "reminder_soon"))
    if visit.timed_sequence:
        yield f"moved#{visit.timed_sequence}"
    if visit.status is Status.CANCELLED:
        yield "cancelled"
    else:
        yield "started"
