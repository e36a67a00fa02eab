"""What was sent to one receiver and what its feedback tells of it, matched in C as the datagrams come."""

import struct
from typing import Any

from mediaserver.native.library import ffi, lib
from mediaserver.rtp.path_feedback import INITIAL_RTT_MS, PathFeedback, PathNews
from mediaserver.rtp.path_meter import PathMeasure
from mediaserver.rtp.sent_history import Record
from mediaserver.rtp.transport_feedback import TransportFeedback
from mediaserver.rtp.trendline import Usage

_NEWS = struct.Struct("=4d7q")
_PACKET = struct.Struct("=4q")
_USAGES = tuple(Usage)


class NativePathFeedback(PathFeedback):
    """Reads a `vh_path`, which `vh_link_send_numbered` records in; `owner` holds its memory."""

    def __init__(self, state: Any, owner: Any) -> None:
        super().__init__()
        self.state = state
        self._owner = owner
        self.record = self._record
        lib.vh_path_start(state, INITIAL_RTT_MS)
        self._news = ffi.new("vh_news *")
        self._news_memory = ffi.buffer(self._news)
        self._packets_memory = ffi.buffer(state.packets)

    def _record(self, sent: Record) -> None:
        lib.vh_path_sent(self.state, *sent)

    def feedback(self, message: TransportFeedback, now_us: int) -> None:
        """As `PathFeedback.feedback`."""
        told, arrivals = ffi.new("vh_told *"), message.arrivals[: lib.VH_MAX_TOLD]
        told.base, told.status_count = message.base_sequence_number, message.packet_status_count
        told.count = len(arrivals)
        for place, (seq, arrival_us) in enumerate(arrivals):
            told.arrived[place].seq, told.arrived[place].arrival_us = seq, arrival_us
        lib.vh_path_feedback(self.state, told, now_us)

    def take(self) -> PathNews:
        """As `PathFeedback.take`."""
        lib.vh_path_take(self.state, self._news)
        round_trip_ms, standing_ms, rate_bps, recent_bps, usage, heard, sent, unanswered, acknowledged, lost, kept = (
            _NEWS.unpack(self._news_memory)
        )
        packets = tuple(_PACKET.iter_unpack(self._packets_memory[: kept * _PACKET.size])) if kept else ()
        measure = PathMeasure(_USAGES[usage], standing_ms, rate_bps, recent_bps)
        return PathNews(acknowledged, lost, packets, measure, round_trip_ms, heard, sent, unanswered)

    def keep_packets(self, kept: bool) -> None:
        """As `PathFeedback.keep_packets`."""
        self.state.keeps_packets = kept

    def position(self) -> tuple[int, int]:
        """As `PathFeedback.position`."""
        return self.state.bytes_sent, self.state.next_number
