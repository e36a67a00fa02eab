"""How the call was, from those who were in it (C9): one rating per person and call, the latest counts."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chalicelib.concealed import Concealed
from chalicelib.domain.call_id import is_call_of, quality_id
from chalicelib.domain.changes import Put
from chalicelib.domain.quality import Rating
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Participant, Visit
from chalicelib.errors import BadInput, NotFound
from chalicelib.services.open_visit import open_visit
from chalicelib.services.ports import Ports
from chalicelib.services.visitor_session import admitted_visitor

LONGEST_TEXT = 500
Problem = Literal["sound", "picture", "delay", "dropped", "other"]


@dataclass(frozen=True, slots=True, repr=False)
class Verdict(Concealed):
    """`score` 1 (Mycket dålig) to 5 (Utmärkt); what was wrong, and in the person's own words."""

    score: int
    problems: Sequence[Problem] = ()
    text: str = ""


def rate_call(ports: Ports, staff: Staff, visit_id: str, call_id: str, verdict: Verdict) -> None:
    """Raises NotFound, also for a call of another visit, and BadInput."""
    visit, me = open_visit(ports, staff, visit_id, "rate")
    _keep(ports, visit, me, call_id, verdict)


def rate_call_as_visitor(ports: Ports, session: VisitorSession, call_id: str, verdict: Verdict) -> None:
    """Raises NotLoggedIn, LinkDead, NotFound and BadInput."""
    visit, me = admitted_visitor(ports, session, "rate")
    _keep(ports, visit, me, call_id, verdict)


def _keep(ports: Ports, visit: Visit, me: Participant, call_id: str, verdict: Verdict) -> None:
    if not is_call_of(visit, call_id):
        raise NotFound("no such call in the visit")
    if not 1 <= verdict.score <= 5 or len(verdict.text) > LONGEST_TEXT:
        raise BadInput("not a rating", field="score" if len(verdict.text) <= LONGEST_TEXT else "text")
    rating = Rating(
        org_id=visit.org_id,
        call_id=quality_id(ports.settings.link_key, call_id),
        rater=_rater(ports.settings.link_key, call_id, me),
        role=me.role,
        score=verdict.score,
        problems=tuple(sorted(set(verdict.problems))),
        text=verdict.text.strip(),
        at=ports.clock.now(),
    )
    ports.store.commit([Put(rating)])


def _rater(key: bytes, call_id: str, me: Participant) -> str:
    """Keeps one person's ratings of one call together, and names nobody."""
    named = f"rater\n{call_id}\n{me.participant_id}".encode()
    return f"{me.role}-{hmac.new(key, named, hashlib.sha256).hexdigest()[:16]}"
