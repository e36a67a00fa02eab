"""The access log as an administrator reads it, and a patient's extract of it (S6)."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.concealed import Concealed

Number = Annotated[str, Meta(max_length=40)]
Cursor = Annotated[str, Meta(max_length=128)]
HsaId = Annotated[str, Meta(max_length=64)]
VisitId = Annotated[str, Meta(max_length=64)]
ActionName = Annotated[str, Meta(max_length=40)]
AuditResult = Literal["ok", "denied", "not_found"]


class SearchAudit(Concealed, Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Swedish days, both included, at most 31 (with `number` six years); today where none is given."""

    from_day: date | None = None
    to_day: date | None = None
    user: HsaId = ""
    number: Number = ""
    visit_id: VisitId = ""
    action: ActionName = ""
    result: AuditResult | None = None
    cursor: Cursor | None = None


class SampleAudit(Concealed, Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    from_day: date | None = None
    to_day: date | None = None
    size: Annotated[int, Meta(ge=1, le=25)] = 10


class ExtractAudit(Concealed, Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    number: Number
    from_day: date
    to_day: date
    cursor: Cursor | None = None


class AuditEntryView(Concealed, Struct, frozen=True, kw_only=True):
    """`user` is an HSA-id, or empty for someone who came by a link and for another system. `patient`
    is masked, and null where no patient, an unknown one or several are concerned; `shown_visits` is what a list showed."""

    audit_id: str
    at: datetime
    user: str
    user_name: str
    user_title: str
    unit_name: str
    action: str
    kind: Literal["read", "write", "other"]
    result: AuditResult
    patient: str | None
    visit_id: str
    shown_day: date | None
    shown_visits: list[str]


class AuditPage(Concealed, Struct, frozen=True, kw_only=True):
    """Newest first. With a `cursor` there may be more, before `searched_to`."""

    entries: list[AuditEntryView]
    cursor: str | None
    searched_to: datetime | None


class AuditExtract(Concealed, Struct, frozen=True, kw_only=True):
    """`name` is empty where the identity is protected or the person no patient. With a `cursor` there may be more."""

    org_name: str
    name: str
    protected: bool
    number_masked: str
    from_day: date
    to_day: date
    created_at: datetime
    entries: list[AuditEntryView]
    cursor: str | None
