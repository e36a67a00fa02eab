"""A browser's side of one WebRTC transport until media flows: one UDP socket, ICE and DTLS.

It nominates the server's one candidate and is the DTLS client. Once connected it is handed over, socket, SRTP sessions
and a signed ICE check for consent, to the fast side that sends and counts.
"""

import asyncio
import ipaddress
import secrets
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from aioice import stun
from aiortc.rtcdtlstransport import (
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
)
from pylibsrtp import Session

LOOPBACK = "127.0.0.1"
CHECK_TIMEOUT_S = 0.5
CHECK_ATTEMPTS = 20
HANDSHAKE_TIMEOUT_S = 30
_SOCKET_BUFFER_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class RemoteTransport:
    """What the server said of its side; fingerprints are (algorithm, value)."""

    address: tuple[str, int]
    username_fragment: str
    password: str
    fingerprints: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class HandedOver:
    """What the fast side needs. `check` is empty where there is neither ICE nor RTCP."""

    descriptor: int
    server_ip: bytes
    server_port: int
    inbound: Session | None
    outbound: Session | None
    check: bytes
    transport_cc_id: int
    media_payload_types: frozenset[int]


class _DtlsDatagrams:
    """What aiortc's DTLS transport needs of a transport below it."""

    role = "controlling"

    def __init__(self, endpoint: "Endpoint") -> None:
        self._endpoint = endpoint
        self.received: asyncio.Queue[bytes | None] = asyncio.Queue(64)

    async def _recv(self) -> bytes:
        data = await self.received.get()
        if data is None:
            raise ConnectionError
        return data

    async def _send(self, data: bytes) -> None:
        self._endpoint.send(data)


class Endpoint:
    """One transport of one client. What it receives as media, and under which id the transport-wide sequence number
    comes (0: not at all), is told by whoever negotiates."""

    def __init__(self, certificate: RTCCertificate, host: str = LOOPBACK) -> None:
        self.host = host
        self.username_fragment = secrets.token_hex(4)
        self.password = secrets.token_hex(12)
        self.media_payload_types: set[int] = set()
        self.transport_cc_id = 0
        self._certificate = certificate
        self._socket = _bind(host)
        self._remote: RemoteTransport | None = None
        self._datagrams = _DtlsDatagrams(self)
        self._dtls = RTCDtlsTransport(self._datagrams, [certificate])  # type: ignore[arg-type]  # duck-typed
        self._dtls._set_role("client")
        # One profile for every server, the one that Chrome and the servers agree on.
        self._dtls._srtp_profiles = [p for p in self._dtls._srtp_profiles if b"AES_256_GCM" in p.openssl_profile]
        self._checked = asyncio.Event()
        self._is_read = True
        asyncio.get_running_loop().add_reader(self._socket.fileno(), self._readable)

    @property
    def port(self) -> int:
        """The local UDP port."""
        return int(self._socket.getsockname()[1])

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, colon-separated hexadecimal."""
        return next(f.value for f in self._certificate.getFingerprints() if f.algorithm == "sha-256")

    async def connect(self, remote: RemoteTransport) -> None:
        """Nominate the candidate and shake hands. Raises ConnectionError if the server does not answer."""
        self._remote = remote
        for _ in range(CHECK_ATTEMPTS):
            self.send(self._check())
            try:
                await asyncio.wait_for(self._checked.wait(), CHECK_TIMEOUT_S)
                break
            except TimeoutError:
                continue
        else:
            raise ConnectionError("no answer to ICE checks")
        fingerprints = [RTCDtlsFingerprint(algorithm, value) for algorithm, value in remote.fingerprints]
        await asyncio.wait_for(self._dtls.start(RTCDtlsParameters(fingerprints)), HANDSHAKE_TIMEOUT_S)
        if self._dtls.state != "connected":
            raise ConnectionError("the DTLS handshake failed")

    def use_keys(
        self, address: tuple[str, int], inbound: Session | None = None, outbound: Session | None = None
    ) -> None:
        """Do without ICE and DTLS."""
        self._remote = RemoteTransport(address, "", "", ())
        self._dtls._rx_srtp = inbound  # type: ignore[assignment]  # aiortc's own attribute begins as None too
        self._dtls._tx_srtp = outbound  # type: ignore[assignment]

    def hand_over(self) -> HandedOver:
        """Give the socket away; nothing is read here any more."""
        assert self._remote is not None
        self._stop_reading()
        address, port = self._remote.address
        return HandedOver(
            descriptor=self._socket.fileno(),
            server_ip=ipaddress.IPv4Address(address).packed,
            server_port=port,
            inbound=self._dtls._rx_srtp,
            outbound=self._dtls._tx_srtp,
            check=self._check() if self._remote.username_fragment else b"",
            transport_cc_id=self.transport_cc_id,
            media_payload_types=frozenset(self.media_payload_types),
        )

    def _check(self) -> bytes:
        """An ICE check that nominates; also the consent to go on (RFC 7675)."""
        assert self._remote is not None
        request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        request.attributes["USERNAME"] = f"{self._remote.username_fragment}:{self.username_fragment}"
        request.attributes["PRIORITY"] = 1_853_817_087
        request.attributes["ICE-CONTROLLING"] = secrets.randbits(64)
        request.attributes["USE-CANDIDATE"] = None
        request.add_message_integrity(self._remote.password.encode())
        return bytes(request)

    def send(self, data: bytes) -> None:
        """Send a datagram as it is."""
        assert self._remote is not None
        self._socket.sendto(data, self._remote.address)

    def _readable(self) -> None:
        while True:
            try:
                datagram = self._socket.recv(2048)
            except BlockingIOError:
                return
            if datagram[0] < 4:
                self._receive_stun(datagram)
            elif 20 <= datagram[0] < 64:
                self._datagrams.received.put_nowait(datagram)

    def _receive_stun(self, datagram: bytes) -> None:
        message = stun.parse_message(datagram)
        if message.message_class == stun.Class.RESPONSE:
            self._checked.set()
        elif message.message_class == stun.Class.REQUEST:
            assert self._remote is not None
            answer = stun.Message(stun.Method.BINDING, stun.Class.RESPONSE, message.transaction_id)
            answer.attributes["XOR-MAPPED-ADDRESS"] = self._remote.address
            answer.add_message_integrity(self.password.encode())
            self.send(bytes(answer))

    def _stop_reading(self) -> None:
        if self._is_read:
            self._is_read = False
            asyncio.get_running_loop().remove_reader(self._socket.fileno())

    async def close(self) -> None:
        """Say goodbye and free the port."""
        self._stop_reading()
        self._datagrams.received.put_nowait(None)
        if self._remote is not None and self._remote.username_fragment:
            await self._dtls.stop()
        self._socket.close()


def _bind(host: str) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SOCKET_BUFFER_BYTES)
    bound.setblocking(False)
    bound.bind((host, 0))
    return bound
