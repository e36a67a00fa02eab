"""A completed e-ID order lets in the invited person, once, however often its completion is asked for (G6)."""

import hashlib
import hmac
from datetime import timedelta

from msgspec.structs import replace

from chalicelib.domain.audit import by_visitor
from chalicelib.domain.changes import Create, Put
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.ids import secret_hash
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Visit
from chalicelib.errors import NotAllowed, NotLoggedIn, WrongPerson
from chalicelib.services.admit_visitor import admit_visitor
from chalicelib.services.invited_person import invited_number
from chalicelib.services.log_access import log_visitor_read
from chalicelib.services.open_link import VisitorEntry
from chalicelib.services.ports import Ports
from chalicelib.services.visitor_session import page_of_visitor

ASK_AGAIN = timedelta(minutes=1)


def admit_identified(
    ports: Ports, session: VisitorSession, visit: Visit, number: IdentityNumber | None
) -> VisitorEntry:
    """Let in whom the order in the session has shown to have this number.

    Raises WrongPerson, NotAllowed (`guardian_may_not_act`), LinkDead.
    """
    try:
        _require_invited(ports, session, visit, number)
    except NotAllowed:
        _refuse(ports, session, visit)
        raise
    return admit_visitor(ports, session, visit, _cookie_of(ports, session), also=[Put(_completed(ports, session))])


def admitted_before(ports: Ports, session: VisitorSession, visit: Visit) -> VisitorEntry:
    """The answer of `admit_identified` once more. Raises NotLoggedIn (`replaced`) if another device came in since."""
    cookie = _cookie_of(ports, session)
    inside = ports.store.session(secret_hash(cookie), ports.clock.now())
    me = visit.participant(session.participant_id)
    if not isinstance(inside, VisitorSession) or me.session_hash != inside.session_hash:
        raise NotLoggedIn("the link is used on another device", code="replaced")
    log_visitor_read(ports, visit, me, "visitor.view")
    return VisitorEntry(inside, cookie, page_of_visitor(ports, visit, me, inside))


def _require_invited(ports: Ports, session: VisitorSession, visit: Visit, number: IdentityNumber | None) -> None:
    if number != invited_number(ports, visit, visit.participant(session.participant_id)):
        raise WrongPerson("the e-ID is another person's")


def _refuse(ports: Ports, session: VisitorSession, visit: Visit) -> None:
    entry = by_visitor(visit, session.participant_id, "visitor.identify", ports.clock.now(), result="denied")
    ports.store.commit([Put(replace(session, eid=None)), Create(entry)])


def _completed(ports: Ports, session: VisitorSession) -> VisitorSession:
    """The session that was, kept for a short while: on a phone the answer is easily lost in the change of apps."""
    attempt = replace(session.eid, status="complete", hint_code="") if session.eid else None
    return replace(session, eid=attempt, expires_at=ports.clock.now() + ASK_AGAIN)


def _cookie_of(ports: Ports, session: VisitorSession) -> str:
    """The secret of the session that a completed order leads to: 256 bits that only the link key makes.

    Made, not drawn, so that two answers to one completion name one session, and neither replaces the other.
    """
    order_ref = session.eid.order.order_ref if session.eid else ""
    named = f"admitted\n{session.session_hash}\n{order_ref}".encode()
    return hmac.new(ports.settings.link_key, named, hashlib.sha256).hexdigest()
