"""What the use cases need of the world outside. Storage and gateways satisfy these; tests put fakes in their place."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from chalicelib.domain.agenda import AgendaRow
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.calendar import CalendarPart
from chalicelib.domain.changes import Change
from chalicelib.domain.chat import ChatMessage, Note
from chalicelib.domain.commission import StaffIdentity
from chalicelib.domain.eid import EidOrder, EidProvider, EidRequest, EidResult
from chalicelib.domain.fleet import CallPin, MediaNode
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.imported_booking import ImportContext, ImportedBooking
from chalicelib.domain.integration_client import IntegrationClient
from chalicelib.domain.integration_message import IntegrationMessage, Outcome
from chalicelib.domain.link import Link
from chalicelib.domain.live import Subscription
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation, StaffMember, Unit
from chalicelib.domain.patient import Patient
from chalicelib.domain.receipt import ReceiptPointer
from chalicelib.domain.register import RegisterPerson
from chalicelib.domain.session import HalfSession, Session, StaffSession
from chalicelib.domain.visit import Visit
from chalicelib.settings import Settings


class Clock(Protocol):
    def now(self) -> datetime:
        """The time in UTC."""
        ...


class PopulationRegister(Protocol):
    def person(self, number: IdentityNumber, *, fresh: bool = False) -> RegisterPerson | None:
        """The person with guardians and their own protection, or None when the register has no such number.

        What was fetched within the last minute may be told again, with its own `fetched_at`, unless `fresh`. Raises
        RegisterUnavailable when the register does not answer or answers nonsense, with the code `register_incomplete`
        when it leaves out what must be known of a child's guardians (P5). Both are worth another try.
        """
        ...


class Eid(Protocol):
    def start(self, request: EidRequest) -> EidOrder:
        """Start an order that only this person can complete (G6). Raises EidUnavailable (also
        `eid_already_in_progress`, `eid_refused`, `freja_not_found`)."""
        ...

    def collect(self, order: EidOrder) -> EidResult:
        """How far the order has come; at most every 2 s per order. Raises EidUnavailable."""
        ...

    def cancel(self, order: EidOrder) -> None:
        """Cancel; an order that is already over is no error. Raises EidUnavailable."""
        ...


class IdentityProvider(Protocol):
    def authorization_url(self, state: str, nonce: str, code_challenge: str) -> str:
        """Where to send the browser (OpenID Connect Core 3.1.2.1, RFC 7636 S256)."""
        ...

    def exchange(self, code: str, code_verifier: str, nonce: str) -> StaffIdentity:
        """Trade the code for checked claims.

        Raises StaleLogin (refused or forged), TooManyAttempts for one login answered again and again, IdpUnavailable.
        """
        ...

    def logout_url(self) -> str:
        """Where the browser ends the provider's session too (OpenID Connect RP-Initiated Logout)."""
        ...


class SmsSender(Protocol):
    def send(self, to_e164: str, text: str, message_id: str) -> str:
        """Send; the answer is the provider's id. Raises Unavailable when worth a retry (Throttled when it was too much at
        once), BadInput when never."""
        ...


class EmailSender(Protocol):
    def send(self, to: str, subject: str, text: str, message_id: str, calendar: CalendarPart | None = None) -> str:
        """As SmsSender.send."""
        ...


class LivePush(Protocol):
    def push(self, connection_id: str, payload: bytes) -> bool:
        """Deliver to one socket; False when it is gone for good."""
        ...


class MediaFleet(Protocol):
    def control(self, internal_url: str, token: str) -> None:
        """POST a control token (docs/protocol.md §3). Raises Unavailable."""
        ...

    def is_there(self, internal_url: str, node_id: str) -> bool:
        """Whether that very node answers at its address within half a second."""
        ...


class DeadLetters(Protocol):
    def bury(self, message_id: str, channel: str, failure: str) -> None:
        """Tell operators of a message that will never be sent; nothing of what it says. Raises Unavailable."""
        ...


