"""How long the event loop was kept from its work is known, and forgotten after a while."""

import asyncio
import time

import pytest

from mediaserver.loop_watch import INTERVAL_S, LoopWatch

pytestmark = pytest.mark.timed


async def test_a_stall_of_the_event_loop_is_seen_at_its_length() -> None:
    watch = LoopWatch()
    watch.start()
    await asyncio.sleep(INTERVAL_S * 1.5)
    time.sleep(0.2)  # noqa: ASYNC251  # this is the stall
    await asyncio.sleep(INTERVAL_S * 1.5)
    watch.stop()
    assert 150 <= watch.longest_ms() < 2000


async def test_a_loop_that_was_never_watched_has_no_stall() -> None:
    watch = LoopWatch()
    watch.stop()
    assert watch.longest_ms() == 0


async def test_a_stall_is_forgotten_after_two_spans() -> None:
    watch = LoopWatch(remembered_s=0.1)
    watch.start()
    time.sleep(0.3)  # noqa: ASYNC251  # this is the stall
    await asyncio.sleep(INTERVAL_S)
    assert watch.longest_ms() >= 200
    async with asyncio.timeout(5):
        while watch.longest_ms() >= 200:  # noqa: ASYNC110  # time alone makes it forget
            await asyncio.sleep(INTERVAL_S)
    watch.stop()
