"""The processes of the stack: what each runs, with which environment, and how one sees that it serves."""

import sys
from dataclasses import dataclass
from pathlib import Path

from local.environment import (
    app_environment,
    base_environment,
    emulator_environment,
    media_environment,
    port_environment,
)
from local.settings import HOST, ROOT, Settings


@dataclass(frozen=True, slots=True)
class Service:
    """`health`: a URL that answers below 500, or a file that the process makes when it is ready."""

    name: str
    title: str
    command: tuple[str, ...]
    environment: dict[str, str]
    health: str | Path


def emulator(settings: Settings) -> Service:
    """The database and the queues; everything else needs it."""
    python = ROOT / ".venv-aws" / "bin" / "python"
    environment = base_environment() | emulator_environment(settings)
    health = f"{settings.aws_url}/_ministack/health"
    return Service("aws", "database and queues", (str(python), "-m", "local.emulator"), environment, health)


def others(settings: Settings) -> list[Service]:
    """All that starts once the database is up."""
    base, ports = base_environment(), port_environment(settings)
    app = base | ports | app_environment(settings)
    worker = settings.data / "run" / "worker.ready"
    return [
        Service(
            "simulators", "BankID, IdP, register, phone", _module("local.simulators"), app, settings.simulators_url
        ),
        *(_media(settings, number) for number in range(settings.media_nodes)),
        Service("gateway", "web and API", _module("local.gateway"), app, f"http://{HOST}:{settings.port}/api/docs"),
        Service("worker", "events and sending", _module("local.worker"), app, worker),
    ]


def _media(settings: Settings, number: int) -> Service:
    node = settings.media[number]
    name, title = ("media", "media server") if number == 0 else ("media-2", "second media server")
    environment = base_environment() | media_environment(settings, node)
    return Service(name, title, _module("mediaserver"), environment, f"{node.url}/healthz")


def preparation(settings: Settings) -> Service:
    """Tables, queues and demo data: runs to its end whenever the database has started."""
    app = base_environment() | port_environment(settings) | app_environment(settings)
    environment = app | {"PYTHONPATH": str(ROOT / "functions")}
    return Service("prepare", "tables and demo data", _module("local.prepare"), environment, "")


def _module(name: str) -> tuple[str, ...]:
    return (sys.executable, "-m", name)
