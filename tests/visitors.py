"""A link opened and a visitor let in, as tests of what comes after need them."""

from datetime import timedelta
from uuid import uuid4

from msgspec.structs import replace

from chalicelib.domain.changes import Create, Put, created
from chalicelib.domain.eid import EidResult
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.ids import secret_hash
from chalicelib.domain.link import Link, link_token
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Participant, Visit
from chalicelib.services.enter_as_guest import enter_as_guest
from chalicelib.services.identify_visitor import EidProgress, collect_eid, start_eid
from chalicelib.services.open_link import open_link
from chalicelib.services.ports import Store
from tests.builders import LINK_KEY, a_visit, an_organisation, number
from tests.fake_ports import FakePorts

HOME = "192.0.2.7"


def invited(store: Store, visit: Visit | None = None, *, guest: Participant | None = None) -> Visit:
    """A stored visit of its own id whose people outside the organisation have living links."""
    visit = visit or a_visit()
    if store.organisation(visit.org_id) is None:
        store.commit([Put(an_organisation())])
    people = (*visit.participants, guest) if guest else visit.participants
    mine = replace(visit, visit_id=f"v_{uuid4().hex[:16]}", participants=tuple(_with_own_link(p) for p in people))
    store.commit([*created(mine), *(Create(_link(mine, p)) for p in mine.participants if p.link_id)])
    return mine


def token_of(visit: Visit, role: str = "patient") -> str:
    person = next(p for p in visit.participants if p.role == role)
    return link_token(LINK_KEY, person.link_id)


def opened(ports: FakePorts, visit: Visit, role: str = "patient") -> VisitorSession:
    """The session that the person's link opens; not yet let in."""
    return open_link(ports, token_of(visit, role), HOME).session


def identified(ports: FakePorts, session: VisitorSession, answer: IdentityNumber | None = None) -> EidProgress:
    """The end of an e-ID order that this person completes; the ports' e-ID is the fake."""
    start_eid(ports, session, HOME)
    ports.eid.answers.append(EidResult("complete", "", answer or number()))
    return collect_eid(ports, again(ports, session))


def patient_inside(ports: FakePorts, visit: Visit) -> VisitorSession:
    entry = identified(ports, opened(ports, visit)).entry
    assert entry is not None
    return entry.session


def guest_inside(ports: FakePorts, visit: Visit, name: str = "Gunilla") -> VisitorSession:
    return enter_as_guest(ports, opened(ports, visit, "guest"), name).session


def again(ports: FakePorts, session: VisitorSession) -> VisitorSession:
    """The session as stored now, as each request reads it."""
    stored = ports.store.session(session.session_hash, ports.clock.now())
    assert isinstance(stored, VisitorSession)
    return stored


def _with_own_link(person: Participant) -> Participant:
    return replace(person, link_id=f"l_{uuid4().hex[:16]}") if person.link_id else person


def _link(visit: Visit, person: Participant) -> Link:
    return Link(
        token_hash=secret_hash(link_token(LINK_KEY, person.link_id)),
        link_id=person.link_id,
        visit_id=visit.visit_id,
        participant_id=person.participant_id,
        expires_at=visit.ends_at + timedelta(minutes=120),
    )
