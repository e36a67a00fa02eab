"""What set-up does about the compiled packet path on machines that have a compiler and on those that have none."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tools import hot_path
from tools.virtual_envs import VirtualEnv


class Builds:
    """Writes down what would be run, with this outcome."""

    def __init__(self, status: int = 0) -> None:
        self.commands: list[list[str]] = []
        self._status = status

    def run(self, command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        self.commands.append(command)
        return subprocess.CompletedProcess(command, self._status)


def environment(folder: Path) -> VirtualEnv:
    return VirtualEnv(str(folder), "dev.txt", "constraints.txt", "Python packages")


@pytest.fixture
def compiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gcc").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "gcc").chmod(0o755)
    (tmp_path / "Python.h").touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sysconfig.get_path", lambda _name: str(tmp_path))


def test_without_a_compiler_it_says_what_follows_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    builds = Builds()
    monkeypatch.setattr(subprocess, "run", builds.run)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CC", raising=False)
    hot_path.ensure(environment(tmp_path))
    assert not builds.commands
    assert "no C compiler (gcc) here: the media server forwards packets in Python" in capsys.readouterr().out


@pytest.mark.usefixtures("compiler")
def test_it_is_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builds = Builds()
    monkeypatch.setattr(subprocess, "run", builds.run)
    for _ in range(2):
        hot_path.ensure(environment(tmp_path))
    assert [command[-1] for command in builds.commands] == [str(hot_path.SOURCE)]


@pytest.mark.usefixtures("compiler")
def test_a_build_that_fails_is_tried_again_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    builds = Builds(status=1)
    monkeypatch.setattr(subprocess, "run", builds.run)
    for _ in range(2):
        hot_path.ensure(environment(tmp_path))
    assert len(builds.commands) == 2
    assert "could not be built" in capsys.readouterr().out
