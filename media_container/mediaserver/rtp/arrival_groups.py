"""Packets sent in one burst are one sample of the path (draft-ietf-rmcat-gcc-02 sections 5.2 and 5.3)."""

from collections.abc import Iterable
from typing import NamedTuple

from mediaserver.rtp.sent_history import Acknowledged

BURST_US = 5_000
MAX_BURST_US = 100_000


class ArrivalGroup(NamedTuple):
    """A burst. Times in us, of each end's own clock: when its last packet was sent and when it came. `least_delay_us` is
    the shortest way of its packets."""

    sent_us: int
    arrived_us: int
    least_delay_us: int
    size: int
    packets: int


class ArrivalGroups:
    """Groups packets by when they were sent; a group is complete when a packet of the next has come."""

    def __init__(self) -> None:
        # The group that grows; without packets before the first.
        self._growing = ArrivalGroup(0, 0, 0, 0, 0)
        self._first_sent_us = self._first_arrived_us = 0

    def add(self, packets: Iterable[Acknowledged]) -> list[ArrivalGroup]:
        """The groups that are complete now. A packet of an earlier group that is told of late is left out.

        Every packet to every receiver goes through here, so it is all in one place.
        """
        complete: list[ArrivalGroup] = []
        first_sent_us, first_arrived_us = self._first_sent_us, self._first_arrived_us
        last_sent_us, last_arrived_us, least_us, total, count = self._growing
        for _, size, sent_us, arrived_us in packets:
            later_us = arrived_us - last_arrived_us
            if count and (
                0 <= sent_us - first_sent_us <= BURST_US
                # Sent later, but it waited with the group and came right behind it.
                or (
                    sent_us >= first_sent_us
                    and later_us < min(sent_us - last_sent_us, BURST_US)
                    and arrived_us - first_arrived_us < MAX_BURST_US
                )
            ):
                last_sent_us = max(sent_us, last_sent_us)
                last_arrived_us = max(arrived_us, last_arrived_us)
                least_us = min(arrived_us - sent_us, least_us)
                total += size
                count += 1
            elif not count or sent_us >= first_sent_us:
                if count:
                    complete.append(ArrivalGroup(last_sent_us, last_arrived_us, least_us, total, count))
                first_sent_us = last_sent_us = sent_us
                first_arrived_us = last_arrived_us = arrived_us
                least_us, total, count = arrived_us - sent_us, size, 1
        self._first_sent_us, self._first_arrived_us = first_sent_us, first_arrived_us
        self._growing = ArrivalGroup(last_sent_us, last_arrived_us, least_us, total, count)
        return complete
