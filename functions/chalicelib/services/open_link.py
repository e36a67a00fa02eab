"""A link's token is traded for a session that is not yet let in (G5). Opening it consumes nothing."""

import re
from dataclasses import dataclass
from datetime import datetime

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import by_visitor
from chalicelib.domain.changes import Count, Create, Put
from chalicelib.domain.client_address import hashed_address
from chalicelib.domain.ids import new_secret, secret_hash
from chalicelib.domain.link import Link, link_token
from chalicelib.domain.link_state import dead_code, expiry
from chalicelib.domain.session import VisitorRole, VisitorSession
from chalicelib.domain.visit import Form, Participant, Role, Status, Visit
from chalicelib.domain.visitor_page import VisitorPage, shown_form
from chalicelib.errors import LinkDead, LinkSender, NotFound
from chalicelib.services.guardian_rights import require_acting
from chalicelib.services.log_access import log_visitor_read
from chalicelib.services.ports import Ports
from chalicelib.services.visitor_session import LIFETIME, csrf_of, page_of_visitor, visitor_place

WRONG_PER_ADDRESS = 20
WRONG_IN_TOTAL = 2_000
OPENED_AT_MOST = 120
WINDOW_S = 600
_VISITOR_ROLES: dict[Role, VisitorRole] = {"patient": "patient", "ombud": "ombud", "guest": "guest"}
_TOKEN = re.compile(r"[A-Za-z0-9_-]{27}")


@dataclass(frozen=True, slots=True, repr=False)
class VisitorEntry(Concealed):
    """Where the visitor now is. `cookie` is the secret of a new session, None when the browser's own goes on."""

    session: VisitorSession
    cookie: str | None
    page: VisitorPage


def open_link(ports: Ports, token: str, address: str, current: VisitorSession | None = None) -> VisitorEntry:
    """The page behind the link. `address` is the caller's; `current` the session its cookie names, if any.

    The device that is already let in by this link stays so. Raises NotFound (`link_unknown`), TooManyAttempts after
    many of those, or of one link, LinkDead (`link_expired`, and what `dead_code` says), and NotAllowed
    (`guardian_may_not_act`).
    """
    link = ports.store.link(secret_hash(token)) if _TOKEN.fullmatch(token) else None
    if link is None:
        raise _unknown(ports, address)
    visit, me = _place(ports, link)
    require_acting(ports, visit, me, "link.open")
    if current is not None and _is_inside(current, me, visit, ports.clock.now()):
        log_visitor_read(ports, visit, me, "visitor.view")
        return VisitorEntry(current, None, page_of_visitor(ports, visit, me, current))
    cookie = new_secret()
    session = _session(link, visit, me, cookie, ports.clock.now())
    entry = by_visitor(visit, me.participant_id, "link.open", session.created_at)
    ports.store.commit([Put(session), Create(entry), Count(f"link#{link.link_id}", OPENED_AT_MOST, WINDOW_S)])
    return VisitorEntry(session, cookie, page_of_visitor(ports, visit, me, session))


def use_here_instead(ports: Ports, replaced: VisitorSession, address: str) -> VisitorEntry:
    """The link that this session came from, opened anew on the device that was replaced (G2). Nothing is skipped: who must
    identify does so again. Raises as `open_link`, and LinkDead for someone given a newer link since.
    """
    _, me = visitor_place(ports, replaced)
    if me.link_id != replaced.link_id or not me.link_id:
        raise LinkDead("the person has a newer link", code="link_replaced")
    return open_link(ports, link_token(ports.settings.link_key, me.link_id), address, replaced)


def _unknown(ports: Ports, address: str) -> NotFound:
    """Counts only what was wrong: with 160 random bits nobody guesses, and nobody can lock the others out."""
    name = hashed_address(ports.settings.link_key, address)
    ports.rate_limits.hit(f"wrong-link#{name}", WRONG_PER_ADDRESS, WINDOW_S)
    ports.rate_limits.hit("wrong-link", WRONG_IN_TOTAL, WINDOW_S)
    return NotFound("no such link", code="link_unknown")


def _place(ports: Ports, link: Link) -> tuple[Visit, Participant]:
    visit = ports.store.visit(link.visit_id)
    if visit is None:
        raise NotFound("the link's visit is not there", code="link_unknown")
    code = dead_code(visit, link.participant_id, link.link_id)
    if code is not None:
        raise LinkDead("the link is dead", code=code, sender=_sender(ports, visit, link))
    if expiry(link, visit) <= ports.clock.now() and visit.status is not Status.ONGOING:
        raise LinkDead("the link's time is over", code="link_expired", sender=_sender(ports, visit, link))
    return visit, visit.participant(link.participant_id)


def _sender(ports: Ports, visit: Visit, link: Link) -> LinkSender:
    """The organisation, not the unit: a unit can be a speciality, and nobody has shown who they are. Of someone who is in the
    visit no more it is not known whether they are protected, and they read of a meeting as guests do."""
    organisation = ports.store.organisation(visit.org_id)
    phone = organisation.contact_phone if organisation else ""
    person = next((each for each in visit.participants if each.participant_id == link.participant_id), None)
    unknown = Form.INDIVIDUAL if visit.form is Form.GROUP else visit.form
    form = shown_form(visit, person) if person else unknown
    role = _VISITOR_ROLES.get(person.role, "guest") if person else "guest"
    return LinkSender(name=visit.org_name, phone=phone, form=form.value, role=role)


def _is_inside(current: VisitorSession, me: Participant, visit: Visit, now: datetime) -> bool:
    mine = (current.visit_id, current.participant_id) == (visit.visit_id, me.participant_id)
    return mine and current.admitted and me.session_hash == current.session_hash and current.expires_at > now


def _session(link: Link, visit: Visit, me: Participant, cookie: str, now: datetime) -> VisitorSession:
    """It ends with its link, and a visit that goes on past its time keeps both (G5)."""
    longest = now + LIFETIME
    expires_at = longest if visit.status is Status.ONGOING else min(expiry(link, visit), longest)
    return VisitorSession(
        session_hash=secret_hash(cookie),
        csrf_token=csrf_of(cookie),
        visit_id=link.visit_id,
        participant_id=link.participant_id,
        role=_visitor_role(me),
        admitted=False,
        created_at=now,
        expires_at=expires_at,
        link_id=link.link_id,
    )


def _visitor_role(me: Participant) -> VisitorRole:
    """Raises NotFound (`link_unknown`) for staff, who have no links."""
    role = _VISITOR_ROLES.get(me.role)
    if role is None:
        raise NotFound("staff come in by logging in", code="link_unknown")
    return role
