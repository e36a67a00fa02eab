"""What a packet waits for in the node, and what a participant costs it (`make bench-latency`, under five minutes).

Added latency: each packet bears the time of its sending, and the kernel stamps its arrival at the receiver
(SO_TIMESTAMPNS), both by the machine's one clock. Calls of two with camera and microphone, half as many as one core was
found to carry at the beginning of the same run; the bare loop carries the same calls for comparison. One packet in four
is looked at. The longest stall of the node's event loop is the node's own figure (`media_loop_stall_ms_max` of /metrics)
after the loaded windows. Memory and CPU per participant: 100 participants join in calls of two, each with two DTLS
handshakes, two published and two received streams; memory is looked at after media has flowed for a while. Of the two
hot paths the stall, memory and join figures are those of the one named first that runs here: native, then python.
The last line printed is one JSON object; what cannot run here is null.
"""

import json
import os
import statistics
import time
from pathlib import Path
from typing import Any

from tests.bench.bench_media import FLOOR, NATIVE, PYTHON, running_servers, starters
from tests.bench.media_load import search
from tests.bench.media_load.generator_process import GeneratorProcess, MeasurementInvalid
from tests.bench.media_load.servers import Server
from tests.bench.media_load.target import process_cpu_ns

LOAD = "2_party"
SEARCH_S = 40.0
ROUNDS = 5
WARM_UP_S = 0.5
WINDOW_S = 2.0
SAMPLE_EVERY = 4
QUANTILES = [0.5, 0.99, 1.0]
PARTICIPANTS = 100
# Histories are full and estimates have risen.
FLOW_S = 6.0

Latency = dict[str, float]


def half_of_saturation(generator: GeneratorProcess, name: str, server: Server) -> int:
    """How many calls. Raises MeasurementInvalid if not one is carried."""
    carried = search.saturation(generator, name, server, LOAD, time.monotonic() + SEARCH_S)
    if carried is None:
        raise MeasurementInvalid(f"{name}: not even one call is carried")
    print(f"{name:7} carries {carried.calls} calls of two; half of that is measured", flush=True)
    return max(1, carried.calls // 2)


def latency(generator: GeneratorProcess, running: dict[str, Server], of: str, calls: int) -> dict[str, Latency]:
    """Medians over the rounds of p50, p99 and maximum in ms, of one hot path and of the bare loop in turns."""
    names = [of, FLOOR]
    for name in names:
        generator.open_calls(name, running[name], LOAD, calls)
        generator.window(name, warm_up_s=WARM_UP_S, seconds=WINDOW_S)
    rounds: dict[str, list[list[float]]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name in names:
            generator.window(name, warm_up_s=WARM_UP_S, seconds=WINDOW_S, sample_every=SAMPLE_EVERY)
            rounds[name].append(generator.latency_quantiles_ms(name, QUANTILES))
    return {name: _medians(name, calls, rounds[name]) for name in names}


def _medians(name: str, calls: int, rounds: list[list[float]]) -> Latency:
    p50, p99, longest = (statistics.median(values) for values in zip(*rounds, strict=True))
    print(
        f"{name:7} {calls} calls: p50 {p50:.3f} ms, p99 {p99:.3f} ms, longest {longest:.1f} ms "
        f"(p99 of rounds {min(r[1] for r in rounds):.3f}-{max(r[1] for r in rounds):.3f})",
        flush=True,
    )
    return {"p50": round(p50, 3), "p99": round(p99, 3)}


def stall_ms(server: Server) -> float | None:
    """The node's longest stall of late, if it tells."""
    for line in server.metrics().splitlines():
        if line.startswith("media_loop_stall_ms_max "):
            return float(line.split()[1])
    return None


def per_participant(generator: GeneratorProcess, name: str, server: Server) -> dict[str, float]:
    """CPU of a join in ms, and memory of a participant in kB, of a node that has nobody else."""
    generator.open_calls(name, server, LOAD, 1)  # what the first call ever needs is not the participants'
    generator.close_calls(name)
    memory_kb, cpu_ns = _resident_kb(server), process_cpu_ns(server.process_id)
    generator.open_calls(name, server, LOAD, PARTICIPANTS // 2)
    joined_ns, joined_kb = process_cpu_ns(server.process_id) - cpu_ns, _resident_kb(server) - memory_kb
    generator.window(name, warm_up_s=WARM_UP_S, seconds=FLOW_S)
    flowing_kb = _resident_kb(server) - memory_kb
    generator.close_calls(name)
    print(
        f"{name:7} {PARTICIPANTS} participants: {joined_ns / PARTICIPANTS / 1e6:.1f} ms of CPU each to join, "
        f"{joined_kb / PARTICIPANTS:.0f} kB each once joined, {flowing_kb / PARTICIPANTS:.0f} kB with media flowing",
        flush=True,
    )
    return {
        "memory_kb_per_participant": round(flowing_kb / PARTICIPANTS),
        "join_cpu_ms": round(joined_ns / PARTICIPANTS / 1e6, 2),
    }


def _resident_kb(server: Server) -> int:
    pages = int(Path(f"/proc/{server.process_id}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def run(generator: GeneratorProcess, running: dict[str, Server]) -> dict[str, Any]:
    """All figures; those of one node only are of the native path where it runs."""
    result: dict[str, Any] = {"latency_ms": {PYTHON: None, NATIVE: None, FLOOR: None}}
    result |= {"loop_stall_ms_max": None, "memory_kb_per_participant": None, "join_cpu_ms": None}
    for name in (PYTHON, NATIVE):
        if name not in running:
            continue
        result |= per_participant(generator, name, running[name])
        result["latency_ms"] |= latency(generator, running, name, half_of_saturation(generator, name, running[name]))
        result["loop_stall_ms_max"] = stall_ms(running[name])
        print(f"{name:7} longest stall of the event loop: {result['loop_stall_ms_max']} ms", flush=True)
        for each in (name, FLOOR):
            generator.close_calls(each)
    return result


def main() -> None:
    """Run everything and print the result."""
    cores = sorted(os.sched_getaffinity(0))
    chosen = {name: start for name, start in starters(cores[0]).items() if name in {PYTHON, NATIVE, FLOOR}}
    with running_servers(chosen) as running, GeneratorProcess(cores[-1]) as generator:
        result = run(generator, running)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
