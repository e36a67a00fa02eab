"""Another system that is calling, and what it does in the access log (V5, S6)."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import SYSTEM, AuditEntry, Result
from chalicelib.domain.ids import new_audit_id
from chalicelib.domain.integration_client import Scope
from chalicelib.domain.visit import Visit
from chalicelib.errors import NotAllowed


@dataclass(frozen=True, slots=True, repr=False)
class System(Concealed):
    """Taken from its token, never from what it sends."""

    org_id: str
    client_id: str
    name: str
    scopes: tuple[Scope, ...]


def require_scope(system: System, scope: Scope) -> None:
    """Raises NotAllowed (`insufficient_scope`, RFC 6750 3.1)."""
    if scope not in system.scopes:
        raise NotAllowed("the token has not this scope", code="insufficient_scope")


def by_system(
    system: System,
    action: str,
    at: datetime,
    *,
    patient_id: str = "",
    visit: Visit | None = None,
    result: Result = "ok",
) -> AuditEntry:
    """What another system did, on the unit of the visit where there is one."""
    return AuditEntry(
        audit_id=new_audit_id(),
        at=at,
        org_id=system.org_id,
        unit_id=visit.unit_id if visit else "",
        unit_name=visit.unit_name if visit else "",
        user=f"{SYSTEM}{system.client_id}",
        user_name=system.name,
        action=action,
        patient_id=patient_id,
        visit_id=visit.visit_id if visit else "",
        result=result,
    )
