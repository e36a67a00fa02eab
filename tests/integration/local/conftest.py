"""The gateway and the worker as processes of their own, around the sample app."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from local.environment import app_environment, base_environment, port_environment
from local.settings import ROOT, Settings
from tests.stack import wait_for_port

SAMPLE_APP = Path(__file__).parent / "sample_app"
PATIENCE_SECONDS = 20.0


@contextmanager
def process(name: str, settings: Settings, **extra: str) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m local.<name>` with the sample app."""
    environment = base_environment() | app_environment(settings) | port_environment(settings)
    environment |= {"APP_DIR": str(SAMPLE_APP), **extra}
    started = subprocess.Popen([sys.executable, "-m", f"local.{name}"], cwd=ROOT, env=environment)
    try:
        yield started
    finally:
        started.terminate()
        started.wait(timeout=10)


@pytest.fixture(scope="module")
def web_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    (folder / "assets").mkdir()
    (folder / "index.html").write_text("<title>client</title>", encoding="utf-8")
    (folder / "assets" / "main-abc123.js").write_text("1", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def gateway(aws: Settings, web_folder: Path) -> Iterator[str]:
    """The gateway's address."""
    with process("gateway", aws, WEB_DIST=str(web_folder)) as started:
        wait_for_port(aws.port, started)
        yield f"http://localhost:{aws.port}"


def eventually(condition: Callable[[], bool]) -> None:
    """Wait until the condition holds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "the condition never held"
        time.sleep(0.02)
