"""Call events to the control plane (docs/protocol.md section 5).

Each event is a whole snapshot, so only the newest one of a call needs to wait; the ended one is kept until it is sent.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import boto3
import msgspec
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from mediaserver.stats import Counters

FIRST_RETRY_S = 0.2
LONGEST_RETRY_S = 10.0
MAX_WAITING = 10_000

logger = logging.getLogger(__name__)

Event = dict[str, Any]


class EventQueue(Protocol):
    """The queue `call-events`. `send` blocks and raises BotoCoreError or ClientError."""

    def send(self, body: str) -> None:
        """Put one message on the queue."""


class SqsEventQueue:
    """The queue in SQS."""

    def __init__(self, queue_url: str) -> None:
        config = Config(connect_timeout=1, read_timeout=1.5, retries={"total_max_attempts": 1})
        self._client = boto3.client("sqs", config=config)
        self._queue_url = queue_url

    def send(self, body: str) -> None:
        """Put one message on the queue."""
        self._client.send_message(QueueUrl=self._queue_url, MessageBody=body)


class EventSender:
    """Sends snapshots in the order of their calls, one at a time, again and again with backoff while the node lives."""

    def __init__(self, queue: EventQueue, counters: Counters) -> None:
        self._queue = queue
        self._counters = counters
        self._waiting: OrderedDict[str, Event] = OrderedDict()
        self._woken = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="events")
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to send."""
        self._task = asyncio.create_task(self._run())

    def put(self, event: Event) -> None:
        """Let a snapshot wait to be sent; it replaces an older one of the same call and epoch."""
        key = f"{event['call_id']}#{event['epoch']}"
        if key not in self._waiting and len(self._waiting) >= MAX_WAITING:
            self._counters.refuse("event_queue_full")
            return
        self._waiting[key] = event
        self._idle.clear()
        self._woken.set()

    async def stop(self, timeout_s: float) -> None:
        """Give what waits a last chance of `timeout_s` seconds."""
        try:
            await asyncio.wait_for(self._idle.wait(), timeout_s)
        except TimeoutError:
            logger.warning("Call events were left unsent", extra={"waiting": len(self._waiting)})
        if self._task is not None:
            self._task.cancel()
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _run(self) -> None:
        retry_s = FIRST_RETRY_S
        while True:
            await self._woken.wait()
            while self._waiting:
                key, event = next(iter(self._waiting.items()))
                if await self._send(event):
                    retry_s = FIRST_RETRY_S
                    if self._waiting.get(key) is event:
                        del self._waiting[key]
                else:
                    self._waiting.move_to_end(key)
                    await asyncio.sleep(retry_s)
                    retry_s = min(retry_s * 2, LONGEST_RETRY_S)
            self._woken.clear()
            self._idle.set()

    async def _send(self, event: Event) -> bool:
        body = msgspec.json.encode(event).decode()
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._queue.send, body)
        except (BotoCoreError, ClientError):
            self._counters.refuse("event_unsent")
            return False
        self._counters.events_sent += 1
        return True


def state_event(call_id: str, node_id: str, epoch: int, seq: int, participants: list[Event]) -> Event:
    """A snapshot of who is connected."""
    return {
        "type": "call.state",
        "call_id": call_id,
        "node_id": node_id,
        "epoch": epoch,
        "seq": seq,
        "at_ms": int(time.time() * 1000),
        "ended": False,
        "participants": participants,
    }


def part_event(call_id: str, node_id: str, epoch: int, seq: int, participants: list[Event], *, stats: Event) -> Event:
    """The last snapshot of this node's part of a call that goes on on another."""
    return state_event(call_id, node_id, epoch, seq, participants) | {"stats": stats}


def ended_event(call_id: str, node_id: str, epoch: int, seq: int, *, end_reason: str, stats: Event) -> Event:
    """The last snapshot of a call."""
    event = state_event(call_id, node_id, epoch, seq, [])
    return event | {"ended": True, "end_reason": end_reason, "stats": stats}
