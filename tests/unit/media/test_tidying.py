"""The garbage collector looks through the whole program when that disturbs nobody, or when it is worth it."""

import asyncio
import gc
from collections.abc import AsyncIterator

import pytest

from mediaserver import tidying


class Node:
    """How many transports there are, and were closed; and how often it was tidied."""

    def __init__(self) -> None:
        self.closed = 0
        self.open = 0
        self.collected = 0

    def collect(self) -> int:
        self.collected += 1
        return 0


@pytest.fixture
async def node(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Node]:
    made, thresholds = Node(), gc.get_threshold()
    monkeypatch.setattr(tidying, "INTERVAL_S", 0.005)
    monkeypatch.setattr(gc, "collect", made.collect)
    task = asyncio.create_task(tidying.tidy(lambda: made.closed, lambda: made.open))
    await asyncio.sleep(0.02)
    assert made.collected == 1, "at the start"
    yield made
    task.cancel()
    gc.unfreeze()
    gc.set_threshold(*thresholds)


async def collected(node: Node) -> int:
    """After a few looks."""
    await asyncio.sleep(0.05)
    return node.collected


async def test_nothing_is_collected_while_nobody_has_gone(node: Node) -> None:
    node.open = 4
    assert await collected(node) == 1


async def test_one_who_goes_while_others_are_here_is_kept_until_they_are_gone_too(node: Node) -> None:
    node.open, node.closed = 2, 2
    assert await collected(node) == 1
    node.open, node.closed = 0, 4
    assert await collected(node) == 2


async def test_when_many_have_gone_their_memory_is_given_back_though_others_are_here(node: Node) -> None:
    node.open, node.closed = 2, tidying.MOST_KEPT
    assert await collected(node) == 2
    node.closed += tidying.MOST_KEPT - 1
    assert await collected(node) == 2


async def test_the_collector_does_not_look_through_everything_by_itself(node: Node) -> None:
    assert gc.get_threshold()[2] == tidying.NEVER
