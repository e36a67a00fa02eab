"""Domain record <-> the JSON in `document`."""

from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def encode(record: Any) -> str:
    """The record as JSON text."""
    return msgspec.json.encode(record).decode()


def decode(document: str, kind: type[T]) -> T:
    """The record of that type. Raises msgspec.ValidationError on a document no code of ours wrote."""
    return msgspec.json.decode(document, type=kind)


def sort_key(moment: datetime) -> str:
    """UTC to the microsecond, so that text order is order of time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def epoch(moment: datetime) -> int:
    """Epoch seconds, as TTL wants them."""
    return int(moment.timestamp())
