"""The ImportedBookings port over the fake store."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from chalicelib.domain.imported_booking import ImportContext, ImportedBooking, WaitingFor
from chalicelib.domain.integration_client import IntegrationClient
from chalicelib.domain.integration_message import IntegrationMessage, Outcome

if TYPE_CHECKING:
    from tests.fakes import FakeStore


class FakeBookings:
    """What the fake store holds of other systems' bookings."""

    def __init__(self, store: "FakeStore") -> None:
        self._store = store

    def client(self, client_id: str) -> IntegrationClient | None:
        return next((c for c in self._store.of(IntegrationClient) if c.client_id == client_id), None)

    def booking(self, booking_id: str) -> ImportedBooking | None:
        return next((b for b in self._store.of(ImportedBooking) if b.booking_id == booking_id), None)

    def import_context(
        self, org_id: str, booking_id: str, patient_id: str, visit_id: str, hsa_ids: Sequence[str]
    ) -> ImportContext:
        staff = [self._store.staff_member(org_id, each) for each in hsa_ids]
        return ImportContext(
            organisation=self._store.organisation(org_id),
            booking=self.booking(booking_id),
            patient=self._store.patient(org_id, patient_id) if patient_id else None,
            visit=self._store.visit(visit_id),
            staff=tuple(member for member in staff if member is not None),
        )

    def pending_of(self, org_id: str, hsa_id: str, since: datetime) -> list[ImportedBooking]:
        mine = [b for b in self._store.of(ImportedBooking) if (b.org_id, b.owner_hsa_id) == (org_id, hsa_id)]
        waiting = [(b.wanted.starts_at, b.booking_id, b) for b in mine if b.state == "pending" and b.wanted]
        return [booking for starts_at, _, booking in sorted(waiting, key=lambda w: w[:2]) if starts_at >= since]

    def waiting_for(self, org_id: str, patient_id: str) -> list[str]:
        every = self._store.of(WaitingFor)
        return [w.booking_id for w in every if (w.org_id, w.patient_id) == (org_id, patient_id)]

    def message(self, org_id: str, message_id: str) -> IntegrationMessage | None:
        every = self._store.of(IntegrationMessage)
        return next((m for m in every if (m.org_id, m.message_id) == (org_id, message_id)), None)

    def messages_of_day(
        self, org_id: str, day: str, outcome: Outcome | None, between: tuple[str, str], limit: int
    ) -> list[IntegrationMessage]:
        that_day = [m for m in self._of(org_id, between) if m.message_id.startswith(day)]
        return [m for m in that_day if outcome in {None, m.outcome}][:limit]

    def messages_of(
        self, org_id: str, external_id: str, between: tuple[str, str], limit: int
    ) -> list[IntegrationMessage]:
        return [m for m in self._of(org_id, between) if m.external_id == external_id][:limit]

    def _of(self, org_id: str, between: tuple[str, str]) -> list[IntegrationMessage]:
        first, last = between
        found = [m for m in self._store.of(IntegrationMessage) if m.org_id == org_id and first <= m.message_id <= last]
        return [replace(m, body=b"") for m in sorted(found, key=lambda m: m.message_id, reverse=True)]
