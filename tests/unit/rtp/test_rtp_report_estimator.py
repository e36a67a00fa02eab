"""A receiver without transport-wide feedback is estimated from its reports (draft-ietf-rmcat-gcc-02 section 6)."""

from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.rate_control import MIN_BPS
from mediaserver.rtp.report_estimator import START_BPS, ReportEstimator

SECOND_US = 1_000_000


def _after(seconds: int, loss: float, round_trip_ms: float = 30.0, wanted_bps: float = 2_000_000.0) -> ReportEstimator:
    return _go_on(ReportEstimator(), 0, seconds, loss, round_trip_ms, wanted_bps)


def _go_on(
    estimator: ReportEstimator, start_s: int, seconds: int, loss: float, round_trip_ms: float, wanted_bps: float
) -> ReportEstimator:
    for second in range(start_s, start_s + seconds + 1):
        estimator.report(loss, round_trip_ms, second * SECOND_US)
        estimator.tick(second * SECOND_US, wanted_bps)
    return estimator


def test_it_grows_without_loss_to_what_is_wanted_and_no_further() -> None:
    assert START_BPS < _after(5, 0.0).estimate_bps < 2_000_000
    assert _after(60, 0.0).estimate_bps == 2_400_000


def test_it_holds_at_some_loss() -> None:
    assert _after(20, 0.05).estimate_bps == START_BPS


def test_it_falls_by_half_of_a_high_loss() -> None:
    assert _after(1, 0.4).estimate_bps == START_BPS * 0.8


def test_a_round_trip_that_grows_means_a_queue() -> None:
    estimator = _after(10, 0.0)
    before_bps = estimator.estimate_bps
    assert _go_on(estimator, 11, 3, 0.0, 400.0, 2_000_000.0).estimate_bps < 0.7 * before_bps


def test_no_report_no_change() -> None:
    estimator = _after(3, 0.0)
    before_bps = estimator.estimate_bps
    for second in range(4, 30):
        estimator.tick(second * SECOND_US, 2_000_000.0)
    assert estimator.estimate_bps == before_bps


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 5_000)), max_size=100))
def test_it_stays_within_its_bounds(reports: list[tuple[float, float]]) -> None:
    estimator = ReportEstimator()
    for second, (loss, round_trip_ms) in enumerate(reports):
        estimator.report(loss, round_trip_ms, second * SECOND_US)
        estimator.tick(second * SECOND_US, 1_000_000.0)
        assert MIN_BPS <= estimator.estimate_bps <= 1_200_000
