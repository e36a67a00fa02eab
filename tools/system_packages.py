"""What Python packages cannot bring: Python's own venv (Debian splits it off), and the programs that tests run."""

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tools.progress import SetupFailed, step

SYSTEMD = Path("/run/systemd/system")


class Need(NamedTuple):
    """Something on the machine, whether it is there, and the Debian packages that bring it."""

    name: str
    is_there: Callable[[], bool]
    packages: tuple[str, ...]


def _runs(*programs: str, variable: str = "") -> Callable[[], bool]:
    """One of these stands on the PATH, or the environment names another."""
    return lambda: bool(os.environ.get(variable)) or any(shutil.which(name) for name in programs)


def _has_python_headers() -> bool:
    return (Path(sysconfig.get_path("include")) / "Python.h").exists()


# Browsers see and hear one another, coturn relays, and the compiled hot path and the load generator are built.
TESTS_NEED = (
    Need("Chromium", _runs("chromium", "google-chrome", variable="CHROMIUM"), ("chromium", "fonts-liberation")),
    Need("Firefox", _runs("firefox-esr", "firefox", variable="FIREFOX"), ("firefox-esr",)),
    Need("PulseAudio", _runs("pulseaudio"), ("pulseaudio",)),
    Need("coturn", _runs("turnserver"), ("coturn",)),
    Need("a C compiler", _runs("gcc"), ("gcc", "libc6-dev")),
    Need("Python's headers", _has_python_headers, ("python3-dev",)),
)


def require_venv() -> None:
    """`python3 -m venv` works. Raises SetupFailed."""
    if importlib.util.find_spec("ensurepip") is None:
        _install(["python3-venv"], "Python's venv module is missing")


def require_test_programs() -> None:
    """All that tests run stands on the machine; CHROMIUM and FIREFOX name other ones. Raises SetupFailed."""
    missing = [need for need in TESTS_NEED if not need.is_there()]
    if not missing:
        return
    packages = [package for need in missing for package in need.packages]
    _install(packages, f"The tests need {', '.join(need.name for need in missing)}")
    if "coturn" in packages:
        _keep_coturn_quiet()


def _keep_coturn_quiet() -> None:
    """Debian starts a relay for everyone when coturn is installed; tests start their own."""
    if SYSTEMD.is_dir():
        subprocess.run(["systemctl", "disable", "--now", "coturn"], stdout=sys.stderr, check=False)


def _install(packages: list[str], reason: str) -> None:
    """By apt-get as root on Debian. Raises SetupFailed with the one command to run otherwise."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise SetupFailed(f"{reason}. Install it with your system's package manager, then try again.")
    if os.geteuid() != 0:
        raise SetupFailed(f"{reason}. Run this, then try again:\n\n    sudo {' '.join(command)}\n")
    with step(f"Installing {', '.join(packages)} ({reason[0].lower()}{reason[1:]})"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for each in (["apt-get", "update", "-q"], command):
            if subprocess.run(each, env=environment, stdout=sys.stderr, check=False).returncode:
                raise SetupFailed(f"{' '.join(each)} failed: see above")
