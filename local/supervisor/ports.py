"""Every port must be free before anything starts; the answer names the setting that moves it."""

import socket

from local.settings import HOST, Settings


class PortTaken(Exception):
    """Something else listens there."""


def require_free_ports(settings: Settings) -> None:
    """Raises PortTaken with one line per port that is taken."""
    lines = []
    for name, variable in settings.port_variables.items():
        port = getattr(settings, name)
        if not _is_free(port, socket.SOCK_DGRAM if "udp" in name else socket.SOCK_STREAM):
            lines.append(f"Port {port} is taken. Choose another: make run {_argument(variable)}={port + 1000}")
    if lines:
        raise PortTaken("\n".join(lines))


def _argument(variable: str) -> str:
    return variable.removeprefix("VARDRUM_")


def _is_free(port: int, kind: socket.SocketKind) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind is socket.SOCK_STREAM:
            # As the servers do: a port whose last connections are closing is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
