"""What a carrier tells afterwards is noted with the message; an SMS that has not arrived goes by e-mail (B10)."""

from chalicelib.domain.changes import Replace
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.receipt import Receipt, after_receipt
from chalicelib.errors import Unavailable
from chalicelib.services.fall_back_to_email import fall_back_to_email
from chalicelib.services.ports import Ports


def take_receipt(ports: Ports, receipt: Receipt) -> bool:
    """Whether it told anything new. The same again, or an older one after a newer one, does no harm.

    Raises Unavailable for an SMS that is not known yet, since a receipt may come before the sender has noted what it sent,
    and Conflict when the message changed meanwhile: both are worth another try.
    """
    message = _message_of(ports, receipt)
    if message is not None and message.channel != receipt.channel:
        return False  # no carrier tells of what another one has, nor of a reminder's row
    after = after_receipt(message, receipt) if message is not None else None
    if message is None or after is None:
        return False
    if after.state != "failed" or not fall_back_to_email(ports, message, after.failure):
        ports.store.commit([Replace(after)])
    return True


def _message_of(ports: Ports, receipt: Receipt) -> OutboxMessage | None:
    """By our own id, which a letter carries along; else by the carrier's. None for a letter whose row has expired, and for
    one that carries none: it is not ours, and no later try would find it."""
    if receipt.channel == "email":
        return ports.store.message(receipt.message_id) if receipt.message_id else None
    pointer = ports.store.receipt_pointer(receipt.provider_id)
    if pointer is None:
        raise Unavailable("no message with this id of the carrier's is known yet", code="early_receipt")
    return ports.store.message(pointer.message_id)
