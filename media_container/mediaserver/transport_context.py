"""What all transports of a node share."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from mediaserver.hot_path import HotPath, PythonPath
from mediaserver.ice_servers import IceServers
from mediaserver.net.dtls_srtp import Certificate
from mediaserver.net.packet_buffer import PacketBuffer
from mediaserver.net.udp_port import UdpPort
from mediaserver.stats import Counters
from mediaserver.ticker import Ticker

RTCP_BUFFER_SIZE = 2048


@dataclass
class TransportContext:
    """The UDP port and what belongs to it. `candidates` are told to browsers."""

    udp: UdpPort
    certificate: Certificate
    counters: Counters
    candidates: list[dict[str, Any]]
    ice_servers: IceServers = field(default_factory=IceServers)
    ticker: Ticker = field(default_factory=Ticker)
    rtcp_packet: PacketBuffer = field(default_factory=lambda: PacketBuffer(bytearray(RTCP_BUFFER_SIZE)))
    hot_path: HotPath = field(default_factory=PythonPath)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    transports_closed: int = 0

    def spawn(self, work: Coroutine[None, None, None]) -> None:
        """Run a handshake or a shutdown, and hold on to it: the event loop itself would forget it."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
