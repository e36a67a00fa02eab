"""Who is in the waiting room: a visitor's open socket is their presence (S7, L5).

A visitor who comes in and the closing of their last socket both write the visit under its version, and both look at the
sockets when they decide. So whichever of them is last has seen the other, and nobody with an open socket stays away.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from msgspec.structs import replace

from chalicelib.domain.changes import Change, Count, Delete, Put
from chalicelib.domain.live import Subscription, socket_topic, visitor_of, visitor_topic
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Participant, Visit, with_participant
from chalicelib.errors import NotFound
from chalicelib.services.change_visit import Decision, change_visit
from chalicelib.services.guardian_rights import require_acting
from chalicelib.services.log_access import log_visitor_read
from chalicelib.services.ports import Ports
from chalicelib.services.visitor_session import admitted_visitor

SOCKET_LIFETIME = timedelta(hours=2, minutes=5)  # API Gateway closes every socket after two hours
SOCKETS_AT_MOST, OPENED_PER_MINUTE = 20, 180
HANDSHAKE = timedelta(seconds=30)  # API Gateway gives $connect 29 s, and calls the socket gone until it has answered


def enter_waiting_room(ports: Ports, session: VisitorSession, connection_id: str) -> None:
    """The socket listens, and the person waits: one transaction.

    Raises what `admitted_visitor` and `require_acting` raise, and TooManyAttempts.
    """
    visit, me = admitted_visitor(ports, session, "view")
    require_acting(ports, visit, me, "visitor.view")
    log_visitor_read(ports, visit, me, "visitor.view")
    topic = visitor_topic(visit.visit_id, me.participant_id)
    make_room(ports, topic)
    now = ports.clock.now()
    listening = subscriptions(topic, connection_id, session.session_hash, now)

    def decide(current: Visit) -> Decision | None:
        return None if current.is_over else (_waiting(current, session, now), listening)

    if change_visit(ports.store, visit.visit_id, decide, known=visit).is_over:
        ports.store.commit(listening)


def close_subscription(ports: Ports, subscription: Subscription) -> None:
    """The socket is closed; a visitor whose last one it was is away."""
    ports.store.commit([Delete(subscription)])
    place = visitor_of(subscription.topic)
    if place is not None:
        _leave_waiting_room(ports, *place, subscription)


def subscriptions(topic: str, connection_id: str, session_hash: str, now: datetime) -> list[Change]:
    """The rows of a person's new socket: what it listens to, and whose it is; opening is counted."""
    rows = (subscription(each, connection_id, session_hash, now) for each in (topic, socket_topic(connection_id)))
    return [*map(Put, rows), Count(f"socket#{topic}", OPENED_PER_MINUTE, 60)]


def make_room(ports: Ports, topic: str) -> None:
    """A person has so many sockets at most: the oldest, likely to be dead without our knowing, hear nothing more."""
    oldest_first = sorted(ports.store.subscriptions(topic), key=lambda each: each.expires_at)
    for surplus in oldest_first[: max(0, len(oldest_first) + 1 - SOCKETS_AT_MOST)]:
        rows = {each.topic: each for each in (surplus, *ports.store.subscriptions_of(surplus.connection_id))}
        ports.store.commit([Delete(row) for row in rows.values()])


def subscription(topic: str, connection_id: str, session_hash: str, now: datetime) -> Subscription:
    return Subscription(
        topic=topic, connection_id=connection_id, session_hash=session_hash, expires_at=now + SOCKET_LIFETIME
    )


def is_opening(subscription: Subscription, now: datetime) -> bool:
    """Whether the handshake may still be under way: then a socket that is not to be found is not gone."""
    return now < subscription.expires_at - SOCKET_LIFETIME + HANDSHAKE


def _waiting(visit: Visit, session: VisitorSession, now: datetime) -> Visit:
    me = visit.participant(session.participant_id)
    return with_participant(visit, replace(me, waiting_since=me.waiting_since or now, away_since=None))


def _leave_waiting_room(ports: Ports, visit_id: str, participant_id: str, closed: Subscription) -> None:
    now = ports.clock.now()

    def decide(visit: Visit) -> Decision | None:
        me = visit.participant(participant_id)
        if visit.is_over or not _was_here(me, closed) or ports.store.subscriptions(closed.topic):
            return None
        return with_participant(visit, replace(me, away_since=now)), []

    with suppress(NotFound):  # removed from the visit, or the visit itself is gone
        change_visit(ports.store, visit_id, decide)


def _was_here(me: Participant, closed: Subscription) -> bool:
    """The socket of a replaced session says nothing of the person, who is on another device."""
    return me.session_hash == closed.session_hash and me.waiting_since is not None and me.away_since is None
