"""DTLS handshake and SRTP keys by aiortc, SRTP itself by libsrtp in place (RFC 5763, RFC 5764, RFC 3711).

The only import of aiortc and pylibsrtp. aiortc is fed DTLS datagrams alone; its own SRTP loop awaits once per packet.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from aiortc.rtcdtlstransport import (
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
)
from pylibsrtp import Session
from pylibsrtp._binding import ffi, lib

HANDSHAKE_TIMEOUT_S = 30.0
MAX_WAITING_DATAGRAMS = 32

# srtp_err_status_t of libsrtp's srtp.h, negated as `unprotect` returns them, and the reason that is counted.
_DROP_REASONS = {-7: "srtp_authentication", -9: "srtp_replayed", -10: "srtp_too_old"}

_unprotect = lib.srtp_unprotect
_unprotect_rtcp = lib.srtp_unprotect_rtcp
_protect = lib.srtp_protect
_protect_rtcp = lib.srtp_protect_rtcp

Pointer = Any  # cdata "char *"


class DtlsFailed(Exception):
    """The handshake ended without keys: wrong fingerprint, no common SRTP profile, timeout or closed."""


def pointer_to(buffer: bytearray) -> Pointer:
    """The buffer's memory for libsrtp. While the pointer lives, the buffer cannot change its length."""
    return ffi.from_buffer("char[]", buffer)


def drop_reason(result: int) -> str:
    """Why `unprotect` refused a packet; `result` is what it returned."""
    return _DROP_REASONS.get(result, "srtp_error")


class SrtpInbound:
    """The keys of what the browser sends. A result below 0 means refused: see `drop_reason`."""

    __slots__ = ("_keep_alive", "_length", "_srtp")

    def __init__(self, session: Session) -> None:
        self._keep_alive = session
        self._srtp = session._srtp[0]
        self._length = ffi.new("int *")

    def unprotect(self, pointer: Pointer, size: int) -> int:
        """Verify and decrypt an SRTP packet in place; the new size in bytes."""
        length = self._length
        length[0] = size
        status: int = _unprotect(self._srtp, pointer, length)
        return -status if status else length[0]

    def unprotect_rtcp(self, pointer: Pointer, size: int) -> int:
        """Verify and decrypt an SRTCP packet in place; the new size in bytes."""
        length = self._length
        length[0] = size
        status: int = _unprotect_rtcp(self._srtp, pointer, length)
        return -status if status else length[0]


class SrtpOutbound:
    """The keys of what is sent to the browser. The buffer needs 148 bytes of room after the packet."""

    __slots__ = ("_keep_alive", "_length", "_srtp")

    def __init__(self, session: Session) -> None:
        self._keep_alive = session
        self._srtp = session._srtp[0]
        self._length = ffi.new("int *")

    def protect(self, pointer: Pointer, size: int) -> int:
        """Encrypt and sign an RTP packet in place; the new size in bytes, below 0 if libsrtp refused it."""
        length = self._length
        length[0] = size
        status: int = _protect(self._srtp, pointer, length)
        return -status if status else length[0]

    def protect_rtcp(self, pointer: Pointer, size: int) -> int:
        """Encrypt and sign an RTCP packet in place; the new size in bytes, below 0 if libsrtp refused it."""
        length = self._length
        length[0] = size
        status: int = _protect_rtcp(self._srtp, pointer, length)
        return -status if status else length[0]


class Certificate:
    """The node's self-signed certificate."""

    def __init__(self) -> None:
        self.rtc = RTCCertificate.generateCertificate()
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

    async def handshake(self, fingerprints: Sequence[tuple[str, str]]) -> tuple[SrtpInbound, SrtpOutbound]:
        """Wait for the browser's handshake. `fingerprints` are (algorithm, value). Raises DtlsFailed."""
        remote = RTCDtlsParameters([RTCDtlsFingerprint(algorithm, value) for algorithm, value in fingerprints])
        try:
            await asyncio.wait_for(self._dtls.start(remote), HANDSHAKE_TIMEOUT_S)
        except TimeoutError:
            raise DtlsFailed("the handshake took too long") from None
        if self._dtls.state != "connected":
            raise DtlsFailed("the handshake failed")
        return SrtpInbound(self._dtls._rx_srtp), SrtpOutbound(self._dtls._tx_srtp)

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
