"""Calls a handler at its rate, and once at the start so that nothing due has to wait."""

from contextlib import suppress
from datetime import UTC, datetime

from local.lambda_app import HandlerFailed, invoke, resolve
from local.worker.events import schedule_event
from local.worker.sources import ScheduleSource
from local.worker.stopping import Stop


class Scheduler:
    """One source. A failed call is logged; the next comes at its time."""

    def __init__(self, source: ScheduleSource, stop: Stop) -> None:
        self._source = source
        self._stop = stop
        self._handler = resolve(source.handler_string)

    def run(self) -> None:
        """Call until stopped. Raises Stopped."""
        while True:
            with self._stop.busy(), suppress(HandlerFailed):
                invoke(self._handler, self._source.name, schedule_event(self._source.name, datetime.now(UTC)))
            self._stop.wait(self._source.every.total_seconds())
