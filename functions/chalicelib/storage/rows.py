"""Which row a domain record is: table, keys, and the attributes beside `document`."""

from collections.abc import Callable
from typing import Any

from pynamodb.models import Model

from chalicelib.domain.agenda import AgendaRow
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Record
from chalicelib.domain.chat import ChatMessage, Note
from chalicelib.domain.fleet import CallPin
from chalicelib.domain.link import Link
from chalicelib.domain.live import Subscription
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation, StaffMember, Unit
from chalicelib.domain.patient import Patient
from chalicelib.domain.quality import CallStatistics, Rating
from chalicelib.domain.session import PendingLogin, StaffSession, VisitorSession
from chalicelib.domain.visit import Visit
from chalicelib.storage.documents import encode, epoch, sort_key
from chalicelib.storage.tables import (
    AuditTable,
    ConnectionsTable,
    FleetTable,
    LinksTable,
    OrganisationsTable,
    OutboxTable,
    PatientsTable,
    QualityTable,
    SessionsTable,
    VisitsTable,
)

UNSENT = frozenset({"queued", "sending"})


def visit_pk(visit_id: str) -> str:
    return f"visit#{visit_id}"


def patient_pk(org_id: str, patient_id: str) -> str:
    return f"{org_id}#{patient_id}"


def agenda_pk(org_id: str, hsa_id: str) -> str:
    return f"{org_id}#{hsa_id}"


def call_pk(call_id: str) -> str:
    return f"call#{call_id}"


def chat_sk(message_id: str) -> str:
    return f"chat#{message_id}"


def _visit(visit: Visit) -> Model:
    key = visit_pk(visit.visit_id)
    return VisitsTable(key, "visit", document=encode(visit), version=visit.version, status=visit.status.value)


def _agenda(row: AgendaRow) -> Model:
    return VisitsTable(
        visit_pk(row.visit_id),
        f"agenda#{row.hsa_id}",
        document=encode(row),
        agenda_pk=agenda_pk(row.org_id, row.hsa_id),
        agenda_sk=f"{sort_key(row.starts_at)}#{row.visit_id}",
    )


def _chat(message: ChatMessage) -> Model:
    return VisitsTable(visit_pk(message.visit_id), chat_sk(message.message_id), document=encode(message))


def _note(note: Note) -> Model:
    return VisitsTable(visit_pk(note.visit_id), "note", document=encode(note), version=note.version)


def _patient(patient: Patient) -> Model:
    key = patient_pk(patient.org_id, patient.patient_id)
    return PatientsTable(key, document=encode(patient), version=patient.version)


def _link(link: Link) -> Model:
    return LinksTable(link.token_hash, document=encode(link), expires_at=epoch(link.expires_at))


def _session(session: StaffSession | VisitorSession | PendingLogin) -> Model:
    row = SessionsTable(session.session_hash, document=encode(session), expires_at=epoch(session.expires_at))
    if isinstance(session, StaffSession):
        row.version = session.version
    return row


def _message(message: OutboxMessage) -> Model:
    row = OutboxTable(
        message.message_id, document=encode(message), version=message.version, expires_at=epoch(message.expires_at)
    )
    if message.state in UNSENT:
        row.due_pk, row.due_at = "due", epoch(message.due_at)
    return row


def _subscription(subscription: Subscription) -> Model:
    return ConnectionsTable(
        subscription.topic,
        subscription.connection_id,
        document=encode(subscription),
        expires_at=epoch(subscription.expires_at),
    )


def _audit(entry: AuditEntry) -> Model:
    key = f"{entry.org_id}#{entry.patient_id or 'none'}"
    return AuditTable(key, f"{sort_key(entry.at)}#{entry.audit_id}", document=encode(entry))


def _organisation(organisation: Organisation) -> Model:
    return OrganisationsTable(organisation.org_id, "org", document=encode(organisation))


def _unit(unit: Unit) -> Model:
    return OrganisationsTable(unit.org_id, f"unit#{unit.unit_id}", document=encode(unit))


def _staff_member(member: StaffMember) -> Model:
    return OrganisationsTable(member.org_id, f"staff#{member.hsa_id}", document=encode(member))


def _rating(rating: Rating) -> Model:
    key = f"{rating.org_id}#{rating.at:%Y-%m}"
    return QualityTable(key, f"{rating.call_id}#rating#{rating.rater}", document=encode(rating))


def _statistics(statistics: CallStatistics) -> Model:
    key = f"{statistics.org_id}#{statistics.at:%Y-%m}"
    return QualityTable(key, f"{statistics.call_id}#statistics#{statistics.epoch}", document=encode(statistics))


def _call_pin(pin: CallPin) -> Model:
    return FleetTable(
        call_pk(pin.call_id),
        "lease",
        node_id=pin.node_id,
        epoch=pin.epoch,
        pinned_at=pin.pinned_at,
        expires_at=pin.expires_at,
    )


_ROWS: dict[type, Callable[[Any], Model]] = {
    Visit: _visit,
    AgendaRow: _agenda,
    ChatMessage: _chat,
    Note: _note,
    Patient: _patient,
    Link: _link,
    StaffSession: _session,
    VisitorSession: _session,
    PendingLogin: _session,
    OutboxMessage: _message,
    Subscription: _subscription,
    AuditEntry: _audit,
    Organisation: _organisation,
    Unit: _unit,
    StaffMember: _staff_member,
    Rating: _rating,
    CallStatistics: _statistics,
    CallPin: _call_pin,
}


def row(record: Record) -> Model:
    """The row of a record, ready to be written or deleted."""
    return _ROWS[type(record)](record)
