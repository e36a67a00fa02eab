"""A message that came in before is taken again, through the same door (V1): after what was in its way has been mended."""

from chalicelib.domain.audit import by_staff
from chalicelib.domain.changes import Create
from chalicelib.domain.integration_message import IntegrationMessage
from chalicelib.domain.sealed import unseal
from chalicelib.domain.staff import Staff
from chalicelib.domain.system_caller import System
from chalicelib.services.import_appointment import import_appointment
from chalicelib.services.integration_messages import known_message
from chalicelib.services.ports import Ports
from chalicelib.services.received_message import Received


def replay_message(ports: Ports, staff: Staff, message_id: str) -> IntegrationMessage:
    """What became of it now, as a message of its own; what has come to pass already changes nothing.

    Refused again, its `outcome` says so. Raises NotFound, and Conflict (`changed_meanwhile`).
    """
    message = known_message(ports, staff, message_id)
    entry = by_staff(staff, "integration.replay", ports.clock.now(), patient_id=message.patient_id)
    ports.store.commit([Create(entry)])
    body = unseal(ports.settings.integration_key, message_id, message.body)
    system = System(org_id=message.org_id, client_id=message.client_id, name=message.system, scopes=())
    received = Received(body=body, operation="replay", replay_of=message_id)
    return import_appointment(ports, system, received).message
