"""Packets never wait for more than a little of what is not packets."""

import asyncio
import time
from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mediaserver.room_clock import RoomClock
from mediaserver.rota import Rota, next_step_s
from mediaserver.turns import Turns

PIECES = 50
PIECE_S = 0.002


def busy() -> None:
    """A piece of work that keeps the loop."""
    until_s = time.monotonic() + PIECE_S
    while time.monotonic() < until_s:
        pass


async def test_the_loop_has_its_turn_between_the_pieces() -> None:
    """Whatever the loop has to do meanwhile waits for one piece, not for all of them."""
    turns, packets_between = Turns(turn_us=100), 0
    for _ in range(PIECES):
        turns.put(busy)
    while turns.waiting_count:
        await asyncio.sleep(0)
        packets_between += 1
    assert packets_between >= PIECES - 1


async def test_short_pieces_share_a_turn() -> None:
    turns, done = Turns(turn_us=1_000_000), list[int]()
    for number in range(PIECES):
        turns.put(partial(done.append, number))
    await asyncio.sleep(0)
    assert done == list(range(PIECES))


async def test_an_unexpected_error_is_told_and_the_others_have_their_turns() -> None:
    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: told.append(context))
    turns, done = Turns(), list[str]()

    def fail() -> None:
        raise ValueError("unexpected")

    turns.put(fail)
    turns.put(lambda: done.append("next"))
    while not done:  # noqa: ASYNC110  # it tells nobody
        await asyncio.sleep(0)
    assert [str(context["exception"]) for context in told] == ["unexpected"]


async def test_nothing_is_done_after_the_end() -> None:
    turns, done = Turns(), list[str]()
    turns.put(lambda: done.append("late"))
    turns.close()
    await asyncio.sleep(0.01)
    assert (done, turns.waiting_count) == ([], 0)


async def test_a_member_that_the_turns_are_too_slow_for_waits_once() -> None:
    """A node with more to do than time has a bounded line of it."""
    turns = Turns(turn_us=100)
    calls: list[int] = []

    def slow(member: int) -> bool:
        busy()
        calls.append(member)
        return True

    rota = Rota(0.001, 0.001, slow, turns)
    for member in range(20):
        rota.add(member, spread=False)
    longest = 0
    while len(calls) < 60:
        await asyncio.sleep(0)
        longest = max(longest, turns.waiting_count)
    rota.close()
    turns.close()
    assert longest <= 20
    assert {calls.count(member) for member in range(20)} <= {2, 3, 4}


async def test_a_room_s_clock_that_was_stopped_while_it_waited_does_nothing() -> None:
    turns, rung = Turns(), list[str]()
    clock = RoomClock(0.0, turns, lambda: rung.append("rung"))
    clock.run(True)
    while not turns.waiting_count:  # noqa: ASYNC110  # it tells nobody
        await asyncio.sleep(0)
    clock.run(False)
    await asyncio.sleep(0.01)
    assert rung == []


@given(due_s=st.floats(0, 1e6), other_s=st.floats(0, 0.05), step_s=st.sampled_from([0.001, 0.005, 0.021]))
def test_all_that_is_due_within_a_step_wakes_the_loop_together_and_none_of_it_early(
    due_s: float, other_s: float, step_s: float
) -> None:
    wake_s, later_s = next_step_s(due_s, step_s), next_step_s(due_s + other_s, step_s)
    assert due_s - 1e-6 <= wake_s <= due_s + step_s + 1e-6
    assert later_s == wake_s or later_s - wake_s > step_s / 2
