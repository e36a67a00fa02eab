"""The web client: its packages as locked, and a build of its present sources."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools.progress import SetupFailed, step
from tools.stamps import digest, is_current, write
from tools.virtual_envs import DEVELOPMENT, ROOT

WEB = ROOT / "web"
MODULES = WEB / "node_modules"
DIST = WEB / "dist"
LOCKED = ("package.json", "package-lock.json", ".npmrc")
MADE = {"node_modules", "dist"}


def ensure() -> None:
    """Install and build what has changed. Raises SetupFailed."""
    stamp, wanted = MODULES / ".stamp", digest(WEB / name for name in LOCKED if (WEB / name).exists())
    if not is_current(stamp, wanted):
        with step("Installing the web client's packages"):
            npm("ci")
        write(stamp, wanted)
    stamp, wanted = MODULES / ".stamp-build", digest(_sources())
    if not (is_current(stamp, wanted) and (DIST / "index.html").is_file()):
        with step("Building the web client"):
            npm("run", "build", "--silent", "--", "--logLevel", "warn")
        write(stamp, wanted)


def npm(*arguments: str) -> None:
    """npm of the virtual environment. Raises SetupFailed."""
    path = f"{DEVELOPMENT.path / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    command = [str(DEVELOPMENT.path / "bin" / "npm"), "--no-fund", "--no-audit", *arguments]
    if subprocess.run(command, cwd=WEB, env={**os.environ, "PATH": path}, check=False).returncode:
        raise SetupFailed(f"npm {' '.join(arguments)} failed in web/: see above")


def _sources() -> Iterator[Path]:
    """All files of the client but those made here; tests are no part of the build."""
    for folder, folders, files in os.walk(WEB):
        folders[:] = [name for name in folders if name not in MADE]
        yield from (Path(folder) / name for name in files if ".test." not in name)
