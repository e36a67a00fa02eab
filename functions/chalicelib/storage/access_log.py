"""The AccessLog port on DynamoDB (services/ports.py): newest first, and a bounded piece at a time."""

from datetime import date, datetime

from chalicelib.domain.audit import AuditEntry, position_at
from chalicelib.storage.documents import decode
from chalicelib.storage.rows import audit_day_pk, audit_pk
from chalicelib.storage.tables import AuditTable


class DynamoAccessLog:
    """A day is one query of an index, which lags by moments; a patient's own rows are read consistently."""

    def of_day(self, org_id: str, day: date, before: str, limit: int) -> list[AuditEntry]:
        rows = AuditTable.by_day.query(
            audit_day_pk(org_id, day), AuditTable.sk < before, limit=limit, scan_index_forward=False
        )
        return [decode(row.document, AuditEntry) for row in rows]

    def of_patient(self, org_id: str, patient_id: str, since: datetime, before: str, limit: int) -> list[AuditEntry]:
        rows = AuditTable.query(
            audit_pk(org_id, patient_id),
            AuditTable.sk.between(position_at(since), before),  # `before` itself too, so one more is asked for
            limit=limit + 1,
            scan_index_forward=False,
            consistent_read=True,
        )
        found = [decode(row.document, AuditEntry) for row in rows]
        return [entry for entry in found if entry.position < before][:limit]
