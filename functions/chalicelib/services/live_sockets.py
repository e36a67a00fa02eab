"""The live socket of a page: opened by a cookie, listening to what its person may know (L5, S2, S7)."""

from collections.abc import Sequence

from chalicelib.domain.changes import Delete, Put
from chalicelib.domain.live import Subscription, socket_topic, staff_topic, visit_topic
from chalicelib.domain.session import Session, StaffSession, VisitorSession
from chalicelib.domain.visit import Visit
from chalicelib.errors import NotAllowed, NotFound, NotLoggedIn, TooManyAttempts
from chalicelib.services.end_live_sockets import end_socket
from chalicelib.services.log_access import log_visit_read
from chalicelib.services.open_visit import open_visit
from chalicelib.services.ports import Ports
from chalicelib.services.presence import close_subscription, enter_waiting_room, make_room, subscription, subscriptions

WATCHED_AT_MOST = 20
_OWN_ROWS = 2  # whose socket it is, and its start page


def open_socket(ports: Ports, session: StaffSession | VisitorSession, connection_id: str) -> None:
    """Staff hear of their start page; an admitted visitor waits.

    Raises NotLoggedIn and LinkDead for other visitors, and TooManyAttempts.
    """
    if isinstance(session, VisitorSession):
        return enter_waiting_room(ports, session, connection_id)
    topic = staff_topic(session.staff.org_id, session.staff.hsa_id)
    make_room(ports, topic)
    return ports.store.commit(subscriptions(topic, connection_id, session.session_hash, ports.clock.now()))


def close_socket(ports: Ports, connection_id: str) -> None:
    for each in ports.store.subscriptions_of(connection_id):
        close_subscription(ports, each)


def check_socket(ports: Ports, connection_id: str) -> None:
    """The page says that it is there. Raises NotLoggedIn after telling the page, when its session has ended."""
    _session(ports, connection_id)


def watch_visit(ports: Ports, connection_id: str, visit_id: str) -> Visit:
    """Staff of the visit hear what happens in it from now on; the answer is the visit as it stands then.

    Raises NotFound, NotAllowed for visitors, TooManyAttempts.
    """
    session = _staff_session(ports, connection_id)
    visit, _ = open_visit(ports, session.staff, visit_id, "view")
    if len(ports.store.subscriptions_of(connection_id)) >= _OWN_ROWS + WATCHED_AT_MOST:
        raise TooManyAttempts("the socket watches too many visits")
    log_visit_read(ports, session.staff, visit, "visit.view")
    watching = subscription(visit_topic(visit_id), connection_id, session.session_hash, ports.clock.now())
    ports.store.commit([Put(watching)])
    try:
        return open_visit(ports, _staff_session(ports, connection_id).staff, visit_id, "view")[0]
    except (NotFound, NotAllowed, NotLoggedIn):  # ended while it was written, and so perhaps not seen by what ended it
        ports.store.commit([Delete(watching)])
        raise


def unwatch_visit(ports: Ports, connection_id: str, visit_id: str) -> None:
    """Not watching it is no error."""
    session = _staff_session(ports, connection_id)
    watching = subscription(visit_topic(visit_id), connection_id, session.session_hash, ports.clock.now())
    ports.store.commit([Delete(watching)])


def _staff_session(ports: Ports, connection_id: str) -> StaffSession:
    session = _session(ports, connection_id)
    if not isinstance(session, StaffSession):
        raise NotAllowed("only staff watch visits")
    return session


def _session(ports: Ports, connection_id: str) -> Session:
    rows: Sequence[Subscription] = ports.store.subscriptions(socket_topic(connection_id))
    session = ports.store.session(rows[0].session_hash, ports.clock.now()) if rows else None
    if session is None:
        end_socket(ports, connection_id, "ended")
        raise NotLoggedIn("the socket's session has ended")
    return session
