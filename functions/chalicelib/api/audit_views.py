"""The access log as the API shows it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from chalicelib.api.schemas import audit as schemas
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.audit_kinds import kind_of
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.services.extract_access_log import LogExtract
from chalicelib.services.search_access_log import LogPage


def page_view(page: LogPage) -> schemas.AuditPage:
    entries = [_entry(entry, page.numbers) for entry in page.entries]
    return schemas.AuditPage(entries=entries, cursor=page.cursor, searched_to=page.searched_to)


def extract_view(extract: LogExtract, org_name: str, now: datetime) -> schemas.AuditExtract:
    patient = extract.patient
    return schemas.AuditExtract(
        org_name=org_name,
        name=patient.name if patient is not None and not patient.protected else "",
        protected=patient is not None and patient.protected,
        number_masked=str(extract.number),
        from_day=extract.first,
        to_day=extract.last,
        created_at=now,
        entries=[_entry(entry, {}) for entry in extract.entries],
        cursor=extract.cursor,
    )


def _entry(entry: AuditEntry, numbers: Mapping[str, IdentityNumber]) -> schemas.AuditEntryView:
    number = numbers.get(entry.patient_id)
    return schemas.AuditEntryView(
        audit_id=entry.audit_id,
        at=entry.at,
        user="" if entry.is_visitors or entry.is_systems else entry.user,
        user_name=entry.user_name,
        user_title=entry.user_title,
        unit_name=entry.unit_name,
        action=entry.action,
        kind=_kind(entry.action),
        result=entry.result,
        patient=None if number is None else str(number),
        visit_id=entry.visit_id,
        shown_day=entry.shown_day,
        shown_visits=list(entry.shown_visits),
    )


def _kind(action: str) -> Literal["read", "write", "other"]:
    match kind_of(action).activity:
        case "Läsa" | "Utskrift":
            return "read"
        case "Skriva" | "Radera":
            return "write"
    return "other"
