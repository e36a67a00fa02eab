"""A session that has ended tells its open sockets so, and they hear nothing more (L1, G2)."""

from typing import Literal

from chalicelib.domain.changes import Delete
from chalicelib.domain.live import staff_topic
from chalicelib.domain.session import StaffSession
from chalicelib.services.ports import Ports
from chalicelib.services.push import encoded

Reason = Literal["replaced", "ended", "logged_out", "switched", "removed"]


def end_live_sockets(ports: Ports, topic: str, reason: Reason, *, of_session: str) -> None:
    """End the sockets that listen to `topic` under this session."""
    for subscription in ports.store.subscriptions(topic):
        if subscription.session_hash == of_session:
            end_socket(ports, subscription.connection_id, reason)


def end_live_sockets_of(ports: Ports, session: StaffSession, reason: Reason) -> None:
    """End all that this session of staff has opened."""
    topic = staff_topic(session.staff.org_id, session.staff.hsa_id)
    end_live_sockets(ports, topic, reason, of_session=session.session_hash)


def end_socket(ports: Ports, connection_id: str, reason: Reason) -> None:
    """Say why, then take away everything the socket listens to. The page closes it."""
    ports.live_push.push(connection_id, encoded({"type": "session.ended", "reason": reason}))
    for subscription in ports.store.subscriptions_of(connection_id):
        ports.store.commit([Delete(subscription)])
