"""A guest says who they are and is let in, without e-ID (G2)."""

from chalicelib.domain.access import require
from chalicelib.domain.changes import Delete
from chalicelib.domain.display_name import display_name
from chalicelib.domain.ids import new_secret
from chalicelib.domain.session import VisitorSession
from chalicelib.errors import Conflict
from chalicelib.services.admit_visitor import admit_visitor
from chalicelib.services.open_link import VisitorEntry
from chalicelib.services.ports import Ports
from chalicelib.services.visitor_session import invited_visitor


def enter_as_guest(ports: Ports, session: VisitorSession, name: str) -> VisitorEntry:
    """Under the name they give, which staff and the others will see.

    Raises NotAllowed for a patient, who must identify (G6), BadInput for no name, LinkDead, and Conflict
    (`already_admitted`): who was let in before, and perhaps replaced since, comes in again by the link alone.
    """
    visit, me = invited_visitor(ports, session)
    require(visit, me.role, "enter_unidentified")
    if session.admitted:
        raise Conflict("the visitor is let in already", code="already_admitted")
    return admit_visitor(ports, session, visit, new_secret(), name=display_name(name), also=[Delete(session)])
