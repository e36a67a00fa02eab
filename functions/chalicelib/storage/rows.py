"""Which row a domain record is: table, keys, and the attributes beside `document`."""

import zlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from msgspec.structs import replace
from pynamodb.models import Model

from chalicelib.domain.agenda import AgendaRow
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Record
from chalicelib.domain.chat import ChatMessage, Note
from chalicelib.domain.fleet import CallPin
from chalicelib.domain.imported_booking import ImportedBooking, WaitingFor
from chalicelib.domain.integration_client import IntegrationClient
from chalicelib.domain.integration_message import IntegrationMessage, external_key, shard_of
from chalicelib.domain.link import Link
from chalicelib.domain.live import Subscription
from chalicelib.domain.local_time import local_date
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation, StaffMember, Unit
from chalicelib.domain.patient import Patient
from chalicelib.domain.patient_visits import PatientVisit
from chalicelib.domain.quality import CallStatistics, Rating
from chalicelib.domain.receipt import ReceiptPointer
from chalicelib.domain.session import HalfSession, StaffSession, UsedLogin, VisitorSession
from chalicelib.domain.visit import Visit
from chalicelib.storage.documents import encode, epoch, sort_key
from chalicelib.storage.tables import (
    AuditTable,
    ConnectionsTable,
    FleetTable,
    IntegrationTable,
    LinksTable,
    OrganisationsTable,
    OutboxTable,
    PatientsTable,
    QualityTable,
    SessionsTable,
    VisitsTable,
)

LINK_KEPT_FOR = timedelta(days=7)
DUE_SHARDS = 4
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


def audit_pk(org_id: str, patient_id: str) -> str:
    return f"{org_id}#{patient_id or 'none'}"


def audit_day_pk(org_id: str, day: date) -> str:
    """A Swedish day of an organisation."""
    return f"{org_id}#{day.isoformat()}"


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


def patient_visits_pk(org_id: str, patient_id: str) -> str:
    return f"patient#{org_id}#{patient_id}"


def patient_visit_sk(starts_at: datetime, visit_id: str = "") -> str:
    """Without a visit, before those that start then and after all earlier ones."""
    return f"patientvisit#{sort_key(starts_at)}#{visit_id}"


def _patient_visit(found: PatientVisit) -> Model:
    key = patient_visits_pk(found.org_id, found.patient_id)
    return VisitsTable(key, patient_visit_sk(found.starts_at, found.visit_id), document=encode(found))


def _chat(message: ChatMessage) -> Model:
    return VisitsTable(visit_pk(message.visit_id), chat_sk(message.message_id), document=encode(message))


def _note(note: Note) -> Model:
    return VisitsTable(visit_pk(note.visit_id), "note", document=encode(note), version=note.version)


def _patient(patient: Patient) -> Model:
    key = patient_pk(patient.org_id, patient.patient_id)
    return PatientsTable(key, document=encode(patient), version=patient.version)


def _link(link: Link) -> Model:
    """The row outlives the link: it may serve a visit that goes on past its time, and later says that it has expired."""
    return LinksTable(link.token_hash, document=encode(link), expires_at=epoch(link.expires_at + LINK_KEPT_FOR))


def _session(session: StaffSession | VisitorSession | HalfSession) -> Model:
    row = SessionsTable(session.session_hash, document=encode(session), expires_at=epoch(session.expires_at))
    if isinstance(session, StaffSession | VisitorSession):
        row.version = session.version
    if isinstance(session, StaffSession | HalfSession):
        row.person = session.person
    return row


def _used_login(used: UsedLogin) -> Model:
    return SessionsTable(f"used#{used.marker}", document=encode(used), expires_at=epoch(used.expires_at))


def due_pk(message_id: str) -> str:
    """Which of the sweep's DUE_SHARDS lists it stands in: one list would be one partition of the index for all."""
    return f"due#{zlib.crc32(message_id.encode()) % DUE_SHARDS}"


def _message(message: OutboxMessage) -> Model:
    row = OutboxTable(
        message.message_id, document=encode(message), version=message.version, expires_at=epoch(message.expires_at)
    )
    if message.state in UNSENT:
        row.due_pk, row.due_at = due_pk(message.message_id), epoch(message.due_at)
    return row


def receipt_pk(provider_id: str) -> str:
    return f"receipt#{provider_id}"


