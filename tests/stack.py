"""Starts parts of the local stack on free ports and in a folder of their own, for tests."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from local.environment import base_environment, emulator_environment, stack_template
from local.resources import ensure_resources
from local.settings import HOST, ROOT, Settings

START_SECONDS = 20


class DidNotStart(Exception):
    """A process of the stack ended or stayed silent instead of serving."""


def free_settings(data: Path) -> Settings:
    """Settings with ports that were free a moment ago."""
    with ExitStack() as open_sockets:
        udp = open_sockets.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        tcp = [open_sockets.enter_context(socket.socket()) for _ in range(4)]
        for each in (udp, *tcp):
            each.bind((HOST, 0))
        port, sim_port, media_http_port, aws_port = (each.getsockname()[1] for each in tcp)
        media_udp_port = udp.getsockname()[1]
    return Settings(port, sim_port, media_http_port, media_udp_port, aws_port, data)


@contextmanager
def emulator(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """The embedded AWS emulator, with no tables yet; ended by SIGTERM (it saves), unless the test killed it."""
    process = start_emulator(settings)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=10)


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
