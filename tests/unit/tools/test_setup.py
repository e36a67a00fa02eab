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
SYSTEMCTL = '#!/bin/sh\necho "systemctl $*" >> "{log}"\n'


class Machine:
    """A PATH of its own with an apt-get that writes down what it was asked for."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._monkeypatch = monkeypatch
        self._log = folder / "log"
        monkeypatch.setenv("PATH", str(folder))
        for variable in ("CHROMIUM", "FIREFOX"):
            monkeypatch.delenv(variable, raising=False)
        monkeypatch.setattr(system_packages, "SYSTEMD", folder / "systemd")
        monkeypatch.setattr("sysconfig.get_path", lambda _name: str(folder))

    def has(self, name: str, text: str = "#!/bin/sh\n") -> None:
        (self._folder / name).write_text(text, encoding="utf-8")
        (self._folder / name).chmod(0o755)

    def has_apt_get(self, status: int = 0) -> None:
        self.has("apt-get", APT_GET.format(log=self._log, status=status))

    def has_systemd(self) -> None:
        (self._folder / "systemd").mkdir()
        self.has("systemctl", SYSTEMCTL.format(log=self._log))

    def user_is(self, uid: int) -> None:
        self._monkeypatch.setattr(os, "geteuid", lambda: uid)

    @property
    def asked(self) -> list[str]:
        return self._log.read_text(encoding="utf-8").splitlines() if self._log.exists() else []


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path, monkeypatch)


ALL = "chromium fonts-liberation firefox-esr pulseaudio coturn gcc libc6-dev python3-dev"


def test_root_on_debian_gets_what_tests_run_in_one_go(machine: Machine) -> None:
    machine.has_apt_get()
    machine.user_is(0)
    system_packages.require_test_programs()
    assert machine.asked == ["noninteractive update -q", f"noninteractive install -y --no-install-recommends {ALL}"]


def test_only_what_is_missing_is_installed(machine: Machine) -> None:
    machine.has_apt_get()
    machine.user_is(0)
    for name in ("google-chrome", "firefox", "pulseaudio", "turnserver", "Python.h"):
        machine.has(name)
    system_packages.require_test_programs()
    assert machine.asked[-1].endswith("--no-install-recommends gcc libc6-dev")


def test_the_relay_that_debian_starts_is_stopped(machine: Machine) -> None:
    machine.has_apt_get()
    machine.has_systemd()
    machine.user_is(0)
    system_packages.require_test_programs()
    assert machine.asked[-1] == "systemctl disable --now coturn"


def test_anyone_else_is_told_the_one_command(machine: Machine) -> None:
    machine.has_apt_get()
    machine.user_is(1000)
    with pytest.raises(SetupFailed, match=f"sudo apt-get install -y --no-install-recommends {ALL}"):
        system_packages.require_test_programs()
    assert machine.asked == []


def test_without_apt_the_user_is_told_what_is_missing(machine: Machine) -> None:
    machine.user_is(0)
    machine.has("chromium")
    with pytest.raises(SetupFailed, match="need Firefox, PulseAudio, coturn, a C compiler, Python's headers"):
        system_packages.require_test_programs()


def test_a_failed_installation_is_told(machine: Machine) -> None:
    machine.has_apt_get(status=100)
    machine.user_is(0)
    with pytest.raises(SetupFailed, match="failed"):
        system_packages.require_test_programs()


def test_nothing_is_asked_of_the_system_when_all_is_there(machine: Machine) -> None:
    for name in ("chromium", "firefox-esr", "pulseaudio", "turnserver", "gcc", "Python.h"):
        machine.has(name)
    machine.has_apt_get(status=100)
    machine.has_systemd()
    machine.user_is(0)
    system_packages.require_test_programs()
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
