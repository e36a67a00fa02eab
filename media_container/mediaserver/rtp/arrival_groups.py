"""Packets sent in one burst are one sample of the path (draft-ietf-rmcat-gcc-02 sections 5.2 and 5.3)."""

from collections.abc import Iterable

from mediaserver.rtp.sent_history import Acknowledged

BURST_US = 5_000
MAX_BURST_US = 100_000


class ArrivalGroup:
    """A burst. Times in us, of each end's own clock; `least_delay_us` is the shortest way of its packets."""

    __slots__ = ("arrived_us", "first_arrived_us", "first_sent_us", "least_delay_us", "packets", "sent_us", "size")

    def __init__(self, sent_us: int, arrived_us: int, size: int) -> None:
        self.first_sent_us = self.sent_us = sent_us
        self.first_arrived_us = self.arrived_us = arrived_us
        self.least_delay_us = arrived_us - sent_us
        self.size = size
        self.packets = 1

    def came_in_one_go(self, sent_us: int, arrived_us: int) -> bool:
        """Whether the packet was sent later but waited with the group, and came right behind it."""
        later_us = arrived_us - self.arrived_us
        return later_us < min(sent_us - self.sent_us, BURST_US) and arrived_us - self.first_arrived_us < MAX_BURST_US

    def add(self, sent_us: int, arrived_us: int, size: int) -> None:
        """Another packet of the burst."""
        self.sent_us = max(self.sent_us, sent_us)
        self.arrived_us = max(self.arrived_us, arrived_us)
        self.least_delay_us = min(self.least_delay_us, arrived_us - sent_us)
        self.size += size
        self.packets += 1


class ArrivalGroups:
    """Groups packets by when they were sent; a group is complete when a packet of the next has come."""

    def __init__(self) -> None:
        self._current: ArrivalGroup | None = None

    def add(self, packets: Iterable[Acknowledged]) -> list[ArrivalGroup]:
        """The groups that are complete now. A packet of an earlier group that is told of late is left out."""
        complete: list[ArrivalGroup] = []
        group = self._current
        for _, size, sent_us, arrived_us in packets:
            if group is None:
                group = ArrivalGroup(sent_us, arrived_us, size)
            elif 0 <= sent_us - group.first_sent_us <= BURST_US:
                group.add(sent_us, arrived_us, size)
            elif sent_us < group.first_sent_us:
                continue
            elif group.came_in_one_go(sent_us, arrived_us):
                group.add(sent_us, arrived_us, size)
            else:
                complete.append(group)
                group = ArrivalGroup(sent_us, arrived_us, size)
        self._current = group
        return complete
