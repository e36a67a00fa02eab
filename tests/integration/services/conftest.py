"""What use cases reach outside, as on one machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from local.simulators.app import make_app
from tests.unit.gateways.conftest import Simulators


@pytest.fixture
def simulators(tmp_path: Path) -> Iterator[Simulators]:
    running = Simulators(make_app(tmp_path))
    running.start()
    yield running
    running.stop()
