"""The simulators, as the gateways' tests run them."""

from tests.unit.gateways.conftest import simulators

__all__ = ["simulators"]
