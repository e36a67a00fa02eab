"""The whole stack as one: up in order, kept up, down in order."""

import asyncio
from pathlib import Path

from local.settings import Settings
from local.supervisor import services
from local.supervisor.child import Child, Report

STOP_SECONDS = 2.0
SAVE_SECONDS = 2.0


class Stack:
    """`report` writes a line for the user."""

    def __init__(self, settings: Settings, report: Report) -> None:
        logs = settings.data / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        self._report = report
        self._aws = Child(services.emulator(settings), keep_last(logs, "aws"), report)
        self._prepare = Child(services.preparation(settings), keep_last(logs, "prepare"), report)
        self._others = [Child(each, keep_last(logs, each.name), report) for each in services.others(settings)]

    async def start(self) -> None:
        """Return when everything serves. Raises DidNotStart."""
        await self._aws.start()
        self._report(f"  {self._aws.service.title}: up")
        await self._prepare.run_to_end()
        await asyncio.gather(*(self._start(child) for child in self._others))

    async def keep_alive(self) -> None:
        """Start again what dies, for ever."""
        others = (child.keep_alive(_nothing) for child in self._others)
        await asyncio.gather(self._aws.keep_alive(self._prepare.run_to_end), *others)

    async def stop(self) -> None:
        """End everything; the database last, so that it saves what the others did."""
        await asyncio.gather(*(child.stop(STOP_SECONDS) for child in (self._prepare, *self._others)))
        await self._aws.stop(SAVE_SECONDS)

    async def _start(self, child: Child) -> None:
        await child.start()
        self._report(f"  {child.service.title}: up")


async def _nothing() -> None:
    """Nothing is needed after a restart of this process."""


def keep_last(logs: Path, name: str) -> Path:
    """Begin a new log and keep that of the run before."""
    log = logs / f"{name}.log"
    if log.exists():
        log.replace(logs / f"{name}.log.1")
    return logs
