"""A running node in a thread of its own, for tests that have no loop: what nobody has handled there is kept."""

import asyncio
import gc
import logging
import threading
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import Any, TypeVar

from tests.integration.media.conftest import NODE_ID, Clinic
from tests.media.client import MediaClient
from tests.media.tokens import TokenMint

TIMEOUT_S = 20.0

Result = TypeVar("Result")


class _Errors(logging.Handler):
    """What was logged as an error: aiohttp logs what a handler of its own has raised."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()} {record.exc_info}")


class LiveNode:
    """A clinic on its own loop. `do` runs something there and waits for it."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._errors = _Errors()
        self._unhandled: list[str] = []
        self._loop.set_exception_handler(lambda _loop, context: self._unhandled.append(str(context)))
        self._thread = threading.Thread(target=self._loop.run_forever, name="live-node", daemon=True)
        self._stack = AsyncExitStack()
        self.clinic = Clinic(TokenMint(), self._stack, {"lost_grace_s": 0.0})

    def start(self) -> None:
        """Begin to serve."""
        logging.getLogger().addHandler(self._errors)
        self._thread.start()
        self.do(self.clinic.start_node(NODE_ID))

    def stop(self) -> None:
        """Close all clients and the node."""
        self.do(self._stack.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(TIMEOUT_S)
        self._loop.close()
        logging.getLogger().removeHandler(self._errors)

    def do(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run on the node's loop. Raises what it raises, TimeoutError."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(TIMEOUT_S)

    @property
    def dropped(self) -> int:
        """Datagrams that were not used, for whatever reason."""
        return sum(self.clinic.node.counters.dropped.values())

    def join_nobody(self, participant_id: str) -> MediaClient:
        """Somebody who may do nothing but be there."""
        return self.do(self.clinic.join(participant_id, role="guest", permissions=["publish_audio", "publish_video"]))

    @property
    def unhandled(self) -> list[str]:
        """Exceptions that ended a task or a callback, and errors that were logged."""
        return self._unhandled + self._errors.lines


@contextmanager
def live_node() -> Iterator[LiveNode]:
    """Run a node until the block ends; fails if anything was left unhandled."""
    node = LiveNode()
    node.start()
    try:
        yield node
    finally:
        node.stop()
    gc.collect()  # a task whose exception nobody has asked for says so when it is forgotten
    assert node.unhandled == []
