"""A client's way to the media node through a TURN relay, by aioice's client (RFC 8656)."""

import asyncio
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Self

from aioice import stun
from aioice.turn import TurnTransport, create_turn_endpoint

DELETE_TIMEOUT_S = 2.0
ALLOCATION_MISMATCH = 437


class RelayAccess(NamedTuple):
    """Where a relay is and how to get in; `ca_file` is for TLS over TCP."""

    host: str
    port: int
    username: str
    credential: str
    by: str = "udp"
    ca_file: Path | None = None


class _Received(asyncio.DatagramProtocol):
    def __init__(self, receive: Callable[[bytes], None], refused: Callable[[Exception], None]) -> None:
        self._receive = receive
        self._refused = refused
        self.lost = asyncio.Event()

    def datagram_received(self, data: bytes, addr: object) -> None:
        self._receive(data)

    def error_received(self, exc: Exception) -> None:
        self._refused(exc)

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost.set()


class Relay:
    """An allocation of one client."""

    def __init__(self, transport: TurnTransport, received: _Received) -> None:
        self._transport = transport
        self._received = received

    @classmethod
    async def allocate(
        cls,
        access: RelayAccess,
        receive: Callable[[bytes], None],
        refused: Callable[[Exception], None] = lambda _error: None,
    ) -> Self:
        """Ask for an address, once more from another port if this one is still taken at the relay (RFC 8656 7.4, 437).

        `refused` is told why something that was sent did not go out. Raises aioice.stun.TransactionFailed if the relay
        refuses.
        """
        try:
            return await cls._allocate(access, receive, refused)
        except stun.TransactionFailed as error:
            if error.response.error_code != ALLOCATION_MISMATCH:
                raise
        return await cls._allocate(access, receive, refused)

    @classmethod
    async def _allocate(
        cls, access: RelayAccess, receive: Callable[[bytes], None], refused: Callable[[Exception], None]
    ) -> Self:
        context = None if access.ca_file is None else ssl.create_default_context(cafile=str(access.ca_file))
        transport, received = await create_turn_endpoint(
            lambda: _Received(receive, refused),
            (access.host, access.port),
            username=access.username,
            password=access.credential,
            ssl=context,
            transport=access.by,
        )
        return cls(transport, received)

    @property
    def address(self) -> tuple[str, int]:
        """Where the relay sends from."""
        host, port = self._transport.get_extra_info("sockname")
        return host, port

    def send(self, data: bytes, peer: tuple[str, int]) -> None:
        """Send a datagram by the relay."""
        self._transport.sendto(data, peer)

    async def close(self) -> None:
        """Give the address back."""
        self._transport.close()
        await asyncio.wait_for(self._received.lost.wait(), DELETE_TIMEOUT_S)
