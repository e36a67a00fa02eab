"""What set-up does on a machine that lacks something, and how it knows that nothing is to be done."""

import os
from pathlib import Path

import pytest

from local.settings import ROOT
from tools import system_packages
from tools.lock import PIN
from tools.progress import SetupFailed
from tools.stamps import digest, is_current, write
from tools.virtual_envs import DEVELOPMENT, EMULATOR, VirtualEnv

APT_GET = '#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> "{log}"\nexit {status}\n'


class Machine:
    """A PATH of its own with an apt-get that writes down what it was asked for."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._monkeypatch = monkeypatch
        self._log = folder / "log"
        monkeypatch.setenv("PATH", str(folder))
        monkeypatch.delenv("CHROMIUM", raising=False)

    def has(self, name: str, text: str = "#!/bin/sh\n") -> None:
        (self._folder / name).write_text(text, encoding="utf-8")
        (self._folder / name).chmod(0o755)

    def has_apt_get(self, status: int = 0) -> None:
        self.has("apt-get", APT_GET.format(log=self._log, status=status))

    def user_is(self, uid: int) -> None:
        self._monkeypatch.setattr(os, "geteuid", lambda: uid)

    @property
    def asked(self) -> list[str]:
        return self._log.read_text(encoding="utf-8").splitlines() if self._log.exists() else []


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path, monkeypatch)


def test_root_on_debian_gets_a_browser(machine: Machine) -> None:
    machine.has_apt_get()
    machine.user_is(0)
    system_packages.require_browser()
    assert machine.asked == [
        "noninteractive update -q",
        "noninteractive install -y --no-install-recommends chromium fonts-liberation",
    ]


def test_anyone_else_is_told_the_one_command(machine: Machine) -> None:
    machine.has_apt_get()
    machine.user_is(1000)
    with pytest.raises(SetupFailed, match="sudo apt-get install -y --no-install-recommends chromium"):
        system_packages.require_browser()
    assert machine.asked == []


def test_without_apt_the_user_is_told_what_is_missing(machine: Machine) -> None:
    machine.user_is(0)
    with pytest.raises(SetupFailed, match="need Chromium"):
        system_packages.require_browser()


def test_a_failed_installation_is_told(machine: Machine) -> None:
    machine.has_apt_get(status=100)
    machine.user_is(0)
    with pytest.raises(SetupFailed, match="failed"):
        system_packages.require_browser()


def test_nothing_is_asked_of_the_system_when_all_is_there(machine: Machine) -> None:
    machine.has("chromium")
    machine.has_apt_get(status=100)
    machine.user_is(0)
    system_packages.require_browser()
    system_packages.require_venv()
    assert machine.asked == []


def test_a_missing_venv_module_is_installed(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    machine.has_apt_get()
    machine.user_is(0)
    system_packages.require_venv()
    assert machine.asked[-1].endswith("python3-venv")


def test_a_step_is_done_again_when_what_it_was_made_of_changes(tmp_path: Path) -> None:
    source, stamp = tmp_path / "requirements.txt", tmp_path / "made" / ".stamp"
    source.write_text("a==1", encoding="utf-8")
    assert not is_current(stamp, digest([source]))
    write(stamp, digest([source]))
    assert is_current(stamp, digest([source]))
    assert not is_current(stamp, digest([source], "another Python"))
    source.write_text("a==2", encoding="utf-8")
    assert not is_current(stamp, digest([source]))


@pytest.mark.parametrize("environment", [DEVELOPMENT, EMULATOR])
def test_constraints_hold_exact_versions_and_no_place(environment: VirtualEnv) -> None:
    lists = ROOT / "requirements"
    pins = [line for line in _lines(lists / environment.constraints) if not line.startswith("#")]
    assert all(PIN.fullmatch(pin) for pin in pins)
    names = {pin.partition("==")[0].lower().replace("_", "-") for pin in pins}
    wanted = [line for line in _lines(lists / environment.requirements) if not line.startswith(("#", "-r"))]
    assert {line.partition("==")[0].partition("[")[0].lower() for line in wanted} <= names


def test_the_web_clients_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "web" / "package-lock.json").read_text(encoding="utf-8")


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line]
