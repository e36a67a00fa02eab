"""The two virtual environments: .venv for all of ours, .venv-aws for the embedded AWS emulator."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.node_links import link_node
from tools.progress import SetupFailed, step
from tools.stamps import digest, is_current, write

ROOT = Path(__file__).resolve().parent.parent
PIP = "pip==26.2.1"
"""Chalice needs a pip older than 26.3."""


@dataclass(frozen=True)
class VirtualEnv:
    folder: str
    requirements: str
    constraints: str
    title: str

    @property
    def path(self) -> Path:
        return ROOT / self.folder


DEVELOPMENT = VirtualEnv(".venv", "dev.txt", "constraints.txt", "Python packages")
EMULATOR = VirtualEnv(".venv-aws", "aws.txt", "aws-constraints.txt", "the embedded AWS emulator")


def ensure(environment: VirtualEnv) -> None:
    """Make it, or bring it up to date. Raises SetupFailed."""
    files = [ROOT / "requirements" / environment.requirements, ROOT / "requirements" / environment.constraints]
    files += [ROOT / "functions" / "requirements.txt", ROOT / "media_container" / "requirements.txt"]
    stamp, wanted = environment.path / ".stamp", digest(files, PIP, sys.version, str(ROOT))
    if is_current(stamp, wanted):
        return
    with step(f"Installing {environment.title} into {environment.folder}"):
        _create(environment)
        _install(environment)
    write(stamp, wanted)


def _create(environment: VirtualEnv) -> None:
    if not _is_sound(environment.path):
        _run([sys.executable, "-m", "venv", "--clear", str(environment.path)])


def _install(environment: VirtualEnv) -> None:
    pip = [str(environment.path / "bin" / "python"), "-m", "pip", "install", "--quiet", "--progress-bar=off"]
    _run([*pip, PIP])
    lists = ROOT / "requirements"
    _run([*pip, "-r", str(lists / environment.requirements), "-c", str(lists / environment.constraints)])
    if environment is DEVELOPMENT:
        link_node(environment.path)


def _is_sound(folder: Path) -> bool:
    """It runs, and was made where it stands: the scripts in it name their Python by its full path."""
    pip = folder / "bin" / "pip"
    if not pip.is_file() or str(folder) not in pip.read_text(encoding="utf-8"):
        return False
    return (
        subprocess.run([folder / "bin" / "python", "-c", "import pip"], capture_output=True, check=False).returncode
        == 0
    )


def _run(command: list[str]) -> None:
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    if subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode:
        raise SetupFailed("Installing Python packages failed: see above. It needs the network once.")
