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


class InvalidSetting(Exception):
    """A setting has a value that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One running stack. Ports are TCP, except `media_udp_port`; all listen on 127.0.0.1 alone."""

    port: int = 8000
    sim_port: int = 8001
    media_http_port: int = 8002
    media_udp_port: int = 8003
    aws_port: int = 4566
    data: Path = DATA

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


PORT_VARIABLES = {
    "port": "VARDRUM_PORT",
    "sim_port": "SIM_PORT",
    "media_http_port": "MEDIA_HTTP_PORT",
    "media_udp_port": "MEDIA_UDP_PORT",
    "aws_port": "AWS_PORT",
}


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The stack that the environment asks for.

    Raises InvalidSetting when a port is no port, or two are the same.
    """
    ports = {name: _port(environ, variable) for name, variable in PORT_VARIABLES.items() if variable in environ}
    data = Path(environ["LOCAL_DATA"]).resolve() if "LOCAL_DATA" in environ else DATA
    settings = Settings(**ports, data=data)
    _refuse_equal_ports(settings)
    return settings


def _port(environ: Mapping[str, str], variable: str) -> int:
    text = environ[variable]
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise InvalidSetting(f"{variable}={text!r} is not a port (1-65535)")
    return int(text)


def _refuse_equal_ports(settings: Settings) -> None:
    taken: dict[int, str] = {}
    for name, variable in PORT_VARIABLES.items():
        port = getattr(settings, name)
        if port in taken:
            raise InvalidSetting(f"{variable} and {taken[port]} are both {port}")
        taken[port] = variable
