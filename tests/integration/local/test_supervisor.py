"""`make run`'s supervisor as a process: up, kept up through kills, and gone without a trace."""

import os
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import httpx
import pytest

from local.environment import resource_variables
from local.resources import client
from local.settings import HOST, ROOT, Settings
from tests.integration.local.conftest import eventually
from tests.stack import free_settings, stack, stack_environment, start_supervisor

# By itself a machine stops in two seconds and starts in four; it may do other things too.
STOP_SECONDS = 15.0
SECOND_START_SECONDS = 30.0
SAID_SECONDS = 60.0
SERVED = ("local.emulator", "local.simulators", "mediaserver", "local.gateway", "local.worker")


def processes_of(settings: Settings) -> dict[str, int]:
    """Process id by module, of those started with this stack's emulator in their command or environment."""
    mark = str(settings.aws_port).encode()
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                module = (folder / "cmdline").read_bytes().split(b"\0")[2:3]
                environment = (folder / "environ").read_bytes()
            except OSError:
                continue
            if module and module[0].decode() in SERVED and mark in environment:
                found[module[0].decode()] = int(folder.name)
    return found


def replaced(settings: Settings, module: str, before: int) -> bool:
    return processes_of(settings).get(module, before) != before


def answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code < 500
    except httpx.TransportError:
        return False


def test_the_addresses_answer_and_a_stop_leaves_no_process(tmp_path: Path) -> None:
    with stack(tmp_path) as running:
        settings = running.settings
        assert any(f"{settings.public_url}/api/docs" in line for line in running.lines)
        assert answers(f"{settings.public_url}/api/docs")
        assert answers(f"{settings.simulators_public_url}/phone/")
        assert sorted(processes_of(settings)) == sorted(SERVED)
        started = time.monotonic()
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(timeout=STOP_SECONDS) == 0
        assert time.monotonic() - started < STOP_SECONDS
        eventually(lambda: processes_of(settings) == {})


def test_data_survives_a_stop_and_reset_starts_afresh(tmp_path: Path) -> None:
    with stack(tmp_path) as running:
        settings = running.settings
        table = resource_variables(settings)["LIMITS_TABLE"]
        client("dynamodb", settings.aws_url).put_item(TableName=table, Item={"pk": {"S": "kept"}})
        key = (tmp_path / "keys" / "join_private.pem").read_bytes()
    started = time.monotonic()
    with stack(tmp_path, settings):
        assert time.monotonic() - started < SECOND_START_SECONDS
        assert client("dynamodb", settings.aws_url).scan(TableName=table)["Count"] == 1
        assert (tmp_path / "keys" / "join_private.pem").read_bytes() == key
    (tmp_path / "mine.txt").write_text("not the stack's", encoding="utf-8")
    with stack(tmp_path, settings, RESET="1"):
        assert client("dynamodb", settings.aws_url).scan(TableName=table)["Count"] == 0
        assert (tmp_path / "keys" / "join_private.pem").read_bytes() != key
    assert (tmp_path / "mine.txt").exists()


def test_every_killed_process_comes_back(tmp_path: Path) -> None:
    with stack(tmp_path) as running:
        settings = running.settings
        for module in SERVED:
            before = processes_of(settings)[module]
            os.kill(before, signal.SIGKILL)
            eventually(partial(replaced, settings, module, before))
        eventually(lambda: answers(f"{settings.public_url}/api/docs"))
        eventually(lambda: answers(f"{settings.media_url}/healthz"))
        eventually(lambda: answers(f"{settings.simulators_public_url}/phone/"))
        table = resource_variables(settings)["ORGANISATIONS_TABLE"]
        assert client("dynamodb", settings.aws_url).scan(TableName=table)["Count"] > 0


def test_nothing_outlives_a_killed_make(tmp_path: Path) -> None:
    settings = free_settings(tmp_path)
    command = f"{sys.executable} -m local; true"
    shell = subprocess.Popen(["sh", "-c", command], cwd=ROOT, env=stack_environment(settings), stdout=subprocess.PIPE)
    try:
        eventually(lambda: sorted(processes_of(settings)) == sorted(SERVED))
    finally:
        shell.kill()
        shell.communicate()
    eventually(lambda: processes_of(settings) == {})


def test_a_killed_supervisor_takes_everything_with_it(tmp_path: Path) -> None:
    with stack(tmp_path) as running:
        running.process.kill()
        running.process.wait()
        eventually(lambda: processes_of(running.settings) == {})


@pytest.mark.parametrize(
    ("field", "setting", "kind"),
    [
        ("port", "PORT", socket.SOCK_STREAM),
        ("aws_port", "AWS_PORT", socket.SOCK_STREAM),
        ("media_udp_port", "MEDIA_UDP_PORT", socket.SOCK_DGRAM),
    ],
)
def test_a_taken_port_is_named_with_its_setting(
    tmp_path: Path, field: str, setting: str, kind: socket.SocketKind
) -> None:
    settings = free_settings(tmp_path)
    port = getattr(settings, field)
    with socket.socket(socket.AF_INET, kind) as other:
        other.bind((HOST, port))
        if kind is socket.SOCK_STREAM:
            other.listen()
        said, _ = start_supervisor(settings).communicate(timeout=SAID_SECONDS)
    assert f"Port {port} is taken" in said
    assert f"make run {setting}=" in said
    assert not (tmp_path / "aws").exists()


def test_two_stacks_do_not_share_data(tmp_path: Path) -> None:
    with stack(tmp_path):
        second = start_supervisor(free_settings(tmp_path))
        said, _ = second.communicate(timeout=SAID_SECONDS)
    assert second.returncode == 1
    assert "already runs on the data" in said


@pytest.mark.parametrize(("name", "value"), [("VARDRUM_PORT", "http"), ("SIM_PORT", "70000"), ("AWS_PORT", "8000")])
def test_a_setting_that_is_no_usable_port_is_named(tmp_path: Path, name: str, value: str) -> None:
    process = start_supervisor(Settings(data=tmp_path), **{name: value})
    said, _ = process.communicate(timeout=SAID_SECONDS)
    assert process.returncode == 1
    assert name in said
