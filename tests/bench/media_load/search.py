"""The largest load that a server carries: calls are added until packets are lost."""

import time
from dataclasses import dataclass
from typing import Any

from tests.bench.media_load.generator_process import GeneratorProcess
from tests.bench.media_load.servers import Server

MOST_LOST = 0.001
# A window that lost more is taken again, so many times: a busy machine loses packets too.
TRIES = 3
WINDOW_S = 1.5
WARM_UP_S = 0.5
SETTLE_S = 1.5
# Share of either core that other processes may have had in a window that lost packets.
MOST_OTHERS = 0.1
# From what a packet costs at some load, more is known of what is carried; the rest is found in steps.
FIRST_LEAP = 0.6
STEP = 0.07
# Above, the generator delays and loses packets itself.
GENERATOR_BUSY = 0.9
SAMPLE_EVERY = 256


@dataclass(frozen=True)
class Carried:
    """The most that was carried. `generator_limited`: more was not tried, for the generator could not send it."""

    calls: int
    packets_per_second: float
    server_busy: float
    generator_busy: float
    generator_limited: bool


def saturation(generator: GeneratorProcess, name: str, server: Server, load: str, until_s: float) -> Carried | None:
    """Add calls until too much is lost or time is up. None if one call is too much already. Ends the calls."""
    try:
        return _search(generator, name, server, load, until_s)
    finally:
        generator.close_calls(name)


def _search(generator: GeneratorProcess, name: str, server: Server, load: str, until_s: float) -> Carried | None:
    calls, carried = 0, None
    wanted = 1
    while time.monotonic() < until_s or carried is None:
        generator.open_calls(name, server, load, wanted - calls)
        calls = wanted
        window = _best_window(generator, name, until_s)
        if window is None:
            return carried
        if _lost(window) > MOST_LOST:
            limited = window["packets_skipped"] > 0 or window["generator_busy"] > GENERATOR_BUSY
            return carried and Carried(**(vars(carried) | {"generator_limited": limited}))
        carried = Carried(
            calls,
            window["packets_received"] / window["seconds"],
            window["server_busy"],
            window["generator_busy"],
            generator_limited=window["generator_busy"] > GENERATOR_BUSY,
        )
        if carried.generator_limited:
            return carried
        wanted = _next(calls, max(carried.server_busy, carried.generator_busy))
    return carried


def _next(calls: int, busy: float) -> int:
    """By leaps while the core is idle, by small steps near its limit."""
    leap = int(calls * min(8.0, FIRST_LEAP / max(busy, 0.01)))
    return max(calls + 1, leap, calls + round(calls * STEP))


def _best_window(generator: GeneratorProcess, name: str, until_s: float) -> dict[str, Any] | None:
    """The first window that lost little, else the one that lost least; None if nothing was to be forwarded.

    What was lost while others had the cores says nothing, and is tried again as long as there is time.
    """
    generator.window(name, warm_up_s=0.1, seconds=SETTLE_S, sample_every=SAMPLE_EVERY)
    best: dict[str, Any] | None = None
    tries = 0
    while tries < TRIES:
        window = generator.window(name, warm_up_s=WARM_UP_S, seconds=WINDOW_S, sample_every=SAMPLE_EVERY)
        if not window["packets_expected"]:
            return best
        if best is None or _lost(window) < _lost(best):
            best = window
        if _lost(best) <= MOST_LOST:
            break
        disturbed = max(window["others_on_server_core"], window["others_on_generator_core"]) > MOST_OTHERS
        tries += not disturbed or time.monotonic() > until_s
    return best


def _lost(window: dict[str, Any]) -> float:
    """Packets that never came, and those that the generator could not send in time."""
    missing = window["packets_expected"] - window["packets_received"]
    return float(max(missing, 0) / max(window["packets_expected"], 1))
