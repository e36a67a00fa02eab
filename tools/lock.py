"""`make lock`: writes what is installed into requirements/*constraints.txt, with versions alone: no host, no path."""

import re
import subprocess

from tools.virtual_envs import DEVELOPMENT, EMULATOR, ROOT, VirtualEnv

PIN = re.compile(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!_-]+")
NOT_LISTED = ("pip", "setuptools", "wheel")


def main() -> None:
    for environment in (DEVELOPMENT, EMULATOR):
        write_constraints(environment)


def write_constraints(environment: VirtualEnv) -> None:
    """The exact tree of one environment."""
    excluded = [part for name in NOT_LISTED for part in ("--exclude", name)]
    pip = [str(environment.path / "bin" / "python"), "-m", "pip", "freeze", *excluded]
    frozen = subprocess.run(pip, capture_output=True, text=True, check=True).stdout
    pins = [line for line in frozen.splitlines() if PIN.fullmatch(line)]
    head = f"# The exact tree of {environment.requirements}, all dependencies included. Written by `make lock`."
    target = ROOT / "requirements" / environment.constraints
    target.write_text("\n".join([head, *pins, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
