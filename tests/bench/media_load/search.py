"""The largest load that a server carries: calls are added until packets are lost."""

import time
from dataclasses import dataclass, replace
from typing import Any, Literal

from tests.bench.media_load.generator_process import GeneratorProcess
from tests.bench.media_load.servers import Server

MOST_LOST = 0.001
# A window that lost more is taken again, so many times: a busy machine loses packets too.
TRIES = 3
WINDOW_S = 1.5
WARM_UP_S = 0.2
SETTLE_S = 0.8
# Share of the server's core that other processes may have had in a window that lost packets.
MOST_OTHERS = 0.1
# While the busier core is less busy than this, it is aimed at; what is above is found in steps.
AIMED_BUSY = 0.92
LARGEST_LEAP = 8.0
STEP = 0.05
# Above, the generator delays and loses packets itself.
GENERATOR_BUSY = 0.9
SAMPLE_EVERY = 256
# A load that is too much: of what was carried, and how long the server has to find its way and is looked at.
BEYOND = 1.3
BEYOND_SETTLE_S, BEYOND_WINDOW_S = 6.0, 4.0

LimitedBy = Literal["server", "generator", "time"]


@dataclass(frozen=True)
class Carried:
    """The most that was carried, and what ended the search: the server's losses, the generator, or the time."""

    calls: int
    packets_per_second: float
    server_busy: float
    generator_busy: float
    limited_by: LimitedBy


def saturation(generator: GeneratorProcess, name: str, server: Server, load: str, until_s: float) -> Carried | None:
    """Add calls until too much is lost or time is up. None if one call is too much already. Ends the calls."""
    try:
        return _search(generator, name, server, load, until_s)
    finally:
        generator.close_calls(name)


def delivered_beyond(generator: GeneratorProcess, name: str, server: Server, load: str, calls: int) -> float:
    """Share of the packets that come when the server has so much more than it carries. Ends the calls."""
    try:
        generator.open_calls(name, server, load, round(calls * BEYOND))
        # One window: between two all publishers are silent, and then begin again at once.
        window = generator.window(name, warm_up_s=BEYOND_SETTLE_S, seconds=BEYOND_WINDOW_S, sample_every=SAMPLE_EVERY)
        return 1 - _lost(window)
    finally:
        generator.close_calls(name)


def _search(generator: GeneratorProcess, name: str, server: Server, load: str, until_s: float) -> Carried | None:
    calls, wanted = 0, 1
    carried: Carried | None = None
    while carried is None or time.monotonic() < until_s:
        generator.open_calls(name, server, load, wanted - calls)
        calls = wanted
        window = _best_window(generator, name, until_s)
        by_generator = window["generator_busy"] > GENERATOR_BUSY
        if _lost(window) > MOST_LOST:
            return carried and replace(carried, limited_by="generator" if by_generator else "server")
        carried = _carried(calls, window)
        if by_generator:
            return replace(carried, limited_by="generator")
        wanted = _next(calls, max(carried.server_busy, carried.generator_busy))
    return carried


def _carried(calls: int, window: dict[str, Any]) -> Carried:
    rate = window["packets_received"] / window["seconds"]
    return Carried(calls, rate, window["server_busy"], window["generator_busy"], limited_by="time")


def _next(calls: int, busy: float) -> int:
    leap = int(calls * min(LARGEST_LEAP, AIMED_BUSY / max(busy, 0.01)))
    return max(calls + 1, leap, calls + round(calls * STEP))


def _best_window(generator: GeneratorProcess, name: str, until_s: float) -> dict[str, Any]:
    """The first window that lost little, else the one that lost least.

    What was lost while others had the cores says nothing, and is tried again as long as there is time.
    """
    generator.window(name, warm_up_s=0.1, seconds=SETTLE_S, sample_every=SAMPLE_EVERY)
    windows: list[dict[str, Any]] = []
    tries = 0
    while tries < TRIES:
        window = generator.window(name, warm_up_s=WARM_UP_S, seconds=WINDOW_S, sample_every=SAMPLE_EVERY)
        windows.append(window)
        if _lost(window) <= MOST_LOST:
            break
        disturbed = window["others_on_server_core"] > MOST_OTHERS or window["packets_skipped"] > 0
        tries += not disturbed or time.monotonic() > until_s
    return min(windows, key=_lost)


def _lost(window: dict[str, Any]) -> float:
    """Share of the packets that never came."""
    missing = window["packets_expected"] - window["packets_received"]
    return float(max(missing, 0) / max(window["packets_expected"], 1))
