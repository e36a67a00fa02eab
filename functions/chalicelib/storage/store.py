"""The Store port on DynamoDB (services/ports.py)."""

import heapq
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

import msgspec
from pynamodb.exceptions import TransactGetError
from pynamodb.models import Model
from pynamodb.transactions import TransactGet

from chalicelib.domain.agenda import AGENDA_LIMIT, AgendaRow
from chalicelib.domain.changes import Change
from chalicelib.domain.chat import ChatMessage, Note
from chalicelib.domain.fleet import CallPin, MediaNode
from chalicelib.domain.link import Link
from chalicelib.domain.live import Subscription
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation, StaffMember, Unit
from chalicelib.domain.patient import Patient
from chalicelib.domain.patient_visits import PatientVisit
from chalicelib.domain.receipt import ReceiptPointer
from chalicelib.domain.session import HalfSession, Session, StaffSession
from chalicelib.domain.visit import Visit
from chalicelib.errors import Unavailable
from chalicelib.storage.commit import commit
from chalicelib.storage.connection import connection
from chalicelib.storage.documents import decode, epoch, sort_key
from chalicelib.storage.rows import (
    DUE_SHARDS,
    agenda_pk,
    call_pk,
    chat_sk,
    patient_pk,
    patient_visit_sk,
    patient_visits_pk,
    receipt_pk,
    visit_pk,
)
from chalicelib.storage.tables import (
    ConnectionsTable,
    FleetTable,
    LinksTable,
    OrganisationsTable,
    OutboxTable,
    PatientsTable,
    SessionsTable,
    VisitsTable,
)

T = TypeVar("T")
CHAT_LIMIT = 1000
PATIENT_VISIT_LIMIT = 200
COLLEAGUE_LIMIT = 500
DIRECTORY_LIMIT = 1000
SESSION_LIMIT = 100
SUBSCRIPTION_LIMIT = 200
NODE_LIMIT = 200


_OF_STAFF: Any = StaffSession | HalfSession


