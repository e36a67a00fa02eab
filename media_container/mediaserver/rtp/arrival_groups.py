"""Packets sent in one burst are one sample of the path (draft-ietf-rmcat-gcc-02 sections 5.2 and 5.3)."""

from typing import NamedTuple

BURST_US = 5_000
MAX_BURST_US = 100_000


class GroupDelta(NamedTuple):
    """The time between two groups at both ends, in ms; the queue grew by the difference."""

    sent_ms: float
    arrival_ms: float


class _Group:
    __slots__ = ("arrived_us", "first_arrived_us", "first_sent_us", "sent_us")

    def __init__(self, sent_at_us: int, arrival_us: int) -> None:
        self.first_sent_us = self.sent_us = sent_at_us
        self.first_arrived_us = self.arrived_us = arrival_us

    def takes(self, sent_at_us: int, arrival_us: int) -> bool:
        """Whether the packet was sent with the group, or waited with it and came in one go."""
        if sent_at_us - self.first_sent_us <= BURST_US:
            return True
        arrived_later_us = arrival_us - self.arrived_us
        faster = arrived_later_us < sent_at_us - self.sent_us
        return faster and arrived_later_us <= BURST_US and arrival_us - self.first_arrived_us < MAX_BURST_US

    def add(self, sent_at_us: int, arrival_us: int) -> None:
        self.sent_us = max(self.sent_us, sent_at_us)
        self.arrived_us = max(self.arrived_us, arrival_us)


class ArrivalGroups:
    """Groups packets in their order of sending, and compares each group with the one before."""

    def __init__(self) -> None:
        self._former: _Group | None = None
        self._current: _Group | None = None

    def add(self, sent_at_us: int, arrival_us: int) -> GroupDelta | None:
        """The delta of a group that this packet shows to be complete; times in us of each end's own clock.

        A packet of an earlier group that is told of late is left out.
        """
        current = self._current
        if current is not None and sent_at_us < current.first_sent_us:
            return None
        if current is not None and current.takes(sent_at_us, arrival_us):
            current.add(sent_at_us, arrival_us)
            return None
        former, self._former, self._current = self._former, current, _Group(sent_at_us, arrival_us)
        if former is None or current is None or current.arrived_us < former.arrived_us:
            return None
        return GroupDelta((current.sent_us - former.sent_us) / 1000, (current.arrived_us - former.arrived_us) / 1000)
