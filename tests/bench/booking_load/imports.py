"""How many bookings of another system a worker takes in a second: one process, one request at a time, as a Lambda.

Each worker has a database process of its own, since the embedded engine answers one request at a time, where DynamoDB has
as many partitions as there are visits; beside it stand two workers on one engine. The floor is a bare TransactWriteItems of
as many and as large items, by as many workers in the same run.

Workers and engines share the machine: two of each are four processes, and do not go twice as fast on two cores. So workers
are also measured by themselves, each with a database that takes a fixed time and nothing of the machine.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

import msgspec

from local.environment import app_environment
from local.settings import ROOT, Settings
from tests.bench.booking_load.database import emulator
from tests.bench.booking_load.import_worker import Measured
from tests.stack import free_settings

MODULE = "tests.bench.booking_load.import_worker"
SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Rates:
    """A second, of all workers together. For each booking: `cpu_ms` of its worker, `engine_ms` that it waited."""

    imports: float
    floor: float
    cpu_ms: float
    engine_ms: float


def with_own_databases(workers: int) -> Rates:
    with ExitStack() as databases, TemporaryDirectory() as folder:
        opened = [databases.enter_context(emulator(Path(folder) / str(each))) for each in range(workers)]
        return _rates(opened)


def on_one_database(workers: int) -> Rates:
    with TemporaryDirectory() as folder, emulator(Path(folder)) as settings:
        return _rates([settings] * workers)


def with_fixed_latency(workers: int) -> float:
    """Bookings a second of all workers together, where no engine runs on the machine."""
    with TemporaryDirectory() as folder:
        return _per_s(_run([free_settings(Path(folder))] * workers, "fixed"))


def _rates(databases: Sequence[Settings]) -> Rates:
    imports, floor = _run(databases, "imports"), _run(databases, "floor")
    cpu_ms, engine_ms = mean(each.cpu_ms for each in imports), mean(each.waited_ms for each in imports)
    return Rates(_per_s(imports), _per_s(floor), cpu_ms, engine_ms)


def _per_s(workers: Sequence[Measured]) -> float:
    return sum(each.per_s for each in workers)


def _run(databases: Sequence[Settings], what: str) -> list[Measured]:
    """They begin together, once all are ready."""
    with ExitStack() as running:
        workers = [running.enter_context(_worker(each, what, place)) for place, each in enumerate(databases)]
        for worker in workers:
            _line(worker)
        for worker in workers:
            _tell(worker)
        return [msgspec.json.decode(_line(worker), type=Measured) for worker in workers]


@contextmanager
def _worker(settings: Settings, what: str, place: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", MODULE, what, str(place), str(SECONDS)],
        cwd=ROOT,
        env={**app_environment(settings), "PYTHONPATH": "functions:media_container:.", "PATH": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _line(worker: subprocess.Popen[str]) -> str:
    assert worker.stdout is not None
    line = worker.stdout.readline()
    assert line, "a worker ended before it was done"
    return line


def _tell(worker: subprocess.Popen[str]) -> None:
    assert worker.stdin is not None
    worker.stdin.write("go\n")
    worker.stdin.flush()
