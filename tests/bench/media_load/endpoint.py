"""A browser's side of one WebRTC transport, as lean as a load generator needs: one UDP socket, ICE, DTLS, SRTP.

It nominates the server's one candidate, is the DTLS client, and afterwards protects once per packet and counts what
comes. One received packet in 64 is decrypted and compared, so that the count is of packets that a browser could use.
"""

import asyncio
import secrets
import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from aioice import stun
from aiortc.rtcdtlstransport import (
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
)
from pylibsrtp import Error as SrtpError
from pylibsrtp import Session

from tests.bench.media_load.video_source import MAGIC

LOOPBACK = "127.0.0.1"
SAMPLE_EVERY = 64
CHECK_TIMEOUT_S = 0.2
CHECK_ATTEMPTS = 25
_SOCKET_BUFFER_BYTES = 4 * 1024 * 1024
_TRANSPORT_CC = (205, 15)


@dataclass(frozen=True)
class RemoteTransport:
    """What the server said of its side; fingerprints are (algorithm, value)."""

    address: tuple[str, int]
    username_fragment: str
    password: str
    fingerprints: Sequence[tuple[str, str]]


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
    """One transport of one client."""

    def __init__(self, certificate: RTCCertificate, host: str = LOOPBACK) -> None:
        self.host = host
        self.username_fragment = secrets.token_hex(4)
        self.password = secrets.token_hex(12)
        self.rtp_received = 0
        self.samples_good = 0
        self.samples_bad = 0
        self.transport_feedback_received = 0
        self.rtcp_received = 0
        self._certificate = certificate
        self._socket = _bind(host)
        self._remote: RemoteTransport | None = None
        self._datagrams = _DtlsDatagrams(self)
        self._dtls = RTCDtlsTransport(self._datagrams, [certificate])  # type: ignore[arg-type]  # duck-typed
        self._dtls._set_role("client")
        # One profile for every server, the one that Chrome and the servers agree on.
        self._dtls._srtp_profiles = [p for p in self._dtls._srtp_profiles if b"AES_256_GCM" in p.openssl_profile]
        self._buffer = bytearray(2048)
        self._checked = asyncio.Event()
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
            self.send_check()
            try:
                await asyncio.wait_for(self._checked.wait(), CHECK_TIMEOUT_S)
                break
            except TimeoutError:
                continue
        else:
            raise ConnectionError("no answer to ICE checks")
        fingerprints = [RTCDtlsFingerprint(algorithm, value) for algorithm, value in remote.fingerprints]
        await asyncio.wait_for(self._dtls.start(RTCDtlsParameters(fingerprints)), 20)
        if self._dtls.state != "connected":
            raise ConnectionError("the DTLS handshake failed")

    def use_keys(
        self, address: tuple[str, int], inbound: Session | None = None, outbound: Session | None = None
    ) -> None:
        """Do without ICE and DTLS. What is sent in a direction without a key is left out."""
        self._remote = RemoteTransport(address, "", "", ())
        self._dtls._rx_srtp = inbound  # type: ignore[assignment]  # aiortc's own attribute begins as None too
        self._dtls._tx_srtp = outbound  # type: ignore[assignment]

    def send_check(self) -> None:
        """Send an ICE check that nominates; also the consent to go on (RFC 7675)."""
        assert self._remote is not None
        if not self._remote.username_fragment:
            return
        request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        request.attributes["USERNAME"] = f"{self._remote.username_fragment}:{self.username_fragment}"
        request.attributes["PRIORITY"] = 1_853_817_087
        request.attributes["ICE-CONTROLLING"] = secrets.randbits(64)
        request.attributes["USE-CANDIDATE"] = None
        request.add_message_integrity(self._remote.password.encode())
        self.send(bytes(request))

    def send(self, data: bytes) -> None:
        """Send a datagram as it is."""
        assert self._remote is not None
        self._socket.sendto(data, self._remote.address)

    def send_rtp(self, packet: bytes) -> None:
        """Protect and send."""
        assert self._remote is not None
        self._socket.sendto(self._dtls._tx_srtp.protect(packet), self._remote.address)

    def send_rtcp(self, packet: bytes) -> None:
        """Protect and send."""
        if self._dtls._tx_srtp is not None:
            self.send(self._dtls._tx_srtp.protect_rtcp(packet))

    def _readable(self) -> None:
        receive, buffer = self._socket.recv_into, self._buffer
        try:
            while True:
                size = receive(buffer)
                if 128 <= buffer[0] < 192 and not 192 <= buffer[1] <= 223:
                    self.rtp_received += 1
                    if self.rtp_received % SAMPLE_EVERY == 1:
                        self._compare(bytes(buffer[:size]))
                else:
                    self._receive_other(bytes(buffer[:size]))
        except BlockingIOError:
            return

    def _compare(self, datagram: bytes) -> None:
        try:
            good = self._dtls._rx_srtp.unprotect(datagram).endswith(MAGIC)
        except SrtpError:
            good = False
        self.samples_good += good
        self.samples_bad += not good

    def _receive_other(self, datagram: bytes) -> None:
        if datagram[0] < 4:
            self._receive_stun(datagram)
        elif 20 <= datagram[0] < 64:
            self._datagrams.received.put_nowait(datagram)
        else:
            self._receive_rtcp(datagram)

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

    def _receive_rtcp(self, datagram: bytes) -> None:
        self.rtcp_received += 1
        try:
            compound = self._dtls._rx_srtp.unprotect_rtcp(datagram)
        except SrtpError:
            return
        offset = 0
        while offset + 4 <= len(compound):
            flags, kind, words = struct.unpack_from("!BBH", compound, offset)
            self.transport_feedback_received += (kind, flags & 0x1F) == _TRANSPORT_CC
            offset += 4 + 4 * words

    async def close(self) -> None:
        """Say goodbye and free the port."""
        self._datagrams.received.put_nowait(None)
        if self._remote is not None:
            await self._dtls.stop()
        asyncio.get_running_loop().remove_reader(self._socket.fileno())
        self._socket.close()


def _bind(host: str) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SOCKET_BUFFER_BYTES)
    bound.setblocking(False)
    bound.bind((host, 0))
    return bound
