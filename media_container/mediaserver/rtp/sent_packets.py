"""What was sent to one receiver, by transport-wide sequence number, until its feedback tells what became of it."""

from collections import deque
from collections.abc import Callable

MAX_SENT = 8_192


class SentPackets:
    """The newest `MAX_SENT` packets; `record` takes (transport-wide sequence number, size in bytes, sent at in us).

    It only appends, in the order of the numbers; the size is that of the datagram. `take` hands over what was recorded.
    """

    __slots__ = ("_sent", "record")

    def __init__(self) -> None:
        self._sent: deque[tuple[int, int, int]] = deque(maxlen=MAX_SENT)
        self.record: Callable[[tuple[int, int, int]], None] = self._sent.append

    def take(self) -> list[tuple[int, int, int]]:
        """What was recorded since the last time, in order."""
        taken = list(self._sent)
        self._sent.clear()
        return taken
