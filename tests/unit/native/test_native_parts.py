"""What C keeps of a stream says the same as what Python keeps of it, whatever comes."""

import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from mediaserver.native.history import NativeHistory
from mediaserver.native.statistics import NativeArrivals, NativeReception
from mediaserver.rtp.history import PacketHistory
from mediaserver.rtp.reception import ReceptionStatistics
from mediaserver.rtp.transport_cc import ArrivalRecorder

# Mostly in order, with losses, jumps back and forth, and numbers from anywhere.
steps = st.one_of(st.just(1), st.just(1), st.integers(-5, 40), st.integers(-700, 700), st.integers(0, 0xFFFF))
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
