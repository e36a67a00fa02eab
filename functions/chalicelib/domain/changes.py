"""What one transaction writes, in the domain's words. Storage turns it into TransactWriteItems."""

from dataclasses import dataclass

from chalicelib.concealed import Concealed
from chalicelib.domain.agenda import AgendaRow, agenda_rows
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.chat import ChatMessage, Note
from chalicelib.domain.fleet import CallPin
from chalicelib.domain.imported_booking import ImportedBooking, WaitingFor
from chalicelib.domain.integration_client import IntegrationClient
from chalicelib.domain.integration_message import IntegrationMessage
from chalicelib.domain.link import Link
from chalicelib.domain.live import Subscription
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation, StaffMember, Unit
from chalicelib.domain.patient import Patient
from chalicelib.domain.patient_visits import PatientVisit, patient_visits
from chalicelib.domain.quality import CallStatistics, Rating
from chalicelib.domain.receipt import ReceiptPointer
from chalicelib.domain.session import HalfSession, StaffSession, UsedLogin, VisitorSession
from chalicelib.domain.visit import Status, Visit

Versioned = Visit | Patient | Note | OutboxMessage | StaffSession | VisitorSession | ImportedBooking | Organisation
Rewritable = (
    Versioned
    | AgendaRow
    | PatientVisit
    | Link
    | VisitorSession
    | HalfSession
    | UsedLogin
    | ChatMessage
    | Organisation
    | Unit
    | StaffMember
    | Rating
    | CallStatistics
    | Subscription
    | CallPin
    | ReceiptPointer
    | WaitingFor
    | IntegrationClient
    | IntegrationMessage
)
Record = Rewritable | AuditEntry


@dataclass(frozen=True, slots=True)
class Create:
    """Write a record that must not be there yet."""

    record: Record


@dataclass(frozen=True, slots=True)
class Replace:
    """Write the next version of a record: the stored one must be one less (`version`; of a call pin `epoch`)."""

    record: Versioned | CallPin


@dataclass(frozen=True, slots=True)
class Put:
    """Write a record whatever is there. Only for rows derived from a versioned record in the same transaction, for
    sessions, and for ratings and statistics, of which the latest counts. Never for the access log: that is created."""

    record: Rewritable


@dataclass(frozen=True, slots=True)
class Delete:
    record: Rewritable


@dataclass(frozen=True, slots=True)
class RequireStatus:
    """The visit must be in one of these states when the transaction commits."""

    visit_id: str
    statuses: frozenset[Status]


@dataclass(frozen=True, slots=True)
class RequirePatient:
    """The patient must be as it was read: in this version, or with 0 not there."""

    org_id: str
    patient_id: str
    version: int


@dataclass(frozen=True, slots=True, repr=False)
class RequirePlace(Concealed):
    """As RequireStatus, and this person must be in the visit, if given with this very session (G2, G5)."""

    visit_id: str
    statuses: frozenset[Status]
    participant_id: str
    session_hash: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """Count `amount` more under this name within the window; past `limit` nothing of the transaction is written.

    `name` holds nothing of a patient.
    """

    name: str
    limit: int
    window_s: int
    amount: int = 1


Change = Create | Replace | Put | Delete | RequireStatus | RequirePatient | RequirePlace | Count

MOST_IN_ONE = 100
"""Items of one transaction (DynamoDB developer guide, quotas)."""


def created(visit: Visit) -> list[Change]:
    """A new visit with its agenda rows, and where it is found from each patient."""
    return [Create(visit), *map(Put, patient_visits(visit)), *map(Put, agenda_rows(visit))]


def changed(before: Visit, after: Visit) -> list[Change]:
    """The next version of a visit, with the rows of all who are in it now; those of who is out go, and the patients'
    rows, whose key is the time, move with the visit."""
    shown, found = agenda_rows(after), patient_visits(after)
    gone = [row for row in agenda_rows(before) if row.hsa_id not in {each.hsa_id for each in shown}]
    left = [row for row in patient_visits(before) if row not in found]
    come = [row for row in found if row not in patient_visits(before)]
    return [Replace(after), *map(Put, shown), *map(Delete, gone), *map(Delete, left), *map(Put, come)]
