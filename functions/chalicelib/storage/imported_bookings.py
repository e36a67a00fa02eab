"""The ImportedBookings port on DynamoDB (services/ports.py)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from msgspec.structs import replace
from pynamodb.exceptions import TransactGetError
from pynamodb.models import Model
from pynamodb.transactions import TransactGet

from chalicelib.domain.imported_booking import ImportContext, ImportedBooking, WaitingFor
from chalicelib.domain.integration_client import IntegrationClient
from chalicelib.domain.integration_message import SHARDS, IntegrationMessage, Outcome, external_key
from chalicelib.domain.organisation import Organisation, StaffMember
from chalicelib.domain.patient import Patient
from chalicelib.domain.visit import Visit
from chalicelib.errors import Unavailable
from chalicelib.storage.connection import connection
from chalicelib.storage.documents import decode, sort_key
from chalicelib.storage.recent_staff import RECENT
from chalicelib.storage.rows import (
    booking_pk,
    client_pk,
    message_pk,
    messages_pk,
    patient_pk,
    pending_pk,
    visit_pk,
    waiting_pk,
)
from chalicelib.storage.tables import IntegrationTable, OrganisationsTable, PatientsTable, VisitsTable

T = TypeVar("T")
PENDING_LIMIT = 200
WAITING_LIMIT = 50
_SHOWN = ["pk", "sk", "document", "expires_at"]


class DynamoImportedBookings:
    """Consistent but for the indexes of the pending and of the messages, which lag by moments."""

    def client(self, client_id: str) -> IntegrationClient | None:
        """As it was at most 5 seconds ago."""
        known = RECENT.client(client_id)
        return known or RECENT.keep_client(_get(OrganisationsTable, IntegrationClient, client_pk(client_id), "client"))

    def booking(self, booking_id: str) -> ImportedBooking | None:
        return _get(IntegrationTable, ImportedBooking, booking_pk(booking_id), "booking")

    def import_context(
        self, org_id: str, booking_id: str, patient_id: str, visit_id: str, hsa_ids: Sequence[str]
    ) -> ImportContext:
        organisation, staff = RECENT.organisation(org_id), {each: RECENT.member(org_id, each) for each in hsa_ids}
        try:
            with TransactGet(connection=connection()) as reads:
                booking = reads.get(IntegrationTable, booking_pk(booking_id), "booking")
                patient = reads.get(PatientsTable, patient_pk(org_id, patient_id)) if patient_id else None
                visit = reads.get(VisitsTable, visit_pk(visit_id), "visit") if visit_id else None
                org = None if organisation else reads.get(OrganisationsTable, org_id, "org")
                unknown = [each for each, member in staff.items() if member is None]
                members = {each: reads.get(OrganisationsTable, org_id, f"staff#{each}") for each in unknown}
        except TransactGetError as error:
            raise Unavailable("the database refused the read") from error
        organisation = organisation or RECENT.keep_organisation(_found(org, Organisation))
        staff |= {each: RECENT.keep_member(_found(member, StaffMember)) for each, member in members.items()}
        return ImportContext(
            organisation=organisation,
            booking=_found(booking, ImportedBooking),
            patient=_found(patient, Patient),
            visit=_found(visit, Visit),
            staff=tuple(member for member in staff.values() if member is not None),
        )

    def pending_of(self, org_id: str, hsa_id: str, since: datetime) -> list[ImportedBooking]:
        later = IntegrationTable.pending_sk >= sort_key(since)
        rows = IntegrationTable.pending.query(pending_pk(org_id, hsa_id), later, limit=PENDING_LIMIT)
        return [decode(row.document, ImportedBooking) for row in rows]

    def waiting_for(self, org_id: str, patient_id: str) -> list[str]:
        rows = IntegrationTable.query(waiting_pk(org_id, patient_id), consistent_read=True, limit=WAITING_LIMIT)
        return [decode(row.document, WaitingFor).booking_id for row in rows]

    def message(self, org_id: str, message_id: str) -> IntegrationMessage | None:
        try:
            row = IntegrationTable.get(message_pk(org_id, message_id), message_id, consistent_read=True)
        except IntegrationTable.DoesNotExist:
            return None
        return replace(decode(row.document, IntegrationMessage), body=bytes(row.body or b""))

    def messages_of_day(
        self, org_id: str, day: str, outcome: Outcome | None, between: tuple[str, str], limit: int
    ) -> list[IntegrationMessage]:
        found: list[IntegrationMessage] = []
        for shard in range(SHARDS):
            found += _messages(_newest(messages_pk(org_id, day, shard, outcome or ""), bool(outcome), between, limit))
        return sorted(found, key=lambda message: message.message_id, reverse=True)[:limit]

    def messages_of(
        self, org_id: str, external_id: str, between: tuple[str, str], limit: int
    ) -> list[IntegrationMessage]:
        rows = IntegrationTable.by_external.query(
            external_key(org_id, external_id),
            IntegrationTable.sk.between(*between),
            limit=limit,
            scan_index_forward=False,
        )
        return _messages(rows)


def _newest(pk: str, by_outcome: bool, between: tuple[str, str], limit: int) -> Any:
    when = IntegrationTable.sk.between(*between)
    if by_outcome:
        return IntegrationTable.by_outcome.query(pk, when, limit=limit, scan_index_forward=False)
    return IntegrationTable.query(pk, when, limit=limit, scan_index_forward=False, attributes_to_get=_SHOWN)


def _messages(rows: Any) -> list[IntegrationMessage]:
    return [decode(row.document, IntegrationMessage) for row in rows]


def _get(table: type[Model], kind: type[T], pk: str, sk: str) -> T | None:
    try:
        row = table.get(pk, sk, consistent_read=True)
    except table.DoesNotExist:
        return None
    return decode(str(row.attribute_values["document"]), kind)


def _found(future: Any, kind: type[T]) -> T | None:
    if future is None:
        return None
    try:
        return decode(str(future.get().attribute_values["document"]), kind)
    except Model.DoesNotExist:
        return None
