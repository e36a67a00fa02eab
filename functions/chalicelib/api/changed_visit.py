"""The visit's page after someone has changed it."""

from chalicelib.api.schemas.visits import VisitView
from chalicelib.api.visit_views import visit_view
from chalicelib.domain.session import StaffSession
from chalicelib.domain.visit import Visit
from chalicelib.errors import NotFound
from chalicelib.services.ports import Ports
from chalicelib.services.show_visit import page_of


def changed_visit(ports: Ports, session: StaffSession, visit: Visit) -> VisitView:
    """As the one who changed it sees it. Raises NotFound for who is in it no more."""
    me = visit.staff(session.staff.hsa_id)
    if me is None:
        raise NotFound("no such visit")
    return visit_view(page_of(ports, visit, me), session.join_button_text)
