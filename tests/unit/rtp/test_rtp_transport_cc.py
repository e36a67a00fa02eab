"""Feedback tells when each packet arrived (draft-holmer-rmcat-transport-wide-cc-extensions-01)."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp import rtcp
from mediaserver.rtp.errors import RtcpError
from mediaserver.rtp.transport_cc import MANY_PENDING, MAX_PENDING, ArrivalRecorder
from mediaserver.rtp.transport_feedback import TransportFeedback, parse_transport_feedback
from tests.unit.rtp.packets import uint16

deltas = st.lists(
    st.one_of(st.none(), st.integers(0, 255), st.integers(-0x8000, 0x7FFF)), min_size=1, max_size=300
).filter(lambda ticks: any(tick is not None for tick in ticks))
runs = st.lists(st.tuples(st.sampled_from([None, 3, 700]), st.integers(1, 100)), min_size=1, max_size=8).map(
    lambda parts: [symbol for symbol, count in parts for _ in range(count)]
)


def _read(packets: list[bytes]) -> list[TransportFeedback]:
    (parts,) = ([rtcp.parse(packet)[0] for packet in packets],)
    return [part for part in parts if isinstance(part, TransportFeedback)]


def _arrivals(packets: list[bytes]) -> dict[int, int]:
    return {seq: at_us for message in _read(packets) for seq, at_us in message.arrivals}


@given(uint16, st.integers(0, 0xFFFFFF), st.one_of(deltas, runs))
def test_feedback_is_read_as_it_was_written(base: int, reference: int, ticks: list[int | None]) -> None:
    packet = rtcp.serialize_transport_feedback(
        1, 2, base_sequence_number=base, reference_time=reference, feedback_count=7, deltas=ticks
    )
    (message,) = _read([packet])
    at_us = reference * 64_000
    expected = []
    for index, tick in enumerate(ticks):
        if tick is not None:
            at_us += tick * 250
            expected.append(((base + index) & 0xFFFF, at_us))
    assert message == TransportFeedback(1, 2, base, len(ticks), 7, tuple(expected))


def test_the_packet_is_laid_out_as_in_the_draft() -> None:
    """Section 3.1: one-bit vector of 14, then two small deltas, padded to a word."""
    packet = rtcp.serialize_transport_feedback(
        1, 2, base_sequence_number=5, reference_time=3, feedback_count=4, deltas=[1, None, 2]
    )
    assert packet == bytes.fromhex("8fcd0005 00000001 00000002 00050003 00000304 a8000102".replace(" ", ""))


@pytest.mark.parametrize(
    ("chunk", "symbols"),
    [
        (0b0000_0000_1101_1101, [0] * 221),
        (0b0110_0000_0001_1000, [3] * 24),
        (0b0010_0000_0001_1000, [1] * 24),
        (0b1001_1111_0001_1100, [0, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0]),
        (0b1100_1101_0101_0000, [0, 3, 1, 1, 1, 0, 0]),
    ],
)
def test_chunks_are_read(chunk: int, symbols: list[int]) -> None:
    """The examples of sections 3.1.3 and 3.1.4; symbol 3 is reserved and tells of no arrival."""
    received = [index for index, symbol in enumerate(symbols) if symbol == 1]
    body = struct.pack("!IIHHIH", 1, 2, 10, len(symbols), 0, chunk) + bytes(len(received))
    message = parse_transport_feedback(memoryview(body))
    assert [seq for seq, _ in message.arrivals] == [10 + index for index in received]


@given(uint16, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 40_000)), min_size=1, max_size=200))
def test_every_arrival_is_told_to_a_quarter_millisecond(first: int, steps: list[tuple[int, int]]) -> None:
    """With losses and across the wrap at 16 bits."""
    recorder = ArrivalRecorder()
    now_us, seq, expected = 1_000_000_000, first, {}
    for lost, elapsed_us in steps:
        seq = (seq + 1 + lost) & 0xFFFF
        now_us += elapsed_us
        expected[seq] = now_us
        recorder.record((seq, now_us))
    told = _arrivals(recorder.build_feedback(1, 2))
    assert told.keys() == expected.keys()
    for number, at_us in told.items():
        assert 0 <= expected[number] - at_us < 250


@given(st.permutations(range(65_500, 65_560)))
def test_reordered_arrivals_are_told_once_each(order: list[int]) -> None:
    recorder = ArrivalRecorder()
    told: list[int] = []
    for index, number in enumerate(order):
        recorder.record((number & 0xFFFF, 1_000_000 + index * 1_000))
        if index % 20 == 19:
            messages = _read(recorder.build_feedback(1, 2))
            told += [seq for message in messages for seq, _ in message.arrivals]
    assert sorted(told) == sorted(number & 0xFFFF for number in order)


def test_lost_packets_between_two_feedbacks_are_told() -> None:
    recorder = ArrivalRecorder()
    recorder.record((10, 1_000))
    assert [m.base_sequence_number for m in _read(recorder.build_feedback(1, 2))] == [10]
    recorder.record((14, 2_000))
    (message,) = _read(recorder.build_feedback(1, 2))
    assert (message.base_sequence_number, message.packet_status_count) == (11, 4)
    assert [seq for seq, _ in message.arrivals] == [14]


def test_a_late_packet_does_not_take_back_what_was_told() -> None:
    recorder = ArrivalRecorder()
    for seq in (1, 2, 4, 5):
        recorder.record((seq, seq * 1_000))
    recorder.build_feedback(1, 2)
    recorder.record((3, 6_000))
    recorder.record((7, 7_000))
    late, following = _read(recorder.build_feedback(1, 2))
    assert (late.base_sequence_number, late.packet_status_count) == (3, 1)
    assert (following.base_sequence_number, following.packet_status_count) == (6, 2)


def test_messages_are_counted() -> None:
    recorder = ArrivalRecorder()
    counts = []
    for seq in range(300):
        recorder.record((seq, seq * 1_000))
        counts += [message.feedback_count for message in _read(recorder.build_feedback(1, 2))]
    assert counts == [count % 256 for count in range(300)]


def test_a_pause_longer_than_a_delta_begins_a_new_message() -> None:
    recorder = ArrivalRecorder()
    recorder.record((1, 0))
    recorder.record((2, 60_000_000))
    assert [m.base_sequence_number for m in _read(recorder.build_feedback(1, 2))] == [1, 2]


def test_a_duplicate_tells_its_first_arrival() -> None:
    recorder = ArrivalRecorder()
    recorder.record((1, 64_000))
    recorder.record((1, 128_000))
    assert _arrivals(recorder.build_feedback(1, 2)) == {1: 64_000}


def test_nothing_new_is_no_feedback() -> None:
    recorder = ArrivalRecorder()
    assert recorder.build_feedback(1, 2) == []
    recorder.record((1, 0))
    assert len(recorder.build_feedback(1, 2)) == 1
    assert recorder.build_feedback(1, 2) == []


def test_what_is_recorded_and_every_message_is_bounded() -> None:
    recorder = ArrivalRecorder()
    for number in range(3 * MAX_PENDING):
        recorder.record((number * 37 & 0xFFFF, number * 9_000_000))
    messages = recorder.build_feedback(1, 2)
    assert sum(len(message.arrivals) for message in _read(messages)) <= MAX_PENDING
    recorder = ArrivalRecorder()
    for number in range(3_000):
        recorder.record((number, (number ^ 1) * 100_000))
    assert max(map(len, recorder.build_feedback(1, 2))) < 1_200


def test_a_claimed_count_costs_no_work_beyond_the_bytes() -> None:
    body = struct.pack("!IIHHI", 1, 2, 0, 0xFFFF, 0) + struct.pack("!H", 0x3FFF) * 9
    with pytest.raises(RtcpError, match="deltas"):
        parse_transport_feedback(memoryview(body))


def test_few_packets_are_told_of_at_every_other_tick_and_many_at_each() -> None:
    """Janus sends feedback every 200 ms, browsers up to every 50."""
    due: dict[int, list[bool]] = {}
    for per_tick in (0, 10, MANY_PENDING):
        recorder = ArrivalRecorder()
        for tick in range(8):
            now_us = 1_000_000 + 100_000 * tick
            for index in range(per_tick):
                recorder.record((tick * per_tick + index, now_us - index))
            due.setdefault(per_tick, []).append(recorder.is_due(now_us))
            if due[per_tick][-1]:
                assert recorder.build_feedback(1, 2)
    assert due == {0: [False] * 8, 10: [True, False] * 4, MANY_PENDING: [True] * 8}


def test_after_a_loss_feedback_goes_at_every_tick_for_two_seconds() -> None:
    recorder, number, sent_at_ticks = ArrivalRecorder(), 0, []
    for tick in range(60):
        now_us = 1_000_000 + 100_000 * tick
        for index in range(10):
            number += 2 if (tick, index) == (10, 5) else 1
            recorder.record((number, now_us - 1_000 * (10 - index)))
        if recorder.due_feedback(1, 2, now_us):
            sent_at_ticks.append(tick)
    assert sent_at_ticks == [*range(0, 11, 2), *range(11, 30), *range(31, 60, 2)]
