"""Reception statistics and arrivals that are worked out in C; what is told of them is Python's or equal to it."""

from mediaserver.native.library import ffi, lib
from mediaserver.rtp.reception import ReceptionStatistics
from mediaserver.rtp.transport_cc import ArrivalRecorder


class NativeReception(ReceptionStatistics):
    """Reads what C has taken in whenever something is asked of it."""

    __slots__ = ("_restarts", "state")

    def __init__(self, ssrc: int, clock_rate_hz: int) -> None:
        super().__init__(ssrc, clock_rate_hz)
        # `vh_reception *`
        self.state = ffi.new("vh_reception *")
        lib.vh_reception_start(self.state, clock_rate_hz)
        self._restarts = 0
        self.received = self._received

    def _received(self, packet: tuple[int, int, int, int]) -> None:
        lib.vh_reception_take(self.state, *packet)

    @property
    def packets_received(self) -> int:
        """Packets that came, duplicates too."""
        count: int = self.state.packets_received
        return count

    @property
    def octets_received(self) -> int:
        """Payload bytes that came, duplicates too."""
        count: int = self.state.octets_received
        return count

    def update(self) -> None:
        """Take over what C has."""
        state = self.state
        if state.restarts != self._restarts:
            self._restarts = state.restarts
            self._expected_prior = self._received_prior = 0
        self._packets_received = state.packets_received
        self._octets_received = state.octets_received
        self._base = state.base
        self._highest = state.highest
        self._jitter_16 = state.jitter_16


class NativeArrivals(ArrivalRecorder):
    """Keeps and tells arrivals in C."""

    __slots__ = ("_message", "state")

    def __init__(self) -> None:
        super().__init__()
        # `vh_arrivals *`
        self.state = ffi.gc(lib.vh_arrivals_new(), lib.vh_arrivals_free)
        if self.state == ffi.NULL:
            raise MemoryError
        self._message = ffi.new("uint8_t[]", lib.VH_MAX_FEEDBACK)
        self.record = self._record

    def _record(self, arrival: tuple[int, int]) -> None:
        lib.vh_arrivals_record(self.state, *arrival)

    @property
    def pending_count(self) -> int:
        """As `ArrivalRecorder.pending_count`."""
        count: int = self.state.count
        return count

    def build_feedback(self, sender_ssrc: int, media_ssrc: int) -> list[bytes]:
        """As `ArrivalRecorder.build_feedback`, to the byte."""
        messages: list[bytes] = []
        if not self.state.count:
            return messages
        lib.vh_arrivals_take(self.state)
        while size := lib.vh_arrivals_feedback(self.state, sender_ssrc, media_ssrc, self._message):
            messages.append(bytes(ffi.buffer(self._message, size)))
        return messages
