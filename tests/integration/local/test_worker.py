"""The local worker as a process: streams, queue and schedule reach the registered handlers, also through a kill."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local.environment import resource_variables
from local.resources import client
from local.settings import Settings
from tests.integration.local.conftest import PATIENCE_SECONDS, eventually, process
from tests.stack import aws_with_tables, free_settings

NOTES = "vardrum-local-quality"


class Board:
    """What the sample app's handlers have noted, and the ways to give them work."""

    def __init__(self, stack: Settings) -> None:
        self._dynamodb = client("dynamodb", stack.aws_url)
        self._sqs = client("sqs", stack.aws_url)
        self._names = resource_variables(stack)

    def notes(self, kind: str) -> list[str]:
        """In the order of the stream's sequence numbers."""
        found = self._dynamodb.query(
            TableName=NOTES,
            KeyConditionExpression="pk = :kind",
            ExpressionAttributeValues={":kind": {"S": kind}},
            ConsistentRead=True,
        )
        return [item["what"]["S"] for item in found["Items"]]

    def write(self, *keys: str) -> None:
        for key in keys:
            item = {"pk": {"S": key}, "sk": {"S": "visit"}, "raw": {"B": b"\x00"}}
            self._dynamodb.put_item(TableName=self._names["VISITS_TABLE"], Item=item)

    def send(self, body: str) -> None:
        self._sqs.send_message(QueueUrl=self._names["CALL_EVENTS_QUEUE_URL"], MessageBody=body)

    def buried(self) -> list[dict[str, Any]]:
        answer = self._sqs.receive_message(QueueUrl=self._names["STREAM_DEAD_QUEUE_URL"], MaxNumberOfMessages=10)
        return list(answer.get("Messages", []))


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Settings]:
    """An emulator of the test's own: streams and checkpoints start empty."""
    settings = free_settings(tmp_path)
    with aws_with_tables(settings):
        yield settings


def test_records_arrive_in_order_past_one_that_fails_once(stack: Settings) -> None:
    board, keys = Board(stack), [f"v{index:02}" for index in range(25)]
    keys[7] = "once"
    with process("worker", stack):
        board.write(*keys)
        eventually(lambda: len(board.notes("stream")) == len(keys))
    assert board.notes("stream") == keys


@pytest.mark.parametrize("bad", ["poison", "raise"])
def test_a_record_that_never_succeeds_is_buried_and_the_rest_goes_on(stack: Settings, bad: str) -> None:
    board = Board(stack)
    with process("worker", stack):
        board.write("a", bad, "b")
        eventually(lambda: board.notes("stream") == ["a", "b"])
        assert len(board.buried()) == 1


def test_what_was_written_while_no_worker_ran_is_delivered_later(stack: Settings) -> None:
    board = Board(stack)
    with process("worker", stack):
        board.write("first")
        eventually(lambda: board.notes("stream") == ["first"])
    board.write("second", "third")
    with process("worker", stack):
        eventually(lambda: board.notes("stream") == ["first", "second", "third"])


def test_a_killed_worker_loses_no_record(stack: Settings) -> None:
    board, keys = Board(stack), [f"k{index:03}" for index in range(60)]
    with process("worker", stack) as first:
        board.write(*keys[:30])
        eventually(lambda: len(board.notes("stream")) >= 5)
        first.kill()
        first.wait()
    board.write(*keys[30:])
    with process("worker", stack):
        eventually(lambda: len(set(board.notes("stream"))) == len(keys))
    assert sorted(set(board.notes("stream"))) == keys


def test_a_queue_message_is_tried_again_until_it_is_taken(stack: Settings) -> None:
    board = Board(stack)
    with process("worker", stack):
        board.send("plain")
        board.send("once")
        eventually(lambda: sorted(board.notes("queue")) == ["once", "plain"])


def test_the_sweep_runs_at_the_start(stack: Settings) -> None:
    with process("worker", stack):
        eventually(lambda: len(Board(stack).notes("sweep")) == 1)


def test_a_record_reaches_its_handler_at_once(stack: Settings) -> None:
    """By itself a machine needs less than 50 ms. Five times that leaves room for other work, and none for a worker that
    polls each second: of its waits a quarter would be shorter, and half of them longer than half a second."""
    board = Board(stack)
    waits_ms = []
    with process("worker", stack):
        board.write("warm-up")
        eventually(lambda: len(board.notes("stream")) == 1)
        for index in range(20):
            started = time.perf_counter()
            board.write(f"r{index}")
            while len(board.notes("stream")) < index + 2:
                assert time.perf_counter() - started < PATIENCE_SECONDS
            waits_ms.append((time.perf_counter() - started) * 1000)
    assert statistics.quantiles(waits_ms, n=4)[0] < 250
    assert statistics.median(waits_ms) < 500
