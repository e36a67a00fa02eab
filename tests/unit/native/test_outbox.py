"""Packets of equal size to one receiver leave together, and arrive as if each had left alone."""

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import suppress

import pytest

from mediaserver.native_path import NativePath
from mediaserver.net.dtls_srtp import Certificate
from tests.media.stream import ClientStream
from tests.unit.native.two_paths import Clock, House, KnownDtls, srtp_session

# linux/udp.h: the receiver takes what left together as one, and its size tells how much that was.
UDP_GRO = 104
# Header with extensions, payload descriptor and tag.
SMALLEST = 100


@pytest.fixture(autouse=True)
def known_handshake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediaserver.webrtc_transport.DtlsSrtp", KnownDtls)


class Stage:
    """Two who send a picture each, and one who receives both."""

    def __init__(self) -> None:
        self.house = House(NativePath(), Clock(), 1, Certificate())
        self.streams = [ClientStream("video", "0", [0]) for _ in range(2)]
        self.srtp = [srtp_session(number, inbound=False) for number in range(2)]

    async def begin(self) -> None:
        """After the first packets plans hold."""
        for number, stream in enumerate(self.streams):
            await self.house.open("send")
            self.house.produce(number, "video", stream.rtp_parameters())
        await self.house.open("recv")
        for number in range(2):
            self.house.consume(2, number)
            self.house.send(number, self.datagram(number, SMALLEST, start=True))
        self.house.browsers[2].received()

    def datagram(self, publisher: int, size: int, *, start: bool = False) -> bytes:
        """The next packet of a publisher, with so large a payload."""
        payload = (b"\x10\x00" if start else b"\x10\x01") + bytes(size - 2)
        return self.srtp[publisher].protect(self.streams[publisher].packet(payload))

    def sizes(self, packets: Sequence[tuple[int, int]]) -> list[int]:
        """Of what arrives of (publisher, size of the payload) that came at once."""
        self.house.send_at_once([(publisher, self.datagram(publisher, size)) for publisher, size in packets])
        return list(_sizes_received(self.house.browsers[2].socket))


def _sizes_received(receiver: socket.socket) -> Iterator[int]:
    with suppress(BlockingIOError):
        while size := len(receiver.recv(0x10000)):
            yield size


def play(packets: Sequence[tuple[int, int]], *, takes_many: bool, sends_alone: bool = False) -> list[int]:
    """What the receiver gets of these, which one that takes many at once gets as they left."""

    async def run() -> list[int]:
        stage = Stage()
        await stage.begin()
        receiver = stage.house.browsers[2]
        if takes_many:
            receiver.socket.setsockopt(socket.IPPROTO_UDP, UDP_GRO, 1)
        receiver.transport.sender.link.sends_alone = sends_alone  # type: ignore[attr-defined]  # the compiled path's
        try:
            return stage.sizes(packets)
        finally:
            await stage.house.close()

    return asyncio.run(run())


def together(packets: Sequence[tuple[int, int]], *, sends_alone: bool = False) -> list[int]:
    """How many packets each thing that left was of."""
    each = play(packets, takes_many=False, sends_alone=sends_alone)
    assert len(each) == len(packets)
    left, counts = play(packets, takes_many=True, sends_alone=sends_alone), list[int]()
    for size in left:
        count = next(n for n in range(1, len(each) + 1) if sum(each[:n]) == size)
        counts.append(count)
        del each[:count]
    assert not each
    return counts


def test_packets_of_one_size_leave_at_once() -> None:
    assert together([(0, 1000)] * 5) == [5]


def test_a_smaller_packet_is_the_last_and_a_larger_one_begins_anew() -> None:
    assert together([(0, 1000), (0, 1000), (0, 900), (0, 1000), (0, 1001), (0, 1001)]) == [3, 1, 2]


def test_packets_do_not_wait_for_those_of_other_browsers() -> None:
    assert together([(0, 1000), (1, 1000), (0, 1000), (0, 1000)]) == [1, 1, 2]


def test_no_more_than_fit_leave_at_once() -> None:
    assert together([(0, 1000)] * 20) == [14, 6]
    assert together([(0, SMALLEST)] * 20) == [16, 4]


def test_where_the_kernel_does_not_take_many_each_leaves_alone() -> None:
    assert together([(0, 1000)] * 5, sends_alone=True) == [1] * 5
