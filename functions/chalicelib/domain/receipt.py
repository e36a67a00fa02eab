"""What a carrier tells of a message afterwards (B10): that it has arrived, or that it has not.

SMS: one line of Amazon SNS's delivery status log. E-mail: one event of an Amazon SES configuration set, as EventBridge hands
it on or by itself.
"""

from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.message import Channel, OutboxMessage, State
from chalicelib.errors import BadInput

Arrived = Literal["delivered", "failed", "bounced"]

_SES_STATES: dict[str, Arrived] = {
    "Delivery": "delivered",
    "Complaint": "delivered",  # it has come, and its reader calls it spam
    "Bounce": "bounced",
    "Reject": "failed",
    "Rendering Failure": "failed",
}


class ReceiptPointer(Struct, frozen=True):
    """Which message a carrier's own id is of; written as soon as the carrier has taken it."""

    provider_id: str
    message_id: str
    expires_at: datetime


class Receipt(Struct, frozen=True, kw_only=True):
    """`message_id` is ours, empty where the carrier repeats its own alone. `failure` is a fixed word, never the carrier's."""

    channel: Channel
    state: Arrived
    provider_id: str
    message_id: str = ""
    failure: str = ""


def read_receipt(body: str | bytes) -> Receipt | None:
    """The receipt of one event; None for an event that tells nothing of an arrival (Send, Open, Delivery Delay).

    Raises BadInput for what is neither carrier's; the message repeats nothing of it.
    """
    try:
        event: dict[str, Any] = msgspec.json.decode(body, type=dict[str, Any])
        if "notification" in event:
            return _of_sms(event)
        detail: dict[str, Any] = event.get("detail", event)
        return _of_email(detail)
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError, IndexError):
        raise BadInput("not a receipt of a carrier's", code="bad_receipt") from None


def after_receipt(message: OutboxMessage, receipt: Receipt) -> OutboxMessage | None:
    """The message as the receipt makes it, or None where it changes nothing, as when it comes twice or too late.

    An SMS that has arrived has arrived: a failure is of another try of the same. An e-mail may bounce after the receiving
    server has taken it, and then has not arrived. What is `queued` or `sending` was taken after all, though the carrier's
    answer was lost: it is not sent once more.
    """
    if message.state == receipt.state or _stands(message.state, receipt):
        return None
    provider_id = message.provider_id or receipt.provider_id
    return replace(
        message,
        version=message.version + 1,
        state=receipt.state,
        failure=receipt.failure,
        provider_id=provider_id,
    )


def _stands(state: State, receipt: Receipt) -> bool:
    """Whether what is known outweighs the receipt."""
    if state == "delivered":
        return receipt.channel == "sms" or receipt.state != "bounced"
    return state == "bounced" or (state in {"queued", "sending"} and receipt.state != "delivered")


def _of_sms(line: dict[str, Any]) -> Receipt:
    arrived = line["status"] == "SUCCESS"
    return Receipt(
        channel="sms",
        state="delivered" if arrived else "failed",
        provider_id=str(line["notification"]["messageId"]),
        failure="" if arrived else "not_delivered",
    )


def _of_email(event: dict[str, Any]) -> Receipt | None:
    state = _SES_STATES.get(event["eventType"])
    if state is None:
        return None
    mail = event["mail"]
    tags = mail.get("tags", {}).get("message_id", [""])
    failure = {"Delivery": "", "Complaint": "complaint", "Bounce": "bounced"}.get(event["eventType"], "rejected")
    return Receipt(
        channel="email", state=state, provider_id=str(mail["messageId"]), message_id=str(tags[0]), failure=failure
    )
