"""The least that forwarding costs: a bare loop in C that receives, decrypts, encrypts for each receiver and sends.

A process of its own, with keys that everyone knows. It prints its two ports; a datagram of JSON to the second one tells
it who publishes and who receives: `{"reset": true, "routes": [[publisher's port, [receivers' ports]], ...]}`.
"""

import ctypes
import json
import socket

from pylibsrtp import Policy, Session

from tests.bench.media_load.compiled import library, session_address, srtp_calls
from tests.bench.media_load.endpoint import LOOPBACK

PUBLISHER_KEY = bytes(range(44))
RECEIVER_KEY = bytes(range(100, 144))
MAX_SINKS = 32
_PORTS = 65536
_BUFFER_BYTES = 4 * 1024 * 1024
_MAX_ORDER_BYTES = 65536


class _Address(ctypes.Structure):
    """`struct sockaddr_in`."""

    _fields_ = [
        ("family", ctypes.c_uint16),
        ("port", ctypes.c_uint8 * 2),
        ("ip", ctypes.c_uint8 * 4),
        ("zero", ctypes.c_uint8 * 8),
    ]


class _Route(ctypes.Structure):
    _fields_ = [
        ("inbound", ctypes.c_void_p),
        ("sinks", ctypes.c_int),
        ("addresses", _Address * MAX_SINKS),
        ("outbound", ctypes.c_void_p * MAX_SINKS),
    ]


def session(key: bytes, inbound: bool) -> Session:
    """An SRTP session with the profile that all servers use."""
    policy = Policy(
        key=key,
        ssrc_type=Policy.SSRC_ANY_INBOUND if inbound else Policy.SSRC_ANY_OUTBOUND,
        srtp_profile=Policy.SRTP_PROFILE_AEAD_AES_256_GCM,
    )
    return Session(policy)


class Floor:
    """The bare loop. Everyone who receives has one session, whoever publishes."""

    def __init__(self) -> None:
        self._media = _bind(_BUFFER_BYTES)
        self._control = _bind()
        self._library = library()
        self._forget()

    @property
    def ports(self) -> tuple[int, int]:
        """Of media and of orders."""
        return self._media.getsockname()[1], self._control.getsockname()[1]

    def _forget(self) -> None:
        self._routes = (ctypes.POINTER(_Route) * _PORTS)()
        self._inbound: list[Session] = []
        self._outbound: dict[int, Session] = {}

    def _add(self, publisher: int, receivers: list[int]) -> None:
        inbound = session(PUBLISHER_KEY, inbound=True)
        self._inbound.append(inbound)
        route = _Route(inbound=session_address(inbound), sinks=len(receivers))
        for place, port in enumerate(receivers):
            if port not in self._outbound:
                self._outbound[port] = session(RECEIVER_KEY, inbound=False)
            route.outbound[place] = session_address(self._outbound[port])
            route.addresses[place].family = socket.AF_INET
            route.addresses[place].port[:] = port.to_bytes(2)
            route.addresses[place].ip[:] = socket.inet_aton(LOOPBACK)
        self._routes[publisher] = ctypes.pointer(route)

    def run(self) -> None:
        """Forward until the process is ended."""
        calls = srtp_calls()
        while True:
            self._library.floor_run(ctypes.byref(calls), self._media.fileno(), self._control.fileno(), self._routes)
            order = json.loads(self._control.recv(_MAX_ORDER_BYTES))
            if order["reset"]:
                self._forget()
            for publisher, receivers in order["routes"]:
                self._add(publisher, receivers)


def _bind(receive_buffer_bytes: int | None = None) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    if receive_buffer_bytes is not None:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer_bytes)
    bound.bind((LOOPBACK, 0))
    return bound


def main() -> None:
    """Print the ports and forward."""
    floor = Floor()
    print(*floor.ports, flush=True)
    floor.run()


if __name__ == "__main__":
    main()
