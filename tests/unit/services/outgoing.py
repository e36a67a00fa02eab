"""An invitation that is to go out, and what has become of it."""

from collections import Counter

from chalicelib.domain.changes import Create
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit import Visit
from chalicelib.domain.visit_messages import invitations
from chalicelib.services.send_outbox import PAGE, due_now, send_message
from tests.builders import an_organisation
from tests.fake_ports import FakePorts


def invitation(ports: FakePorts, visit: Visit) -> OutboxMessage:
    message = invitations(visit, ports.clock.now(), an_organisation())[0]
    ports.store.commit([Create(message)])
    return message


def stored(ports: FakePorts, message: OutboxMessage) -> OutboxMessage:
    stored = ports.store.message(message.message_id)
    assert stored is not None
    return stored


def swept(ports: FakePorts, page: int = PAGE) -> Counter[str]:
    return Counter(send_message(ports, message_id) for message_id in due_now(ports, page))
