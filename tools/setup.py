"""`make setup`: everything the project needs, from nothing. Fast when all is there.

    python3 -m tools.setup [--tests]

Run by the system's Python, so only its standard library may be used here. `--tests` also requires what tests run:
browsers, coturn, a C compiler.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - it is run by whatever Python is there
    sys.exit(f"Vårdrum needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11 ...")

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from tools import hot_path, system_packages, virtual_envs, web_client
from tools.progress import SetupFailed

LOCK = virtual_envs.ROOT / ".local" / "setup.lock"


def main(arguments: list[str]) -> int:
    """Exit status: 1 when the user has to do something first."""
    try:
        with one_at_a_time():
            system_packages.require_venv()
            virtual_envs.ensure(virtual_envs.DEVELOPMENT)
            virtual_envs.ensure(virtual_envs.EMULATOR)
            web_client.ensure()
            if "--tests" in arguments:
                system_packages.require_test_programs()
            hot_path.ensure()
    except SetupFailed as error:
        print(f"\n[setup] {error}", file=sys.stderr)
        return 1
    return 0


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two makes at once would write over each other."""
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
