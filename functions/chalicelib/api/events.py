"""Edges of streams, queues and the clock: Lambda's events in, one service per record, and which records failed out."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from chalicelib.api.observe import log_not_done, log_unexpected
from chalicelib.api.stream_images import changed_record, new_entry, new_key, settled_message
from chalicelib.domain.call_event import read_call_event
from chalicelib.errors import Unavailable, VardrumError
from chalicelib.services.apply_call_event import apply_call_event
from chalicelib.services.export_access_log import export_access_log
from chalicelib.services.ports import Ports
from chalicelib.services.push_changes import push_change, push_delivery
from chalicelib.services.send_outbox import due_now, send_message

Record = Mapping[str, Any]
T = TypeVar("T")
Failures = dict[str, list[dict[str, str]]]


def send_new_messages(ports: Ports, event: Record) -> Failures:
    """The outbox table's stream: each message is sent as it is written (B3), and staff see what became of it (B10)."""

    def take(record: Record) -> None:
        message_id = new_key(record)
        if message_id is not None:
            send_message(ports, message_id)
        settled = settled_message(record)
        if settled is not None:
            with suppress(Unavailable):  # no SMS waits for a page to be told of another
                push_delivery(ports, settled.visit_id)

    return _in_order("outbox stream", event["Records"], take)


def push_visit_changes(ports: Ports, event: Record) -> Failures:
    """The visits table's stream: whoever has a visit open is told. Of one visit's states in a batch, the last (L5)."""
    records: Sequence[Record] = event["Records"]
    last = {record["dynamodb"]["Keys"]["pk"]["S"]: record for record in records if _is_visit(record)}

    def take(record: Record) -> None:
        if _is_visit(record) and last[record["dynamodb"]["Keys"]["pk"]["S"]] is not record:
            return
        changed = changed_record(record)
        if changed is not None:
            push_change(ports, changed)

    return _in_order("visits stream", records, take)


def export_access_log_entries(ports: Ports, event: Record) -> Failures:
    """The audit table's stream: a whole batch is exported or tried again, so that a repetition writes the same objects.

    What no attempt could take is on `stream-dead`, and stays in the table for five years.
    """
    records: Sequence[Record] = event["Records"]

    def take(batch: Sequence[Record]) -> None:
        export_access_log(ports, [entry for entry in map(new_entry, batch) if entry is not None])

    if _taken("access log stream", take, records):
        return {"batchItemFailures": []}
    return {"batchItemFailures": [{"itemIdentifier": records[0]["dynamodb"]["SequenceNumber"]}]}


def apply_call_events(ports: Ports, event: Record) -> Failures:
    """The queue of call events: each by itself. What is no event fails until the queue gives it up as dead (C3)."""

    def take(record: Record) -> None:
        apply_call_event(ports, read_call_event(record["body"]))

    failed = [record["messageId"] for record in event["Records"] if not _taken("call events", take, record)]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def sweep(ports: Ports) -> None:
    """Each minute: messages whose time has come, and those whose sender died (B3). One that fails stops no other."""
    for message_id in due_now(ports):
        _taken("sweep", partial(send_message, ports), message_id)


def _is_visit(record: Record) -> bool:
    return bool(record["dynamodb"]["Keys"]["sk"]["S"] == "visit")


def _in_order(what: str, records: Sequence[Record], take: Callable[[Record], None]) -> Failures:
    """Stop at the first that fails: Lambda delivers it and all after it once more (ReportBatchItemFailures)."""
    for record in records:
        if not _taken(what, take, record):
            return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}


def _taken(what: str, take: Callable[[T], object], given: T) -> bool:
    try:
        take(given)
    except VardrumError as error:
        log_not_done(what, error.code, "")
        return False
    except Exception as error:  # noqa: BLE001  one bad record must not take the whole batch with it
        log_unexpected(what, error, "")
        return False
    return True
