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
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.bench.media_load import servers
from tests.bench.media_load.plan import LOADS

MAIN_LOADS = ("one_to_one", "fanout_10")
OTHER_LOADS = ("one_4party", "ten_2party")
ROUNDS = 5
OTHER_ROUNDS = 2
WARM_UP_S = 0.5
WINDOW_S = 3.0
GENERATOR_TIMEOUT_S = 40.0
TIME_BUDGET_S = 150.0
MIN_ARRIVED = 0.99
ATTEMPTS = 3

PYTHON, JANUS, FLOOR = "python_us", "janus_us", "floor_us"
Costs = dict[str, dict[str, list[float]]]


class MeasurementInvalid(Exception):
    """A window of load says nothing: packets were lost or came out wrong."""


def measure(server: servers.Server, load: str, core: int) -> dict[str, Any]:
    """One window that counts; packets that a busy machine lost are a reason to try again. Raises MeasurementInvalid."""
    for _ in range(ATTEMPTS):
        result = generate(server, load, core)
        if not result["samples_bad"] and result["packets_received"] >= MIN_ARRIVED * result["packets_expected"]:
            return result
        print(f"{load:12} not counted: {_shown(result)}, {result['samples_bad']} wrong", flush=True)
    raise MeasurementInvalid("packets were lost or wrong again and again")


def generate(server: servers.Server, load: str, core: int) -> dict[str, Any]:
    """One window of load on one server. Raises MeasurementInvalid if the generator fails."""
    order = {
        "server": server.address,
        "process_id": server.process_id,
        "load": load,
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
    result: dict[str, Any] = json.loads(done.stdout)
    return result


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
        program = servers.find_janus()
        if program is None:
            print("Janus is not installed: nothing to compare with (Debian: apt install janus)")
        else:
            running[JANUS] = servers.start_janus(program, core, folder())
            stack.callback(running[JANUS].stop)
        yield running


def run_rounds(running: dict[str, servers.Server], core: int) -> Costs:
    """Interleaved rounds of the main loads, then of the others while there is time."""
    costs: Costs = defaultdict(lambda: defaultdict(list))
    started_at_s = time.monotonic()
    plan = [(load, name) for _ in range(ROUNDS) for load in MAIN_LOADS for name in (PYTHON, JANUS)]
    plan += [(load, FLOOR) for load in MAIN_LOADS]
    plan += [(load, name) for _ in range(OTHER_ROUNDS) for load in OTHER_LOADS for name in (PYTHON, JANUS)]
    for load, name in plan:
        if name in running and time.monotonic() - started_at_s < TIME_BUDGET_S:
            result = measure(running[name], load, core)
            costs[load][name].append(result["cpu_us_per_packet"])
            print(f"{load:12} {name:10} {_shown(result)}", flush=True)
    return costs


def _shown(result: dict[str, Any]) -> str:
    return (
        f"{result['cpu_us_per_packet']:6.1f} us/packet, {result['packets_received']} of {result['packets_expected']} "
        f"packets, server {result['server_busy']:.0%} busy, generator {result['generator_busy']:.0%}"
    )


def summary(costs: Costs) -> dict[str, Any]:
    """Medians by load and server, None where there is nothing."""
    return {
        "loads": {
            load: {
                name: round(statistics.median(by_server[name]), 1) if by_server.get(name) else None
                for name in (PYTHON, JANUS, FLOOR)
            }
            for load, by_server in costs.items()
            if load in LOADS
        }
    }


def main() -> None:
    """Run everything and print the result."""
    cores = sorted(os.sched_getaffinity(0))
    with running_servers(cores[0]) as running:
        costs = run_rounds(running, cores[-1])
    print(json.dumps(summary(costs)))


if __name__ == "__main__":
    main()
