"""A visitor leaves: who they were let in as ends, the link stays (S7)."""

from contextlib import suppress
from datetime import timedelta

from msgspec.structs import replace

from chalicelib.domain.audit import by_visitor
from chalicelib.domain.changes import Create, Delete, Put
from chalicelib.domain.ids import new_secret, secret_hash
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Visit, with_participant
from chalicelib.errors import NotFound
from chalicelib.services.change_visit import Decision, change_visit
from chalicelib.services.identify_visitor import cancel_eid
from chalicelib.services.ports import Ports
from chalicelib.services.visitor_session import csrf_of

WAY_BACK = timedelta(minutes=30)


def leave_visit(ports: Ports, session: VisitorSession) -> str | None:
    """They are no longer waiting. Leaving twice, or a visit that is over, is no error.

    Who was inside gets a way back: the secret of a session that has opened the link and no more, for WAY_BACK, so that
    they say anew who they are. None for everyone else.
    """
    now = ports.clock.now()
    was_inside = False

    def decide(visit: Visit) -> Decision | None:
        nonlocal was_inside
        me = next((p for p in visit.participants if p.session_hash == session.session_hash), None)
        was_inside = me is not None
        if me is None:
            return None
        gone = replace(me, session_hash="", waiting_since=None, away_since=None)
        return with_participant(visit, gone), [Create(by_visitor(visit, me.participant_id, "visitor.leave", now))]

    cancel_eid(ports, session)
    with suppress(NotFound):
        change_visit(ports.store, session.visit_id, decide)
    cookie = new_secret() if was_inside else None
    back = [Put(_outside(session, cookie, ports))] if cookie is not None else []
    ports.store.commit([Delete(session), *back])
    return cookie


def _outside(session: VisitorSession, cookie: str, ports: Ports) -> VisitorSession:
    """As one who has just opened the link."""
    now = ports.clock.now()
    return replace(
        session,
        session_hash=secret_hash(cookie),
        csrf_token=csrf_of(cookie),
        admitted=False,
        created_at=now,
        expires_at=min(session.expires_at, now + WAY_BACK),
        eid=None,
    )