class Store(Protocol):
    """The database in the domain's words. Reads are consistent but for the agenda and the sweep, which are indexes."""

    def visit(self, visit_id: str) -> Visit | None: ...

    def agenda(self, org_id: str, hsa_id: str, start: datetime, end: datetime) -> list[AgendaRow]:
        """Rows that start in [start, end), in order of time: one index query, at most AGENDA_LIMIT rows."""
        ...

    def next_visit_at(self, org_id: str, hsa_id: str, after: datetime) -> datetime | None: ...

    def chat(self, visit_id: str) -> list[ChatMessage]:
        """In order of time; a visit has at most 1,000."""
        ...

    def chat_message(self, visit_id: str, message_id: str) -> ChatMessage | None: ...

    def note(self, visit_id: str) -> Note | None: ...

    def patient(self, org_id: str, patient_id: str) -> Patient | None: ...

    def patients(self, org_id: str, patient_ids: Sequence[str]) -> list[Patient]:
        """Those of them that are there, in no order; at most 500 ids, each once."""
        ...

    def visits_of_patient(self, org_id: str, patient_id: str, since: datetime) -> list[str]:
        """Ids of those that start then or later, in order of time; at most 200."""
        ...

    def organisation(self, org_id: str) -> Organisation | None: ...

    def staff_member(self, org_id: str, hsa_id: str) -> StaffMember | None: ...

    def colleagues(self, org_id: str) -> list[StaffMember]: ...

    def login_context(
        self, org_id: str, hsa_id: str, unit_ids: Sequence[str]
    ) -> tuple[Organisation | None, StaffMember | None, list[Unit]]:
        """What a login needs, in one TransactGetItems; of the units those that the organisation has. Raises Unavailable."""
        ...

    def directory(self, org_id: str) -> tuple[Organisation | None, list[Unit], list[StaffMember]]:
        """The organisation, its units and its staff: one query, at most 1,000 rows."""
        ...

    def booking_context(
        self, org_id: str, patient_ids: Sequence[str], hsa_ids: Sequence[str]
    ) -> tuple[Organisation | None, list[Patient], list[StaffMember]]:
        """What a booking needs, in one TransactGetItems: of patients and staff those that are there, in the order asked
        for. At most 99 in all, each once. Raises Unavailable, as when one of them is being written."""
        ...

    def link(self, token_hash: str) -> Link | None: ...

    def session(self, session_hash: str, now: datetime) -> Session | None:
        """None also when it has expired by `now` but is not yet swept."""
        ...

    def sessions_of(self, person: str) -> list[StaffSession | HalfSession]:
        """All of a person (`person_key`), expired ones too: an index, so a session begun this second may lack."""
        ...

    def message(self, message_id: str) -> OutboxMessage | None: ...

    def messages(self, message_ids: Sequence[str]) -> list[OutboxMessage]: ...

    def receipt_pointer(self, provider_id: str) -> ReceiptPointer | None:
        """Which message a carrier's own id is of."""
        ...

    def due_messages(self, before: datetime, limit: int) -> list[str]:
        """Ids of messages not yet sent whose `due_at` has passed, oldest first."""
        ...

    def subscriptions(self, topic: str) -> list[Subscription]: ...

    def subscriptions_of(self, connection_id: str) -> list[Subscription]: ...

    def nodes(self) -> list[MediaNode]: ...

    def call_pin(self, call_id: str) -> CallPin | None: ...

    def commit(self, changes: Sequence[Change]) -> None:
        """All or nothing, in one transaction. Raises Conflict (`changed_meanwhile`) when a condition did not hold, and
        TooManyAttempts when only a Count was at its limit."""
        ...


class ImportedBookings(Protocol):
    """What other systems have delivered. They are written by `Store.commit`, with what becomes of them."""

    def client(self, client_id: str) -> IntegrationClient | None:
        """It may be as it was some seconds ago."""
        ...

    def booking(self, booking_id: str) -> ImportedBooking | None: ...

    def import_context(
        self, org_id: str, booking_id: str, patient_id: str, visit_id: str, hsa_ids: Sequence[str]
    ) -> ImportContext:
        """What a delivery needs, in one TransactGetItems; nothing is read for an empty id. The organisation and its staff
        may be as they were some seconds ago. Raises Unavailable, as when one of them is being written."""
        ...

    def pending_of(self, org_id: str, hsa_id: str, since: datetime) -> list[ImportedBooking]:
        """Those that wait, are this clinician's and start then or later, in order of time: one index query, at most 200."""
        ...

    def waiting_for(self, org_id: str, patient_id: str) -> list[str]:
        """Ids of the bookings that wait for this patient, at most 50."""
        ...

    def message(self, org_id: str, message_id: str) -> IntegrationMessage | None: ...

    def messages_of_day(
        self, org_id: str, day: str, outcome: Outcome | None, between: tuple[str, str], limit: int
    ) -> list[IntegrationMessage]:
        """Of one UTC day (`20261123`), newest first and without their bodies; `between` two ids."""
        ...

    def messages_of(
        self, org_id: str, external_id: str, between: tuple[str, str], limit: int
    ) -> list[IntegrationMessage]:
        """Of one booking, newest first and without their bodies; `between` two ids."""
        ...


class AccessLog(Protocol):
    """What was written to the access log, newest first. `before` is a position (`AuditEntry.position`): what stands there
    is not among the answer."""

    def of_day(self, org_id: str, day: date, before: str, limit: int) -> list[AuditEntry]:
        """Of one Swedish day. What was written in the last moments may be missing."""
        ...

    def of_patient(self, org_id: str, patient_id: str, since: datetime, before: str, limit: int) -> list[AuditEntry]:
        """Of one patient, from `since` on."""
        ...


class AccessLogArchive(Protocol):
    def store(self, key: str, document: bytes) -> None:
        """Put it where nothing can be changed or removed for five years. The same key again is a further version.

        Raises Unavailable.
        """
        ...


class RateLimits(Protocol):
    def hit(self, name: str, limit: int, window_s: int) -> None:
        """Count one, before anything is done; raises TooManyAttempts past `limit` within the window.

        What is counted with a write stands in its transaction (`domain.changes.Count`). `name` holds nothing personal.
        """
        ...


class Ports(Protocol):
    """All of them together, as an edge has them at hand; each is made when it is first asked for."""

    @property
    def settings(self) -> Settings: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def store(self) -> Store: ...

    @property
    def bookings(self) -> ImportedBookings: ...

    @property
    def access_log(self) -> AccessLog: ...

    @property
    def access_log_archive(self) -> AccessLogArchive: ...

    @property
    def rate_limits(self) -> RateLimits: ...

    @property
    def register(self) -> PopulationRegister: ...

    def eid_of(self, provider: EidProvider) -> Eid:
        """The e-ID of one provider, of those in `settings.eid_providers`."""
        ...

    @property
    def identity_provider(self) -> IdentityProvider: ...

    @property
    def sms(self) -> SmsSender: ...

    @property
    def email(self) -> EmailSender: ...

    @property
    def live_push(self) -> LivePush: ...

    @property
    def media_fleet(self) -> MediaFleet: ...

    @property
    def dead_letters(self) -> DeadLetters: ...
