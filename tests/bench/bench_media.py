"""CPU time of the media server per forwarded packet, beside Janus' videoroom and a bare loop under the same load.

`make bench-media`, under six minutes; `python -m tests.bench.bench_media one_to_one` runs chosen loads only. The servers
share one core, the load generator has another and is a process of its own. What counts is the CPU time of the server
process (user and system, all threads) divided by the packets that arrived at the receivers. Windows of the servers are
interleaved and the median counts. Packets are of 900-1,100 bytes, SRTP with AES-256-GCM, NACK history on; publishers
and receivers send reports every second, transport-wide feedback goes both ways where the server has it, and receivers
answer it as browsers do. Our node runs twice, with its Python and with its compiled hot path; Janus twice, as it is and
with one event loop, and the cheaper one of each load counts. `floor_us` is a loop in C that receives, decrypts,
encrypts and sends, and does nothing else. The last line printed is one JSON object; what cannot run is null.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.bench.media_load import servers
from tests.bench.media_load.generator_process import GeneratorProcess, MeasurementInvalid
from tests.bench.media_load.plan import LOADS

RESULT_LOADS = ("ten_2party", "one_4party", "fanout_10", "one_to_one")
ROUNDS = 9
WARM_UP_S = 0.25
WINDOW_S = 1.0
# The first window finds cold caches and estimates that have yet to rise.
SETTLE_S = 2.0
# After so long a load gets no more rounds, so that the whole takes less than six minutes.
TIME_BUDGET_S = 330.0
# Windows that lost more on a busy machine say nothing.
MIN_ARRIVED = 0.98
FEWEST_WINDOWS = 3

PYTHON, NATIVE, FLOOR = "python", "native", "floor"
JANUS, JANUS_ONE_LOOP = "janus", "janus, one loop"
Windows = dict[str, list[dict[str, Any]]]
Starter = Callable[[Path], servers.Server]


def starters(core: int) -> dict[str, Starter]:
    """How each server is started."""
    return {
        PYTHON: lambda folder: servers.start_vardrum(core, folder, "python"),
        NATIVE: lambda folder: servers.start_vardrum(core, folder, "native"),
        JANUS: lambda folder: servers.start_janus(core, folder, event_loops=0),
        JANUS_ONE_LOOP: lambda folder: servers.start_janus(core, folder, event_loops=1),
        FLOOR: lambda folder: servers.start_floor(core, folder),
    }


@contextmanager
def running_servers(chosen: dict[str, Starter]) -> Iterator[dict[str, servers.Server]]:
    """Those that can run here, on one core; they are idle unless they are under load."""
    with ExitStack() as stack:
        running: dict[str, servers.Server] = {}
        for name, start in chosen.items():
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-media-")))
            try:
                running[name] = start(folder)
            except servers.ServerFailed as reason:
                print(f"{name}: left out, {reason}", flush=True)
            else:
                stack.callback(running[name].stop)
        yield running


def measure(generator: GeneratorProcess, running: dict[str, servers.Server], load: str, until_s: float) -> Windows:
    """All windows of one load, by server, in turns."""
    for name, server in running.items():
        generator.open_calls(name, server, load, LOADS[load].calls)
        generator.window(name, warm_up_s=0.1, seconds=SETTLE_S)
    windows: Windows = {name: [] for name in running}
    for _ in range(ROUNDS):
        if time.monotonic() > until_s and all(len(some) >= FEWEST_WINDOWS for some in windows.values()):
            break
        for name in running:
            windows[name].append(generator.window(name, warm_up_s=WARM_UP_S, seconds=WINDOW_S))
    for name in running:
        generator.close_calls(name)
    return windows


def median_cost(load: str, name: str, windows: list[dict[str, Any]]) -> float | None:
    """Median CPU time per packet in us of the windows that count; prints them. None if too few count.

    Raises MeasurementInvalid if what came out was not what was sent.
    """
    if any(window["samples_bad"] for window in windows):
        raise MeasurementInvalid(f"{load}: {name} forwarded packets that cannot be decrypted to what was sent")
    good = [w for w in windows if w["packets_received"] >= MIN_ARRIVED * w["packets_expected"] > 0]
    if len(good) < FEWEST_WINDOWS:
        print(f"{load:10} {name:15} lost packets in {len(windows) - len(good)} of {len(windows)} windows", flush=True)
        return None
    costs: list[float] = sorted(window["cpu_us_per_packet"] for window in good)
    print(
        f"{load:10} {name:15} median {statistics.median(costs):5.1f} us/packet of {len(good)} windows "
        f"({costs[0]:.1f}-{costs[-1]:.1f}), {_not_counted(windows, good)}, {_lost(good):.2%} lost, "
        f"core {_median(good, 'server_busy'):.0%} busy, generator {_median(good, 'generator_busy'):.0%}, "
        f"others {_median(good, 'others_on_server_core'):.0%}, "
        f"feedback up {_median(good, 'transport_feedback_received'):.0f} down {_median(good, 'transport_feedback_sent'):.0f}",
        flush=True,
    )
    return round(statistics.median(costs), 1)


def _not_counted(windows: list[dict[str, Any]], good: list[dict[str, Any]]) -> str:
    """How many windows lost too much, and how much of their packets they lost."""
    bad = [window for window in windows if window not in good]
    lost = "".join(f" {_lost([window]):.0%}" for window in bad if window["packets_expected"])
    return f"{len(bad)} not counted" + (f" (lost{lost})" if lost else "")


def _lost(windows: list[dict[str, Any]]) -> float:
    expected = sum(window["packets_expected"] for window in windows)
    received = sum(window["packets_received"] for window in windows)
    return float(max(0.0, 1 - received / expected))


def _median(windows: list[dict[str, Any]], name: str) -> float:
    return float(statistics.median(window[name] for window in windows))


def result_of(costs: dict[str, float | None]) -> dict[str, float | None]:
    """One load of the result; of Janus the cheaper way to run it."""
    janus = [cost for cost in (costs.get(JANUS), costs.get(JANUS_ONE_LOOP)) if cost is not None]
    return {
        "python_us": costs.get(PYTHON),
        "native_us": costs.get(NATIVE),
        "janus_us": min(janus, default=None),
        "floor_us": costs.get(FLOOR),
    }


def main() -> None:
    """Run everything and print the result."""
    cores = sorted(os.sched_getaffinity(0))
    chosen = [load for load in sys.argv[1:] if load in LOADS] or list(RESULT_LOADS)
    began_s, loads = time.monotonic(), {}
    with running_servers(starters(cores[0])) as running, GeneratorProcess(cores[-1]) as generator:
        for place, load in enumerate(chosen, 1):
            windows = measure(generator, running, load, began_s + TIME_BUDGET_S * place / len(chosen))
            loads[load] = result_of({name: median_cost(load, name, some) for name, some in windows.items()})
    print(json.dumps({"loads": loads}))


if __name__ == "__main__":
    main()
