"""A patient, or who acts for one, cancels from the link (B11)."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.access import require
from chalicelib.domain.changes import Create
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.rebooking import cancelled
from chalicelib.domain.removal import without_participant
from chalicelib.domain.self_service import ends_for_all, require_can_cancel
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Participant, Rebooking, Status, Visit
from chalicelib.domain.visit_messages import cancelled_messages
from chalicelib.services.cancel_visit import cancellation_notice
from chalicelib.services.change_visit import Decision, change_visit
from chalicelib.services.end_participation import end_participation_now
from chalicelib.services.known_organisation import organisation_of
from chalicelib.services.own_place import own_changes, require_own
from chalicelib.services.ports import Ports
from chalicelib.services.visitor_session import require_same_device

LOGGED_AS = "visitor.cancel"
Notice = Callable[[Visit], list[OutboxMessage]]


def cancel_own_visit(ports: Ports, session: VisitorSession) -> None:
    """The visit is cancelled, all others are told, and again is harmless. Of a group only this patient's place ends, and
    they alone are told, so that their calendar follows.

    Raises Conflict (`self_cancel_off`, `self_cancel_too_late`, `visit_begun`, `visit_over`), TooManyAttempts, and what
    `admitted_visitor` and `require_acting` raise.
    """
    opened, me = require_own(ports, session, "self_cancel", LOGGED_AS)
    organisation = organisation_of(ports, opened)
    now = ports.clock.now()
    notice = cancellation_notice(ports, opened, now, but=me.participant_id)

    def decide(visit: Visit) -> Decision | None:
        mine = require_same_device(visit, session)
        require(visit, mine.role, "self_cancel")
        if visit.status is Status.CANCELLED:
            return None
        require_can_cancel(visit, organisation, now)
        if ends_for_all(visit):
            return _ended(ports, visit, mine, notice, now)
        return _without_me(ports, visit, mine, organisation, now)

    changed = change_visit(ports.store, session.visit_id, decide, known=opened)
    end_participation_now(ports, changed)


def _ended(ports: Ports, visit: Visit, me: Participant, notice: Notice, now: datetime) -> Decision:
    after = cancelled(visit, "", Rebooking("", now), "patient")
    return after, [*map(Create, notice(visit)), *own_changes(visit, me, LOGGED_AS, ports)]


def _without_me(ports: Ports, visit: Visit, me: Participant, organisation: Organisation, now: datetime) -> Decision:
    after, also = without_participant(visit, me, now)
    told = cancelled_messages(visit, now, organisation, {me.participant_id})
    return after, [*also, *map(Create, told), *own_changes(visit, me, LOGGED_AS, ports)]
