"""Packets are kept for those who lost them, within bounds, and sent again once per round trip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.history import PacketHistory
from mediaserver.rtp.resend_throttle import ResendThrottle
from tests.unit.rtp.packets import uint16


def _packet(seq: int, size: int = 100) -> memoryview:
    return memoryview(seq.to_bytes(2, "big") + bytes(size - 2))


def _store(history: PacketHistory, packet: memoryview, now_ms: float = 0) -> None:
    history.store(int.from_bytes(packet[:2], "big"), packet, len(packet), now_ms)


@given(uint16, st.integers(1, 200))
def test_the_newest_packets_are_found_across_the_wrap(first: int, count: int) -> None:
    history = PacketHistory(max_packets=64)
    numbers = [(first + index) & 0xFFFF for index in range(count)]
    for seq in numbers:
        _store(history, _packet(seq))
    for seq in numbers[-64:]:
        assert history.get(seq, 0) == bytes(_packet(seq))
    for seq in numbers[:-64]:
        assert history.get(seq, 0) is None
    assert history.get((first + count) & 0xFFFF, 0) is None


def test_a_stored_packet_is_a_copy() -> None:
    history = PacketHistory()
    buf = bytearray(b"original")
    history.store(1, memoryview(buf), len(buf), 0)
    buf[:] = b"rewrites"
    assert history.get(1, 0) == b"original"


def test_only_the_packet_is_stored_of_a_larger_buffer() -> None:
    history = PacketHistory()
    history.store(1, memoryview(b"packet and rubbish"), 6, 0)
    assert history.get(1, 0) == b"packet"
    assert history.bytes_stored == 6


def test_an_old_packet_is_gone() -> None:
    history = PacketHistory(max_age_ms=1_000)
    _store(history, _packet(1), now_ms=500)
    assert history.get(1, 1_500) is not None
    assert history.get(1, 1_501) is None


@given(st.lists(st.tuples(uint16, st.integers(2, 1_500)), max_size=200))
def test_bytes_are_bounded_and_counted(packets: list[tuple[int, int]]) -> None:
    history = PacketHistory(max_packets=32, max_bytes=4_000)
    for seq, size in packets:
        _store(history, _packet(seq, size))
        assert history.get(seq, 0) == bytes(_packet(seq, size))
        assert history.bytes_stored <= 4_000
    kept = [history.get(seq, 0) for seq in range(0x10000)]
    assert sum(len(packet) for packet in kept if packet is not None) == history.bytes_stored


def test_of_too_many_bytes_the_oldest_go_first() -> None:
    history = PacketHistory(max_packets=32, max_bytes=300)
    for seq in range(5):
        _store(history, _packet(seq))
    assert [seq for seq in range(5) if history.get(seq, 0) is not None] == [2, 3, 4]


@pytest.mark.parametrize("max_packets", [0, 3, 100, 0x10000])
def test_a_ring_that_cannot_wrap_with_the_numbers_is_refused(max_packets: int) -> None:
    with pytest.raises(ValueError, match="power of two"):
        PacketHistory(max_packets=max_packets)


def test_a_packet_is_sent_again_once_per_round_trip() -> None:
    throttle = ResendThrottle()
    assert throttle.allow(7, now_ms=0, rtt_ms=100)
    assert not throttle.allow(7, now_ms=99, rtt_ms=100)
    assert throttle.allow(8, now_ms=99, rtt_ms=100)
    assert throttle.allow(7, now_ms=100, rtt_ms=100)


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
