"""The plan of one stream: made of the Python objects, run in C, and taken back whenever Python has to see to the stream.

While a plan holds, the stream's next number, the positions of its receivers and what is counted of them grow in C.
"""

from collections.abc import Callable
from typing import Any

from mediaserver.native.history import NativeHistory
from mediaserver.native.library import ffi, lib
from mediaserver.native.sender import NativeSender
from mediaserver.native.statistics import NativeReception
from mediaserver.net.packet_buffer import PacketBuffer
from mediaserver.ortc import AUDIO_LEVEL_ID
from mediaserver.received_stream import PacketSink, ReceivedAudio, ReceivedStream
from mediaserver.sent_stream import REMEMBERED_NUMBERS, SentStream


class StreamPlan:
    """Joins a stream to its `vh_stream`; `route` is the `vh_route` of its publisher's transport."""

    def __init__(self, route: Any, stream: ReceivedStream) -> None:
        self._route = route
        self._stream = stream
        self._holds = False
        # What the plan was made of: as long as these are the same, so are all constants of it.
        self._sinks: tuple[PacketSink, ...] | None = None
        self._sent: list[tuple[SentStream, Any]] = []
        self._keep_in_c()
        stream.plan_changed = self.take_back
        stream.plan_read = self.read
        stream.on_rtp = self._through(stream.receive_rtp)
        stream.on_rtx = self._through(stream.receive_rtx)

    def _keep_in_c(self) -> None:
        """The stream's memory moves to where plans can use it, before the first packet."""
        stream, mapping = self._stream, self._stream.mapping
        self._history = NativeHistory(*stream.history.bounds)
        self._reception = NativeReception(0, mapping.codec.clock_rate)
        stream.keep_in(self._history, self._reception)
        # `vh_stream *`
        self.state = state = ffi.gc(lib.vh_stream_new(), lib.vh_stream_free)
        if state == ffi.NULL:
            raise MemoryError
        state.history, state.reception = self._history.state, self._reception.state
        state.payload_type = mapping.payload_type
        state.extensions.transport_cc_id = mapping.transport_cc_id or 0
        for own_id, new_id in mapping.kept_extension_ids.items():
            state.extensions.kept_ids[own_id] = new_id

    def _through(self, receive: Callable[[PacketBuffer, int, int], None]) -> Callable[[PacketBuffer, int, int], None]:
        """Python sees to a packet that no plan covers; afterwards there may be a plan again."""

        def received(packet: PacketBuffer, size: int, arrival_us: int) -> None:
            self.take_back()
            receive(packet, size, arrival_us)
            self._make()

        return received

    # -- making ------------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        """Let the plan hold from now on, if the next packet is one that it can cover."""
        stream = self._stream
        next_seq = stream.next_in_order
        if next_seq < 0 or stream.ssrc is None:
            return
        if stream.sinks is not self._sinks and not self._compile(stream.sinks, next_seq):
            return
        if not all(sent.is_next(next_seq) for sent, _ in self._sent):
            return
        self.state.ssrc = stream.ssrc
        self.state.next_seq = next_seq
        audible = isinstance(stream, ReceivedAudio) and not stream.paused
        self.state.level_head = AUDIO_LEVEL_ID << 4 if audible else 0
        self._holds = bool(lib.vh_route_attach(self._route, self.state))

    def _compile(self, sinks: tuple[PacketSink, ...], next_seq: int) -> bool:
        """Write down what each receiver's copy differs in; False if one is of a kind that C does not know."""
        self._sinks = None
        owners = [getattr(sink, "__self__", None) for sink in sinks]
        if not lib.vh_stream_set_sinks(self.state, len(owners)):
            return False
        self._sent = []
        for index, owner in enumerate(owners):
            if not isinstance(owner, SentStream) or not self._write(self.state.sinks[index], owner, next_seq):
                return False
            self._sent.append((owner, self.state.sinks[index]))
        self._sinks = sinks
        return True

    def _write(self, sink: Any, sent: SentStream, next_seq: int) -> bool:
        plan = sent.plan(next_seq)
        sender = getattr(plan.send, "__self__", None) if plan is not None else None
        if plan is None or not isinstance(sender, NativeSender):
            return False
        sink.link = sender.link
        sink.ssrc, sink.payload_type = plan.ssrc, plan.payload_type
        sink.sequence_shift, sink.timestamp_offset = plan.sequence_shift, plan.timestamp_offset
        sink.picture_id_shift, sink.tl0picidx_shift = plan.picture_id_shift, plan.tl0picidx_shift
        sink.numbered, sink.remembers = plan.is_numbered, plan.remembers_numbers
        return True

    # -- taking back -------------------------------------------------------------------------------------------------

    def take_back(self) -> None:
        """Python has the stream from now on, as it is."""
        if self._holds:
            self._holds = False
            lib.vh_route_detach(self._route, self.state)
            self._collect()

    def read(self) -> None:
        """Python's counts are those of now; the plan goes on."""
        if self._holds:
            self._collect()

    def _collect(self) -> None:
        state, stream = self.state, self._stream
        packets = state.packets
        if not packets:
            return
        stream.passed_on(state.next_seq)
        if state.level_packets and isinstance(stream, ReceivedAudio):
            stream.add_levels(state.level_sum, state.level_packets)
        state.packets = state.level_packets = state.level_sum = 0
        for sent, sink in self._sent:
            numbers = _take_numbers(sink) if sink.number_count else ()
            sent.forwarded(packets, sink.packets, sink.octets, numbers)
            sink.packets = sink.octets = 0


def _take_numbers(sink: Any) -> list[tuple[int, int]]:
    """(own sequence number, transport-wide number) of the newest packets, oldest first."""
    count = sink.number_count
    first, sink.number_count = max(count - REMEMBERED_NUMBERS, 0), 0
    newest = (sink.numbers[index % REMEMBERED_NUMBERS] for index in range(first, count))
    return [(number.out_seq, number.number) for number in newest]
