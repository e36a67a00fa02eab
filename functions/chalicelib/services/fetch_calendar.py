"""Lägg till i kalendern: the visit as a file for the visitor's own calendar (B11)."""

from chalicelib.domain.calendar import visit_calendar
from chalicelib.domain.link import link_token, link_url
from chalicelib.domain.session import VisitorSession
from chalicelib.services.log_access import log_visitor_read
from chalicelib.services.own_place import require_own
from chalicelib.services.ports import Ports


def fetch_calendar(ports: Ports, session: VisitorSession) -> str:
    """An iCalendar object with their own link in it; to a protected person it tells nothing of care.

    Raises what `admitted_visitor` and `require_acting` raise.
    """
    visit, me = require_own(ports, session, "calendar", "visitor.calendar")
    log_visitor_read(ports, visit, me, "visitor.calendar")
    link = link_url(ports.settings.public_url, link_token(ports.settings.link_key, me.link_id))
    return visit_calendar(visit, me, "PUBLISH", link, visit.sequence).decode()
