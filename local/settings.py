"""Ports and places of the one-machine stack. Everything the processes are told is built from here (local/environment.py)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "infra" / "template.yaml"
WEB_DIST = ROOT / "web" / "dist"
DATA = ROOT / ".local"
DEMO_ORGANISATION = ROOT / "local" / "demo" / "clinicians.json"
HOST = "127.0.0.1"
STAGE = "local"
VAS_CLIENT = "vas"


class InvalidSetting(Exception):
    """A setting has a value that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One running stack. Ports are TCP, except those with `udp`; all listen on 127.0.0.1 alone."""

    port: int = 8000
    sim_port: int = 8001
    media_http_port: int = 8002
    media_udp_port: int = 8003
    aws_port: int = 4566
    data: Path = DATA
    media_nodes: int = 1
    second_media_http_port: int = 8004
    second_media_udp_port: int = 8005

    @property
    def public_url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def aws_url(self) -> str:
        return f"http://{HOST}:{self.aws_port}"

    @property
    def simulators_url(self) -> str:
        """As the other processes reach the simulators."""
        return f"http://{HOST}:{self.sim_port}"

    @property
    def simulators_public_url(self) -> str:
        """As the browser reaches the simulators."""
        return f"http://localhost:{self.sim_port}"

    @property
    def media_url(self) -> str:
        return f"http://{HOST}:{self.media_http_port}"

    @property
    def media(self) -> tuple["MediaAddress", ...]:
        """The media nodes of this stack."""
        nodes = (
            MediaAddress("local-1", self.media_http_port, self.media_udp_port),
            MediaAddress("local-2", self.second_media_http_port, self.second_media_udp_port),
        )
        return nodes[: self.media_nodes]

    @property
    def port_variables(self) -> dict[str, str]:
        """The fields that hold a port in use, each with the variable that moves it."""
        return PORT_VARIABLES | (SECOND_NODE_VARIABLES if self.media_nodes > 1 else {})


@dataclass(frozen=True, slots=True)
class MediaAddress:
    """Where one media node listens."""

    node_id: str
    http_port: int
    udp_port: int

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.http_port}"


PORT_VARIABLES = {
    "port": "VARDRUM_PORT",
    "sim_port": "SIM_PORT",
    "media_http_port": "MEDIA_HTTP_PORT",
    "media_udp_port": "MEDIA_UDP_PORT",
    "aws_port": "AWS_PORT",
}
SECOND_NODE_VARIABLES = {
    "second_media_http_port": "SECOND_MEDIA_HTTP_PORT",
    "second_media_udp_port": "SECOND_MEDIA_UDP_PORT",
}
MOST_MEDIA_NODES = 2


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The stack that the environment asks for.

    Raises InvalidSetting when a port is no port, two are the same, or there are to be more media nodes than can be.
    """
    variables = PORT_VARIABLES | SECOND_NODE_VARIABLES
    ports = {name: _port(environ, variable) for name, variable in variables.items() if variable in environ}
    data = Path(environ["LOCAL_DATA"]).resolve() if "LOCAL_DATA" in environ else DATA
    settings = Settings(**ports, data=data, media_nodes=_media_nodes(environ.get("MEDIA_NODES", "1")))
    _refuse_equal_ports(settings)
    return settings


def _media_nodes(text: str) -> int:
    if text not in {"1", "2"}:
        raise InvalidSetting(f"MEDIA_NODES={text!r} is not 1 or {MOST_MEDIA_NODES}")
    return int(text)


def _port(environ: Mapping[str, str], variable: str) -> int:
    text = environ[variable]
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise InvalidSetting(f"{variable}={text!r} is not a port (1-65535)")
    return int(text)


def _refuse_equal_ports(settings: Settings) -> None:
    taken: dict[int, str] = {}
    for name, variable in settings.port_variables.items():
        port = getattr(settings, name)
        if port in taken:
            raise InvalidSetting(f"{variable} and {taken[port]} are both {port}")
        taken[port] = variable
