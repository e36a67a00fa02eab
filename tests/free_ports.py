"""Ports for what a test starts.

They lie below the range that the kernel takes the near ends of connections from (Linux `ip_local_port_range` begins at
32768): a port from bind(0) is of that range, and by the time its process starts it may be some connection's.
"""

import random
import socket
from collections.abc import Collection
from contextlib import ExitStack

HOST = "127.0.0.1"
FIRST, LAST = 20_000, 31_999
ATTEMPTS = 200


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """A port that nobody has at this moment. Raises OSError when none is found."""
    return free_ports(kind)[0]


def free_ports(*kinds: socket.SocketKind) -> list[int]:
    """As many, all of them different, also those of TCP from those of UDP."""
    ports: list[int] = []
    with ExitStack() as held:
        for kind in kinds:
            ports.append(_bound(held.enter_context(socket.socket(socket.AF_INET, kind)), ports))
    return ports


def _bound(probe: socket.socket, taken: Collection[int]) -> int:
    for _ in range(ATTEMPTS):
        port = random.randint(FIRST, LAST)  # noqa: S311 - no secret
        if port in taken:
            continue
        try:
            probe.bind((HOST, port))
        except OSError:
            continue
        return port
    raise OSError("no free port was found")
