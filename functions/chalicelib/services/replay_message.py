"""A message that came in before is taken again (V1)."""

from chalicelib.domain.integration_message import IntegrationMessage
from chalicelib.domain.staff import Staff
from chalicelib.services.integration_messages import known_message
from chalicelib.services.ports import Ports


def replay_message(ports: Ports, staff: Staff, message_id: str) -> IntegrationMessage:
    """Raises NotFound."""
    return known_message(ports, staff, message_id)
