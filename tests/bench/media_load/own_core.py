"""Processes that have a core to themselves as far as the machine allows it."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

_HIGHEST_PRIORITY = -20
_PR_SET_PDEATHSIG = 1


def start(command: list[str], core: int, **arguments: Any) -> "subprocess.Popen[Any]":
    """Start a program pinned to a core, before all others there where that is allowed (root); it ends with this one.

    The scheduler weighs sessions first and processes within them second (sched(7), autogroup), so it gets a session.
    """
    set_up = _setting_up(core)
    process = subprocess.Popen(command, start_new_session=True, preexec_fn=set_up, **arguments)  # noqa: PLW1509
    with suppress(OSError):
        Path(f"/proc/{process.pid}/autogroup").write_text(str(_HIGHEST_PRIORITY))
    return process


def _setting_up(core: int) -> Callable[[], None]:
    c_library = ctypes.CDLL(None)

    def set_up() -> None:
        """Runs in the child before the program; the benchmarks that start it have no threads."""
        c_library.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        os.sched_setaffinity(0, {core})
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, _HIGHEST_PRIORITY)

    return set_up
