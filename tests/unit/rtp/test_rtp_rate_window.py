"""The bitrate of a layer is that of the last second, and tells when the layer stops."""

from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.rate_window import OVERHEAD_BYTES, WINDOW_US, RateWindow

TICK_US = 100_000


def _fill(rate: RateWindow, ticks: int, octets_per_tick: int, packets_per_tick: int, first_tick: int = 0) -> int:
    for tick in range(first_tick, first_tick + ticks):
        rate.sample(tick * TICK_US, tick * octets_per_tick, tick * packets_per_tick)
    return (first_tick + ticks - 1) * TICK_US


@given(st.integers(2, 60), st.integers(1, 100_000), st.integers(1, 50))
def test_a_steady_stream_has_its_bitrate_packet_headers_included(ticks: int, octets: int, packets: int) -> None:
    rate = RateWindow()
    now_us = _fill(rate, ticks, octets, packets)
    assert rate.bitrate_bps(now_us) == (octets + packets * OVERHEAD_BYTES) * 80
    assert rate.is_active(now_us)


def test_a_stream_that_stops_has_none_after_a_second() -> None:
    rate = RateWindow()
    now_us = _fill(rate, 20, 1_000, 1)
    for tick in range(20, 31):
        rate.sample(tick * TICK_US, 19_000, 19)
    assert rate.is_active(now_us + WINDOW_US - 1)
    assert not rate.is_active(now_us + WINDOW_US)
    assert rate.bitrate_bps(now_us + WINDOW_US) == 0


def test_before_anything_came_there_is_no_bitrate() -> None:
    rate = RateWindow()
    assert (rate.bitrate_bps(0), rate.is_active(0)) == (0, False)
    rate.sample(0, 0, 0)
    rate.sample(TICK_US, 0, 0)
    assert (rate.bitrate_bps(TICK_US), rate.is_active(TICK_US)) == (0, False)


def test_counts_that_began_anew_are_no_negative_bitrate() -> None:
    rate = RateWindow()
    _fill(rate, 5, 1_000, 10)
    rate.sample(5 * TICK_US, 4_100, 1)
    assert rate.bitrate_bps(5 * TICK_US) >= 0