def _receipt_pointer(pointer: ReceiptPointer) -> Model:
    return OutboxTable(
        receipt_pk(pointer.provider_id), document=encode(pointer), version=0, expires_at=epoch(pointer.expires_at)
    )


def _subscription(subscription: Subscription) -> Model:
    return ConnectionsTable(
        subscription.topic,
        subscription.connection_id,
        document=encode(subscription),
        expires_at=epoch(subscription.expires_at),
    )


def _audit(entry: AuditEntry) -> Model:
    return AuditTable(
        audit_pk(entry.org_id, entry.patient_id),
        entry.position,
        document=encode(entry),
        day_pk=audit_day_pk(entry.org_id, local_date(entry.at)),
        expires_at=epoch(entry.expires_at),
    )


def _organisation(organisation: Organisation) -> Model:
    return OrganisationsTable(organisation.org_id, "org", document=encode(organisation), version=organisation.version)


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


def booking_pk(booking_id: str) -> str:
    return f"booking#{booking_id}"


def pending_pk(org_id: str, hsa_id: str) -> str:
    """The pending bookings of one clinician."""
    return f"pending#{org_id}#{hsa_id}"


def waiting_pk(org_id: str, patient_id: str) -> str:
    return f"waiting#{org_id}#{patient_id}"


def client_pk(client_id: str) -> str:
    return f"client#{client_id}"


def messages_pk(org_id: str, day: str, shard: int, outcome: str = "") -> str:
    """One of the places of an organisation's messages of a UTC day (`20261123`), or of those with one outcome."""
    return f"messages#{org_id}#{day}#{shard}" + (f"#{outcome}" if outcome else "")


def message_pk(org_id: str, message_id: str) -> str:
    return messages_pk(org_id, message_id[:8], shard_of(message_id))


def _imported_booking(booking: ImportedBooking) -> Model:
    row = IntegrationTable(
        booking_pk(booking.booking_id),
        "booking",
        document=encode(booking),
        version=booking.version,
        expires_at=epoch(booking.expires_at),
    )
    if booking.state == "pending" and booking.wanted is not None:
        row.pending_pk = pending_pk(booking.org_id, booking.owner_hsa_id)
        row.pending_sk = f"{sort_key(booking.wanted.starts_at)}#{booking.booking_id}"
    return row


def _waiting_for(waiting: WaitingFor) -> Model:
    key = waiting_pk(waiting.org_id, waiting.patient_id)
    return IntegrationTable(key, waiting.booking_id, document=encode(waiting), expires_at=epoch(waiting.expires_at))


def _integration_client(client: IntegrationClient) -> Model:
    return OrganisationsTable(client_pk(client.client_id), "client", document=encode(client))


def _integration_message(message: IntegrationMessage) -> Model:
    """What a list shows is in `document`; the encrypted body stands beside it."""
    row = IntegrationTable(
        message_pk(message.org_id, message.message_id),
        message.message_id,
        document=encode(replace(message, body=b"")),
        body=message.body,
        outcome_pk=messages_pk(message.org_id, message.message_id[:8], shard_of(message.message_id), message.outcome),
        expires_at=epoch(message.expires_at),
    )
    if message.external_id:
        row.external_pk = external_key(message.org_id, message.external_id)
    return row


_ROWS: dict[type, Callable[[Any], Model]] = {
    Visit: _visit,
    AgendaRow: _agenda,
    PatientVisit: _patient_visit,
    ChatMessage: _chat,
    Note: _note,
    Patient: _patient,
    Link: _link,
    StaffSession: _session,
    VisitorSession: _session,
    HalfSession: _session,
    UsedLogin: _used_login,
    OutboxMessage: _message,
    ReceiptPointer: _receipt_pointer,
    Subscription: _subscription,
    AuditEntry: _audit,
    Organisation: _organisation,
    Unit: _unit,
    StaffMember: _staff_member,
    Rating: _rating,
    CallStatistics: _statistics,
    CallPin: _call_pin,
    ImportedBooking: _imported_booking,
    WaitingFor: _waiting_for,
    IntegrationClient: _integration_client,
    IntegrationMessage: _integration_message,
}


def row(record: Record) -> Model:
    """The row of a record, ready to be written or deleted."""
    return _ROWS[type(record)](record)
