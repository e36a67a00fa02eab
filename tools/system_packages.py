"""The two things that Python packages cannot bring: Python's own venv (Debian splits it off), and a browser for tests."""

import importlib.util
import os
import shutil
import subprocess
import sys

from tools.progress import SetupFailed, step

BROWSERS = ("chromium", "google-chrome")


def require_venv() -> None:
    """`python3 -m venv` works. Raises SetupFailed."""
    if importlib.util.find_spec("ensurepip") is None:
        _install(["python3-venv"], "Python's venv module is missing")


def require_browser() -> None:
    """A Chromium stands on the PATH, or CHROMIUM names one. Raises SetupFailed."""
    if os.environ.get("CHROMIUM") or any(shutil.which(name) for name in BROWSERS):
        return
    _install(["chromium", "fonts-liberation"], "The browser tests need Chromium")


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
