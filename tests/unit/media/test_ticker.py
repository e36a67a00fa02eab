"""The clocks of feedback go on whatever one of those that they call does."""

import asyncio
from typing import Any

import pytest

from mediaserver import ticker as clocks
from mediaserver.ticker import Ticker

INTERVAL_S = 0.01


class Member:
    """Counts how often it was called, and fails if it is told to."""

    def __init__(self, *, fails: bool = False) -> None:
        self.calls = 0
        self.fails = fails

    def tick(self, now_us: int) -> None:
        self.calls += 1
        if self.fails:
            raise ValueError("unexpected")

    def tick_urgent(self, now_us: int) -> bool:
        self.tick(now_us)
        return self.calls < 3


@pytest.fixture
def errors(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Fast clocks, and what the event loop is told of."""
    monkeypatch.setattr(clocks, "REGULAR_INTERVAL_S", INTERVAL_S)
    monkeypatch.setattr(clocks, "URGENT_INTERVAL_S", INTERVAL_S)
    return []


async def until_called(member: Member, times: int) -> None:
    async with asyncio.timeout(5):
        while member.calls < times:  # noqa: ASYNC110  # it tells nobody
            await asyncio.sleep(INTERVAL_S)


async def test_an_unexpected_error_of_one_stops_neither_the_clock_nor_the_others(errors: list[dict[str, Any]]) -> None:
    """A transport's feedback, reports and consent hang on this clock."""
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: errors.append(context))
    ticker, broken, healthy = Ticker(), Member(fails=True), Member()
    ticker.add(broken)
    ticker.add(healthy)
    await until_called(healthy, 3)
    ticker.close()
    assert broken.calls >= 3
    assert {str(context["exception"]) for context in errors} == {"unexpected"}


async def test_the_fast_clock_goes_on_as_well(errors: list[dict[str, Any]]) -> None:
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: errors.append(context))
    ticker, broken, healthy = Ticker(), Member(fails=True), Member()
    ticker.hurry(broken)
    ticker.hurry(healthy)
    await until_called(healthy, 3)
    ticker.close()
    assert errors


async def test_the_fast_clock_lets_go_of_those_who_miss_nothing_any_more(errors: list[dict[str, Any]]) -> None:
    ticker, member = Ticker(), Member()
    ticker.hurry(member)
    await until_called(member, 3)
    await asyncio.sleep(3 * INTERVAL_S)
    assert (member.calls, ticker.urgent_count) == (3, 0)
    ticker.close()


async def test_who_is_removed_in_the_same_turn_is_not_called_any_more(errors: list[dict[str, Any]]) -> None:
    """A transport that another one's error or end closes has nothing to send by."""
    ticker, removed = Ticker(), Member()

    class Remover(Member):
        def tick_urgent(self, now_us: int) -> bool:
            ticker.forget(removed)
            return super().tick_urgent(now_us)

    remover = Remover()
    ticker.hurry(remover)
    ticker.hurry(removed)
    await until_called(remover, 2)
    ticker.close()
    assert removed.calls == 0


async def test_members_have_their_turns_throughout_the_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no packet waits for the reports of a whole node."""
    monkeypatch.setattr(clocks, "REGULAR_INTERVAL_S", 0.2)
    loop, ticked_at_s, done = asyncio.get_running_loop(), [], asyncio.Event()

    class Timed:
        def tick(self, now_us: int) -> None:
            ticked_at_s.append(loop.time())
            if len(ticked_at_s) == 40:
                done.set()

    ticker = Ticker()
    for _ in range(40):
        ticker.add(Timed())
    async with asyncio.timeout(5):
        await done.wait()
    ticker.close()
    assert 0.15 < ticked_at_s[-1] - ticked_at_s[0] < 0.4
