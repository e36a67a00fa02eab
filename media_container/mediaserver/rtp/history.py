"""The last packets of one source, kept so that a receiver that lost one can get it again (RFC 4585, RFC 4588).

Kept once per source and shared by all its receivers: each finds the source's number by `SequenceMap.reverse`, and
keeps its own `ResendThrottle`.
"""

DEFAULT_MAX_PACKETS = 1024
DEFAULT_MAX_BYTES = 1_500_000
DEFAULT_MAX_AGE_MS = 2_000


class PacketHistory:
    """A ring of packets by sequence number, bounded by count, bytes and age."""

    __slots__ = ("_mask", "_max_age_ms", "_max_bytes", "_packets", "_seqs", "_stored_at_ms", "bytes_stored")

    def __init__(
        self,
        max_packets: int = DEFAULT_MAX_PACKETS,
        max_bytes: int = DEFAULT_MAX_BYTES,
        max_age_ms: float = DEFAULT_MAX_AGE_MS,
    ) -> None:
        """`max_packets` must be a power of two, at most 32,768. Raises ValueError otherwise."""
        if max_packets & (max_packets - 1) or not 0 < max_packets <= 0x8000:
            raise ValueError("max_packets must be a power of two up to 32768")
        self._mask = max_packets - 1
        self._max_bytes = max_bytes
        self._max_age_ms = max_age_ms
        self._packets: list[bytes] = [b""] * max_packets
        self._seqs = [-1] * max_packets
        self._stored_at_ms = [0.0] * max_packets
        self.bytes_stored = 0

    def store(self, seq: int, packet: memoryview, size: int, now_ms: float) -> None:
        """Copy the first `size` bytes of `packet`; what was in the slot, `max_packets` numbers ago, is forgotten."""
        slot = seq & self._mask
        self.bytes_stored += size - len(self._packets[slot])
        self._packets[slot] = bytes(packet[:size])
        self._seqs[slot] = seq
        self._stored_at_ms[slot] = now_ms
        if self.bytes_stored > self._max_bytes:
            self._evict_after(slot)

    def _evict_after(self, newest: int) -> None:
        """Forget packets in the order of the ring, beginning with the one after the newest."""
        slot = newest
        while self.bytes_stored > self._max_bytes:
            slot = (slot + 1) & self._mask
            self._forget(slot)
            if slot == newest:
                return

    def _forget(self, slot: int) -> None:
        self.bytes_stored -= len(self._packets[slot])
        self._packets[slot] = b""
        self._seqs[slot] = -1

    def get(self, seq: int, now_ms: float) -> bytes | None:
        """The packet stored under `seq`, None if it is not there or older than the history's age."""
        slot = seq & self._mask
        if self._seqs[slot] != seq or now_ms - self._stored_at_ms[slot] > self._max_age_ms:
            return None
        return self._packets[slot]
