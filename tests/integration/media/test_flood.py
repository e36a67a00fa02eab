"""A burst of 100,000 datagrams from an address that nobody knows: a call beside it goes on, and nothing grows."""

import asyncio
import json
import re
import secrets
import socket
import struct
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.free_ports import free_port
from tests.media.client import MediaClient
from tests.media.node_process import healthy, start
from tests.media.stream import ClientStream
from tests.media.tokens import PATIENT_PERMISSIONS, TokenMint

BURST = 100_000
# So many packets of the call go out between them. Sender and node share two cores, so that some do not fit in.
WORDS = 200
HEARD_AT_LEAST = 0.5
MAX_GROWTH_KIB = 2048

Flood = Callable[[], Iterator[bytes]]


@dataclass
class FloodedNode:
    """A node in a process of its own, with a call of two in it."""

    port: int
    pid: int
    udp_port: int
    staff: MediaClient
    patient: MediaClient
    stream: ClientStream
    ssrc: int

    async def metrics(self) -> dict[str, int]:
        """Counters by name and reason."""
        async with ClientSession() as session, session.get(f"http://127.0.0.1:{self.port}/metrics") as answer:
            lines = re.findall(r'^media_(\w+?)(?:\{reason="(\w+)"\})? (\d+)$', await answer.text(), re.MULTILINE)
        return {reason or name: int(value) for name, reason, value in lines}

    def memory_kib(self) -> int:
        """Resident memory of the process."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])


@pytest.fixture
async def flooded() -> AsyncIterator[FloodedNode]:
    mint, port, udp_port = TokenMint(), free_port(), free_port()
    process = await start(
        MEDIA_HTTP_PORT=str(port), MEDIA_UDP_PORT=str(udp_port), MEDIA_JOIN_KEYS=json.dumps(mint.public_keys)
    )
    await healthy(port)
    url = f"ws://127.0.0.1:{port}/media"
    staff = await MediaClient.join(url, mint.join("p_staff"))
    patient = await MediaClient.join(url, mint.join("p_patient", role="patient", permissions=list(PATIENT_PERMISSIONS)))
    stream = await staff.publish("audio", "microphone")
    await patient.subscribe()
    consumer = await patient.receive(stream)
    ssrc = consumer["rtpParameters"]["encodings"][0]["ssrc"]
    yield FloodedNode(port, process.pid, udp_port, staff, patient, stream, ssrc)
    await staff.close()
    await patient.close()
    process.terminate()
    await process.communicate()


def media() -> Iterator[bytes]:
    packet = b"\x80\x60" + secrets.token_bytes(1000)
    while True:
        yield packet


def checks() -> Iterator[bytes]:
    """Each for another user name, with a signature, as a browser's are."""
    signature = struct.pack("!HH", 0x0008, 20) + bytes(20)
    while True:
        username = struct.pack("!HH", 0x0006, 21) + secrets.token_hex(8).encode() + b":abcd" + bytes(3)
        body = username + signature
        yield struct.pack("!HHI12s", 1, len(body), 0x2112A442, secrets.token_bytes(12)) + body


def handshakes() -> Iterator[bytes]:
    hello = b"\x16\xfe\xff" + bytes(8) + struct.pack("!H", 200) + secrets.token_bytes(200)
    while True:
        yield hello


def garbage() -> Iterator[bytes]:
    while True:
        yield secrets.token_bytes(64)


async def flood(node: FloodedNode, kind: Iterator[bytes]) -> int:
    """As fast as one socket can, with a word of the call now and then; how many bytes came back."""
    with socket.socket(type=socket.SOCK_DGRAM) as stranger:
        stranger.setblocking(False)
        stranger.connect(("127.0.0.1", node.udp_port))
        for _ in range(WORDS):
            for _ in range(BURST // WORDS):
                stranger.send(next(kind))
            node.staff.send(node.stream, b"word")
            await asyncio.sleep(0)
        await heard_again(node)
        try:
            return len(stranger.recv(4096))
        except BlockingIOError:
            return 0


async def heard_again(node: FloodedNode) -> None:
    """All that came before has been read, or did not fit into the socket's buffer."""
    assert node.patient.recv_transport is not None
    async with asyncio.timeout(30):
        while True:
            node.staff.send(node.stream, b"after")
            try:
                await node.patient.recv_transport.rtp.take(lambda packet: packet.payload == b"after", 0.1)
            except TimeoutError:
                continue
            return


@pytest.mark.parametrize(
    ("kind", "reasons"),
    [
        (media, {"unknown_address"}),
        (checks, {"stun_unknown_username"}),
        (handshakes, {"unknown_address"}),
        (garbage, {"unknown_address", "stun_malformed"}),
    ],
)
async def test_call_goes_on_under_a_flood_that_is_counted_and_kept_nowhere(
    flooded: FloodedNode, kind: Flood, reasons: set[str]
) -> None:
    transport = flooded.patient.recv_transport
    assert transport is not None
    await flood(flooded, kind())  # what is made once is made now
    before_kib, before = flooded.memory_kib(), await flooded.metrics()
    transport.rtp.items.clear()
    assert await flood(flooded, kind()) == 0
    heard = sum(packet.payload == b"word" for packet in transport.rtp.items)
    after = await flooded.metrics()
    counted = sum(after[reason] - before.get(reason, 0) for reason in reasons)
    assert heard >= WORDS * HEARD_AT_LEAST
    # What is missing never left the kernel: the socket's buffer was full.
    assert BURST / 4 <= counted <= BURST
    assert flooded.memory_kib() - before_kib <= MAX_GROWTH_KIB
