"""Both packet paths send the same datagrams to the byte, and count the same, whatever comes in (issue 3, point 8)."""

import asyncio
from functools import cache
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediaserver.native_path import NativePath
from mediaserver.net.dtls_srtp import Certificate
from tests.unit.native.play import Play


@cache
def certificate() -> Certificate:
    """No handshake uses it."""
    return Certificate()


async def _play(seed: int, steps: list[tuple[int, int]]) -> Play:
    with pytest.MonkeyPatch.context() as monkeypatch:
        play = Play(seed, certificate())
        play.patch(monkeypatch)
        try:
            await play.begin()
            for number, argument in steps:
                play.step(number, argument)
                if number % 50 == 0:
                    play.compare_figures()
            play.compare_figures()
        finally:
            for house in play.houses:
                await house.close()
    return play


@pytest.mark.parametrize("seed", range(6))
def test_a_long_call_with_everything_in_it_is_the_same_by_both_paths(seed: int) -> None:
    dice = Random(seed)  # noqa: S311  # what happens has to happen again
    steps = [(dice.getrandbits(16), dice.getrandbits(8)) for _ in range(1_200)]
    play = asyncio.run(_play(seed, steps))
    native = play.houses[1].path
    assert isinstance(native, NativePath)
    assert play.datagrams > 1_200
    assert native.counters.packets_retransmitted > 10
    # Most packets went by plans, and some did not.
    by_plan = native.engine.counters.packets_received
    assert 0.6 < by_plan / native.counters.packets_received < 0.95


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    seed=st.integers(0, 0xFFFF),
    steps=st.lists(st.tuples(st.integers(0, 0xFFFF), st.integers(0, 0xFF)), min_size=20, max_size=150),
)
def test_any_call_is_the_same_by_both_paths(seed: int, steps: list[tuple[int, int]]) -> None:
    asyncio.run(_play(seed, steps))
