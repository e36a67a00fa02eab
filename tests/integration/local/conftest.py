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
from tests.stack import STOP_SECONDS, wait_for_port

SAMPLE_APP = Path(__file__).parent / "sample_app"
WAITS = "test_each_was_sent_one_sms"
PATIENCE_SECONDS = 60.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What has to wait for more than a minute after the test before it waits while the others of this folder run."""
    here = Path(__file__).parent
    waiting = [item for item in items if item.path.parent == here and item.name == WAITS]
    others = [item for item in items if item not in waiting]
    ours = [place for place, item in enumerate(others, 1) if item.path.parent == here]
    last = ours[-1] if ours else len(others)
    items[:] = [*others[:last], *waiting, *others[last:]]


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
        started.wait(timeout=STOP_SECONDS)


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
