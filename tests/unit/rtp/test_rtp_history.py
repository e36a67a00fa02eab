"""Packets are kept for those who lost them, within bounds, and sent again once per round trip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.history import PacketHistory
from mediaserver.rtp.resend_throttle import ResendThrottle
from tests.unit.rtp.packets import Packet, uint16


def _packet(seq: int, size: int = 100) -> memoryview:
    return memoryview(Packet(sequence_number=seq, payload=bytes(size)).to_bytes())


@given(uint16, st.integers(1, 200))
def test_the_newest_packets_are_found_across_the_wrap(first: int, count: int) -> None:
    history = PacketHistory(max_packets=64)
    numbers = [(first + index) & 0xFFFF for index in range(count)]
    for seq in numbers:
        history.store(seq, _packet(seq), 0)
    for seq in numbers[-64:]:
        assert history.get(seq, 0) == bytes(_packet(seq))
    for seq in numbers[:-64]:
        assert history.get(seq, 0) is None
    assert history.get((first + count) & 0xFFFF, 0) is None


def test_a_stored_packet_is_a_copy() -> None:
    history = PacketHistory()
    buf = bytearray(_packet(1))
    history.store(1, memoryview(buf), 0)
    buf[12:] = bytes(len(buf) - 12)[::-1]
    buf[2:4] = b"\xff\xff"
    assert history.get(1, 0) == bytes(_packet(1))
    assert history.get(0xFFFF, 0) is None


def test_an_old_packet_is_gone() -> None:
    history = PacketHistory(max_age_us=1_000)
    history.store(1, _packet(1), 500)
    assert history.get(1, 1_500) is not None
    assert history.get(1, 1_501) is None
    assert history.last(1) == (bytes(_packet(1)), 500)
    assert history.last(2) is None


@given(uint16, st.lists(st.integers(0, 400), min_size=1, max_size=300))
def test_the_bytes_kept_are_bounded_and_the_newest_packets_are_those_that_stay(first: int, sizes: list[int]) -> None:
    history = PacketHistory(max_packets=256, max_bytes=4_000)
    numbers = [(first + index) & 0xFFFF for index in range(len(sizes))]
    for seq, size in zip(numbers, sizes, strict=True):
        history.store(seq, _packet(seq, size), 0)
        assert history.byte_count <= 4_000
    found = [seq for seq in numbers if history.get(seq, 0) is not None]
    assert found == numbers[len(numbers) - len(found) :]
    assert history.byte_count == sum(len(history.get(seq, 0) or b"") for seq in found)
    assert len(found) == len(sizes) or history.byte_count > 4_000 - 250 - 412


@given(st.lists(uint16, max_size=200))
def test_of_any_numbers_only_the_newest_of_each_slot_is_kept(numbers: list[int]) -> None:
    history = PacketHistory(max_packets=32)
    for seq in numbers:
        history.store(seq, _packet(seq), 0)
    kept = [seq for seq in range(0x10000) if history.get(seq, 0) is not None]
    assert len(kept) <= 32
    assert set(kept) == {seq for seq in numbers if seq == [n for n in numbers if n % 32 == seq % 32][-1]}


def test_an_empty_history_has_nothing() -> None:
    history = PacketHistory()
    assert all(history.get(seq, 0) is None for seq in range(0x10000))


@pytest.mark.parametrize("max_packets", [0, 3, 100, 0x10000])
def test_a_ring_that_cannot_wrap_with_the_numbers_is_refused(max_packets: int) -> None:
    with pytest.raises(ValueError, match="power of two"):
        PacketHistory(max_packets=max_packets)


def test_a_packet_is_sent_again_about_once_per_round_trip() -> None:
    throttle = ResendThrottle()
    assert throttle.allow(7, now_ms=0, rtt_ms=100)
    assert not throttle.allow(7, now_ms=59, rtt_ms=100)
    assert throttle.allow(8, now_ms=59, rtt_ms=100)
    assert throttle.allow(7, now_ms=60, rtt_ms=100)


def test_a_tiny_round_trip_still_limits() -> None:
    throttle = ResendThrottle()
    assert throttle.allow(7, now_ms=0, rtt_ms=0)
    assert not throttle.allow(7, now_ms=10, rtt_ms=0)


def test_what_is_remembered_of_resends_is_bounded() -> None:
    throttle = ResendThrottle(max_packets=3)
    for seq in range(4):
        assert throttle.allow(seq, now_ms=0, rtt_ms=100)
    assert throttle.allow(0, now_ms=1, rtt_ms=100)
    assert not throttle.allow(3, now_ms=1, rtt_ms=100)
