"""What visitors change of their own place in a visit: that they are late, their language, their name in a group (B8, B11)."""

from collections.abc import Callable

from msgspec.structs import replace

from chalicelib.domain.access import Action, require
from chalicelib.domain.audit import by_visitor
from chalicelib.domain.changes import Change, Count, Create
from chalicelib.domain.display_name import display_name
from chalicelib.domain.group import require_free
from chalicelib.domain.self_service import names_shown, require_in_group
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Language, Late, Participant, Visit, with_participant
from chalicelib.domain.visitor_page import VisitorPage
from chalicelib.services.change_visit import Decision, change_visit
from chalicelib.services.guardian_rights import require_acting
from chalicelib.services.log_access import log_visitor_read
from chalicelib.services.ports import Ports
from chalicelib.services.visitor_session import admitted_visitor, page_of_visitor, require_same_device

# Each change is told to every open page of the visit: a page that is stuck, or someone's program, must not flood them.
CHANGES, CHANGES_WINDOW_S = 30, 600

Step = Callable[[Visit, Participant], Participant]


def report_late(ports: Ports, session: VisitorSession, minutes: int) -> VisitorPage:
    """Jag blir sen: so many minutes after the planned start, seen by staff at once; the same again changes nothing.

    Raises what `admitted_visitor` and `require_acting` raise, and TooManyAttempts.
    """
    now = ports.clock.now()

    def later(_: Visit, me: Participant) -> Participant:
        told = me.late is not None and me.late.minutes == minutes
        return me if told else replace(me, late=Late(minutes=minutes, at=now))

    return _change_own(ports, session, "report_late", "visitor.late", later)


def change_language(ports: Ports, session: VisitorSession, language: Language) -> VisitorPage:
    """The language of their later messages. Raises as `report_late`."""
    return _change_own(
        ports,
        session,
        "change_language",
        "visitor.change_language",
        lambda _, me: replace(me, language=language),
    )


def change_display_name(ports: Ports, session: VisitorSession, name: str) -> VisitorPage:
    """What the others of the group call them; staff sees it beside their own name.

    Raises BadInput (`invalid_name`, `display_name_taken`), Conflict (`not_a_group`), and as `report_late`.
    """

    def renamed(visit: Visit, me: Participant) -> Participant:
        require_in_group(visit)
        chosen = display_name(name, "display_name")
        require_free(chosen, names_shown(visit, me))
        return replace(me, display_name=chosen)

    return _change_own(ports, session, "change_display_name", "visitor.change_display_name", renamed)


def require_own(ports: Ports, session: VisitorSession, action: Action, logged_as: str) -> tuple[Visit, Participant]:
    """The visit and this person's place, where they may do this to it; of an ombud also that they may still act.

    Raises what `admitted_visitor` and `require_acting` raise.
    """
    visit, me = admitted_visitor(ports, session, action)
    require_acting(ports, visit, me, logged_as)
    return visit, me


def own_changes(visit: Visit, me: Participant, logged_as: str, ports: Ports) -> list[Change]:
    """What every change that a visitor makes is written with."""
    entry = by_visitor(visit, me.participant_id, logged_as, ports.clock.now())
    return [Create(entry), Count(f"own#{me.link_id}", CHANGES, CHANGES_WINDOW_S)]


def _change_own(ports: Ports, session: VisitorSession, action: Action, logged_as: str, step: Step) -> VisitorPage:
    opened, _ = require_own(ports, session, action, logged_as)
    changes = False

    def decide(visit: Visit) -> Decision | None:
        nonlocal changes
        me = require_same_device(visit, session)
        require(visit, me.role, action)
        after = step(visit, me)
        changes = after != me
        if not changes:
            return None
        return with_participant(visit, after), own_changes(visit, me, logged_as, ports)

    visit = change_visit(ports.store, session.visit_id, decide, known=opened)
    me = visit.participant(session.participant_id)
    if not changes:
        log_visitor_read(ports, visit, me, "visitor.view")
    return page_of_visitor(ports, visit, me, session)
