"""The node's row and the call events, at the edge of what can go wrong with DynamoDB and SQS."""

import asyncio
import time
from collections.abc import Iterable
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from mediaserver import events, fleet
from mediaserver.errors import OwnerUnreachable
from mediaserver.events import EventSender, state_event
from mediaserver.fleet import Fleet
from mediaserver.fleet_table import FleetTable
from mediaserver.stats import Counters, prometheus_text
from tests.media.fakes import MemoryEventQueue, MemoryFleetTable


class BrokenTable:
    """A table that cannot be reached."""

    def write_node(self, row: dict[str, Any]) -> None:
        raise EndpointConnectionError(endpoint_url="http://table")

    def read_node(self, node_id: str) -> dict[str, Any] | None:
        raise EndpointConnectionError(endpoint_url="http://table")

    def read_nodes(self) -> list[dict[str, Any]]:
        raise EndpointConnectionError(endpoint_url="http://table")

    def read_leases(self, call_ids: Iterable[str]) -> list[dict[str, Any]]:
        raise EndpointConnectionError(endpoint_url="http://table")


def make_fleet(table: FleetTable) -> Fleet:
    return Fleet(table, "node-a", "http://127.0.0.1:1", 200, lambda: (3, 2))


async def test_heart_beats_until_the_node_stops_and_then_it_drains(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet, "HEARTBEAT_INTERVAL_S", 0.02)
    table = MemoryFleetTable()
    beating = make_fleet(table)
    await beating.start()
    async with asyncio.timeout(5):
        while len(table.written) < 3:  # noqa: ASYNC110  # the table tells nobody
            await asyncio.sleep(0.005)
    await beating.stop(1.0)
    assert [row["draining"] for row in table.written] == [False] * (len(table.written) - 1) + [True]
    assert (table.rows["node-a"]["participants"], table.rows["node-a"]["calls"]) == (3, 2)


async def test_unreachable_table_stops_neither_start_nor_stop() -> None:
    beating = make_fleet(BrokenTable())
    await beating.start()
    with pytest.raises(OwnerUnreachable):
        await beating.owner_url("node-b")
    await beating.stop(1.0)


async def test_dead_and_unknown_owners_are_unreachable() -> None:
    table = MemoryFleetTable()
    seeking = make_fleet(table)
    table.rows["node-b"] = {"internal_url": "http://b", "heartbeat_at": time.time() - 16}
    for node_id in ("node-b", "node-c"):
        with pytest.raises(OwnerUnreachable):
            await seeking.owner_url(node_id)
    table.rows["node-b"]["heartbeat_at"] = time.time()
    assert await seeking.owner_url("node-b") == "http://b"
    await seeking.stop(1.0)


def snapshot(call_id: str, seq: int) -> dict[str, Any]:
    return state_event(call_id, "node-a", 1, seq, [])


async def sent(queue: MemoryEventQueue, count: int) -> list[tuple[str, int]]:
    await asyncio.to_thread(queue.wait_until, lambda waiting: len(waiting.events) >= count)
    return [(event["call_id"], event["seq"]) for event in queue.events]


async def test_only_the_newest_snapshot_of_each_call_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "FIRST_RETRY_S", 0.01)
    queue = MemoryEventQueue()
    queue.down = True
    sender = EventSender(queue, Counters())
    sender.start()
    for seq in range(1, 5):
        sender.put(snapshot("c_1", seq))
        sender.put(snapshot("c_2", seq))
    await asyncio.to_thread(queue.wait_until, lambda waiting: waiting.refused >= 3)
    queue.down = False
    assert sorted(await sent(queue, 2)) == [("c_1", 4), ("c_2", 4)]
    await sender.stop(1.0)


async def test_one_call_that_cannot_be_sent_does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "FIRST_RETRY_S", 0.01)

    class Picky(MemoryEventQueue):
        def send(self, body: str) -> None:
            if "c_bad" in body:
                raise EndpointConnectionError(endpoint_url="http://queue")
            super().send(body)

    queue = Picky()
    sender = EventSender(queue, Counters())
    sender.put(snapshot("c_bad", 1))
    sender.put(snapshot("c_good", 1))
    sender.start()
    assert await sent(queue, 1) == [("c_good", 1)]
    await sender.stop(0.05)


async def test_waiting_events_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MAX_WAITING", 2)
    counters = Counters()
    sender = EventSender(MemoryEventQueue(), counters)
    for call_id in ("c_1", "c_2", "c_3"):
        sender.put(snapshot(call_id, 1))
    assert counters.refused["event_queue_full"] == 1
    await sender.stop(0.01)


def test_metrics_are_prometheus_text() -> None:
    counters = Counters()
    counters.packets_sent = 7
    counters.drop("srtp_replayed")
    lines = prometheus_text(counters, {"calls": 1}).splitlines()
    assert "media_packets_sent_total 7" in lines
    assert 'media_dropped_total{reason="srtp_replayed"} 1' in lines
    assert lines[-2:] == ["# TYPE media_calls gauge", "media_calls 1"]
