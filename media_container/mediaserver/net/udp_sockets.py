"""The sockets of one UDP port: one for each address family, all with the same number."""

import socket
from collections.abc import Sequence

SOCKET_BUFFER_BYTES = 4 * 1024 * 1024
# Tries to find a number that is free in every family.
MAX_TRIES = 16


def family_of(host: str) -> socket.AddressFamily:
    """The family of a numeric address."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def bind_port(hosts: Sequence[str], port: int) -> tuple[socket.socket, ...]:
    """Non-blocking sockets, one for each host; port 0 is any that is free for all. Raises OSError."""
    tries = 1 if port else MAX_TRIES
    while True:
        tries -= 1
        try:
            return _bind_all(hosts, port)
        except OSError:
            if not tries:
                raise


def _bind_all(hosts: Sequence[str], port: int) -> tuple[socket.socket, ...]:
    bound: list[socket.socket] = []
    try:
        for host in hosts:
            bound.append(_open(host))
            bound[-1].bind((host, port))
            port = bound[-1].getsockname()[1]
    except OSError:
        for each in bound:
            each.close()
        raise
    return tuple(bound)


def _open(host: str) -> socket.socket:
    family = family_of(host)
    udp = socket.socket(family, socket.SOCK_DGRAM)
    udp.setblocking(False)
    if family is socket.AF_INET6:
        # IPv4 has a socket of its own, and an address then has one form only.
        udp.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
        udp.setsockopt(socket.SOL_SOCKET, option, SOCKET_BUFFER_BYTES)
    return udp
