"""The node's row in a real table, the call events in a real queue (both of the embedded emulator)."""

import asyncio
import json
import os
import time
from collections.abc import Callable
from typing import Any

import pytest

from local.resources import client
from local.settings import Settings as StackSettings
from mediaserver.errors import OwnerUnreachable
from mediaserver.events import EventSender, SqsEventQueue, state_event
from mediaserver.fleet import Fleet
from mediaserver.fleet_table import DynamoFleetTable
from mediaserver.stats import Counters


def node(node_id: str, url: str) -> Fleet:
    return Fleet(DynamoFleetTable(os.environ["FLEET_TABLE"]), node_id, url, 200, lambda: (2, 1))


async def test_nodes_find_one_another_in_the_table(aws: StackSettings) -> None:
    first, second = node("node-x", "http://127.0.0.1:1"), node("node-y", "http://127.0.0.1:2")
    await first.start()
    await second.start()
    assert await first.owner_url("node-y") == "http://127.0.0.1:2"
    with pytest.raises(OwnerUnreachable):
        await first.owner_url("node-z")
    await second.stop(2.0)
    row = DynamoFleetTable(os.environ["FLEET_TABLE"]).read_node("node-y")
    assert row is not None
    assert row["draining"] is True
    assert (int(row["participants"]), int(row["calls"]), int(row["capacity"])) == (2, 1, 200)
    assert abs(int(row["heartbeat_at"]) - time.time()) < 10
    await first.stop(2.0)


def received(aws: StackSettings, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Take messages off the queue until the wanted one."""
    sqs = client("sqs", aws.aws_url)
    url = os.environ["CALL_EVENTS_QUEUE_URL"]
    deadline_s = time.monotonic() + 10
    while time.monotonic() < deadline_s:
        for message in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages", []):
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            body: dict[str, Any] = json.loads(message["Body"])
            if wanted(body):
                return body
    raise AssertionError("the event did not come")


async def test_call_event_arrives_in_the_queue(aws: StackSettings) -> None:
    sender = EventSender(SqsEventQueue(os.environ["CALL_EVENTS_QUEUE_URL"]), Counters())
    sender.start()
    participants = [{"id": "p_1", "role": "staff", "connected": True}]
    event = state_event("c_on_aws", "node-x", 1, 1, participants)
    sender.put(event)
    assert await asyncio.to_thread(received, aws, lambda body: body.get("call_id") == "c_on_aws") == event
    await sender.stop(2.0)
