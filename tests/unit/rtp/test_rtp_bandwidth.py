"""The estimate of a downlink follows the link, by itself, in a simulated call through a bottleneck."""

import statistics

import pytest

from mediaserver.rtp.bandwidth_estimator import BandwidthEstimator
from mediaserver.rtp.path_feedback import PathFeedback
from mediaserver.rtp.transport_feedback import TransportFeedback
from tests.unit.rtp.bottleneck import LAYERS_BPS, PROPAGATION_US, Link, Simulation, steps

FALL_S, RETURN_S, END_S = 10.0, 30.0, 45.0
WIDE_BPS, NARROW_BPS = 2_500_000.0, 300_000.0
fall_and_return = steps((0, WIDE_BPS), (FALL_S, NARROW_BPS), (RETURN_S, WIDE_BPS))
seeds = pytest.mark.parametrize("seed", range(2))


def _wide(_at_s: float) -> float:
    return WIDE_BPS


@seeds
@pytest.mark.parametrize("queue_ms", [100, 300, 1_000, 2_000])
@pytest.mark.parametrize(("jitter_ms", "loss"), [(0, 0.0), (10, 0.01), (40, 0.05)])
def test_a_link_that_falls_is_followed_within_two_seconds_and_its_return_within_twelve(
    queue_ms: float, jitter_ms: float, loss: float, seed: int
) -> None:
    """Issue 3, Reliability: 2.5 Mbps -> 300 kbps -> 2.5 Mbps."""
    link = Link(fall_and_return, queue_ms=queue_ms, jitter_ms=jitter_ms, loss=loss)
    run = Simulation(link, seed).run(END_S)
    assert run.first(lambda moment: moment.estimate_bps < 350_000, FALL_S) < 2
    assert run.first(lambda moment: moment.layer == 0, FALL_S) < 3
    assert run.first(lambda moment: moment.layer == 2, RETURN_S) < 12
    assert statistics.mean(moment.estimate_bps for moment in run.between(FALL_S + 4, RETURN_S)) > 0.8 * NARROW_BPS
    assert max(moment.estimate_bps for moment in run.between(FALL_S + 4, RETURN_S)) < 1.5 * NARROW_BPS
    assert {moment.layer for moment in run.between(RETURN_S + 12, END_S)} == {2}


@seeds
def test_a_link_without_a_queue_is_known_by_its_losses(seed: int) -> None:
    """A policer: nothing waits, what is too much is dropped."""
    run = Simulation(Link(fall_and_return, queue_ms=20), seed).run(END_S)
    assert run.first(lambda moment: moment.estimate_bps < 350_000, FALL_S) < 4
    assert run.first(lambda moment: moment.layer == 2, RETURN_S) < 12


@seeds
def test_sound_waits_only_while_the_queue_of_the_fall_empties(seed: int) -> None:
    run = Simulation(Link(fall_and_return), seed).run(RETURN_S)
    narrow = sorted(delay_ms for at_s, delay_ms in run.audio_delays_ms if at_s > FALL_S + 3)
    assert narrow[int(len(narrow) * 0.95)] < PROPAGATION_US / 1000 + 100
    assert run.audio_lost <= 20  # 0.4 s, before retransmission


@seeds
@pytest.mark.parametrize("in_order", [False, True])
def test_random_loss_and_jitter_do_not_collapse_the_estimate(in_order: bool, seed: int) -> None:
    """Issue 3, Reliability: 5 % loss and 40 ms jitter; at least 60 % of the capacity."""
    run = Simulation(Link(_wide, loss=0.05, jitter_ms=40, in_order=in_order), seed).run(40)
    settled = run.between(5, 40)
    assert sum(moment.estimate_bps > 0.6 * WIDE_BPS for moment in settled) > 0.95 * len(settled)
    assert min(moment.estimate_bps for moment in settled) > 0.4 * WIDE_BPS
    assert sum(moment.layer == 2 for moment in settled) > 0.95 * len(settled)


@seeds
def test_a_path_that_always_loses_a_tenth_is_found_out(seed: int) -> None:
    run = Simulation(Link(_wide, loss=0.10, jitter_ms=40), seed).run(40)
    assert min(moment.estimate_bps for moment in run.between(12, 40)) > 0.6 * WIDE_BPS


