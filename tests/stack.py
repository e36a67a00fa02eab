"""Starts parts of the local stack on free ports and in a folder of their own, for tests."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from local.environment import base_environment, emulator_environment, port_environment, stack_template
from local.resources import ensure_resources
from local.settings import HOST, ROOT, Settings
from tests.free_ports import free_ports

# A machine that does other things too takes several times what it takes by itself.
START_SECONDS = 60
STOP_SECONDS = 30


class DidNotStart(Exception):
    """A process of the stack ended or stayed silent instead of serving."""


def free_settings(data: Path, media_nodes: int = 1) -> Settings:
    """Settings with ports that were free a moment ago."""
    tcp, udp = socket.SOCK_STREAM, socket.SOCK_DGRAM
    port, sim_port, media_http_port, aws_port, second_http, media_udp_port, second_udp_port = free_ports(
        *[tcp] * 5, *[udp] * 2
    )
    first = (port, sim_port, media_http_port, media_udp_port, aws_port, data)
    return Settings(*first, media_nodes, second_http, second_udp_port)


@contextmanager
def emulator(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """The embedded AWS emulator, with no tables yet; ended by SIGTERM (it saves), unless the test killed it."""
    process = start_emulator(settings)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=STOP_SECONDS)


def start_emulator(settings: Settings) -> subprocess.Popen[bytes]:
    """Start it and wait until it listens. Raises DidNotStart."""
    process = subprocess.Popen(
        [ROOT / ".venv-aws" / "bin" / "python", "-m", "local.emulator"],
        cwd=ROOT,
        env=base_environment() | emulator_environment(settings),
    )
    wait_for_port(settings.aws_port, process)
    return process


@contextmanager
def aws_with_tables(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """The emulator with every table and queue of infra/template.yaml."""
    with emulator(settings) as process:
        ensure_resources(stack_template(settings))
        yield process


@dataclass(frozen=True, slots=True)
class RunningStack:
    """`process` is the supervisor; `lines` what it has said until the addresses were on screen."""

    settings: Settings
    process: subprocess.Popen[str]
    lines: tuple[str, ...]


@contextmanager
def stack(data: Path, settings: Settings | None = None, **extra: str) -> Iterator[RunningStack]:
    """Everything that `make run` starts, on free ports; ended as by Ctrl-C. Raises DidNotStart."""
    settings = settings or free_settings(data)
    process = start_supervisor(settings, **extra)
    try:
        yield RunningStack(settings, process, tuple(_lines_until_up(process)))
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=STOP_SECONDS)


def start_supervisor(settings: Settings, **extra: str) -> subprocess.Popen[str]:
    """`python -m local` with these ports and this data folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "local"],
        cwd=ROOT,
        env=stack_environment(settings) | extra,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def stack_environment(settings: Settings) -> dict[str, str]:
    """What `python -m local` reads to become this stack."""
    return base_environment() | port_environment(settings)


def _lines_until_up(process: subprocess.Popen[str]) -> Iterator[str]:
    said = []
    for line in process.stdout or ():
        said.append(line.rstrip())
        yield said[-1]
        if "Ctrl-C ends everything" in line:
            return
    raise DidNotStart("\n".join(said))


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until something listens on the port. Raises DidNotStart."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    process.kill()
    raise DidNotStart(f"nothing listens on port {port}")
