"""DTLS handshake and SRTP keys by aiortc, SRTP itself by libsrtp in place (RFC 5763, RFC 5764, RFC 3711).

The only import of aiortc and pylibsrtp. aiortc is fed DTLS datagrams alone; its own SRTP loop awaits once per packet.
"""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from aiortc.rtcdtlstransport import (
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
    SRTPProtectionProfile,
)
from OpenSSL import SSL
from pylibsrtp import Session
from pylibsrtp._binding import ffi, lib

HANDSHAKE_TIMEOUT_S = 30.0
DTLS_1_2 = 0xFEFD
# What aiortc offers besides is CBC (RFC 9325 section 4.2); every browser has AES-128-GCM (RFC 8827 section 6.5).
SUITES = b"ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305"
MAX_WAITING_DATAGRAMS = 32

# srtp_err_status_t of libsrtp's srtp.h, and the reason that is counted.
_DROP_REASONS = {7: "srtp_authentication", 9: "srtp_replayed", 10: "srtp_too_old"}

Pointer = Any  # cdata "char *"
SrtpFunction = Callable[[Any, Pointer, Any], int]


class DtlsFailed(Exception):
    """The handshake ended without keys: wrong fingerprint, no common SRTP profile, timeout or closed."""


def pointer_to(buffer: bytearray) -> Pointer:
    """The buffer's memory for libsrtp. While the pointer lives, the buffer cannot change its length."""
    return ffi.from_buffer("char[]", buffer)


def drop_reason(status: int) -> str:
    """Why libsrtp refused a packet."""
    return _DROP_REASONS.get(status, "srtp_error")


def srtp_function_address(name: str) -> int:
    """Where one of libsrtp's functions is in memory, for those who call it from C."""
    return int(ffi.cast("uintptr_t", ffi.addressof(lib, name)))


class SrtpKeys:
    """The keys of one direction: `rtp(pointer, length)` and `rtcp(pointer, length)` work in place.

    Both are libsrtp's own functions bound to the keys, so that a call costs no Python frame: write the size into
    `length[0]`, call, and read the new size from there. The result is 0, or why the packet was refused (`drop_reason`).
    Encrypting needs 148 bytes of room after the packet.
    """

    __slots__ = ("_session", "length", "rtcp", "rtp")

    def __init__(self, session: Session, rtp: SrtpFunction, rtcp: SrtpFunction) -> None:
        self._session = session
        self.length: Any = ffi.new("int *")
        self.rtp: Callable[[Pointer, Any], int] = partial(rtp, session._srtp[0])
        self.rtcp: Callable[[Pointer, Any], int] = partial(rtcp, session._srtp[0])

    @property
    def session_address(self) -> int:
        """Where libsrtp's session is in memory, as long as these keys are held."""
        return int(ffi.cast("uintptr_t", self._session._srtp[0]))


class _RtcCertificate(RTCCertificate):
    """aiortc's, with fewer ways to shake hands."""

    def _create_ssl_context(self, srtp_profiles: list[SRTPProtectionProfile]) -> SSL.Context:
        context = super()._create_ssl_context(srtp_profiles)
        context.set_min_proto_version(DTLS_1_2)
        context.set_cipher_list(SUITES)
        return context


class Certificate:
    """The node's self-signed certificate: ECDSA on P-256, in this process' memory alone."""

    def __init__(self) -> None:
        self.rtc = _RtcCertificate.generateCertificate()
        # Colon-separated hexadecimal SHA-256 digest.
        self.sha256_fingerprint = next(p.value for p in self.rtc.getFingerprints() if p.algorithm == "sha-256")


class _Datagrams:
    """What aiortc's DTLS transport needs of a transport below it."""

    role = "controlled"

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send_now = send
        self._received: asyncio.Queue[bytes | None] = asyncio.Queue()

    def push(self, data: bytes | None) -> bool:
        if data is not None and self._received.qsize() >= MAX_WAITING_DATAGRAMS:
            return False
        self._received.put_nowait(data)
        return True

    async def _recv(self) -> bytes:
        data = await self._received.get()
        if data is None:
            raise ConnectionError
        return data

    async def _send(self, data: bytes) -> None:
        self._send_now(data)


class DtlsSrtp:
    """The DTLS side of one transport; the browser is the DTLS client."""

    def __init__(self, certificate: Certificate, send: Callable[[bytes], None]) -> None:
        self._datagrams = _Datagrams(send)
        self._dtls = RTCDtlsTransport(self._datagrams, [certificate.rtc])  # type: ignore[arg-type]  # duck-typed
        # The role "auto" would make the side that is not ICE-controlling the DTLS client.
        self._dtls._set_role("server")
        self._closed: Callable[[], None] | None = None

    def receive(self, data: bytes) -> bool:
        """Take in a datagram, also before `handshake`. False if too many wait."""
        return self._datagrams.push(data)

    async def handshake(self, fingerprints: Sequence[tuple[str, str]]) -> tuple[SrtpKeys, SrtpKeys]:
        """Wait for the browser's handshake; the keys of what it sends and of what it is sent.

        `fingerprints` are (algorithm, value). Raises DtlsFailed.
        """
        remote = RTCDtlsParameters([RTCDtlsFingerprint(algorithm, value) for algorithm, value in fingerprints])
        try:
            await asyncio.wait_for(self._dtls.start(remote), HANDSHAKE_TIMEOUT_S)
        except TimeoutError:
            raise DtlsFailed("the handshake took too long") from None
        if self._dtls.state != "connected":
            raise DtlsFailed("the handshake failed")
        return (
            SrtpKeys(self._dtls._rx_srtp, lib.srtp_unprotect, lib.srtp_unprotect_rtcp),
            SrtpKeys(self._dtls._tx_srtp, lib.srtp_protect, lib.srtp_protect_rtcp),
        )

    def on_closed(self, callback: Callable[[], None]) -> None:
        """Call back when the browser ends the DTLS association."""
        self._closed = callback
        self._dtls.on("statechange", self._state_changed)

    async def close(self) -> None:
        """End the association, or a handshake that is under way."""
        self._closed = None
        self._datagrams.push(None)
        await self._dtls.stop()

    def _state_changed(self) -> None:
        if self._dtls.state == "closed" and self._closed is not None:
            self._closed()
