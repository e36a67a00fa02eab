"""What C keeps of a stream says the same as what Python keeps of it, whatever comes."""

import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from mediaserver.native.history import NativeHistory
from mediaserver.native.library import ffi, lib
from mediaserver.native.path import NativePathFeedback
from mediaserver.native.statistics import NativeArrivals, NativeReception
from mediaserver.rtp import rtcp
from mediaserver.rtp.history import PacketHistory
from mediaserver.rtp.path_feedback import PathFeedback
from mediaserver.rtp.reception import ReceptionStatistics
from mediaserver.rtp.transport_cc import ArrivalRecorder
from mediaserver.rtp.transport_feedback import TransportFeedback

# Mostly in order, with losses, jumps back and forth, and numbers from anywhere.
steps = st.one_of(st.just(1), st.just(1), st.integers(-5, 40), st.integers(-700, 700), st.integers(0, 0xFFFF))
# Runs of every symbol and length, and vectors of both kinds.
_chunks = st.one_of(
    st.integers(0, 0xFFFF), st.integers(0, 3).flatmap(lambda symbol: st.integers(0, 20).map(lambda n: symbol << 13 | n))
)
_fates = st.one_of(st.none(), st.integers(0, 8).map(lambda n: n * 250), st.integers(-40_000, 4_000_000))
gaps_us = st.one_of(st.integers(0, 20_000), st.integers(-100_000, 20_000_000))


@settings(max_examples=200)
@given(
    first=st.integers(0, 0xFFFF),
    packets=st.lists(st.tuples(steps, st.integers(0, 0xFFFFFFFF), gaps_us, st.booleans()), max_size=60),
    rate=st.sampled_from([48_000, 90_000]),
)
def test_reports_of_reception_are_equal(first: int, packets: list[tuple[int, int, int, bool]], rate: int) -> None:
    native, python = NativeReception(7, rate), ReceptionStatistics(7, rate)
    seq, now_us = first, 5_000_000_000_000
    for step, timestamp, gap_us, asks in packets:
        seq, now_us = (seq + step) & 0xFFFF, now_us + abs(gap_us)
        for statistics in (native, python):
            statistics.received((seq, timestamp, step & 0x3FF, now_us))
        if asks:
            assert native.report_block(now_us) == python.report_block(now_us)
    assert native.report_block(now_us) == python.report_block(now_us)
    assert native.octets_received == python.octets_received
    assert native.jitter_ms == python.jitter_ms


@settings(max_examples=200)
@given(
    first=st.integers(0, 0xFFFF),
    batches=st.lists(st.lists(st.tuples(steps, gaps_us), max_size=40), max_size=8),
)
def test_transport_feedback_is_equal_to_the_byte(first: int, batches: list[list[tuple[int, int]]]) -> None:
    native, python = NativeArrivals(), ArrivalRecorder()
    seq, now_us = first, 7_000_000_000
    for batch in batches:
        for step, gap_us in batch:
            seq, now_us = (seq + step) & 0xFFFF, max(now_us + gap_us, 0)
            for recorder in (native, python):
                recorder.record((seq, now_us))
        assert native.build_feedback(1, 0xFFFFFFFF) == python.build_feedback(1, 0xFFFFFFFF)


@settings(max_examples=300)
@given(body=st.binary(min_size=12, max_size=80), count=st.integers(0, 300), chunks=st.lists(_chunks, max_size=6))
def test_what_feedback_tells_is_read_alike_whatever_it_is(body: bytes, count: int, chunks: list[int]) -> None:
    head = body[:10] + struct.pack("!H", count) + body[8:12]
    message = head + b"".join(struct.pack("!H", chunk) for chunk in chunks) + body[12:]
    message += bytes(-len(message) % 4)
    for first in (0x8F, 0xAF):
        packet = struct.pack("!BBH", first, 205, len(message) // 4) + message
        told = ffi.new("vh_told *")
        is_read = lib.vh_told_read(packet, len(packet), told)
        parts = [part for part in rtcp.parse(packet) if isinstance(part, TransportFeedback)]
        assert len(parts) == is_read
        for part in parts:
            assert (told.base, told.status_count) == (part.base_sequence_number, part.packet_status_count)
            arrived = [(told.arrived[index].seq, told.arrived[index].arrival_us) for index in range(told.count)]
            assert arrived == list(part.arrivals)


@settings(max_examples=200)
@given(
    first=st.integers(0, 0xFFFF),
    turns=st.lists(st.tuples(st.integers(0, 40), st.lists(_fates, max_size=60), st.booleans()), max_size=12),
    keeps=st.booleans(),
)
def test_what_follows_from_feedback_is_equal(
    first: int, turns: list[tuple[int, list[int | None], bool]], keeps: bool
) -> None:
    """Packets are sent and told of, lost, told of late or again, and never were; `turns` are (sent, deltas, taken)."""
    state = ffi.new("vh_path *")
    native, python = NativePathFeedback(state, state), PathFeedback()
    number, told, now_us = first, first, 8_000_000_000
    for sent, deltas, is_taken in turns:
        for _ in range(sent):
            now_us += 700
            for path in (native, python):
                path.record((number, 900 + number % 200, now_us))
            number = (number + 1) & 0xFFFF
        arrivals, arrival_us = [], now_us
        for index, delta in enumerate(deltas):
            if delta is not None:
                arrival_us += delta
                arrivals.append(((told + index) & 0xFFFF, arrival_us))
        message = TransportFeedback(1, 2, told, len(deltas), 0, tuple(arrivals))
        told = (told + len(deltas) * 3 // 4) & 0xFFFF
        for path in (native, python):
            path.keep_packets(keeps)
            path.feedback(message, now_us)
        assert native.position() == python.position()
        if is_taken:
            assert native.take() == python.take()
    assert native.take() == python.take()


def test_beyond_the_bound_the_oldest_arrivals_are_lost_in_both() -> None:
    native, python = NativeArrivals(), ArrivalRecorder()
    for number in range(5_000):
        for recorder in (native, python):
            recorder.record((number * 7 % 5_003, number * 300))
    assert native.build_feedback(1, 2) == python.build_feedback(1, 2)


@settings(max_examples=200)
@given(
    first=st.integers(0, 0xFFFF),
    stored=st.lists(st.tuples(steps, st.integers(4, 1_600), st.integers(0, 200_000)), max_size=80),
    max_packets=st.sampled_from([1, 8, 64, 256]),
    max_bytes=st.sampled_from([1, 3_000, 20_000, 65_536]),
)
def test_the_history_forgets_the_same_packets(
    first: int, stored: list[tuple[int, int, int]], max_packets: int, max_bytes: int
) -> None:
    native, python = NativeHistory(max_packets, max_bytes), PacketHistory(max_packets, max_bytes)
    seq, now_us, seen = first, 1_000, set[int]()
    for step, size, gap_us in stored:
        seq, now_us = (seq + step) & 0xFFFF, now_us + gap_us
        packet = memoryview(struct.pack("!HH", 0x8060, seq) + bytes([seq & 0xFF]) * (size - 4))
        seen.add(seq)
        for history in (native, python):
            history.store(seq, packet, now_us)
        assert native.byte_count == python.byte_count
    for known in seen | {first ^ 1, (first + 256) & 0xFFFF}:
        assert native.get(known, now_us) == python.get(known, now_us)
        assert native.last(known) == python.last(known)
