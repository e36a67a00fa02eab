"""The embedded AWS emulator (ministack) with a state that outlives a kill.

Runs with the Python of .venv-aws: only the standard library and ministack may be imported here. By itself ministack
saves on a clean exit only, and never its streams. Here the state of DynamoDB, with its streams and transaction tokens,
and of SQS is written as one file, whole, at most AUTOSAVE_SECONDS after a change (docs/decisions/0008-embedded-aws.md).
Beside that, CHANGES_PATH answers when a stream has new records, so that the worker need not poll.
"""

import asyncio
import logging
import marshal
import os
import signal
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack.app import app as ministack_app
from ministack.services import dynamodb, sqs

AUTOSAVE_SECONDS = 1.0
CHANGES_PATH = "/_vardrum/changes"
CHANGES_SECONDS = 10.0
FORMAT = 1
MARSHAL_VERSION = 4
DYNAMODB_STORES = (
    "_tables",
    "_ttl_settings",
    "_pitr_settings",
    "_tags",
    "_stream_records",
    "_stream_trimmed",
    "_closed_streams",
    "_txn_idempotency",
)
DERIVED = "_index_members"
"""ministack's cache of index partitions; it makes a new one when this is missing."""
READS = ("Get", "Describe", "List", "Query", "Scan", "BatchGet", "TransactGet", "Receive")

logger = logging.getLogger("emulator")

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class UnknownFormat(Exception):
    """The state file was written by another version of this program."""


def snapshot() -> bytes:
    """All that must outlive the process, taken at one point in time.

    Requests run on the event loop, where this runs too; the lock keeps the thread that expires items out. marshal,
    because the loop stands still meanwhile and it takes a seventh of the time of JSON.
    """
    with dynamodb._lock:
        stores = {name: getattr(dynamodb, name)._data for name in DYNAMODB_STORES}
        stores["_tables"] = {key: _plain(table) for key, table in stores["_tables"].items()}
        state = {"dynamodb": stores, "sqs": {"_queues": sqs._queues._data}}
        document = {"format": FORMAT, "sequence": dynamodb._stream_seq_counter, "state": state}
        return marshal.dumps(document, MARSHAL_VERSION)


def _plain(table: dict[str, Any]) -> dict[str, Any]:
    """The table without derived parts; marshal takes no subclass of dict."""
    kept = {name: value for name, value in table.items() if name != DERIVED}
    return kept | {"items": dict(table["items"])}


def restore(state: bytes) -> None:
    """Fill the empty stores from a snapshot. Raises UnknownFormat."""
    document = marshal.loads(state)  # noqa: S302 - our own file, in a folder of our own
    if document["format"] != FORMAT:
        raise UnknownFormat(f"the state file has format {document['format']}, this program reads {FORMAT}")
    dynamodb._stream_seq_counter = document["sequence"]
    for service, module in (("dynamodb", dynamodb), ("sqs", sqs)):
        for name, store in document["state"][service].items():
            getattr(module, name)._data.update(store)
    for table in dynamodb._tables._data.values():
        table["items"] = defaultdict(dict, table["items"])
    sqs._rebuild_queue_name_index()


def write_whole(path: Path, state: bytes) -> None:
    """Replace the file in one step: a kill leaves the old one or the new one."""
    draft = path.with_name(f"{path.name}.tmp")
    with draft.open("wb") as file:
        file.write(state)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


class Autosave:
    """The emulator as an ASGI app that notices changes and writes them down."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._changes = 0
        self._saved = 0
        self._changed = asyncio.Condition()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == CHANGES_PATH:
            await self._answer_changes(scope, send)
            return
        try:
            await ministack_app(scope, receive, send)
        finally:
            if scope["type"] == "http" and _changes_state(scope):
                self._changes += 1
                async with self._changed:
                    self._changed.notify_all()

    async def _answer_changes(self, scope: Scope, send: Send) -> None:
        """`?other-than=N` is answered with the streams' counter once it is not N, or after CHANGES_SECONDS."""
        known = scope["query_string"].decode("latin-1").partition("=")[2]
        async with self._changed:
            with suppress(TimeoutError):
                changed = self._changed.wait_for(lambda: str(dynamodb._stream_seq_counter) != known)
                await asyncio.wait_for(changed, CHANGES_SECONDS)
        body = str(dynamodb._stream_seq_counter).encode("ascii")
        headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode("ascii"))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def run(self) -> None:
        """Save within AUTOSAVE_SECONDS of each change, for ever."""
        while True:
            await asyncio.sleep(AUTOSAVE_SECONDS)
            try:
                await self.save()
            except OSError as error:
                logger.error("The state could not be saved: %s", error)

    async def save(self) -> None:
        """Save if something has changed. Raises OSError."""
        changes = self._changes
        if changes != self._saved:
            state = snapshot()
            await asyncio.to_thread(write_whole, self._path, state)
            self._saved = changes


def _changes_state(scope: Scope) -> bool:
    target: bytes = dict(scope["headers"]).get(b"x-amz-target", b"")
    return not target.decode("latin-1").partition(".")[2].startswith(READS)


async def serve_until_stopped(path: Path) -> None:
    """Serve until SIGTERM or SIGINT, then save; a save that fails for good ends the process."""
    stop = asyncio.Event()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signal_number, stop.set)
    autosave = Autosave(path)
    saving = asyncio.create_task(autosave.run())
    saving.add_done_callback(lambda _: stop.set())
    await serve(autosave, _config(), shutdown_trigger=partial(_until, stop))
    if saving.done():
        saving.result()
    saving.cancel()
    await autosave.save()


async def _until(stop: asyncio.Event) -> None:
    """From then on connections are cut, which asyncio of Python 3.11 reports as errors in its own callbacks."""
    await stop.wait()
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)


def _config() -> Config:
    config = Config()
    config.bind = [f"{os.environ['BIND_HOST']}:{os.environ['GATEWAY_PORT']}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    config.loglevel = "WARNING"
    return config


def main() -> None:
    path = Path(os.environ["EMULATOR_STATE_FILE"])
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        restore(path.read_bytes())
    asyncio.run(serve_until_stopped(path))


if __name__ == "__main__":
    main()
