"""The access log (S6, HSLF-FS 2016:40): action, care unit, time, user and patient, for each access to a patient's data."""

from datetime import datetime

from msgspec import Struct


class AuditEntry(Struct, frozen=True, kw_only=True):
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
