"""The access log (S6, HSLF-FS 2016:40): action, care unit, time, user and patient, for each access to a patient's data."""

from datetime import datetime

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.ids import new_audit_id
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Visit


class AuditEntry(Concealed, Struct, frozen=True, kw_only=True):
    """`patient_id` is the keyed hash, empty where no patient is concerned. `user` is an HSA-id or `participant:<id>`."""

    audit_id: str
    at: datetime
    org_id: str
    unit_id: str
    user: str
    action: str
    patient_id: str = ""
    visit_id: str = ""
    result: str = "ok"


def by_staff(
    staff: Staff, action: str, at: datetime, *, patient_id: str = "", visit_id: str = "", result: str = "ok"
) -> AuditEntry:
    """What a clinician did, on the care unit they are logged in to."""
    return AuditEntry(
        audit_id=new_audit_id(),
        at=at,
        org_id=staff.org_id,
        unit_id=staff.unit_id,
        user=staff.hsa_id,
        action=action,
        patient_id=patient_id,
        visit_id=visit_id,
        result=result,
    )


def by_visitor(visit: Visit, participant_id: str, action: str, at: datetime, *, result: str = "ok") -> AuditEntry:
    """What a patient or guest did in a visit."""
    return AuditEntry(
        audit_id=new_audit_id(),
        at=at,
        org_id=visit.org_id,
        unit_id=visit.unit_id,
        user=f"participant:{participant_id}",
        action=action,
        patient_id=visit.patient_id,
        visit_id=visit.visit_id,
        result=result,
    )
