"""What staff is told to be to blame when somebody's call goes badly, from figures alone (C11)."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.connection_meter import (
    SAMPLES_TO_BE_SILENT,
    SAMPLES_TO_SETTLE,
    Cause,
    ConnectionFigures,
    ConnectionMeter,
    SentFigures,
    Verdict,
)

MICROPHONE = SentFigures("pr_mic", "microphone", False, 0, 0, 0, 4.0)
CAMERA = SentFigures("pr_cam", "camera", False, 0, 0, 0, 30.0, (True, True, True))
FINE = ConnectionFigures(
    sent=(MICROPHONE, CAMERA),
    uplink_alive=True,
    rtt_ms=40.0,
    downlink_loss=0.0,
    downlink_jitter_ms=5.0,
    estimate_bps=3_000_000,
    wanted_bps=2_000_000,
)
NEVER_SENT = SentFigures("pr_cam", "camera", False, 0, 0, 0, 0.0)


def after(
    figures: ConnectionFigures, seconds: int = 12, *, lost: float = 0.0, meter: ConnectionMeter | None = None
) -> Verdict:
    """The verdict when everything that is on sends 50 packets a second, a share of which is lost."""
    meter = meter or ConnectionMeter()
    verdict = Verdict()
    for second in range(1, seconds + 1):
        moving = tuple(_after(each, second, lost) for each in figures.sent)
        verdict = meter.sample(replace(figures, sent=moving))
    return verdict


def _after(stream: SentFigures, second: int, lost: float) -> SentFigures:
    if stream.paused or stream == NEVER_SENT:
        return stream
    expected = 50 * second
    gone = round(expected * lost)
    return replace(stream, packets_expected=expected, packets_lost=gone, packets_received=expected - gone)


def test_a_good_connection_is_excellent_and_nothing_is_to_blame() -> None:
    assert after(FINE) == Verdict(5, 5, None)


def test_nothing_is_known_of_a_connection_without_media() -> None:
    assert after(ConnectionFigures()) == Verdict(None, None, None)


@pytest.mark.parametrize(("lost", "up", "cause"), [(0.02, 4, None), (0.05, 3, "uplink"), (0.2, 1, "uplink")])
def test_loss_on_the_way_up_is_the_uplinks(lost: float, up: int, cause: Cause | None) -> None:
    assert after(FINE, lost=lost) == Verdict(up, 5, cause)


@pytest.mark.parametrize(
    "changes",
    [{"downlink_loss": 0.2}, {"downlink_jitter_ms": 200.0}, {"estimate_bps": 200_000}],
)
def test_what_is_wrong_on_the_way_down_is_the_downlinks(changes: dict[str, Any]) -> None:
    verdict = after(replace(FINE, **changes))
    assert (verdict.up, verdict.cause) == (5, "downlink")
    assert verdict.down in {1, 2}


def test_a_long_round_trip_weakens_both_directions() -> None:
    assert after(replace(FINE, rtt_ms=600.0)) == Verdict(2, 2, "uplink")


def test_an_estimate_that_still_climbs_is_no_weak_downlink() -> None:
    climbing = replace(FINE, estimate_bps=400_000)
    meter = ConnectionMeter()
    assert after(climbing, SAMPLES_TO_SETTLE, meter=meter).down == 5
    assert after(climbing, meter=meter).down == 2


def test_layers_that_the_browser_has_given_up_tell_of_its_uplink() -> None:
    meter = ConnectionMeter()
    after(FINE, meter=meter)
    only_the_lowest = replace(CAMERA, layers=(True, False, False))
    assert after(replace(FINE, sent=(MICROPHONE, only_the_lowest)), meter=meter) == Verdict(3, 5, "uplink")


def test_layers_that_were_never_sent_are_not_missed() -> None:
    """A small camera has no more."""
    only_the_lowest = replace(CAMERA, layers=(True, False, False))
    assert after(replace(FINE, sent=(MICROPHONE, only_the_lowest))) == Verdict(5, 5, None)


def test_a_camera_that_is_on_and_sends_nothing_is_the_device() -> None:
    assert after(replace(FINE, sent=(MICROPHONE, NEVER_SENT)), SAMPLES_TO_BE_SILENT).cause is None
    assert after(replace(FINE, sent=(MICROPHONE, NEVER_SENT)), SAMPLES_TO_BE_SILENT + 1).cause == "device"


@pytest.mark.parametrize(
    "silent",
    [replace(NEVER_SENT, paused=True), replace(NEVER_SENT, source="screen")],
)
def test_what_is_off_or_a_screen_at_rest_may_be_silent(silent: SentFigures) -> None:
    assert after(replace(FINE, sent=(MICROPHONE, silent))).cause is None


def test_silence_of_a_browser_that_is_out_of_reach_is_not_the_devices() -> None:
    assert after(replace(FINE, sent=(NEVER_SENT,), uplink_alive=False)).cause is None


def test_a_device_that_cannot_keep_up_is_named_unless_the_network_is_bad() -> None:
    slow = replace(FINE, limited_by_cpu=True)
    assert after(slow).cause == "device"
    assert after(slow, lost=0.05).cause == "device"
    assert after(slow, lost=0.2).cause == "uplink"


figures = st.builds(
    ConnectionFigures,
    sent=st.lists(
        st.builds(
            SentFigures,
            producer_id=st.sampled_from(["a", "b"]),
            source=st.sampled_from(["microphone", "camera", "screen"]),
            paused=st.booleans(),
            packets_received=st.integers(0, 2**32),
            packets_expected=st.integers(0, 2**32),
            packets_lost=st.integers(-100, 2**32),
            jitter_ms=st.floats(0, 1e6),
            layers=st.lists(st.booleans(), min_size=1, max_size=4).map(tuple),
        ),
        unique_by=lambda each: each.producer_id,
        max_size=2,
    ).map(tuple),
    uplink_alive=st.booleans(),
    rtt_ms=st.none() | st.floats(0, 1e6),
    downlink_loss=st.none() | st.floats(0, 1),
    downlink_jitter_ms=st.none() | st.floats(0, 1e6),
    estimate_bps=st.none() | st.integers(0, 10**9),
    wanted_bps=st.integers(0, 10**9),
    limited_by_cpu=st.booleans(),
)


@given(st.lists(figures, max_size=20))
def test_any_figures_give_scores_and_a_cause_that_fits_them(taken: list[ConnectionFigures]) -> None:
    meter = ConnectionMeter()
    for each in taken:
        verdict = meter.sample(each)
        assert {verdict.up, verdict.down} <= {None, 1, 2, 3, 4, 5}
        if verdict.cause == "uplink":
            assert verdict.up is not None
            assert verdict.up <= 3
        if verdict.cause == "downlink":
            assert verdict.down is not None
            assert verdict.down <= 3
