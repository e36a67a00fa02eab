"""The last packets of one source, kept so that a receiver that lost one can get it again (RFC 4585, RFC 4588).

Kept once per source and shared by all its receivers: each finds the source's number by `SequenceMap.reverse`, and
keeps its own `ResendThrottle`.
"""

DEFAULT_MAX_PACKETS = 1024
DEFAULT_MAX_BYTES = 512 * 1024
DEFAULT_MAX_AGE_US = 2_000_000


class PacketHistory:
    """A ring of packets by sequence number, bounded by count, bytes and age. Times are of one monotonic clock."""

    __slots__ = ("_bytes", "_mask", "_max_age_us", "_max_bytes", "_oldest", "_packets", "_stored_at_us")

    def __init__(
        self,
        max_packets: int = DEFAULT_MAX_PACKETS,
        max_bytes: int = DEFAULT_MAX_BYTES,
        max_age_us: int = DEFAULT_MAX_AGE_US,
    ) -> None:
        """`max_packets` must be a power of two, at most 32,768. Raises ValueError otherwise."""
        if max_packets & (max_packets - 1) or not 0 < max_packets <= 0x8000:
            raise ValueError("max_packets must be a power of two up to 32768")
        self._mask = max_packets - 1
        self._max_bytes = max_bytes
        self._max_age_us = max_age_us
        self._packets: list[bytes] = [b""] * max_packets
        self._stored_at_us = [0] * max_packets
        self._bytes = 0
        self._oldest = -1  # the slot that is forgotten next when the bytes do not suffice, -1 before that

    @property
    def bounds(self) -> tuple[int, int, int]:
        """Most packets, most bytes, and the greatest age in us."""
        return self._mask + 1, self._max_bytes, self._max_age_us

    @property
    def byte_count(self) -> int:
        """How many bytes are kept."""
        return self._bytes

    def store(self, seq: int, packet: memoryview, now_us: int) -> None:
        """Copy an RTP packet, whose header says `seq`. What was in its slot, `max_packets` ago, is forgotten."""
        slot = seq & self._mask
        packets = self._packets
        self._bytes += len(packet) - len(packets[slot])
        packets[slot] = bytes(packet)
        self._stored_at_us[slot] = now_us
        if self._bytes > self._max_bytes:
            self._make_room(slot)

    def _make_room(self, newest: int) -> None:
        """Forget the oldest packets, a sixteenth of the bytes at once, so that it is not done for every packet."""
        packets = self._packets
        slot = self._oldest if self._oldest >= 0 else (newest + 1) & self._mask
        limit = self._max_bytes - (self._max_bytes >> 4)
        for _ in range(self._mask):
            if self._bytes <= limit:
                break
            if slot != newest:
                self._bytes -= len(packets[slot])
                packets[slot] = b""
            slot = (slot + 1) & self._mask
        self._oldest = slot

    def get(self, seq: int, now_us: int) -> bytes | None:
        """The packet stored under `seq`, None if it is not there or older than the history's age."""
        slot = seq & self._mask
        packet = self._packets[slot]
        if packet[2:4] != seq.to_bytes(2, "big") or now_us - self._stored_at_us[slot] > self._max_age_us:
            return None
        return packet

    def last(self, seq: int) -> tuple[bytes, int] | None:
        """(packet, when it was stored in us) under `seq` at any age, None if it is not there."""
        slot = seq & self._mask
        packet = self._packets[slot]
        return (packet, self._stored_at_us[slot]) if packet[2:4] == seq.to_bytes(2, "big") else None
