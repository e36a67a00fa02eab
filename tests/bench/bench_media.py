"""CPU time of the media server per forwarded packet, beside Janus' videoroom under the same load where it is installed.

`python -m tests.bench.bench_media`, under three minutes. The servers share one core, the load generator has another and
is a process of its own; what counts is the CPU time of the server process (user and system, all threads) divided by the
packets that arrived at the receivers. Rounds are interleaved and the median counts. Packets are of 900-1,100 bytes with
transport-wide congestion control upstream, NACK history and SRTP with AES-256-GCM. The last line printed is one JSON
object; `floor_us` is what the bare system calls and SRTP cost in Python.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.bench.media_load import servers

MAIN_LOADS = ("one_to_one", "fanout_10")
OTHER_LOADS = ("one_4party", "ten_2party")
ROUNDS = 8
OTHER_ROUNDS = 3
WARM_UP_S = 0.2
WINDOW_S = 1.0
GENERATOR_TIMEOUT_S = 120.0
# After so long no other load is begun, so that the whole takes less than three minutes.
TIME_BUDGET_S = 110.0
# Windows that lost more on a busy machine say nothing.
MIN_ARRIVED = 0.95

PYTHON, JANUS, FLOOR = "python_us", "janus_us", "floor_us"
Windows = list[dict[str, Any]]


class MeasurementInvalid(Exception):
    """A load says nothing: the generator failed, or packets were lost or came out wrong all the time."""


def measure(running: Mapping[str, servers.Server], load: str, rounds: int, core: int) -> dict[str, Windows]:
    """All windows of one load, by server. Raises MeasurementInvalid."""
    order = {
        "servers": {name: server.address | {"process_id": server.process_id} for name, server in running.items()},
        "load": load,
        "rounds": rounds,
        "warm_up_s": WARM_UP_S,
        "seconds": WINDOW_S,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.media_load.generator"],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        timeout=GENERATOR_TIMEOUT_S,
        cwd=servers.REPOSITORY,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),  # no threads here
        check=False,
    )
    if done.returncode:
        raise MeasurementInvalid(f"the generator failed:\n{done.stderr[-2000:]}")
    result: dict[str, Windows] = json.loads(done.stdout)
    return result


def median_cost(load: str, name: str, windows: Windows) -> float:
    """Median CPU time per packet in us of the windows that count; prints them. Raises MeasurementInvalid."""
    if any(window["samples_bad"] for window in windows):
        raise MeasurementInvalid(f"{load}: {name} forwarded packets that cannot be decrypted to what was sent")
    good = [w for w in windows if w["packets_received"] >= MIN_ARRIVED * w["packets_expected"]]
    if not good:
        raise MeasurementInvalid(f"{load}: {name} lost packets in every window")
    costs: list[float] = sorted(window["cpu_us_per_packet"] for window in good)
    lost = 1 - sum(w["packets_received"] for w in good) / sum(w["packets_expected"] for w in good)
    busy = statistics.median(window["server_busy"] for window in good)
    print(
        f"{load:11} {name:10} median {statistics.median(costs):6.1f} us/packet of {len(good)} windows "
        f"({costs[0]:.1f}-{costs[-1]:.1f}), {len(windows) - len(good)} not counted, {lost:.1%} lost, "
        f"core {busy:.0%} busy",
        flush=True,
    )
    return round(statistics.median(costs), 1)


@contextmanager
def running_servers(core: int) -> Iterator[dict[str, servers.Server]]:
    """All servers that can run here, on one core; they are idle unless they are under load."""
    with ExitStack() as stack:

        def folder() -> Path:
            return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-media-")))

        running = {PYTHON: servers.start_vardrum(core, folder())}
        stack.callback(running[PYTHON].stop)
        running[FLOOR] = servers.start_floor(core, folder())
        stack.callback(running[FLOOR].stop)
        try:
            running[JANUS] = servers.start_janus(core, folder())
            stack.callback(running[JANUS].stop)
        except servers.ServerFailed as reason:
            print(f"Nothing to compare with: {reason}", flush=True)
        yield running


def run_loads(running: dict[str, servers.Server], core: int) -> dict[str, dict[str, float | None]]:
    """Every load on every server that can take it; None where a server is not installed."""
    loads: dict[str, dict[str, float | None]] = {}
    with_signalling = {name: server for name, server in running.items() if name != FLOOR}
    started_at_s = time.monotonic()
    for load in MAIN_LOADS + OTHER_LOADS:
        main_load = load in MAIN_LOADS
        if not main_load and time.monotonic() - started_at_s > TIME_BUDGET_S:
            print(f"{load:11} left out: the machine is too busy for it", flush=True)
            continue
        windows = measure(running if main_load else with_signalling, load, ROUNDS if main_load else OTHER_ROUNDS, core)
        costs = {name: median_cost(load, name, windows[name]) for name in windows}
        loads[load] = {name: costs.get(name) for name in (PYTHON, JANUS, FLOOR)}
    return loads


def main() -> None:
    """Run everything and print the result."""
    cores = sorted(os.sched_getaffinity(0))
    with running_servers(cores[0]) as running:
        loads = run_loads(running, cores[-1])
    print(json.dumps({"loads": loads}))


if __name__ == "__main__":
    main()
