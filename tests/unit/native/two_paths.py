"""One node's media by either packet path, driven by hand: the same keys, clock, dice and datagrams for both."""

import asyncio
import socket
from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from typing import Any

import msgspec
from aioice import stun
from pylibsrtp import Policy, Session
from pylibsrtp._binding import lib

from mediaserver.consumer import Consumer
from mediaserver.hot_path import HotPath
from mediaserver.native_path import NativePath
from mediaserver.net.dtls_srtp import Certificate, SrtpKeys
from mediaserver.ortc import ROUTER_CAPABILITIES
from mediaserver.producer import Producer
from mediaserver.requests import Produce
from mediaserver.router import Router
from mediaserver.rtp_parameters import DtlsFingerprint, DtlsParameters, RtpParameters
from mediaserver.ticker import Regular, Ticker, Urgent
from mediaserver.transport_context import TransportContext
from mediaserver.turns import Turns
from mediaserver.webrtc_transport import WebRtcTransport

LOOPBACK = "127.0.0.1"


class Clock:
    """What the time is for everyone."""

    def __init__(self) -> None:
        self.now_us = 1_000_000_000

    def monotonic_ns(self) -> int:
        return self.now_us * 1000

    def time_ns(self) -> int:
        return (self.now_us + 1_700_000_000_000_000) * 1000


class AtOnce(Turns):
    """Nothing waits for its turn."""

    def put(self, work: Callable[[], None]) -> None:
        work()


class HandTicker(Ticker):
    """Ticks when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.turns = AtOnce()
        self.regulars: dict[Regular, None] = {}
        self.urgents: dict[Urgent, None] = {}

    def add(self, member: Regular) -> None:
        self.regulars[member] = None

    def remove(self, member: Regular) -> None:
        self.regulars.pop(member, None)

    def hurry(self, member: Urgent) -> None:
        self.urgents[member] = None

    def forget(self, member: Urgent) -> None:
        self.urgents.pop(member, None)


def srtp_session(number: int, *, inbound: bool) -> Session:
    """One end of an association whose keys follow from its number."""
    policy = Policy(
        key=bytes((number + index) & 0xFF for index in range(44)),
        ssrc_type=Policy.SSRC_ANY_INBOUND if inbound else Policy.SSRC_ANY_OUTBOUND,
        srtp_profile=Policy.SRTP_PROFILE_AEAD_AES_256_GCM,
    )
    # As aiortc sets them.
    policy.allow_repeat_tx, policy.window_size = True, 1024
    return Session(policy)


class KnownDtls:
    """Stands in for the handshake: the keys follow from the transport's number."""

    number = 0

    def __init__(self, certificate: Certificate, send: Callable[[bytes], None]) -> None:
        self._keys = (
            SrtpKeys(srtp_session(self.number, inbound=True), lib.srtp_unprotect, lib.srtp_unprotect_rtcp),
            SrtpKeys(srtp_session(self.number + 100, inbound=False), lib.srtp_protect, lib.srtp_protect_rtcp),
        )

    async def handshake(self, fingerprints: Any) -> tuple[SrtpKeys, SrtpKeys]:
        return self._keys

    def on_closed(self, callback: Callable[[], None]) -> None:
        """The browser never ends it."""

    def receive(self, data: bytes) -> bool:
        return True

    async def close(self) -> None:
        """Nothing to end."""


