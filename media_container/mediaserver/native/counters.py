"""The node's counters while C counts packets as well: what is read is the sum."""

from collections import defaultdict
from typing import Any

from mediaserver.native.library import lib
from mediaserver.stats import Counters

# In the order of native/src/counters.h.
_REASONS = (
    "unknown_address",
    "receive_failed",
    "send_buffer_full",
    "send_failed",
    "srtp_protect",
    "srtp_authentication",
    "srtp_replayed",
    "srtp_too_old",
    "srtp_error",
    "overload",
)


def _summed(name: str) -> property:
    """A count of which C has a part; setting it sets the sum."""
    own = getattr(Counters, name)

    def read(self: "NativeCounters") -> int:
        total: int = own.__get__(self) + getattr(self.state, name)
        return total

    def write(self: "NativeCounters", value: int) -> None:
        own.__set__(self, value - getattr(self.state, name))

    return property(read, write)


class NativeCounters(Counters):
    """Counts of one node; `state` is the `vh_counters` of its engine."""

    hot_path = "native"

    __slots__ = ("_dropped", "state")

    packets_received = _summed("packets_received")
    packets_sent = _summed("packets_sent")
    bytes_received = _summed("bytes_received")
    bytes_sent = _summed("bytes_sent")

    def __init__(self, state: Any) -> None:
        if len(_REASONS) != lib.VH_DROP_REASONS:
            raise ValueError("the compiled hot path counts other reasons")
        self.state = state
        self._dropped: dict[str, int] = defaultdict(int)
        super().__init__()

    @property
    def dropped(self) -> dict[str, int]:
        """Packets that were not used, by reason."""
        drops = self.state.drops
        for index, reason in enumerate(_REASONS):
            if drops[index]:
                self._dropped[reason] += drops[index]
                drops[index] = 0
        return self._dropped

    @dropped.setter
    def dropped(self, counts: dict[str, int]) -> None:
        self._dropped = counts
