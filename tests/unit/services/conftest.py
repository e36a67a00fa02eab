"""What the use cases stand on in tests, unless a file says otherwise."""

import pytest

from tests.builders import a_patient
from tests.fake_ports import FakePorts


@pytest.fixture
def ports() -> FakePorts:
    """Fakes, with Anna Andersson as a patient."""
    ports = FakePorts()
    ports.store.seed(a_patient())
    return ports
