"""How much of pictures may be sent again. Where a link has become narrow its receiver misses almost all, and to repair that would
keep the queue full of what has long been of no use. And whatever a receiver's estimate, what it costs the node is bounded."""

from mediaserver.rtp.packet_budget import PacketBudget

SHARE_OF_ESTIMATE = 0.25
MIN_RATE_BPS = 60_000.0
PACKET_BITS = 9_000
# The most that may be saved up, in seconds of the rate: a burst of loss is repaired at once.
SAVED_S = 1.0
MIN_SAVED_PACKETS = 12
# To one receiver; a camera at 2.5 Mbps is 270 packets a second.
MAX_PACKETS_PER_S = 400.0
MAX_PACKETS_AT_ONCE = 256


class ResendBudget:
    """A token bucket that is filled by a share of the bandwidth, and bounded in packets."""

    __slots__ = ("_bits", "_filled_at_us", "_packets")

    def __init__(self) -> None:
        self._bits = float("inf")
        self._filled_at_us = 0
        self._packets = PacketBudget(MAX_PACKETS_PER_S, MAX_PACKETS_AT_ONCE)

    def take(self, packets: int, estimate_bps: float, now_us: int) -> int:
        """How many of so many packets may be sent again now."""
        rate_bps = max(SHARE_OF_ESTIMATE * estimate_bps, MIN_RATE_BPS)
        most_bits = max(SAVED_S * rate_bps, MIN_SAVED_PACKETS * PACKET_BITS)
        filled_bits = self._bits + rate_bps * (now_us - self._filled_at_us) / 1_000_000
        self._filled_at_us = now_us
        self._bits = min(filled_bits, most_bits)
        allowed = self._packets.take(min(packets, int(self._bits // PACKET_BITS)), now_us)
        self._bits -= allowed * PACKET_BITS
        return allowed
