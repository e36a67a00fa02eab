"""How every staff use case gets at a visit: theirs, or not there (S6)."""

from chalicelib.domain.access import Action, require, require_staff
from chalicelib.domain.audit import of_visit
from chalicelib.domain.changes import Create
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Participant, Visit
from chalicelib.errors import NotFound
from chalicelib.services.ports import Ports


def open_visit(ports: Ports, staff: Staff, visit_id: str, action: Action) -> tuple[Visit, Participant]:
    """The visit and this clinician's place in it.

    Raises NotAllowed for someone who is not at work as a clinician now, whosever the visit is. Raises NotFound, alike for
    a visit that is not there and one they are not listed in; the latter attempt is logged. Raises what `access.require`
    raises.
    """
    require_staff(staff.roles, action)
    visit = ports.store.visit(visit_id)
    if visit is None or visit.org_id != staff.org_id:
        raise NotFound("no such visit")
    me = visit.staff(staff.hsa_id)
    if me is None:
        _log_denied(ports, staff, visit, action)
        raise NotFound("no such visit")
    require(visit, me.role, action)
    return visit, me


def _log_denied(ports: Ports, staff: Staff, visit: Visit, action: Action) -> None:
    entries = of_visit(staff, f"visit.{action}", ports.clock.now(), visit, result="denied")
    ports.store.commit([*map(Create, entries)])
