"""The load generator, a process of its own: reads one JSON order from standard input, prints one JSON result.

The order names the servers, how to speak to them, their process ids, the load, the rounds and the seconds; the result
says how many packets arrived at the receivers while the server used how much CPU time, by server and round. All calls
stay up throughout and the servers take turns, so that a busy moment of the machine meets them all.
"""

import asyncio
import json
import resource
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

import uvloop

from tests.bench.media_load.floor_client import FloorClient
from tests.bench.media_load.janus_client import JanusClient
from tests.bench.media_load.plan import LOADS, Call, Load, ServerClient
from tests.bench.media_load.vardrum_client import VardrumClient
from tests.bench.media_load.video_source import receiver_report

TICK_S = 0.001
MAX_BURST_S = 0.005
DRAIN_S = 0.05  # what is under way belongs to the window that sent it
REPORT_INTERVAL_S = 1.0


@dataclass(frozen=True)
class Result:
    """What one window of load cost."""

    cpu_us_per_packet: float
    packets_received: int
    packets_expected: int
    samples_good: int
    samples_bad: int
    transport_feedback_received: int
    server_busy: float
    generator_busy: float


def process_cpu_ns(process_id: int) -> int:
    """User and system time of all threads of another process, by its CPU clock (clock_getcpuclockid(3))."""
    return time.clock_gettime_ns(~process_id << 3 | 2)


def _client(server: dict[str, Any]) -> ServerClient:
    if server["kind"] == "janus":
        return JanusClient(server["url"], server["media_host"])
    if server["kind"] == "floor":
        return FloorClient(server["port"])
    return VardrumClient(server["url"], server["node_id"], server["private_key"])


class _Flow:
    """Sends packets at a rate, spread over ticks of a millisecond, with reports as browsers send them."""

    def __init__(self, calls: list[Call], packets_per_second: int) -> None:
        self._senders = [sender for call in calls for sender in call.senders]
        self._receivers = [receiver for call in calls for receiver in call.receivers]
        self._packets_per_second = packets_per_second
        self._reported_at_s = time.monotonic()

    async def run(self, seconds: float) -> int:
        """Send for so long; how many packets each publisher sent. What a stall delays too long is left out."""
        end = time.monotonic() + seconds
        largest_burst = max(1, int(MAX_BURST_S * self._packets_per_second))
        last, owed, sent = time.monotonic(), 0.0, 0
        while last < end:
            now = time.monotonic()
            owed = min(owed + (now - last) * self._packets_per_second, largest_burst)
            last = now
            self._send(int(owed))
            sent += int(owed)
            owed -= int(owed)
            self._report()
            await asyncio.sleep(TICK_S)
        return sent

    def _send(self, count: int) -> None:
        now_s = time.time()
        for _ in range(count):
            for endpoint, source in self._senders:
                endpoint.send_rtp(source.next_packet(now_s))

    def _report(self) -> None:
        now_s = time.monotonic()
        if now_s - self._reported_at_s < REPORT_INTERVAL_S:
            return
        self._reported_at_s = now_s
        for endpoint, source in self._senders:
            endpoint.send_check()
            endpoint.send_rtcp(source.sender_report(time.time()))
        for receiver in self._receivers:
            receiver.send_check()
            receiver.send_rtcp(receiver_report(1))


def _counts(calls: list[Call]) -> tuple[int, int, int, int]:
    receivers = [receiver for call in calls for receiver in call.receivers]
    return (
        sum(receiver.rtp_received for receiver in receivers),
        sum(receiver.samples_good for receiver in receivers),
        sum(receiver.samples_bad for receiver in receivers),
        sum(endpoint.transport_feedback_received for call in calls for endpoint, _ in call.senders),
    )


class _Target:
    """One server with its calls up."""

    def __init__(self, server: dict[str, Any], client: ServerClient, calls: list[Call], load: Load) -> None:
        self._process_id: int = server["process_id"]
        self._client = client
        self._calls = calls
        self._streams_out = load.streams_out
        self._flow = _Flow(calls, load.packets_per_second)

    @classmethod
    async def open(cls, server: dict[str, Any], load: Load) -> "_Target":
        client = _client(server)
        return cls(server, client, [await client.open_call(load) for _ in range(load.calls)], load)

    async def window(self, warm_up_s: float, seconds: float) -> Result:
        """Warm up and measure."""
        await self._flow.run(warm_up_s)
        await asyncio.sleep(DRAIN_S)
        before, cpu_ns = _counts(self._calls), process_cpu_ns(self._process_id)
        own_ns, wall_ns = _own_ns(), time.monotonic_ns()
        sent = await self._flow.run(seconds)
        await asyncio.sleep(DRAIN_S)
        cpu_ns = process_cpu_ns(self._process_id) - cpu_ns
        own_ns, wall_ns = _own_ns() - own_ns, time.monotonic_ns() - wall_ns
        received, good, bad, feedback = (
            after - at_first for after, at_first in zip(_counts(self._calls), before, strict=True)
        )
        return Result(
            cpu_us_per_packet=cpu_ns / 1000 / max(received, 1),
            packets_received=received,
            packets_expected=sent * self._streams_out,
            samples_good=good,
            samples_bad=bad,
            transport_feedback_received=feedback,
            server_busy=cpu_ns / wall_ns,
            generator_busy=own_ns / wall_ns,
        )

    async def close(self) -> None:
        """End all calls."""
        await self._client.close()


async def measure(order: dict[str, Any]) -> dict[str, list[Result]]:
    """Bring the calls up on every server, then load one after the other, round by round."""
    load = LOADS[order["load"]]
    targets = {name: await _Target.open(server, load) for name, server in order["servers"].items()}
    results: dict[str, list[Result]] = {name: [] for name in targets}
    for _ in range(order["rounds"]):
        for name, target in targets.items():
            results[name].append(await target.window(order["warm_up_s"], order["seconds"]))
    for target in targets.values():
        await target.close()
    return results


def _own_ns() -> int:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return int((usage.ru_utime + usage.ru_stime) * 1e9)


def main() -> None:
    """Do what the order on standard input says."""
    order = json.loads(sys.stdin.read())
    results = uvloop.run(measure(order))
    print(json.dumps({name: [asdict(result) for result in windows] for name, windows in results.items()}))


if __name__ == "__main__":
    main()
