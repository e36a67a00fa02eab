"""How every visitor use case gets at the visit: by a session that came from a link (G2, G5)."""

from datetime import timedelta

from chalicelib.domain.access import Action, allows, require
from chalicelib.domain.ids import secret_hash
from chalicelib.domain.link_state import dead_code
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Participant, Visit, was_removed
from chalicelib.domain.visitor_page import VisitorPage, visitor_page
from chalicelib.errors import LinkDead, NotLoggedIn
from chalicelib.services.known_organisation import organisation_of
from chalicelib.services.ports import Ports

LIFETIME = timedelta(hours=12)


def admitted_visitor(ports: Ports, session: VisitorSession, action: Action) -> tuple[Visit, Participant]:
    """The visit and this person's place in it, for someone who has shown who they are.

    Raises NotLoggedIn (`not_admitted`, or `replaced` by a newer device), LinkDead for someone removed from the visit,
    and what `access.require` raises.
    """
    visit, me = visitor_place(ports, session)
    if not session.admitted:
        raise NotLoggedIn("the visitor has not shown who they are", code="not_admitted")
    _require_newest(me, session)
    require(visit, me.role, action)
    return visit, me


def require_same_device(visit: Visit, session: VisitorSession) -> Participant:
    """Their place in a visit that may have changed since it was opened. Raises LinkDead, and NotLoggedIn (`replaced`)."""
    me = place_in(visit, session)
    _require_newest(me, session)
    return me


def invited_visitor(ports: Ports, session: VisitorSession) -> tuple[Visit, Participant]:
    """As `admitted_visitor`, for someone who has only opened a link. Raises LinkDead, also when the visit is over."""
    visit, me = visitor_place(ports, session)
    require_living_link(visit, session)
    return visit, me


def visitor_place(ports: Ports, session: VisitorSession) -> tuple[Visit, Participant]:
    """The visit, over or not, and the place that the link gave. Raises LinkDead for someone removed from it."""
    visit = ports.store.visit(session.visit_id)
    if visit is None:
        raise LinkDead("the visit is not there", code="link_ended")
    return visit, place_in(visit, session)


def place_in(visit: Visit, session: VisitorSession) -> Participant:
    """Raises LinkDead for someone removed from it."""
    me = next((p for p in visit.participants if p.participant_id == session.participant_id), None)
    if me is None:
        gone = was_removed(visit, session.participant_id)
        raise LinkDead("the person is no longer in the visit", code="removed" if gone else "link_ended")
    return me


def _require_newest(me: Participant, session: VisitorSession) -> None:
    if me.session_hash != session.session_hash:
        raise NotLoggedIn("the link is used on another device", code="replaced")


def require_living_link(visit: Visit, session: VisitorSession) -> None:
    """That they came by. Raises LinkDead (`link_cancelled`, `link_ended`, `link_replaced`, `removed`)."""
    code = dead_code(visit, session.participant_id, session.link_id or None)
    if code is not None:
        raise LinkDead("the visit has no place for this person any more", code=code)


def page_of_visitor(ports: Ports, visit: Visit, me: Participant, session: VisitorSession) -> VisitorPage:
    """What their page shows, and offers them to do. Raises NotFound."""
    organisation = organisation_of(ports, visit)
    may_chat = allows(visit, me.role, "chat")
    return visitor_page(visit, me, session, organisation, ports.clock.now(), may_chat=may_chat)


def csrf_of(cookie: str) -> str:
    """The proof that a state change comes from our page: made of the cookie, so that one cookie has one proof."""
    return secret_hash(f"csrf\n{cookie}")
