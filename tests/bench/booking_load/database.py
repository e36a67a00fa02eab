"""A DynamoDB of one's own: an emulator in a process of its own, with every table, and this process set to it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from chalicelib.storage.connection import connection
from local.environment import app_environment, base_environment, emulator_environment, stack_template
from local.resources import ensure_resources
from local.settings import ROOT, Settings
from tests.stack import free_settings, wait_for_port

MODULE = "tests.bench.booking_load.emulator_without_saving"


@contextmanager
def database() -> Iterator[Settings]:
    """Empty tables, gone with what is in them at the end; boto3 and pynamodb of this process talk to them."""
    with TemporaryDirectory() as folder, emulator(Path(folder)) as settings:
        with patch.dict(os.environ, app_environment(settings)):
            connection.cache_clear()
            yield settings
        connection.cache_clear()


@contextmanager
def emulator(folder: Path) -> Iterator[Settings]:
    """The process and its tables alone."""
    settings = free_settings(folder)
    process = subprocess.Popen(
        [ROOT / ".venv-aws" / "bin" / "python", "-m", MODULE],
        cwd=ROOT,
        env=base_environment() | emulator_environment(settings),
    )
    try:
        wait_for_port(settings.aws_port, process)
        ensure_resources(stack_template(settings))
        yield settings
    finally:
        process.terminate()
        process.wait(timeout=10)
