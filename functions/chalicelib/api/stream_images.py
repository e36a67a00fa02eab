"""Rows of a DynamoDB stream record (docs/data-model.md) -> what they say, as far as anyone is told of it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.chat import ChatMessage, Note
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit import Visit

Record = Mapping[str, Any]
_SETTLED = frozenset({"sent", "delivered", "failed", "bounced"})


def changed_record(record: Record) -> Visit | ChatMessage | Note | None:
    """The new image of a row of the visits table; None for a deletion, and for agenda rows, which follow a visit.

    Raises msgspec.ValidationError for a document that no code of ours wrote.
    """
    image = record["dynamodb"].get("NewImage")
    kind = _kind(image) if image else None
    return None if kind is None else msgspec.json.decode(image["document"]["S"], type=kind)


def new_message_id(record: Record) -> str | None:
    """Of an outbox row that was put in; None for one that was changed or deleted, and for a pointer to one."""
    return _message_key(record) if record["eventName"] == "INSERT" else None


def settled_message(record: Record) -> OutboxMessage | None:
    """The new image of a message that has been sent or given up, or of which its carrier has told; None for any other
    change, and for what staff is not shown."""
    image = record["dynamodb"].get("NewImage")
    if not image or _message_key(record) is None:
        return None
    message = msgspec.json.decode(image["document"]["S"], type=OutboxMessage)
    return message if message.state in _SETTLED and message.channel in {"sms", "email"} else None


def _message_key(record: Record) -> str | None:
    """The outbox holds messages, and pointers to them by the carriers' ids (docs/data-model.md)."""
    key = str(record["dynamodb"]["Keys"]["pk"]["S"])
    return None if key.startswith("receipt#") else key


def new_entry(record: Record) -> AuditEntry | None:
    """The entry of the access log that was written; None for one that has expired.

    Raises msgspec.ValidationError for a document that no code of ours wrote.
    """
    if record["eventName"] != "INSERT":
        return None
    return msgspec.json.decode(record["dynamodb"]["NewImage"]["document"]["S"], type=AuditEntry)


def _kind(image: Mapping[str, Any]) -> type[Visit | ChatMessage | Note] | None:
    match image["sk"]["S"].partition("#")[0]:
        case "visit":
            return Visit
        case "chat":
            return ChatMessage
        case "note":
            return Note
    return None
