"""How all threads of the worker learn that it ends, and how it learns that no handler is under way any more."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Stopped(Exception):
    """The worker is to end; what is not taken yet stays for the next start."""


class Stop:
    """Requested once, by the main thread."""

    def __init__(self) -> None:
        self._requested = threading.Event()
        self._idle = threading.Condition()
        self._busy = 0

    def request(self) -> None:
        with self._idle:
            self._requested.set()

    @property
    def requested(self) -> bool:
        return self._requested.is_set()

    def wait(self, seconds: float) -> None:
        """Wait. Raises Stopped when the worker is to end."""
        if self._requested.wait(seconds):
            raise Stopped

    @contextmanager
    def busy(self) -> Iterator[None]:
        """A handler is under way: the worker waits for it before it ends. Raises Stopped when it is too late."""
        with self._idle:
            if self.requested:
                raise Stopped
            self._busy += 1
        try:
            yield
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()

    def until_idle(self, seconds: float) -> None:
        """Block until no handler is under way, at most this long."""
        with self._idle:
            self._idle.wait_for(lambda: self._busy == 0, seconds)
