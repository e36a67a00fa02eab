"""`make run`: the whole of Vårdrum on one machine, until Ctrl-C."""

import asyncio
import fcntl
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from local.settings import InvalidSetting, Settings, read_settings
from local.supervisor.child import DidNotStart, die_with_parent
from local.supervisor.ports import PortTaken, require_free_ports
from local.supervisor.stack import Stack

DATA_FOLDERS = ("aws", "keys", "logs", "run", "simulators")


class AlreadyRunning(Exception):
    """Another supervisor uses the same data."""


def main() -> int:
    """Exit status: 0 ended by the user, 1 could not start."""
    die_with_parent()
    os.umask(0o077)  # data and logs are the user's own
    try:
        settings = read_settings()
        with only_one(settings.data):
            require_free_ports(settings)
            if os.environ.get("RESET") == "1":
                reset(settings.data)
            return asyncio.run(run(settings))
    except (InvalidSetting, AlreadyRunning, PortTaken) as error:
        say(str(error), file=sys.stderr)
        return 1


async def run(settings: Settings) -> int:
    """Start, tell the addresses, and serve until SIGINT or SIGTERM. Exit status as of main."""
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    stack = Stack(settings, say)
    ending = asyncio.create_task(ended.wait())
    serving = asyncio.create_task(serve(stack, settings))
    await asyncio.wait((ending, serving), return_when=asyncio.FIRST_COMPLETED)
    say("\nEnding")
    for task in (ending, serving):
        task.cancel()
    try:
        await serving
    except DidNotStart as error:
        say(str(error), file=sys.stderr)
        return 1
    except asyncio.CancelledError:
        return 0
    finally:
        await stack.stop()
    return 0


async def serve(stack: Stack, settings: Settings) -> None:
    """Serve until cancelled. Raises DidNotStart."""
    started = time.monotonic()
    say("Starting Vårdrum")
    await stack.start()
    say(addresses(settings, time.monotonic() - started))
    await stack.keep_alive()


def addresses(settings: Settings, seconds: float) -> str:
    public, simulators = settings.public_url, settings.simulators_public_url
    return f"""
Vårdrum is up ({seconds:.1f} s)

  Kliniken            {public}/
  Telefonen           {simulators}/phone/      SMS och e-post till patienterna
  BankID, PU, IdP     {simulators}/
  VAS                 {simulators}/vas/        en dags bokningar som skickas hit
  API-dokumentation   {public}/api/docs

Logs: {settings.data / "logs"}. Ctrl-C ends everything."""


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder. Raises AlreadyRunning."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning(f"Vårdrum already runs on the data in {data}") from error
        yield


def reset(data: Path) -> None:
    """Remove what earlier runs have left, and nothing else that may lie in the folder."""
    for name in DATA_FOLDERS:
        shutil.rmtree(data / name, ignore_errors=True)


def say(line: str, file: TextIO | None = None) -> None:
    print(line, file=file, flush=True)


if __name__ == "__main__":
    sys.exit(main())
