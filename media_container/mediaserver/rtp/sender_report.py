"""Sender reports to the receivers that keep a publisher's audio and video in step.

A receiver compares the streams of one publisher by the NTP time of their sender reports. So all streams of a publisher
are moved to this server's clock by one and the same offset (`PublisherClock`), and each stream's RTP time at a moment is
taken from the publisher's own reports (`StreamClock`). Reports then carry our time, from which the round trip follows.
"""

from mediaserver.rtp.ntp import unix_us_from_ntp

_MASK_32 = 0xFFFFFFFF
_HALF_32 = 0x80000000


class PublisherClock:
    """How far a publisher's clock is from ours, learnt from all its sender reports."""

    __slots__ = ("_offset_us",)

    def __init__(self) -> None:
        self._offset_us: int | None = None

    def sender_report_received(self, ntp_timestamp: int, arrival_us: int) -> None:
        """Take note of a report that arrived at `arrival_us`, microseconds since 1970 by our clock.

        The smallest offset is kept, the report that travelled fastest: the offset changes seldom, and then for all
        streams at once.
        """
        offset_us = arrival_us - unix_us_from_ntp(ntp_timestamp)
        if self._offset_us is None or offset_us < self._offset_us:
            self._offset_us = offset_us

    def publisher_us(self, our_us: int) -> int | None:
        """The publisher's time at our time, both in microseconds since 1970; None before the first report."""
        return None if self._offset_us is None else our_us - self._offset_us


class StreamClock:
    """Which RTP timestamp of one SSRC belongs to which moment of the publisher's clock."""

    __slots__ = ("_clock_rate_hz", "_publisher_us", "_rtp_timestamp")

    def __init__(self, clock_rate_hz: int) -> None:
        self._clock_rate_hz = clock_rate_hz
        self._publisher_us: int | None = None
        self._rtp_timestamp = 0

    def sender_report_received(self, ntp_timestamp: int, rtp_timestamp: int) -> None:
        """Take over the mapping of the publisher's newest report."""
        self._publisher_us = unix_us_from_ntp(ntp_timestamp)
        self._rtp_timestamp = rtp_timestamp

    def rtp_timestamp_at(self, publisher_us: int) -> int | None:
        """The RTP timestamp of a moment of the publisher's clock; None before the first report."""
        if self._publisher_us is None:
            return None
        elapsed = (publisher_us - self._publisher_us) * self._clock_rate_hz // 1_000_000
        return (self._rtp_timestamp + elapsed) & _MASK_32

    def publisher_us_at(self, rtp_timestamp: int) -> int | None:
        """The moment of an RTP timestamp within 2^31 ticks of the report; None before the first report."""
        if self._publisher_us is None:
            return None
        ticks = (rtp_timestamp - self._rtp_timestamp) & _MASK_32
        if ticks >= _HALF_32:
            ticks -= _MASK_32 + 1
        return self._publisher_us + ticks * 1_000_000 // self._clock_rate_hz


def aligned_timestamp(in_ts: int, source: StreamClock, target: StreamClock) -> int | None:
    """The timestamp in `target`'s clock of the moment that `in_ts` has in `source`'s, both of one publisher.

    For a switch between simulcast layers; None until both have had a sender report.
    """
    moment_us = source.publisher_us_at(in_ts)
    return None if moment_us is None else target.rtp_timestamp_at(moment_us)
