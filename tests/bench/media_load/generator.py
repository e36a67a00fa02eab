"""The load generator, a process of its own: JSON orders line by line on standard input, one JSON answer to each.

    {"do": "open", "name": "python", "server": {...}, "load": "2_party", "calls": 3}    brings calls up, adds to those up
    {"do": "window", "name": "python", "warm_up_s": 0.2, "seconds": 1, "sample_every": 64}
    {"do": "latency", "name": "python"}                                                 of the last window
    {"do": "close", "name": "python"}

All servers' calls stay up and take turns, so that a busy moment of the machine meets them all. The servers' addresses
hold keys made for this run alone.
"""

import asyncio
import json
import sys
from dataclasses import asdict
from typing import Any

import uvloop

from tests.bench.media_load.floor_client import FloorClient
from tests.bench.media_load.janus_client import JanusClient
from tests.bench.media_load.plan import LOADS, ServerClient
from tests.bench.media_load.target import Target
from tests.bench.media_load.vardrum_client import VardrumClient


def _client(server: dict[str, Any]) -> ServerClient:
    if server["kind"] == "janus":
        return JanusClient(server["url"], server["media_host"])
    if server["kind"] == "floor":
        return FloorClient(server["media_port"], server["control_port"])
    return VardrumClient(server["url"], server["node_id"], server["private_key"])


class Generator:
    """All targets by name."""

    def __init__(self) -> None:
        self._targets: dict[str, Target] = {}

    async def do(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry one order out."""
        name = order["name"]
        if order["do"] == "open":
            if name not in self._targets:
                self._targets[name] = Target(_client(order["server"]), order["server"]["process_id"])
            await self._targets[name].open_calls(LOADS[order["load"]], order["calls"])
            return {}
        if order["do"] == "window":
            window = await self._targets[name].window(order["warm_up_s"], order["seconds"], order["sample_every"])
            return asdict(window)
        if order["do"] == "latency":
            return {"quantiles_ms": self._targets[name].latency_quantiles_ms(order["quantiles"])}
        await self._targets.pop(name).close()
        return {}


async def _serve() -> None:
    generator, loop = Generator(), asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps(await generator.do(json.loads(line))), flush=True)


if __name__ == "__main__":
    uvloop.run(_serve())
