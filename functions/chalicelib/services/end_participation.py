"""Whoever was taken out of a visit hears it on every open page, and nothing of the visit any more (G5).

Called right after the removal is written, and again for as long as TOLD_FOR by the stream of changes, so that a crash in
between leaves no page listening. Doing so twice does no harm.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from chalicelib.domain.changes import Delete
from chalicelib.domain.live import Subscription, staff_topic, visit_topic, visitor_topic
from chalicelib.domain.visit import Removed, Visit
from chalicelib.errors import Unavailable
from chalicelib.services.end_live_sockets import end_socket
from chalicelib.services.ports import Ports
from chalicelib.services.push import encoded, push

TOLD_FOR = timedelta(minutes=10)  # longer than the stream tries to deliver a change


def end_participation(ports: Ports, visit: Visit) -> None:
    """Tell all who were removed from this visit lately. Raises Unavailable."""
    for gone in visit.removed:
        if ports.clock.now() - gone.at < TOLD_FOR:
            _end(ports, visit, gone)


def end_participation_now(ports: Ports, visit: Visit) -> None:
    """As `end_participation`, where the removal is written already: what fails now is told by the stream."""
    with suppress(Unavailable):
        end_participation(ports, visit)


def _end(ports: Ports, visit: Visit, gone: Removed) -> None:
    if not gone.hsa_id:
        for subscription in ports.store.subscriptions(visitor_topic(visit.visit_id, gone.person_id)):
            end_socket(ports, subscription.connection_id, "removed")
    elif visit.staff(gone.hsa_id) is None:
        _stop_watching(ports, visit, gone.hsa_id)


def _stop_watching(ports: Ports, visit: Visit, hsa_id: str) -> None:
    """Of staff the session goes on: they are logged in, and only this visit is no longer theirs."""
    told = encoded({"type": "participation.ended", "visit_id": visit.visit_id})
    for subscription in _watching(ports, visit, hsa_id):
        ports.store.commit([Delete(subscription)])
        ports.live_push.push(subscription.connection_id, told)
    push(ports, staff_topic(visit.org_id, hsa_id), {"type": "agenda.changed"})


def _watching(ports: Ports, visit: Visit, hsa_id: str) -> Iterator[Subscription]:
    """Both questions are answered consistently; the index by connection would lag."""
    own = {each.connection_id for each in ports.store.subscriptions(staff_topic(visit.org_id, hsa_id))}
    return (each for each in ports.store.subscriptions(visit_topic(visit.visit_id)) if each.connection_id in own)
