"""A browser's end of one transport, made of aioice's STUN, aiortc's DTLS and pylibsrtp. Loss can be scripted."""

import asyncio
import secrets
import socket
from collections.abc import Callable
from typing import Any, TypeVar

from aioice import stun
from aiortc.rtcdtlstransport import RTCCertificate, RTCDtlsFingerprint, RTCDtlsParameters, RTCDtlsTransport
from aiortc.rtp import RtpPacket

from mediaserver.rtp.rtcp import RtcpPart, parse
from tests.media.relay import Relay, RelayAccess

TIMEOUT_S = 20.0
CHECK_INTERVAL_S = 0.1
CONSENT_INTERVAL_S = 5.0

Part = TypeVar("Part", bound=RtcpPart)


class _Datagrams:
    """What aiortc's DTLS transport needs of a transport below it."""

    role = "controlling"

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send_now = send
        self.received: asyncio.Queue[bytes | None] = asyncio.Queue()

    async def _recv(self) -> bytes:
        data = await self.received.get()
        if data is None:
            raise ConnectionError
        return data

    async def _send(self, data: bytes) -> None:
        self._send_now(data)


class Inbox:
    """Things that came and were not asked for yet."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self._changed = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, item: Any) -> None:
        """Add an item."""
        self.items.append(item)
        task = asyncio.get_running_loop().create_task(self._notify())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def take(self, wanted: Callable[[Any], bool], timeout_s: float = TIMEOUT_S) -> Any:
        """Wait for the first item that is wanted, and remove it. Raises TimeoutError."""
        async with asyncio.timeout(timeout_s), self._changed:
            while True:
                for index, item in enumerate(self.items):
                    if wanted(item):
                        return self.items.pop(index)
                await self._changed.wait()


class ClientTransport:
    """One transport, sending or receiving."""

    def __init__(self, certificate: RTCCertificate, description: dict[str, Any]) -> None:
        self.id: str = description["id"]
        self.rtp = Inbox()
        self.rtcp = Inbox()
        self.stun_answers = Inbox()
        # Sees every packet decrypted; the packet is lost if it answers false.
        self.carries: Callable[[bytes], bool] = lambda _packet: True
        # Decrypted packets for which this is true are lost before they arrive.
        self.loses: Callable[[RtpPacket], bool] = lambda _packet: False
        self.fragment = secrets.token_hex(4)
        self._certificate = certificate
        self._description = description
        self._ice = description["iceParameters"]
        self._server = self._server_in(socket.AF_INET)
        self._datagrams = _Datagrams(self.send)
        self._dtls = RTCDtlsTransport(self._datagrams, [certificate])  # type: ignore[arg-type]  # duck-typed
        self._dtls._set_role("client")
        self._connected: asyncio.Task[None] | None = None
        self._consent: asyncio.TimerHandle | None = None
        self._relay: Relay | None = None
        self._socket = self._open_socket(socket.AF_INET)

    def _server_in(self, family: socket.AddressFamily) -> tuple[str, int]:
        """The server's first candidate of an address family. Raises StopIteration without one."""
        candidates = self._description["iceCandidates"]
        found = next(each for each in candidates if (":" in each["ip"]) == (family is socket.AF_INET6))
        return found["ip"], found["port"]

    def _open_socket(self, family: socket.AddressFamily) -> socket.socket:
        opened = socket.socket(family, socket.SOCK_DGRAM)
        opened.setblocking(False)
        opened.bind(("::1" if family is socket.AF_INET6 else "127.0.0.1", 0))
        asyncio.get_running_loop().add_reader(opened.fileno(), self._readable, opened)
        return opened

    def dtls_parameters(self) -> dict[str, Any]:
        """What `connectTransport` tells the server."""
        prints = [{"algorithm": p.algorithm, "value": p.value} for p in self._certificate.getFingerprints()]
        return {"role": "client", "fingerprints": [p for p in prints if p["algorithm"] == "sha-256"]}

    async def connect(self) -> None:
        """ICE check and DTLS handshake. Raises ConnectionError if the server refuses."""
        await self.check()
        self._renew_consent()
        prints = self._description["dtlsParameters"]["fingerprints"]
        remote = RTCDtlsParameters([RTCDtlsFingerprint(p["algorithm"], p["value"]) for p in prints])
        await asyncio.wait_for(self._dtls.start(remote), TIMEOUT_S)
        if self._dtls.state != "connected":
            raise ConnectionError("the DTLS handshake failed")

    async def check(self) -> stun.Message:
        """Send nominating checks until one is answered. Raises TimeoutError."""
        async with asyncio.timeout(TIMEOUT_S):
            while True:
                request = self.binding_request()
                self.send(bytes(request))
                try:
                    return await self._answer(request, CHECK_INTERVAL_S)
                except TimeoutError:
                    continue

    async def _answer(self, request: stun.Message, timeout_s: float) -> stun.Message:
        answer = await self.stun_answers.take(lambda item: item.transaction_id == request.transaction_id, timeout_s)
        assert isinstance(answer, stun.Message)
        return answer

    def binding_request(self, password: str | None = None) -> stun.Message:
        """An ICE check, signed."""
        request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        request.attributes["USERNAME"] = f"{self._ice['usernameFragment']}:{self.fragment}"
        request.attributes["PRIORITY"] = 1_853_817_087
        request.attributes["ICE-CONTROLLING"] = secrets.randbits(64)
        request.attributes["USE-CANDIDATE"] = None
        request.add_message_integrity((password or self._ice["password"]).encode())
        return request

    def use_ice_parameters(self, parameters: dict[str, Any]) -> None:
        """Check with these from now on, as after an ICE restart."""
        self._ice = parameters

    def move_to_new_port(self, family: socket.AddressFamily = socket.AF_INET) -> None:
        """As when the network changes: everything comes from another address from now on."""
        self._close_socket()
        self._server = self._server_in(family)
        self._socket = self._open_socket(family)

    async def move_to_relay(self, access: RelayAccess) -> None:
        """Everything goes through a relay from now on. Raises aioice.stun.TransactionFailed if it refuses."""
        self._relay = await Relay.allocate(access, self._receive)

    @property
    def address(self) -> tuple[str, int]:
        """Where this client's datagrams come from."""
        if self._relay is not None:
            return self._relay.address
        host, port = self._socket.getsockname()[:2]
        return host, port

    def send(self, data: bytes) -> None:
        """Send a datagram as it is."""
        if self._relay is not None:
            self._relay.send(data, self._server)
        else:
            self._socket.sendto(data, self._server)

    def send_rtp(self, packet: bytes) -> None:
        """Encrypt and send."""
        self.send(self.protect(packet))

    def protect(self, packet: bytes) -> bytes:
        """The packet as it goes over the network."""
        protected: bytes = self._dtls._tx_srtp.protect(packet)
        return protected

    def send_rtcp(self, packet: bytes) -> None:
        """Encrypt and send."""
        self.send(self._dtls._tx_srtp.protect_rtcp(packet))

    async def expect_rtp(self, ssrc: int, timeout_s: float = TIMEOUT_S) -> RtpPacket:
        """The next packet of a stream. Raises TimeoutError."""
        packet = await self.rtp.take(lambda item: item.ssrc == ssrc, timeout_s)
        assert isinstance(packet, RtpPacket)
        return packet

    async def expect_rtcp(
        self, kind: type[Part], wanted: Callable[[Part], bool] = lambda _part: True, timeout_s: float = TIMEOUT_S
    ) -> Part:
        """The next RTCP part of a kind. Raises TimeoutError."""
        part = await self.rtcp.take(lambda item: isinstance(item, kind) and wanted(item), timeout_s)
        assert isinstance(part, kind)
        return part

    async def close(self) -> None:
        """End the DTLS association and free the port. Again is harmless."""
        if self._socket.fileno() < 0:
            return
        self.stop_consent()
        self._datagrams.received.put_nowait(None)
        await self._dtls.stop()
        if self._relay is not None:
            await self._relay.close()
        self._close_socket()

    def stop_consent(self) -> None:
        """Say nothing more until asked to, as when the browser is gone."""
        if self._consent is not None:
            self._consent.cancel()

    def vanish(self) -> None:
        """Neither read nor say anything more, as a machine that is gone; the port is free at `close`, not before."""
        self.stop_consent()
        asyncio.get_running_loop().remove_reader(self._socket.fileno())

    def _close_socket(self) -> None:
        asyncio.get_running_loop().remove_reader(self._socket.fileno())
        self._socket.close()

    def _renew_consent(self) -> None:
        self.send(bytes(self.binding_request()))
        self._consent = asyncio.get_running_loop().call_later(CONSENT_INTERVAL_S, self._renew_consent)

    def _readable(self, source: socket.socket) -> None:
        while True:
            try:
                data = source.recv(2048)
            except BlockingIOError:
                return
            self._receive(data)

    def _receive(self, data: bytes) -> None:
        if data[0] < 4:
            self.stun_answers.put(stun.parse_message(data))
        elif 20 <= data[0] < 64:
            self._datagrams.received.put_nowait(data)
        elif self._dtls._rx_srtp is None:
            return  # sent as soon as the server was done, which is before this side is
        elif 192 <= data[1] <= 223:
            for part in parse(self._dtls._rx_srtp.unprotect_rtcp(data)):
                self.rtcp.put(part)
        else:
            clear = self._dtls._rx_srtp.unprotect(data)
            if not self.carries(clear):
                return
            packet = RtpPacket.parse(clear)
            if not self.loses(packet):
                self.rtp.put(packet)
