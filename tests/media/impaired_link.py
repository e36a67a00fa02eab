"""A bad network between browsers and a media node: a UDP relay that loses, delays and narrows, in a thread of its own.

The node announces the relay's port (`MEDIA_ANNOUNCED_PORT`). Every client address is a flow with its own link, so each
RTCPeerConnection has the whole rate to itself; packets of a flow stay in order, as in a queue.
"""

import asyncio
import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Address = tuple[str, int]
Send = Callable[[bytes], None]

MAX_DATAGRAM = 2048
# Between one packet of a flow and the next: the event loop keeps no order among timers of one moment.
STEP_S = 1e-6


@dataclass(frozen=True)
class Impairment:
    """What one direction does to packets. `loss` 0-1; a `rate_bps` of None is no bound; the queue is of `queue_ms`."""

    loss: float = 0.0
    delay_ms: float = 0.0
    jitter_ms: float = 0.0
    rate_bps: float | None = None
    queue_ms: float = 250.0


@dataclass
class Conditions:
    """Both directions at this moment; may be changed at any time, from any thread."""

    up: Impairment = field(default_factory=Impairment)
    down: Impairment = field(default_factory=Impairment)


class _Direction:
    """One flow one way."""

    def __init__(self, loop: asyncio.AbstractEventLoop, chance: random.Random, send: Send) -> None:
        self._loop = loop
        self._chance = chance
        self._send = send
        self._link_free_s = 0.0
        self._last_s = 0.0

    def push(self, data: bytes, impairment: Impairment) -> None:
        now_s = self._loop.time()
        if self._chance.random() < impairment.loss:
            return
        leaves_s = now_s
        if impairment.rate_bps is not None:
            leaves_s = max(now_s, self._link_free_s) + len(data) * 8 / impairment.rate_bps
            if leaves_s - now_s > impairment.queue_ms / 1000:
                return
            self._link_free_s = leaves_s
        delay_s = (impairment.delay_ms + self._chance.random() * impairment.jitter_ms) / 1000
        self._last_s = max(self._last_s + STEP_S, leaves_s + delay_s)
        if self._last_s <= now_s:
            self._send(data)
        else:
            self._loop.call_at(self._last_s, self._send, data)


class _Flow:
    """A client's way to the node and back."""

    def __init__(self, link: "ImpairedLink", client: Address) -> None:
        self._link = link
        self._client = client
        self.node = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.node.setblocking(False)
        self.node.connect(link.node_address)
        self.up = _Direction(link.loop, link.chance, self._to_node)
        self.down = _Direction(link.loop, link.chance, self._to_client)
        link.loop.add_reader(self.node.fileno(), self._from_node)

    def _to_node(self, data: bytes) -> None:
        try:
            self.node.send(data)
        except OSError:
            self._link.failed += 1

    def _to_client(self, data: bytes) -> None:
        try:
            self._link.socket.sendto(data, self._client)
        except OSError:
            self._link.failed += 1

    def _from_node(self) -> None:
        for data in _waiting(self.node):
            self.down.push(data, self._link.conditions.down)


class ImpairedLink:
    """The relay. `port` is what the node announces."""

    def __init__(self, node_address: Address, seed: int = 1) -> None:
        self.node_address = node_address
        self.conditions = Conditions()
        # Datagrams that the system would not take.
        self.failed = 0
        self.chance = random.Random(seed)  # noqa: S311  # reproducible, no secret
        self.loop = asyncio.new_event_loop()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.bind((node_address[0], 0))
        self.port: int = self.socket.getsockname()[1]
        self._flows: dict[Address, _Flow] = {}
        self._thread = threading.Thread(target=self._run, name="impaired-link", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        self.loop.add_reader(self.socket.fileno(), self._from_clients)
        self.loop.run_forever()

    def _from_clients(self) -> None:
        for data, client in _waiting_from(self.socket):
            flow = self._flows.get(client)
            if flow is None:
                flow = self._flows[client] = _Flow(self, client)
            flow.up.push(data, self.conditions.up)

    def close(self) -> None:
        """Stop passing packets on."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        for flow in self._flows.values():
            flow.node.close()
        self.socket.close()
        self.loop.close()


@contextmanager
def impaired_link(node_address: Address, seed: int = 1) -> Iterator[ImpairedLink]:
    """A relay in front of a node, ended at the end."""
    link = ImpairedLink(node_address, seed)
    try:
        yield link
    finally:
        link.close()


def _waiting(source: socket.socket) -> Iterator[bytes]:
    while True:
        try:
            yield source.recv(MAX_DATAGRAM)
        except OSError:
            return


def _waiting_from(source: socket.socket) -> Iterator[tuple[bytes, Address]]:
    while True:
        try:
            yield source.recvfrom(MAX_DATAGRAM)
        except OSError:
            return
