"""The last part of a receiver's way, as its feedback tells it: a link of so many bits per second, with a queue.

The packets themselves have come; what does not fit is taken out of them, and what waits is reported later and as later.
"""

import asyncio
import struct
import time
from collections import Counter

from mediaserver.rtp.transport_cc import ArrivalRecorder
from tests.media.stream import TRANSPORT_CC_ID
from tests.media.transport import ClientTransport

FEEDBACK_INTERVAL_S = 0.1
QUEUE_US = 250_000
_read_ssrc = struct.Struct("!I").unpack_from


class NarrowLink:
    """Between a node and one receiving transport, which answers with transport-wide feedback every 100 ms."""

    def __init__(self, transport: ClientTransport, rate_bps: float) -> None:
        self.rate_bps = rate_bps
        # Bytes and packets that left the node, by SSRC, before the link.
        self.bytes_sent: Counter[int] = Counter()
        self.packets_sent: Counter[int] = Counter()
        self._transport = transport
        self._recorder = ArrivalRecorder()
        self._waiting: list[tuple[int, int]] = []
        self._free_at_us = 0
        self._task = asyncio.create_task(self._report())
        transport.carries = self._carry

    def _carry(self, packet: bytes) -> bool:
        """Whether the packet gets through."""
        (ssrc,) = _read_ssrc(packet, 8)
        self.bytes_sent[ssrc] += len(packet)
        self.packets_sent[ssrc] += 1
        now_us = time.monotonic_ns() // 1000
        starts_us = max(now_us, self._free_at_us)
        if starts_us - now_us > QUEUE_US:
            return False
        self._free_at_us = starts_us + int(len(packet) * 8_000_000 / self.rate_bps)
        assert packet[16] == TRANSPORT_CC_ID << 4 | 1
        self._waiting.append((int.from_bytes(packet[17:19], "big"), self._free_at_us))
        return True

    async def _report(self) -> None:
        while True:
            await asyncio.sleep(FEEDBACK_INTERVAL_S)
            now_us = time.monotonic_ns() // 1000
            for arrival in [item for item in self._waiting if item[1] <= now_us]:
                self._recorder.record(arrival)
            self._waiting = [item for item in self._waiting if item[1] > now_us]
            for message in self._recorder.build_feedback(1, 2):
                self._transport.send_rtcp(message)

    async def bitrate_bps(self, ssrc: int, window_s: float = 0.5) -> float:
        """How much of a stream leaves the node, from now on for a while."""
        before = self.bytes_sent[ssrc]
        await asyncio.sleep(window_s)
        return (self.bytes_sent[ssrc] - before) * 8 / window_s

    async def close(self) -> None:
        """Report no more."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
