"""A node with more than it can read leaves out the pictures of some senders, by both packet paths alike."""

import socket
import struct
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from mediaserver.hot_path import HotPath, PythonPath
from mediaserver.native.library import is_usable
from mediaserver.native_path import NativePath
from mediaserver.net.backlog import LOOK_INTERVAL_US, PATIENCE_US, RELIEF_US, SILENCE_US, SO_MEMINFO
from mediaserver.net.dtls_srtp import Certificate
from mediaserver.net.packet_buffer import PacketBuffer
from mediaserver.net.stun import Address, BindingRequest
from mediaserver.net.udp_port import MAX_DATAGRAMS_PER_TURN
from mediaserver.transport_context import TransportContext

PICTURE, SOUND, REPORT = b"\x80\x60" + bytes(1_150), b"\x80\x6f" + bytes(150), b"\x80\xc9" + bytes(600)
# Sixty-four senders' sockets.
SENDERS = 64


class Transport:
    """Counts what it is handed."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def receive_check(self, request: BindingRequest, address: Address) -> bytes | None:
        return None

    def is_reached_at(self, address: Address) -> bool:
        return True

    def receive_dtls(self, data: bytes) -> None:
        """No handshake here."""

    def receive_media(self, packet: PacketBuffer, size: int) -> None:
        self.sizes.append(size)


class Port:
    """A node's port that is read by hand, at a time that is set by hand."""

    def __init__(self, path: HotPath) -> None:
        self.path = path
        self.now_us = 1_000_000_000
        self.transport = Transport()
        self.udp = path.open_port(["127.0.0.1"], 0)
        self.context = TransportContext(self.udp, Certificate(), path.counters, [], hot_path=path)
        self.receiver = path.receiver(self.transport, self.context)
        self.read: Callable[[], None] = lambda: None
        self.udp.start(self)  # type: ignore[arg-type]  # all that the port asks of a loop
        self.senders = [self._sender() for _ in range(SENDERS)]

    def _sender(self) -> socket.socket:
        opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        opened.bind(("127.0.0.1", 0))
        opened.connect(("127.0.0.1", self.udp.port))
        return opened

    def know_the_senders(self) -> None:
        for sender in self.senders:
            self.udp.add_address(sender.getsockname(), self.transport)

    def add_reader(self, descriptor: int, callback: Any, *arguments: Any) -> None:
        self.read = partial(callback, *arguments)

    def remove_reader(self, descriptor: int) -> None:
        """It is read by hand."""

    def fill(self) -> int:
        """Send pictures until the socket's buffer is more than half full, by all senders in turn; how many."""
        sent = 0
        while True:
            for sender in self.senders:
                sender.send(PICTURE)
            sent += SENDERS
            used, most = struct.unpack("=II", self.udp.sockets[0].getsockopt(socket.SOL_SOCKET, SO_MEMINFO, 8))
            # As much more as two turns read.
            if 2 * used > 1.2 * most:
                return sent

    def turn(self, after_us: int) -> None:
        """One turn of reading, so much later."""
        self.now_us += after_us
        if isinstance(self.path, NativePath):
            self.path.engine.clock_us = self.now_us
        self.read()

    def overload(self) -> int:
        """Fill the buffer, and see it full for as long as the node has patience; how many datagrams that was."""
        sent = self.fill()
        self.turn(LOOK_INTERVAL_US)
        self.turn(PATIENCE_US)
        return sent

    @property
    def thrown_away(self) -> int:
        return self.path.counters.dropped["overload"]

    def close(self) -> None:
        self.receiver.close()
        self.udp.close()
        for sender in self.senders:
            sender.close()


@pytest.fixture(params=["python", "native"])
def port(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Port]:
    if request.param == "native" and not is_usable():
        pytest.skip("the compiled hot path is not installed")
    made = Port(PythonPath() if request.param == "python" else NativePath())
    monkeypatch.setattr(time, "monotonic_ns", lambda: made.now_us * 1000)
    yield made
    made.close()


def test_what_waits_is_thrown_away_at_once_but_for_sound_and_reports(port: Port) -> None:
    port.know_the_senders()
    sent = port.overload()
    port.senders[0].send(SOUND)
    port.senders[0].send(REPORT)
    port.turn(1_000)
    assert port.udp.is_overloaded
    assert port.thrown_away == sent - MAX_DATAGRAMS_PER_TURN
    assert port.transport.sizes[-2:] == [len(SOUND), len(REPORT)]


def test_a_stall_that_is_read_up_costs_nothing(port: Port) -> None:
    """The buffer was as full, but not for long."""
    port.know_the_senders()
    sent = port.fill()
    while len(port.transport.sizes) < sent:
        port.turn(PATIENCE_US // 100)
    assert (port.thrown_away, port.udp.is_overloaded) == (0, False)


def test_the_pictures_of_some_are_left_out_and_those_of_the_others_are_whole(port: Port) -> None:
    port.know_the_senders()
    for _ in range(4):
        port.overload()
        port.turn(1_000)
    port.transport.sizes.clear()
    left_out = []
    for sender in port.senders:
        before = port.thrown_away
        for _ in range(10):
            sender.send(PICTURE)
        sender.send(SOUND)
        port.turn(1_000)
        left_out.append(port.thrown_away - before)
    assert set(left_out) == {0, 10}
    assert 4 <= left_out.count(10) <= 32  # a quarter is expected
    assert port.transport.sizes.count(len(SOUND)) == SENDERS


def test_pictures_come_back_while_there_is_room(port: Port) -> None:
    port.know_the_senders()
    port.overload()
    turns = 0
    while port.udp.is_overloaded:
        port.turn(RELIEF_US)
        turns += 1
    assert 10 <= turns <= 20


def test_after_a_second_of_silence_all_pictures_are_back(port: Port) -> None:
    """The calls that were too many have ended: the next one is whole from its first picture."""
    port.know_the_senders()
    for _ in range(20):
        port.overload()
        port.turn(1_000)
    before = port.thrown_away
    for sender in port.senders:
        sender.send(PICTURE)
    port.turn(SILENCE_US)
    assert (port.thrown_away, port.udp.is_overloaded) == (before, False)


def test_a_flood_of_strangers_is_no_reason_to_leave_out_pictures(port: Port) -> None:
    for _ in range(3):
        port.overload()
    assert (port.thrown_away, port.udp.is_overloaded) == (0, False)