class DynamoStore:
    """Every read says how many items it may bring; every write is one transaction."""

    def visit(self, visit_id: str) -> Visit | None:
        return _get(VisitsTable, Visit, visit_pk(visit_id), "visit")

    def agenda(self, org_id: str, hsa_id: str, start: datetime, end: datetime) -> list[AgendaRow]:
        rows = VisitsTable.agenda.query(
            agenda_pk(org_id, hsa_id),
            VisitsTable.agenda_sk.between(sort_key(start), sort_key(end)),
            limit=AGENDA_LIMIT,
            attributes_to_get=["document"],  # the keys of forty rows would take as long to unpack as the rows
        )
        return [decode(row.document, AgendaRow) for row in rows]

    def next_visit_at(self, org_id: str, hsa_id: str, after: datetime) -> datetime | None:
        rows = VisitsTable.agenda.query(agenda_pk(org_id, hsa_id), VisitsTable.agenda_sk >= sort_key(after), limit=1)
        return next((decode(row.document, AgendaRow).starts_at for row in rows), None)

    def chat(self, visit_id: str) -> list[ChatMessage]:
        rows = _query(VisitsTable, ChatMessage, visit_pk(visit_id), "chat#", CHAT_LIMIT)
        return sorted(rows, key=lambda message: (message.sent_at, message.message_id))

    def chat_message(self, visit_id: str, message_id: str) -> ChatMessage | None:
        return _get(VisitsTable, ChatMessage, visit_pk(visit_id), chat_sk(message_id))

    def note(self, visit_id: str) -> Note | None:
        return _get(VisitsTable, Note, visit_pk(visit_id), "note")

    def patient(self, org_id: str, patient_id: str) -> Patient | None:
        return _get(PatientsTable, Patient, patient_pk(org_id, patient_id))

    def patients(self, org_id: str, patient_ids: Sequence[str]) -> list[Patient]:
        rows = PatientsTable.batch_get([patient_pk(org_id, each) for each in patient_ids], consistent_read=True)
        return [decode(row.document, Patient) for row in rows]

    def visits_of_patient(self, org_id: str, patient_id: str, since: datetime) -> list[str]:
        later = VisitsTable.sk >= patient_visit_sk(since)
        key = patient_visits_pk(org_id, patient_id)
        rows = VisitsTable.query(key, later, consistent_read=True, limit=PATIENT_VISIT_LIMIT)
        return [decode(_document(row), PatientVisit).visit_id for row in rows]

    def organisation(self, org_id: str) -> Organisation | None:
        return _get(OrganisationsTable, Organisation, org_id, "org")

    def staff_member(self, org_id: str, hsa_id: str) -> StaffMember | None:
        return _get(OrganisationsTable, StaffMember, org_id, f"staff#{hsa_id}")

    def colleagues(self, org_id: str) -> list[StaffMember]:
        return _query(OrganisationsTable, StaffMember, org_id, "staff#", COLLEAGUE_LIMIT)

    def login_context(
        self, org_id: str, hsa_id: str, unit_ids: Sequence[str]
    ) -> tuple[Organisation | None, StaffMember | None, list[Unit]]:
        try:
            with TransactGet(connection=connection()) as reads:
                organisation = reads.get(OrganisationsTable, org_id, "org")
                member = reads.get(OrganisationsTable, org_id, f"staff#{hsa_id}")
                named = [reads.get(OrganisationsTable, org_id, f"unit#{unit_id}") for unit_id in unit_ids]
        except TransactGetError as error:
            raise Unavailable("the database refused the read") from error
        units = [_found(unit, Unit) for unit in named]
        return _found(organisation, Organisation), _found(member, StaffMember), [u for u in units if u is not None]

    def directory(self, org_id: str) -> tuple[Organisation | None, list[Unit], list[StaffMember]]:
        rows = OrganisationsTable.query(org_id, consistent_read=True, limit=DIRECTORY_LIMIT)
        by_kind: dict[str, list[str]] = {"org": [], "unit": [], "staff": []}
        for row in rows:
            by_kind[row.sk.partition("#")[0]].append(row.document)
        organisation = next((decode(document, Organisation) for document in by_kind["org"]), None)
        units = [decode(document, Unit) for document in by_kind["unit"]]
        return organisation, units, [decode(document, StaffMember) for document in by_kind["staff"]]

    def booking_context(
        self, org_id: str, patient_ids: Sequence[str], hsa_ids: Sequence[str]
    ) -> tuple[Organisation | None, list[Patient], list[StaffMember]]:
        try:
            with TransactGet(connection=connection()) as reads:
                organisation = reads.get(OrganisationsTable, org_id, "org")
                named = [reads.get(PatientsTable, patient_pk(org_id, patient_id)) for patient_id in patient_ids]
                members = [reads.get(OrganisationsTable, org_id, f"staff#{hsa_id}") for hsa_id in hsa_ids]
        except TransactGetError as error:  # as when one of them is being written
            raise Unavailable("the database refused the read") from error
        patients = [_found(patient, Patient) for patient in named]
        staff = [_found(member, StaffMember) for member in members]
        return _found(organisation, Organisation), _there(patients), _there(staff)

    def link(self, token_hash: str) -> Link | None:
        return _get(LinksTable, Link, token_hash)

    def session(self, session_hash: str, now: datetime) -> Session | None:
        try:
            session: Session | None = _get(SessionsTable, Session, session_hash)  # type: ignore[arg-type]  # a union
        except msgspec.ValidationError:  # begun before its form changed: its person logs in again
            return None
        return session if session is not None and session.expires_at > now else None

    def sessions_of(self, person: str) -> list[StaffSession | HalfSession]:
        rows = SessionsTable.by_person.query(person, limit=SESSION_LIMIT)
        return [decode(row.document, _OF_STAFF) for row in rows]

    def message(self, message_id: str) -> OutboxMessage | None:
        return _get(OutboxTable, OutboxMessage, message_id)

    def messages(self, message_ids: Sequence[str]) -> list[OutboxMessage]:
        rows = OutboxTable.batch_get(list(message_ids), consistent_read=True)
        return [decode(row.document, OutboxMessage) for row in rows]

    def receipt_pointer(self, provider_id: str) -> ReceiptPointer | None:
        return _get(OutboxTable, ReceiptPointer, receipt_pk(provider_id))

    def due_messages(self, before: datetime, limit: int) -> list[str]:
        shards = (
            OutboxTable.due.query(f"due#{shard}", OutboxTable.due_at <= epoch(before), limit=limit)
            for shard in range(DUE_SHARDS)
        )
        oldest = heapq.merge(*shards, key=lambda row: (row.due_at, row.pk))
        return [str(row.pk) for row in islice(oldest, limit)]

    def subscriptions(self, topic: str) -> list[Subscription]:
        return _query(ConnectionsTable, Subscription, topic, None, SUBSCRIPTION_LIMIT)

    def subscriptions_of(self, connection_id: str) -> list[Subscription]:
        rows = ConnectionsTable.by_connection.query(connection_id, limit=SUBSCRIPTION_LIMIT)
        return [decode(row.document, Subscription) for row in rows]

    def nodes(self) -> list[MediaNode]:
        rows = FleetTable.query("nodes", limit=NODE_LIMIT, consistent_read=True)
        return [_node(row) for row in rows]

    def call_pin(self, call_id: str) -> CallPin | None:
        try:
            row = FleetTable.get(call_pk(call_id), "lease", consistent_read=True)
        except FleetTable.DoesNotExist:
            return None
        return CallPin(
            call_id=call_id,
            node_id=str(row.node_id),
            epoch=_whole(row.epoch),
            pinned_at=_whole(row.pinned_at),
            expires_at=_whole(row.expires_at),
        )

    def commit(self, changes: Sequence[Change]) -> None:
        commit(connection(), changes)


def _get(table: type[Model], kind: type[T], pk: str, sk: str | None = None) -> T | None:
    try:
        row = table.get(pk, sk, consistent_read=True)
    except table.DoesNotExist:
        return None
    return decode(_document(row), kind)


def _query(table: type[Model], kind: type[T], pk: str, prefix: str | None, limit: int) -> list[T]:
    sort: Any = table.sk  # type: ignore[attr-defined]  # each table queried here has one
    condition = sort.startswith(prefix) if prefix else None
    rows = table.query(pk, condition, consistent_read=True, limit=limit)
    return [decode(_document(row), kind) for row in rows]


def _document(row: Model) -> str:
    return str(row.attribute_values["document"])


def _found(future: Any, kind: type[T]) -> T | None:
    try:
        return decode(_document(future.get()), kind)
    except Model.DoesNotExist:
        return None


def _there(records: Sequence[T | None]) -> list[T]:
    return [record for record in records if record is not None]


def _node(row: FleetTable) -> MediaNode:
    return MediaNode(
        node_id=row.sk,
        internal_url=str(row.internal_url),
        heartbeat_at=_whole(row.heartbeat_at),
        participants=_whole(row.participants),
        calls=_whole(row.calls),
        capacity=_whole(row.capacity),
        draining=bool(row.draining),
    )


def _whole(value: float | None) -> int:
    return msgspec.convert(value, int, strict=False)
