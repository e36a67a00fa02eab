"""The media server's compiled packet path: built where a C compiler is, done without elsewhere."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from tools.progress import step
from tools.stamps import digest, is_current, write
from tools.virtual_envs import DEVELOPMENT, ROOT, VirtualEnv

SOURCE = ROOT / "media_container" / "native"
WITHOUT = "the media server forwards packets in Python, at about twice the cost"


def ensure(environment: VirtualEnv = DEVELOPMENT) -> None:
    """Build and install it if that is possible and was not done. It never fails: the server runs without."""
    stamp, wanted = environment.path / ".hot-path-stamp", digest(_sources(), sys.version)
    if is_current(stamp, wanted):
        return
    lacking = _lacking()
    if lacking:
        print(f"[setup] There is {lacking} here: {WITHOUT}. Nothing else is missing.", flush=True)
        return
    with step("Building the media server's compiled packet path"):
        built = _install(environment)
    if built:
        write(stamp, wanted)
    else:
        print(f"[setup] The compiled packet path could not be built, see above: {WITHOUT}.", flush=True)


def _sources() -> list[Path]:
    return [*SOURCE.glob("*.py"), *SOURCE.glob("*.toml"), *(SOURCE / "src").iterdir()]


def _lacking() -> str:
    """What building needs and the machine has not."""
    if not (os.environ.get("CC") or shutil.which("gcc") or shutil.which("cc")):
        return "no C compiler (gcc)"
    if not (Path(sysconfig.get_path("include")) / "Python.h").exists():
        return "no header of Python (python3-dev)"
    return ""


def _install(environment: VirtualEnv) -> bool:
    pip = [str(environment.path / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-deps"]
    variables = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    return subprocess.run([*pip, "--force-reinstall", str(SOURCE)], env=variables, check=False).returncode == 0
