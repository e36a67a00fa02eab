"""The last packets of one source, kept so that a receiver that lost one can get it again (RFC 4585, RFC 4588).

Kept once per source and shared by all its receivers: each finds the source's number by `SequenceMap.reverse`, and
keeps its own `ResendThrottle`.
"""

DEFAULT_MAX_PACKETS = 1024
DEFAULT_MAX_AGE_MS = 2_000


class PacketHistory:
    """A ring of packets by sequence number, bounded by count and age; in bytes by count times the largest packet."""

    __slots__ = ("_mask", "_max_age_ms", "_packets", "_stored_at_ms")

    def __init__(self, max_packets: int = DEFAULT_MAX_PACKETS, max_age_ms: float = DEFAULT_MAX_AGE_MS) -> None:
        """`max_packets` must be a power of two, at most 32,768. Raises ValueError otherwise."""
        if max_packets & (max_packets - 1) or not 0 < max_packets <= 0x8000:
            raise ValueError("max_packets must be a power of two up to 32768")
        self._mask = max_packets - 1
        self._max_age_ms = max_age_ms
        self._packets: list[bytes] = [b""] * max_packets
        self._stored_at_ms = [0.0] * max_packets

    def store(self, seq: int, packet: memoryview, now_ms: float) -> None:
        """Copy an RTP packet, whose header says `seq`. What was in its slot, `max_packets` ago, is forgotten."""
        slot = seq & self._mask
        self._packets[slot] = bytes(packet)
        self._stored_at_ms[slot] = now_ms

    def get(self, seq: int, now_ms: float) -> bytes | None:
        """The packet stored under `seq`, None if it is not there or older than the history's age."""
        slot = seq & self._mask
        packet = self._packets[slot]
        if packet[2:4] != seq.to_bytes(2, "big") or now_ms - self._stored_at_ms[slot] > self._max_age_ms:
            return None
        return packet
