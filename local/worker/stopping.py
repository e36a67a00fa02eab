"""The one sign by which all threads of the worker learn that it ends."""

import threading

from local.worker.delivery import Stopped


class Stop:
    """Set once, by the main thread."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def request(self) -> None:
        self._event.set()

    @property
    def requested(self) -> bool:
        return self._event.is_set()

    def wait(self, seconds: float) -> None:
        """Wait. Raises Stopped when the worker is to end."""
        if self._event.wait(seconds):
            raise Stopped
