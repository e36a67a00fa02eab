"""While the event loop waits, media is forwarded, and all else of the loop goes on as ever."""

import asyncio
import struct
import time

import pytest

from mediaserver.native_path import NativePath
from mediaserver.net.dtls_srtp import Certificate
from mediaserver.rtp.transport_feedback import serialize_transport_feedback
from tests.media.stream import ClientStream
from tests.unit.native.two_paths import LOOPBACK, Clock, House, KnownDtls, srtp_session

PACKETS = 200


class Stage:
    """One who sends and one who receives, in the loop that runs the test."""

    def __init__(self, path: NativePath) -> None:
        self.house = House(path, Clock(), 1, Certificate())
        self.stream = ClientStream("video", "0", [0])
        self.srtp = srtp_session(0, inbound=False)
        self.wakes = 0

    async def begin(self) -> None:
        """The first packet, a keyframe, is Python's; then a plan holds."""
        house = self.house
        await house.open("send")
        await house.open("recv")
        house.produce(0, "video", self.stream.rtp_parameters())
        house.consume(1, 0)
        house.send(0, self.srtp.protect(self.stream.packet(b"\x10\x00first")))
        run = house.udp._run  # type: ignore[attr-defined]  # the compiled path's
        loop = asyncio.get_running_loop()

        def counted(descriptor: int) -> None:
            self.wakes += 1
            run(descriptor)

        house.udp._run = counted  # type: ignore[attr-defined]  # as above
        house.udp.start(loop)
        await self.received(1)

    def send(self) -> None:
        """The next packet in order."""
        packet = self.srtp.protect(self.stream.packet(b"\x10\x01" + bytes(100)))
        self.house.browsers[0].socket.sendto(packet, (LOOPBACK, self.house.udp.port))

    async def received(self, count: int) -> list[int]:
        """The numbers of so many packets of media, once they have come."""
        numbers: list[int] = []
        async with asyncio.timeout(5):
            while len(numbers) < count:
                await asyncio.sleep(0.001)
                datagrams = self.house.browsers[1].received()
                numbers += [struct.unpack_from("!H", each, 2)[0] for each in datagrams if not 192 <= each[1] <= 223]
        return numbers


@pytest.fixture(autouse=True)
def known_handshake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediaserver.webrtc_transport.DtlsSrtp", KnownDtls)


def test_packets_in_order_wake_nobody_and_the_others_do() -> None:
    async def play() -> None:
        stage = Stage(path)
        await stage.begin()
        for _ in range(PACKETS):
            stage.send()
        await stage.received(PACKETS)
        assert stage.wakes == 0
        stage.stream.packet(b"\x10\x01lost")
        stage.send()
        assert len(await stage.received(1)) == 1
        assert stage.wakes == 1
        await stage.house.close()

    path = NativePath()
    path.run(play())


def test_feedback_wakes_nobody_once_a_receiver_has_been_heard() -> None:
    async def play() -> None:
        stage = Stage(path)
        await stage.begin()
        transport, receiver = stage.house.browsers[1].transport, srtp_session(1, inbound=False)
        for _ in range(PACKETS):
            stage.send()
        await stage.received(PACKETS)
        for count in range(10):
            message = serialize_transport_feedback(
                1, 2, base_sequence_number=10 * count, reference_time=1, feedback_count=count, deltas=[1] * 10
            )
            stage.house.browsers[1].socket.sendto(receiver.protect_rtcp(message), (LOOPBACK, stage.house.udp.port))
        acknowledged = 0
        async with asyncio.timeout(2):
            while acknowledged < 100:
                await asyncio.sleep(0.001)
                acknowledged += transport.path.take().acknowledged
        assert stage.wakes == 1
        await stage.house.close()

    path = NativePath()
    path.run(play())


@pytest.mark.timed
def test_timers_and_sockets_of_the_loop_are_served_amid_media() -> None:
    async def play() -> None:
        stage = Stage(path)
        await stage.begin()
        late_ms: list[float] = []
        server = await asyncio.start_server(echo, LOOPBACK, 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        for number in range(20):
            for _ in range(10):
                stage.send()
            due = time.monotonic() + 0.005
            await asyncio.sleep(0.005)
            late_ms.append((time.monotonic() - due) * 1000)
            writer.write(bytes((number,)))
            assert await asyncio.wait_for(reader.readexactly(1), 2) == bytes((number,))
        assert sorted(late_ms)[10] < 20
        await stage.received(200)
        writer.close()
        server.close()
        await server.wait_closed()
        await stage.house.close()

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(100):
            writer.write(data)
        writer.close()

    path = NativePath()
    path.run(play())


def test_a_stall_of_the_loop_is_seen_without_a_clock() -> None:
    async def play() -> None:
        stage = Stage(path)
        await stage.begin()
        watch = path.loop_watch()
        await asyncio.sleep(0.05)
        before_ms = watch.longest_ms()
        time.sleep(0.08)  # noqa: ASYNC251  # the stall
        await asyncio.sleep(0.01)
        assert 80 <= watch.longest_ms() < 1_000 + before_ms
        await stage.house.close()

    path = NativePath()
    path.run(play())
