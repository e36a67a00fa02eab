"""One process of the stack: started in a group of its own, started again when it dies, ended with the supervisor."""

import asyncio
import ctypes
import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from local.settings import ROOT
from local.supervisor.services import Service

START_SECONDS = 60.0
HEALTH_INTERVAL_SECONDS = 0.05
HEALTH_TIMEOUT_SECONDS = 5.0
FIRST_BACKOFF_SECONDS = 0.2
MAX_BACKOFF_SECONDS = 10.0
SETTLED_SECONDS = 30.0
PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)

Report = Callable[[str], None]


class DidNotStart(Exception):
    """The process ended, or never served. The message says where its log is."""


class Child:
    """`logs` is the folder of `<name>.log`; `report` writes a line for the user."""

    def __init__(self, service: Service, logs: Path, report: Report) -> None:
        self.service = service
        self._log = logs / f"{service.name}.log"
        self._report = report
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start and wait until it serves. Raises DidNotStart."""
        if isinstance(self.service.health, Path):
            self.service.health.unlink(missing_ok=True)
        process = await self._spawn()
        deadline = time.monotonic() + START_SECONDS
        while not await asyncio.to_thread(serves, self.service.health):
            if process.returncode is not None or time.monotonic() > deadline:
                raise DidNotStart(f"{self.service.title} did not start: see {self._log}")
            await asyncio.sleep(HEALTH_INTERVAL_SECONDS)

    async def run_to_end(self) -> None:
        """For a process that does its work and ends. Raises DidNotStart when it fails."""
        process = await self._spawn()
        if await process.wait():
            raise DidNotStart(f"{self.service.title} failed: see {self._log}")

    async def keep_alive(self, restarted: Callable[[], Awaitable[None]]) -> None:
        """Start it again whenever it ends, for ever, ever slower while it keeps ending at once."""
        backoff = FIRST_BACKOFF_SECONDS
        while self._process is not None:
            started = time.monotonic()
            status = await self._process.wait()
            backoff = FIRST_BACKOFF_SECONDS if time.monotonic() - started > SETTLED_SECONDS else backoff
            self._report(f"{self.service.title} ended ({describe(status)}) and starts again")
            await asyncio.sleep(backoff)
            backoff = min(backoff * 2, MAX_BACKOFF_SECONDS)
            try:
                await self.start()
                await restarted()
            except DidNotStart as error:
                self._report(str(error))
            else:
                self._report(f"{self.service.title} is back")

    async def stop(self, seconds: float) -> None:
        """SIGTERM to the whole group, SIGKILL after `seconds`."""
        if self._process is None:
            return
        signal_group(self._process.pid, signal.SIGTERM)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), seconds)
        signal_group(self._process.pid, signal.SIGKILL)
        await self._process.wait()

    async def _spawn(self) -> asyncio.subprocess.Process:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self.service.command,
                cwd=ROOT,
                env=self.service.environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        return self._process


def die_with_parent() -> None:
    """Have the kernel send SIGTERM when the parent is gone, however it went. Linux only; elsewhere nothing."""
    if hasattr(_LIBC, "prctl"):
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def signal_group(leader: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(leader, number)


def serves(health: str | Path) -> bool:
    """The file is there, or the URL answers below 500."""
    if isinstance(health, Path):
        return health.exists()
    try:
        with urllib.request.urlopen(health, timeout=HEALTH_TIMEOUT_SECONDS):  # noqa: S310 - our own http URL
            return True
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except OSError:
        return False


def describe(status: int) -> str:
    """`exit 1`, `SIGKILL`."""
    return signal.Signals(-status).name if status < 0 else f"exit {status}"