@seeds
def test_other_traffic_is_given_way_to_and_its_end_is_noticed(seed: int) -> None:
    link = Link(_wide, others_bps=steps((0, 0.0), (10, 1_500_000.0), (20, 0.0)))
    run = Simulation(link, seed).run(35)
    shared = run.between(12, 20)
    assert statistics.mean(moment.estimate_bps for moment in shared) < 1_100_000
    assert max(moment.queue_ms for moment in shared) < 150
    assert {moment.layer for moment in shared} == {1}
    assert run.first(lambda moment: moment.layer == 2, 20) < 10


@seeds
def test_silence_changes_nothing(seed: int) -> None:
    run = Simulation(Link(_wide), seed, silent=lambda at_s: 10 < at_s < 20).run(30)
    assert len({moment.estimate_bps for moment in run.between(11, 20)}) == 1
    assert min(moment.estimate_bps for moment in run.between(5, 30)) > 0.9 * WIDE_BPS


@seeds
def test_a_sender_that_is_limited_by_itself_proves_no_more_than_it_sends(seed: int) -> None:
    """Without a wish for more there are no probes, and the estimate stays within 1.5 of what arrives."""
    layers_bps = LAYERS_BPS[:1]
    run = Simulation(Link(_wide), seed, layers_bps=layers_bps, start_bps=200_000).run(60)
    assert run.probes <= 1
    assert max(moment.estimate_bps for moment in run.moments) < 1.5 * 1.4 * layers_bps[0] + 60_000


@seeds
def test_probes_that_find_nothing_become_rare(seed: int) -> None:
    run = Simulation(Link(lambda _at_s: NARROW_BPS), seed).run(60)
    assert run.probes < 20


@seeds
def test_lost_feedback_lowers_the_estimate_only_until_it_is_back(seed: int) -> None:
    """Reports may be lost for seconds; then nothing is known of the path, which is not the same as loss on it."""
    run = Simulation(Link(_wide, feedback_lost=lambda at_s: 10 < at_s < 13), seed).run(25)
    assert run.between(12.9, 13)[0].estimate_bps < 0.5 * WIDE_BPS
    assert run.first(lambda moment: moment.layer == 2, 13) < 6


@seeds
def test_single_lost_reports_do_no_harm(seed: int) -> None:
    run = Simulation(Link(_wide, feedback_lost=lambda at_s: int(at_s * 10) % 4 == 0), seed).run(20)
    assert min(moment.estimate_bps for moment in run.between(5, 20)) > 0.6 * WIDE_BPS


def test_feedback_of_what_was_never_sent_changes_nothing() -> None:
    path = PathFeedback()
    estimator = BandwidthEstimator(path)
    message = TransportFeedback(1, 2, 500, 3, 0, ((500, 1), (501, 2), (502, 3)))
    path.feedback(message, 1_000_000)
    path.record((7, 1_000, 0))
    path.feedback(message, 2_000_000)
    estimator.tick(2_000_000)
    assert (estimator.estimate_bps, estimator.loss, estimator.heard_at_us) == (800_000, 0.0, None)


def test_the_same_seed_gives_the_same_call() -> None:
    """The simulation itself: everything follows from the seed."""
    link = Link(fall_and_return, loss=0.02, jitter_ms=20)
    assert Simulation(link, 7).run(15).moments == Simulation(link, 7).run(15).moments


@seeds
def test_a_sender_cut_down_to_silence_comes_back_by_probes(seed: int) -> None:
    """Sound is not numbered for every receiver: with the picture paused nothing is, and nothing tells of the path."""
    link = Link(steps((0, WIDE_BPS), (10, 60_000.0), (20, WIDE_BPS)))
    run = Simulation(link, seed, silent_sound=True).run(40)
    assert run.first(lambda moment: moment.layer is None, 10) < 3
    assert run.first(lambda moment: moment.layer == 2, 20) < 12
    assert run.probes < 30


def test_a_sender_that_had_no_room_for_its_first_picture_finds_some_by_probes() -> None:
    """Nothing that is numbered flows, so that there is no feedback either, but for that of the probes."""
    estimator = BandwidthEstimator(PathFeedback())
    assert estimator.start_probe(2 * estimator.estimate_bps, 1_000_000)
    assert not BandwidthEstimator(PathFeedback()).start_probe(0.5 * estimator.estimate_bps, 1_000_000)
