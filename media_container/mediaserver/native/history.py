"""The history of a stream, kept in C where forwarded packets are stored."""

from mediaserver.native.library import ffi, lib
from mediaserver.rtp.history import DEFAULT_MAX_AGE_US, DEFAULT_MAX_BYTES, DEFAULT_MAX_PACKETS, PacketHistory

_PACKET_ROOM = 2048


class NativeHistory(PacketHistory):
    """Finds what C has stored."""

    __slots__ = ("_room", "state")

    def __init__(
        self,
        max_packets: int = DEFAULT_MAX_PACKETS,
        max_bytes: int = DEFAULT_MAX_BYTES,
        max_age_us: int = DEFAULT_MAX_AGE_US,
    ) -> None:
        """As `PacketHistory`, with at most 4 MB. Raises ValueError."""
        super().__init__(1, max_bytes, max_age_us)
        # `vh_history *`
        self.state = ffi.gc(lib.vh_history_new(max_packets, max_bytes), lib.vh_history_free)
        if self.state == ffi.NULL:
            raise ValueError("max_packets must be a power of two up to 32768 and max_bytes at most 4 MB")
        self._room = ffi.new("uint8_t[]", _PACKET_ROOM)

    @property
    def byte_count(self) -> int:
        """How many bytes are kept."""
        count: int = self.state.bytes
        return count

    def store(self, seq: int, packet: memoryview, now_us: int) -> None:
        """Copy an RTP packet, whose header says `seq`."""
        lib.vh_history_store(self.state, seq, ffi.from_buffer(packet), len(packet), now_us)

    def get(self, seq: int, now_us: int) -> bytes | None:
        """The packet stored under `seq`, None if it is not there or older than the history's age."""
        found = self.last(seq)
        return None if found is None or now_us - found[1] > self._max_age_us else found[0]

    def last(self, seq: int) -> tuple[bytes, int] | None:
        """(packet, when it was stored in us) under `seq` at any age, None if it is not there."""
        slot = lib.vh_history_find(self.state, seq)
        if slot == ffi.NULL:
            return None
        size = lib.vh_history_read(self.state, slot, self._room, _PACKET_ROOM)
        return bytes(ffi.buffer(self._room, size)), slot.stored_at_us
