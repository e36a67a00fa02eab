"""The visitor's page, read again whenever something changed (S7)."""

from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visitor_page import VisitorPage
from chalicelib.services.guardian_rights import require_acting
from chalicelib.services.log_access import log_visitor_read
from chalicelib.services.ports import Ports
from chalicelib.services.visitor_session import admitted_visitor, invited_visitor, page_of_visitor


def show_visitor(ports: Ports, session: VisitorSession) -> VisitorPage:
    """After the visit it says so to who was let in; a link alone is dead then.

    Raises NotLoggedIn (`replaced`), LinkDead, and NotAllowed (`guardian_may_not_act`).
    """
    if session.admitted:
        visit, me = admitted_visitor(ports, session, "view")
    else:
        visit, me = invited_visitor(ports, session)
    require_acting(ports, visit, me, "visitor.view")
    log_visitor_read(ports, visit, me, "visitor.view")
    return page_of_visitor(ports, visit, me, session)
