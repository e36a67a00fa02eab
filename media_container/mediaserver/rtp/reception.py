"""What a receiver report says of one stream of a publisher (RFC 3550 sections 6.4.1, A.3 and A.8)."""

from collections import deque
from collections.abc import Callable

from mediaserver.rtp.ntp import compact_ntp
from mediaserver.rtp.rtcp.parts import ReportBlock

MAX_PENDING = 16_384
_MASK = 0xFFFF
_HALF = 0x8000
_MASK_32 = 0xFFFFFFFF
_HALF_32 = 0x80000000
_MAX_DROPOUT = 3_000


class ReceptionStatistics:
    """Counts, losses and jitter of one SSRC. RTX has an SSRC and so statistics of its own.

    `received` takes a (sequence number, timestamp, payload size in bytes, arrival in us of a monotonic clock) of each
    packet. It only appends: the arithmetic is done for many packets at once, by `update`, which wants to be called
    before `MAX_PENDING` packets have come, and by every reader.
    """

    __slots__ = (
        "_base",
        "_clock_rate_hz",
        "_expected_prior",
        "_highest",
        "_jitter_16",
        "_last_sr",
        "_last_sr_at_us",
        "_octets_received",
        "_packets_received",
        "_pending",
        "_received_prior",
        "_transit",
        "received",
        "ssrc",
    )

    def __init__(self, ssrc: int, clock_rate_hz: int) -> None:
        self.ssrc = ssrc
        self._clock_rate_hz = clock_rate_hz
        self._pending: deque[tuple[int, int, int, int]] = deque(maxlen=MAX_PENDING)
        self.received: Callable[[tuple[int, int, int, int]], None] = self._pending.append
        self._packets_received = 0
        self._octets_received = 0
        self._base = -1  # unwrapped, -1 before the first packet
        self._highest = -1
        self._expected_prior = 0
        self._received_prior = 0
        self._transit = 0
        self._jitter_16 = 0  # jitter in 1/16 tick, as in appendix A.8
        self._last_sr = 0
        self._last_sr_at_us = 0

    def update(self) -> None:
        """Take in what was received since the last time."""
        for packet in self._pending:
            self._take(*packet)
        self._pending.clear()

    def _take(self, seq: int, timestamp: int, size: int, arrival_us: int) -> None:
        transit = (arrival_us * self._clock_rate_hz // 1_000_000 - timestamp) & _MASK_32
        ahead = (seq - self._highest) & _MASK
        if self._highest < 0:
            self._base = self._highest = seq
        elif ahead < _MAX_DROPOUT:
            self._highest += ahead
            self._update_jitter(transit)
        elif ahead < _MASK + 1 - _MAX_DROPOUT:
            self._restart(seq)
        self._transit = transit
        self._packets_received += 1
        self._octets_received += size

    def _update_jitter(self, transit: int) -> None:
        difference = (transit - self._transit) & _MASK_32
        if difference >= _HALF_32:
            difference = _MASK_32 + 1 - difference
        self._jitter_16 += difference - ((self._jitter_16 + 8) >> 4)

    def _restart(self, seq: int) -> None:
        """A jump so large that the stream began anew: losses are counted from here (appendix A.1)."""
        self._expected_prior = 0
        self._received_prior = 0
        self._packets_received = 0
        self._base = self._highest = seq

    @property
    def packets_received(self) -> int:
        """Packets that came, duplicates too."""
        self.update()
        return self._packets_received

    @property
    def octets_received(self) -> int:
        """Payload bytes that came, duplicates too."""
        self.update()
        return self._octets_received

    @property
    def packets_expected(self) -> int:
        """How many packets were sent since the first one seen."""
        self.update()
        return 0 if self._highest < 0 else self._highest - self._base + 1

    @property
    def packets_lost(self) -> int:
        """Expected less received; below zero if duplicates came."""
        return self.packets_expected - self.packets_received

    @property
    def jitter_ms(self) -> float:
        """Interarrival jitter in ms."""
        self.update()
        return (self._jitter_16 / 16) * 1000 / self._clock_rate_hz

    def sender_report_received(self, ntp_timestamp: int, now_us: int) -> None:
        """Remember the publisher's sender report, so that it can measure the round trip."""
        self._last_sr = compact_ntp(ntp_timestamp)
        self._last_sr_at_us = now_us

    def report_block(self, now_us: int) -> ReportBlock | None:
        """The block for the next receiver report, None before the first packet. Begins a new interval of loss."""
        self.update()
        if self._highest < 0:
            return None
        delay = (now_us - self._last_sr_at_us) * 65_536 // 1_000_000 if self._last_sr else 0
        return ReportBlock(
            ssrc=self.ssrc,
            fraction_lost=self._take_fraction_lost(),
            packets_lost=self.packets_lost,
            highest_sequence_number=self._highest & _MASK_32,
            jitter=self._jitter_16 >> 4,
            last_sr=self._last_sr,
            delay_since_last_sr=delay,
        )

    def _take_fraction_lost(self) -> int:
        expected = self.packets_expected - self._expected_prior
        lost = expected - (self.packets_received - self._received_prior)
        self._expected_prior = self.packets_expected
        self._received_prior = self.packets_received
        return min((lost << 8) // expected, 255) if expected > 0 and lost > 0 else 0
