"""Whom the newest message has not come to is noted in the visit, so that the start page can say so (B10, L5)."""

from msgspec.structs import replace

from chalicelib.domain.deliveries import LOST, delivery_ids_of, is_unreached
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit import Status, Visit, with_participant
from chalicelib.services.change_visit import Decision, change_visit
from chalicelib.services.ports import Ports

_NOTHING_TO_MEND = frozenset({Status.ENDED, Status.NO_SHOW})


def note_delivery(ports: Ports, message: OutboxMessage) -> None:
    """`message` has been sent or given up, or its carrier has told of it. What is noted is what is so now: the same again,
    or an older one after a newer one, does no harm. Raises Conflict when the visit changed under every attempt.
    """

    def decide(visit: Visit) -> Decision | None:
        person = next((p for p in visit.participants if p.participant_id == message.participant_id), None)
        if person is None or visit.status in _NOTHING_TO_MEND:
            return None
        if not person.unreached and message.state not in LOST:
            return None
        unreached = is_unreached(ports.store.messages(delivery_ids_of(visit, person)), visit, person)
        if unreached == person.unreached:
            return None
        return with_participant(visit, replace(person, unreached=unreached)), ()

    visit = ports.store.visit(message.visit_id)
    if visit is not None:
        change_visit(ports.store, visit.visit_id, decide, known=visit)
