"""One server with its calls up, and windows of load on it."""

import asyncio
import os
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.media_load.endpoint import Endpoint
from tests.bench.media_load.plan import Call, Load, ServerClient
from tests.bench.media_load.pump import Pump

# Signalling is read so often; media goes on meanwhile.
PART_S = 1.0
OPENED_AT_ONCE = 8
MAX_ENDPOINTS, MAX_SOURCES = 4096, 4096


@dataclass(frozen=True)
class Window:
    """What one window of load cost."""

    cpu_us_per_packet: float
    packets_received: int
    packets_expected: int
    packets_skipped: int
    other_rtp: int
    samples_good: int
    samples_bad: int
    transport_feedback_received: int
    transport_feedback_sent: int
    nacked: int
    seconds: float
    server_busy: float
    generator_busy: float
    others_on_server_core: float
    others_on_generator_core: float


def process_cpu_ns(process_id: int) -> int:
    """User and system time of all threads of another process, by its CPU clock (clock_getcpuclockid(3))."""
    return time.clock_gettime_ns(~process_id << 3 | 2)


class Target:
    """One server. Calls may be added between windows."""

    def __init__(self, client: ServerClient, process_id: int) -> None:
        self._process_id = process_id
        self._client = client
        self._pump = Pump(MAX_ENDPOINTS, MAX_SOURCES)
        self._endpoints: list[Endpoint] = []

    async def open_calls(self, load: Load, calls: int) -> None:
        """Bring so many more calls up, a few at a time."""
        opening = asyncio.Semaphore(OPENED_AT_ONCE)

        async def one() -> Call:
            async with opening:
                return await self._client.open_call(load)

        for call in await asyncio.gather(*(one() for _ in range(calls))):
            self._take_over(call)

    def _take_over(self, call: Call) -> None:
        for endpoint, sources in call.senders:
            number = self._pump.add_endpoint(endpoint)
            for source in sources:
                self._pump.add_source(number, source)
        for endpoint in call.receivers:
            self._pump.add_endpoint(endpoint)
        self._endpoints += [endpoint for endpoint, _ in call.senders] + call.receivers

    async def window(self, warm_up_s: float, seconds: float, sample_every: int) -> Window:
        """Warm up and measure."""
        self._pump.sample_every(sample_every)
        await self._run(warm_up_s)
        before = self._usage()
        await self._run(seconds)
        used = [after - at_first for after, at_first in zip(self._usage(), before, strict=True)]
        cpu_ns, own_ns, server_core_ns, own_core_ns, wall_ns = used
        counts = self._pump.counts()
        return Window(
            cpu_us_per_packet=cpu_ns / 1000 / max(counts.received, 1),
            packets_received=counts.received,
            packets_expected=counts.expected,
            packets_skipped=counts.skipped,
            other_rtp=counts.other_rtp,
            samples_good=counts.samples_good,
            samples_bad=counts.samples_bad,
            transport_feedback_received=counts.transport_feedback,
            transport_feedback_sent=counts.feedback_sent,
            nacked=counts.nacked,
            seconds=seconds,
            server_busy=cpu_ns / wall_ns,
            generator_busy=own_ns / wall_ns,
            others_on_server_core=max(0.0, (server_core_ns - cpu_ns) / wall_ns),
            others_on_generator_core=max(0.0, (own_core_ns - own_ns) / wall_ns),
        )

    def _usage(self) -> tuple[int, int, int, int, int]:
        """ns of the server, of this process, of the server's core, of this one's, and by the clock."""
        own_ns = time.process_time_ns()
        return (
            process_cpu_ns(self._process_id),
            own_ns,
            _core_ns(self._process_id),
            _core_ns(os.getpid()),
            time.monotonic_ns(),
        )

    async def _run(self, seconds: float) -> None:
        parts = max(1, round(seconds / PART_S))
        for part in range(parts):
            self._pump.run(seconds / parts, first=part == 0, last=part == parts - 1)
            await asyncio.sleep(0)

    def latency_quantiles_ms(self, quantiles: list[float]) -> list[float]:
        """Of the packets sampled in the last window, from sending to arrival; 1.0 is the longest."""
        latencies = sorted(self._pump.latencies_ns())
        return [latencies[min(len(latencies) - 1, int(q * len(latencies)))] / 1e6 for q in quantiles]

    async def close(self) -> None:
        """End all calls."""
        self._pump.close()
        await self._client.close()
        await asyncio.gather(*(endpoint.close() for endpoint in self._endpoints))


def _core_ns(process_id: int) -> int:
    """Time that the core of a pinned process was not idle (proc(5), /proc/stat), in steps of 10 ms."""
    core = f"cpu{min(os.sched_getaffinity(process_id))} "
    line = next(line for line in Path("/proc/stat").read_text().splitlines() if line.startswith(core))
    user, nice, system, _idle, _waiting, irq, softirq, steal = map(int, line.split()[1:9])
    return (user + nice + system + irq + softirq + steal) * 1_000_000_000 // os.sysconf("SC_CLK_TCK")
