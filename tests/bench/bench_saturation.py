"""How many calls one core carries, and how many packets a second, at 0.1 % loss (`make bench-saturation`).

Calls of two, four and ten, everyone with a camera at 1.2 Mbps (130 packets of 1,150 bytes a second, in frames of five) and
a microphone (50 of 100 bytes), everyone receiving all others. Calls are added until more than 0.1 % of the packets are
lost twice, and what was carried before that counts. Each server has a core to itself, the generator the other; where the
generator or the time was the limit, the figure is a lower bound and says so. Of our own server it is then looked at how
much still comes of 1.3 times as much. The last line printed is one JSON
object; what cannot run here is null. `python -m tests.bench.bench_saturation native 10_party` runs parts.
"""

import json
import os
import sys
import time

from tests.bench.bench_media import FLOOR, JANUS_ONE_LOOP, NATIVE, PYTHON, running_servers, starters
from tests.bench.media_load import search
from tests.bench.media_load.generator_process import GeneratorProcess
from tests.bench.media_load.plan import LOADS
from tests.bench.media_load.search import Carried
from tests.bench.media_load.servers import Server

OURS = (PYTHON, NATIVE)
SERVERS = (PYTHON, NATIVE, JANUS_ONE_LOOP, FLOOR)
SIZES = ("2_party", "4_party", "10_party")
TIME_BUDGET_S = 360.0

Figures = dict[str, float | str]


def result_of(load: str, carried: Carried | None) -> Figures | None:
    """One server and size of the result."""
    if carried is None:
        return None
    return {
        "calls": carried.calls,
        "participants": carried.calls * LOADS[load].publishers,
        "consumers": carried.calls * LOADS[load].consumers,
        "packets_per_s": round(carried.packets_per_second),
        "server_busy": round(carried.server_busy, 2),
        "limited_by": carried.limited_by,
    }


def _beyond(generator: GeneratorProcess, name: str, server: Server, load: str, calls: int) -> Figures:
    """What is still delivered of more than the server carries."""
    delivered = search.delivered_beyond(generator, name, server, load, calls)
    print(f"{load:9} {name:15} of {search.BEYOND} times as much {delivered:.1%} came", flush=True)
    return {"delivered_beyond": round(delivered, 3)}


def _print(name: str, load: str, carried: Carried | None) -> None:
    if carried is None:
        print(f"{load:9} {name:15} not even one call is carried", flush=True)
        return
    limit = "" if carried.limited_by == "server" else f", a lower bound: limited by the {carried.limited_by}"
    print(
        f"{load:9} {name:15} {carried.calls:4} calls, {carried.calls * LOADS[load].consumers:6} consumers, "
        f"{carried.packets_per_second:8.0f} packets/s, core {carried.server_busy:.0%} busy, "
        f"generator {carried.generator_busy:.0%}{limit}",
        flush=True,
    )


def run(
    generator: GeneratorProcess, running: dict[str, Server], sizes: list[str], budget_s: float
) -> dict[str, dict[str, Figures | None]]:
    """All searches, each with its share of the time."""
    results: dict[str, dict[str, Figures | None]] = {name: {} for name in running}
    share_s = budget_s / (len(running) * len(sizes))
    for load in sizes:
        for name, server in running.items():
            carried = search.saturation(generator, name, server, load, time.monotonic() + share_s)
            _print(name, load, carried)
            figures = results[name][load] = result_of(load, carried)
            if carried is not None and figures is not None and name in OURS:
                figures |= _beyond(generator, name, server, load, carried.calls)
    return results


def main() -> None:
    """Run everything and print the result."""
    cores = sorted(os.sched_getaffinity(0))
    servers = [name for name in SERVERS if name in sys.argv[1:]] or list(SERVERS)
    sizes = [size for size in SIZES if size in sys.argv[1:]] or list(SIZES)
    chosen = {name: start for name, start in starters(cores[0]).items() if name in servers}
    with running_servers(chosen) as running, GeneratorProcess(cores[-1]) as generator:
        results = run(generator, running, sizes, TIME_BUDGET_S)
    print(json.dumps({"saturation": {name.split(",")[0]: results.get(name) for name in servers}}))


if __name__ == "__main__":
    main()
