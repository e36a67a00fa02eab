"""A visitor is let in: under a new session, which from now on is the person's only one (G2)."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from chalicelib.domain.audit import by_visitor
from chalicelib.domain.call_control import replace_device_message
from chalicelib.domain.changes import Change, Create, Put
from chalicelib.domain.ids import secret_hash
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Participant, Visit, with_participant
from chalicelib.services.change_visit import Decision, change_visit
from chalicelib.services.open_link import VisitorEntry
from chalicelib.services.ports import Ports
from chalicelib.services.visitor_session import LIFETIME, csrf_of, page_of_visitor, require_living_link


def admit_visitor(
    ports: Ports, session: VisitorSession, opened: Visit, cookie: str, *, name: str = "", also: Sequence[Change] = ()
) -> VisitorEntry:
    """Let the person into the visit, just read as `opened`, with `cookie` as the new session's secret.

    It is one transaction with the access log and `also`. Whichever device is admitted last is the one (G2); the same
    cookie again changes nothing. `name` replaces the person's name where it is not empty. Raises LinkDead when the visit
    is over or they are no longer in it.
    """
    now = ports.clock.now()
    inside = replace(
        session,
        session_hash=secret_hash(cookie),
        csrf_token=csrf_of(cookie),
        admitted=True,
        created_at=now,
        expires_at=now + LIFETIME,
        eid=None,
    )

    def decide(visit: Visit) -> Decision | None:
        require_living_link(visit, session)
        me = visit.participant(session.participant_id)
        if me.session_hash == inside.session_hash:
            return None
        entry = by_visitor(visit, me.participant_id, "visitor.admitted", now)
        after = replace(me, session_hash=inside.session_hash, name=name or me.name)
        return with_participant(visit, after), [Put(inside), Create(entry), *_former_device(visit, me, now), *also]

    visit = change_visit(ports.store, session.visit_id, decide, known=opened)
    me = visit.participant(session.participant_id)
    return VisitorEntry(inside, cookie, page_of_visitor(ports, visit, me, inside))


def _former_device(visit: Visit, me: Participant, now: datetime) -> list[Change]:
    """A device that is replaced while a call runs is put out of it; its socket is told by the stream of changes (G2)."""
    if visit.call is None or not me.session_hash:
        return []
    return [Create(replace_device_message(visit, visit.call, me.participant_id, me.session_hash, now))]
