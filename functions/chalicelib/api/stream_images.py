"""Rows of a DynamoDB stream record (docs/data-model.md) -> what they say, as far as anyone is told of it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.chat import ChatMessage, Note
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit import Visit

Record = Mapping[str, Any]


def changed_record(record: Record) -> Visit | ChatMessage | Note | None:
    """The new image of a row of the visits table; None for a deletion, and for agenda rows, which follow a visit.

    Raises msgspec.ValidationError for a document that no code of ours wrote.
    """
    image = record["dynamodb"].get("NewImage")
    kind = _kind(image) if image else None
    return None if kind is None else msgspec.json.decode(image["document"]["S"], type=kind)


def new_key(record: Record) -> str | None:
    """`pk` of a row that was put in; None for one that was changed or deleted."""
    return str(record["dynamodb"]["Keys"]["pk"]["S"]) if record["eventName"] == "INSERT" else None


def settled_message(record: Record) -> OutboxMessage | None:
    """The new image of an outbox row that has been sent or given up; None for any other change."""
    image = record["dynamodb"].get("NewImage")
    message = msgspec.json.decode(image["document"]["S"], type=OutboxMessage) if image else None
    return message if message is not None and message.state in {"sent", "failed"} else None


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