class Listener:
    """The peer: whatever it is told is written down."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, int]] = []

    def transport_closed(self, transport: WebRtcTransport) -> None:
        self.told.append(("closed", "", 0))

    def consumer_paused(self, consumer: Consumer) -> None:
        self.told.append(("paused", consumer.kind, 0))

    def consumer_resumed(self, consumer: Consumer) -> None:
        self.told.append(("resumed", consumer.kind, 0))

    def consumer_layer(self, consumer: Consumer, layer: int) -> None:
        self.told.append(("layer", consumer.kind, layer))


class Browser:
    """A transport and the socket at its other end."""

    def __init__(self, transport: WebRtcTransport) -> None:
        self.transport = transport
        self.socket = _open_socket()

    def move(self) -> None:
        """Be somewhere else from now on."""
        self.socket.close()
        self.socket = _open_socket()

    def received(self) -> list[bytes]:
        """All datagrams that came, encrypted as they are."""
        datagrams: list[bytes] = []
        while True:
            try:
                datagrams.append(self.socket.recv(4096))
            except BlockingIOError:
                return datagrams


def _open_socket() -> socket.socket:
    opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * 1024 * 1024)
    opened.bind((LOOPBACK, 0))
    opened.setblocking(False)
    return opened


class HandLoop:
    """Remembers who reads."""

    def __init__(self) -> None:
        self.read: Callable[[], None] = lambda: None

    def add_reader(self, descriptor: int, callback: Any, *arguments: Any) -> None:
        self.read = partial(callback, *arguments)

    def remove_reader(self, descriptor: int) -> None:
        """It is read by hand."""


class House:
    """A port and a router with publishers and receivers, by one path."""

    def __init__(self, path: HotPath, clock: Clock, seed: int, certificate: Certificate) -> None:
        self.path = path
        self.clock = clock
        self.dice = Random(seed)  # noqa: S311  # what happens has to happen again
        self.listener = Listener()
        self.loop = HandLoop()
        self.udp = path.open_port([LOOPBACK], 0)
        self.udp.start(self.loop)  # type: ignore[arg-type]  # all that the port asks of a loop
        self.ticker = HandTicker()
        self.context = TransportContext(self.udp, certificate, path.counters, [], ticker=self.ticker, hot_path=path)
        self.router = Router(self.context)
        self.browsers: list[Browser] = []
        self.producers: list[Producer] = []
        self.consumers: list[Consumer] = []

    async def open(self, direction: Any) -> None:
        """One more connected transport; its keys follow from its place."""
        KnownDtls.number = len(self.browsers)
        browser = Browser(self.router.create_transport(direction, self.listener))
        self.browsers.append(browser)
        self.check(len(self.browsers) - 1)
        browser.transport.connect(DtlsParameters((DtlsFingerprint("sha-256", "00:00"),)))
        await asyncio.gather(*self.context.tasks)

    def check(self, index: int) -> None:
        """An authentic ICE check from where the browser is now."""
        browser = self.browsers[index]
        ice = browser.transport.describe()["iceParameters"]
        request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        request.attributes["USERNAME"] = f"{ice['usernameFragment']}:peer"
        request.attributes["PRIORITY"] = 1
        request.attributes["ICE-CONTROLLING"] = 1
        request.attributes["USE-CANDIDATE"] = None
        request.add_message_integrity(ice["password"].encode())
        self.send(index, bytes(request))

    def produce(self, index: int, kind: Any, parameters: dict[str, Any]) -> None:
        """Publish on a transport."""
        browser = self.browsers[index]
        source: Any = "camera" if kind == "video" else "microphone"
        rtp_parameters = msgspec.convert(parameters, RtpParameters)
        request = Produce(browser.transport.id, kind, source, rtp_parameters, frame_height=720)
        self.producers.append(self.router.produce(browser.transport, request))

    def consume(self, index: int, producer: int) -> None:
        """Receive on a transport."""
        browser = self.browsers[index]
        consumer = self.router.consume(browser.transport, self.producers[producer], ROUTER_CAPABILITIES, "cname")
        self.consumers.append(consumer)
        consumer.resume()

    def send(self, index: int, datagram: bytes) -> None:
        """A datagram comes from a browser."""
        self.send_at_once([(index, datagram)])

    def send_at_once(self, datagrams: Sequence[tuple[int, bytes]]) -> None:
        """Datagrams, each of a browser, have all come before the first is read."""
        for index, datagram in datagrams:
            self.browsers[index].socket.sendto(datagram, (LOOPBACK, self.udp.port))
        if isinstance(self.path, NativePath):
            self.path.engine.clock_us = self.clock.now_us
        self.loop.read()

    def tick(self) -> None:
        """The slow clock."""
        for member in list(self.ticker.regulars):
            member.tick(self.clock.now_us)

    def tick_urgent(self) -> None:
        """The fast clock."""
        for member in list(self.ticker.urgents):
            if not member.tick_urgent(self.clock.now_us):
                self.ticker.urgents.pop(member, None)

    def figures(self) -> list[Any]:
        """All that is counted."""
        now_us, counters = self.clock.now_us, self.path.counters
        found: list[Any] = [counters.packets_received, counters.packets_sent, counters.packets_retransmitted]
        found += [counters.bytes_received, counters.bytes_sent, counters.nacks_sent, counters.keyframe_requests]
        found += [{reason: count for reason, count in counters.dropped.items() if count}, self.listener.told]
        for producer in self.producers:
            found += [producer.packets_received, producer.packets_lost, producer.jitter_ms]
            found += [(stream.bitrate_bps(now_us), stream.history.byte_count) for stream in producer.streams]
            found += [producer.microphone.take_audio_level() if producer.microphone else None]
        for browser in self.browsers:
            downlink = browser.transport.downlink
            found += [downlink and (downlink.known, downlink.estimate_bps, downlink.loss, downlink.rtt_ms)]
        for consumer in self.consumers:
            found += [consumer.packets_sent, consumer.sent.octets_sent, consumer.layer, consumer.rtt_ms]
        return found

    async def close(self) -> None:
        """Let go of all sockets."""
        for browser in self.browsers:
            self.router.close_transport(browser.transport)
            browser.socket.close()
        await asyncio.gather(*self.context.tasks)
        self.udp.close()
