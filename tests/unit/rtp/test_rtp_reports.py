"""Receiver reports tell what arrived; sender reports keep audio and video in step."""

from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.ntp import compact_ntp, ntp_from_unix_us, round_trip_ms, unix_us_from_ntp
from mediaserver.rtp.reception import ReceptionStatistics
from mediaserver.rtp.rtcp import ReportBlock
from mediaserver.rtp.sender_report import PublisherClock, StreamClock, aligned_timestamp
from tests.unit.rtp.packets import uint16, uint32

NOW_US = 1_790_000_000_000_000


def _received(numbers: list[int], first_at_us: int = 0) -> ReceptionStatistics:
    """A packet each 20 ms of a 48 kHz clock."""
    statistics = ReceptionStatistics(ssrc=9, clock_rate_hz=48_000)
    for number in numbers:
        statistics.received((number & 0xFFFF, number * 960 & 0xFFFFFFFF, 100, first_at_us + number * 20_000))
    return statistics


def _block(statistics: ReceptionStatistics, now_us: int = 0) -> ReportBlock:
    block = statistics.report_block(now_us)
    assert block is not None
    return block


@given(uint16, st.sets(st.integers(1, 300), max_size=100))
def test_losses_are_counted_across_the_wrap(first: int, lost: set[int]) -> None:
    numbers = [first + index for index in range(302) if index not in lost]
    statistics = _received(numbers)
    block = _block(statistics)
    assert block.packets_lost == statistics.packets_lost == len(lost)
    assert block.fraction_lost == len(lost) * 256 // 302
    assert block.highest_sequence_number == first + 301
    assert statistics.octets_received == 100 * len(numbers)


def test_the_fraction_is_of_the_time_since_the_last_report() -> None:
    statistics = _received([*range(0, 100, 2), 100])
    assert _block(statistics).fraction_lost == 50 * 256 // 101
    for number in range(101, 200):
        statistics.received((number, number * 960, 100, number * 20_000))
    assert _block(statistics).fraction_lost == 0
    assert _block(statistics).packets_lost == 50


def test_duplicates_do_not_make_the_fraction_negative() -> None:
    block = _block(_received([1, 1, 1, 2]))
    assert (block.packets_lost, block.fraction_lost) == (-2, 0)


def test_reordered_packets_are_not_lost() -> None:
    assert _block(_received([65_534, 65_537, 65_535, 65_536])).packets_lost == 0


def test_even_arrivals_have_no_jitter() -> None:
    assert _received(list(range(500)), first_at_us=7).jitter_ms == 0


def test_jitter_approaches_the_mean_deviation() -> None:
    """RFC 3550 appendix A.8: every other packet 5 ms late makes a difference of 5 ms each."""
    statistics = ReceptionStatistics(ssrc=9, clock_rate_hz=48_000)
    for number in range(500):
        statistics.received((number, number * 960, 100, number * 20_000 + number % 2 * 5_000))
    assert abs(statistics.jitter_ms - 5) < 0.1
    assert abs(_block(statistics).jitter - 240) < 5


def test_a_stream_that_jumps_begins_anew() -> None:
    statistics = _received(list(range(100)))
    for number in range(40_000, 40_010):
        statistics.received((number, 0, 100, 0))
    assert _block(statistics).packets_lost == 0


def test_a_report_returns_the_publishers_last_report_and_the_delay() -> None:
    statistics = _received([1, 2])
    assert (_block(statistics).last_sr, _block(statistics).delay_since_last_sr) == (0, 0)
    statistics.sender_report_received(0x1111_2222_3333_4444, now_us=1_000_000)
    block = _block(statistics, now_us=1_500_000)
    assert (block.last_sr, block.delay_since_last_sr) == (0x2222_3333, 0x8000)


def test_there_is_nothing_to_report_before_the_first_packet() -> None:
    assert ReceptionStatistics(1, 90_000).report_block(0) is None


@given(st.integers(0, 2**53))
def test_a_moment_survives_ntp(unix_us: int) -> None:
    if unix_us < 2_085_978_496_000_000:  # the era ends on 7 February 2036
        assert unix_us_from_ntp(ntp_from_unix_us(unix_us)) == unix_us


def test_the_unix_epoch_is_seventy_years_of_ntp() -> None:
    assert ntp_from_unix_us(0) == 2_208_988_800 << 32


@given(st.integers(0, 10_000_000), st.integers(0, 60_000_000))
def test_the_round_trip_is_what_is_left_of_the_elapsed_time(trip_us: int, held_us: int) -> None:
    sent = ntp_from_unix_us(NOW_US)
    back = ntp_from_unix_us(NOW_US + trip_us + held_us)
    measured = round_trip_ms(back, compact_ntp(sent), held_us * 65_536 // 1_000_000)
    assert measured is not None
    assert abs(measured - trip_us / 1000) < 0.05


def test_the_example_of_the_rfc() -> None:
    """RFC 3550 section 6.4.1, figure 2: a round trip of 6.125 s."""
    assert round_trip_ms(0xB710_8000 << 16, 0xB705_2000, 0x0005_4000) == 6_125


def test_no_round_trip_without_a_sender_report() -> None:
    assert round_trip_ms(ntp_from_unix_us(NOW_US), 0, 0) is None


def test_a_round_trip_is_never_below_zero() -> None:
    now = ntp_from_unix_us(NOW_US)
    assert round_trip_ms(now, compact_ntp(now), 3) == 0


def test_streams_of_a_publisher_stay_in_step_whatever_its_clock_says() -> None:
    """Audio and video of one moment get sender reports that a receiver puts at one moment."""
    behind_us = 3_600_000_000
    publisher, audio, video = PublisherClock(), StreamClock(48_000), StreamClock(90_000)
    for stream, rtp_timestamp, captured_us, trip_us in ((audio, 5_000, 0, 30_000), (video, 70_000, 400_000, 80_000)):
        ntp = ntp_from_unix_us(NOW_US - behind_us + captured_us)
        publisher.sender_report_received(ntp, NOW_US + captured_us + trip_us)
        stream.sender_report_received(ntp, rtp_timestamp)
    publisher_us = publisher.publisher_us(NOW_US + 1_030_000)
    assert publisher_us is not None
    assert audio.rtp_timestamp_at(publisher_us) == 5_000 + 48_000
    assert video.rtp_timestamp_at(publisher_us) == 70_000 + 54_000


def test_before_a_sender_report_nothing_is_known() -> None:
    assert PublisherClock().publisher_us(NOW_US) is None
    assert StreamClock(90_000).rtp_timestamp_at(NOW_US) is None
    assert StreamClock(90_000).publisher_us_at(1) is None
    assert aligned_timestamp(1, StreamClock(90_000), StreamClock(90_000)) is None


@given(uint32, uint32, st.integers(-1_000_000, 1_000_000))
def test_layers_are_aligned_by_their_sender_reports(low: int, high: int, ticks: int) -> None:
    """Across the wrap at 32 bits."""
    source, target = StreamClock(90_000), StreamClock(90_000)
    source.sender_report_received(ntp_from_unix_us(NOW_US), high)
    target.sender_report_received(ntp_from_unix_us(NOW_US), low)
    aligned = aligned_timestamp((high + ticks) & 0xFFFFFFFF, source, target)
    assert aligned is not None
    assert (aligned - (low + ticks) + 1) & 0xFFFFFFFF <= 2
