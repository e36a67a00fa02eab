"""The messages that have arrived at the simulated phone, in SQLite: they outlive a restart and a `kill -9`."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from aiohttp import web

MOST_MESSAGES = 1000
MOST_LISTENERS = 100
_QUEUE_LENGTH = 100
_SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    sender TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    message_id TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    invocation_id TEXT NOT NULL UNIQUE,
    received_at_ms INTEGER NOT NULL,
    calendar TEXT NOT NULL DEFAULT ''
)
"""


class TooManyListeners(Exception):
    """MOST_LISTENERS pages are open already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A message as it comes in. `invocation_id`: one call of the sender's client, the same over its own retries.
    `calendar`: a letter's iCalendar object, if it has one."""

    kind: Literal["sms", "email"]
    recipient: str
    sender: str
    subject: str
    text: str
    message_id: str
    provider_id: str
    invocation_id: str
    calendar: str = ""


class MessageStore:
    """At most MOST_MESSAGES, the oldest go first. To be used from one thread."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.row_factory = sqlite3.Row
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute(_SCHEMA)
        if "calendar" not in {row["name"] for row in self._database.execute("PRAGMA table_info(messages)")}:
            self._database.execute("ALTER TABLE messages ADD COLUMN calendar TEXT NOT NULL DEFAULT ''")
        self._listeners: set[asyncio.Queue[dict[str, Any]]] = set()

    def add(self, arrival: Arrival) -> str:
        """The provider's id. A retry of the same call is the same message; a second call is a second message."""
        row = asdict(arrival) | {"received_at_ms": time.time_ns() // 1_000_000}
        names = ", ".join(row)
        places = ", ".join(f":{name}" for name in row)
        added = self._database.execute(
            f"INSERT INTO messages ({names}) VALUES ({places}) ON CONFLICT (invocation_id) DO NOTHING RETURNING *",  # noqa: S608  our own names
            row,
        ).fetchone()
        if added is None:
            found = self._database.execute(
                "SELECT provider_id FROM messages WHERE invocation_id = ?", (arrival.invocation_id,)
            ).fetchone()
            return str(found["provider_id"])
        self._database.execute("DELETE FROM messages WHERE id <= ?", (added["id"] - MOST_MESSAGES,))
        self._tell(_shown(added))
        return arrival.provider_id

    def newest(self, limit: int = 200, recipient: str = "", after: int = 0) -> list[dict[str, Any]]:
        """Newest first; of one recipient, and later than the id `after`, when given."""
        rows = self._database.execute(
            "SELECT * FROM messages WHERE id > ? AND (? = '' OR recipient = ?) ORDER BY id DESC LIMIT ?",
            (after, recipient, recipient, limit),
        )
        return [_shown(row) for row in rows]

    def clear(self) -> None:
        self._database.execute("DELETE FROM messages")

    def close(self) -> None:
        self._database.close()

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[dict[str, Any]]]:
        """New messages as they come; one who does not keep up misses some. Raises TooManyListeners."""
        if len(self._listeners) >= MOST_LISTENERS:
            raise TooManyListeners
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(_QUEUE_LENGTH)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def _tell(self, message: dict[str, Any]) -> None:
        for queue in self._listeners:
            if not queue.full():
                queue.put_nowait(message)


_SHOWN = ("id", "kind", "sender", "subject", "text", "message_id", "provider_id", "calendar")


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    """As the phone's JSON has it."""
    shown = {name: row[name] for name in _SHOWN}
    return shown | {"to": row["recipient"], "received_at_ms": row["received_at_ms"]}


MESSAGES = web.AppKey("messages", MessageStore)
