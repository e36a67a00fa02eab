"""Edges of streams, queues and the clock: Lambda's events in, one service per record, and which records failed out."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from chalicelib.api.delivery_log import delivery_lines
from chalicelib.api.observe import count_messages, log_not_done, log_unexpected
from chalicelib.api.stream_images import changed_record, new_entry, new_message_id, settled_message
from chalicelib.domain.call_event import read_call_event
from chalicelib.domain.receipt import read_receipt
from chalicelib.errors import Unavailable, VardrumError
from chalicelib.services.apply_call_event import apply_call_event
from chalicelib.services.export_access_log import export_access_log
from chalicelib.services.note_delivery import note_delivery
from chalicelib.services.ports import Ports
from chalicelib.services.push_changes import push_change, push_delivery
from chalicelib.services.send_outbox import due_now, send_message
from chalicelib.services.take_receipt import take_receipt

Record = Mapping[str, Any]
T = TypeVar("T")
Failures = dict[str, list[dict[str, str]]]


def send_new_messages(ports: Ports, event: Record) -> Failures:
    """The outbox table's stream: each message is sent as it is written (B3), and staff see what became of it (B10)."""

    outcomes = Counter[str]()

    def take(record: Record) -> None:
        message_id = new_message_id(record)
        if message_id is not None:
            outcomes[send_message(ports, message_id)] += 1
        settled = settled_message(record)
        if settled is not None:
            note_delivery(ports, settled)
            with suppress(Unavailable):  # no SMS waits for a page to be told of another
                push_delivery(ports, settled.visit_id)

    failures = _in_order("outbox stream", event["Records"], take)
    count_messages(outcomes)
    return failures


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

    return _each("call events", event["Records"], take)


def take_receipts(ports: Ports, event: Record) -> Failures:
    """The queue of receipts: each by itself. One that comes before the sender has noted its message comes again (B10)."""
    outcomes = Counter[str]()
    failures = _each("receipts", event["Records"], lambda record: _take_receipt(ports, record["body"], outcomes))
    count_messages(outcomes)
    return failures


def take_delivery_log(ports: Ports, event: Record) -> None:
    """SNS's delivery status log, as CloudWatch Logs hands it on (B10). Raises Unavailable when a line could not be taken:
    Lambda then comes with all of them again, which does the others no harm."""
    outcomes = Counter[str]()
    lines = delivery_lines(event)
    taken = [_taken("delivery log", lambda line: _take_receipt(ports, line, outcomes), line) for line in lines]
    count_messages(outcomes)
    if not all(taken):
        raise Unavailable("some receipts could not be taken")


def _take_receipt(ports: Ports, body: str, outcomes: Counter[str]) -> None:
    receipt = read_receipt(body)
    if receipt is not None and take_receipt(ports, receipt):
        outcomes["undelivered" if receipt.state == "failed" else receipt.state] += 1


def sweep(ports: Ports) -> None:
    """Each minute: messages whose time has come, and those whose sender died (B3). One that fails stops no other."""
    outcomes = Counter[str]()

    def take(message_id: str) -> None:
        outcomes[send_message(ports, message_id)] += 1

    for message_id in due_now(ports):
        if not _taken("sweep", take, message_id):
            outcomes["broken"] += 1
    count_messages(outcomes)


def _is_visit(record: Record) -> bool:
    return bool(record["dynamodb"]["Keys"]["sk"]["S"] == "visit")


def _each(what: str, records: Sequence[Record], take: Callable[[Record], None]) -> Failures:
    """All of a queue's batch, and which of them are to come again."""
    failed = [record["messageId"] for record in records if not _taken(what, take, record)]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


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
