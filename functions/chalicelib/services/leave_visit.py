"""A visitor leaves: the session ends, the link stays (S7)."""

from contextlib import suppress

from msgspec.structs import replace

from chalicelib.domain.audit import by_visitor
from chalicelib.domain.changes import Create, Delete
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Visit, with_participant
from chalicelib.errors import NotFound
from chalicelib.services.change_visit import Decision, change_visit
from chalicelib.services.identify_visitor import cancel_eid
from chalicelib.services.ports import Ports


def leave_visit(ports: Ports, session: VisitorSession) -> None:
    """They are no longer waiting. Leaving twice, or a visit that is over, is no error."""
    now = ports.clock.now()

    def decide(visit: Visit) -> Decision | None:
        me = next((p for p in visit.participants if p.session_hash == session.session_hash), None)
        if me is None:
            return None
        gone = replace(me, session_hash="", waiting_since=None, away_since=None)
        return with_participant(visit, gone), [Create(by_visitor(visit, me.participant_id, "visitor.leave", now))]

    cancel_eid(ports, session)
    with suppress(NotFound):
        change_visit(ports.store, session.visit_id, decide)
    ports.store.commit([Delete(session)])
