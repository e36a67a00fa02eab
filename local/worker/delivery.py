"""How a batch of stream records reaches its handler: in order, at least once, past what cannot be taken.

The rules are those of Lambda's event source mapping with ReportBatchItemFailures and BisectBatchOnFunctionError: after
a failure nothing later is delivered before the failed record has been taken, or has failed MAX_ATTEMPTS times and is
handed to the dead-letter queue.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from local.lambda_app import HandlerFailed
from local.worker.events import Record, failed_items, sequence_number

MAX_ATTEMPTS = 8
FIRST_BACKOFF_SECONDS = 0.05
MAX_BACKOFF_SECONDS = 2.0

logger = logging.getLogger(__name__)


class Waiter(Protocol):
    def __call__(self, seconds: float) -> None:
        """Wait. Raises Stopped."""
        ...


class Delivery:
    """One stream's way to one handler.

    `taken` is told the last record that needs no more delivery; `dead` gets a record that is given up.
    """

    def __init__(
        self,
        handler: Callable[[Record], Any],
        taken: Callable[[Record], None],
        dead: Callable[[Record], None],
        wait: Waiter,
    ) -> None:
        self._handler = handler
        self._taken = taken
        self._dead = dead
        self._wait = wait

    def deliver(self, records: Sequence[Record]) -> None:
        """Return when every record is taken or given up. Raises Stopped."""
        left, size, attempts = list(records), len(records), 0
        while left:
            batch = left[:size]
            done = self._invoke(batch)
            if done:
                self._taken(batch[done - 1])
                left, size, attempts = left[done:], len(records), 0
            elif len(batch) > 1:
                size = len(batch) // 2
            else:
                attempts += 1
                if attempts == MAX_ATTEMPTS:
                    self._give_up(batch[0])
                    left, size, attempts = left[1:], len(records), 0
                else:
                    self._wait(min(FIRST_BACKOFF_SECONDS * 2 ** (attempts - 1), MAX_BACKOFF_SECONDS))

    def _invoke(self, batch: Sequence[Record]) -> int:
        """How many records from the start the handler has taken."""
        try:
            failed = failed_items(self._handler({"Records": list(batch)}))
        except HandlerFailed:
            return 0
        return next((index for index, record in enumerate(batch) if sequence_number(record) in failed), len(batch))

    def _give_up(self, record: Record) -> None:
        logger.error("A record was given up after %d attempts: %s", MAX_ATTEMPTS, sequence_number(record))
        self._dead(record)
        self._taken(record)
