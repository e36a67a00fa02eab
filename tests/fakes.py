"""Fakes of the ports (services/ports.py): the same promises, in memory."""

import threading
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec
from pynamodb.models import Model

from chalicelib.domain.agenda import AGENDA_LIMIT, AgendaRow
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import (
    Change,
    Count,
    Create,
    Delete,
    Put,
    Record,
    Replace,
    RequirePatient,
    RequirePlace,
    RequireStatus,
)
from chalicelib.domain.chat import ChatMessage, Note
from chalicelib.domain.eid import FIRST_HINT, EidOrder, EidProvider, EidRequest, EidResult
from chalicelib.domain.fleet import CallPin, MediaNode
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.link import Link
from chalicelib.domain.live import Subscription
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation, StaffMember, Unit
from chalicelib.domain.patient import Patient
from chalicelib.domain.patient_visits import PatientVisit
from chalicelib.domain.receipt import ReceiptPointer
from chalicelib.domain.register import RegisterPerson
from chalicelib.domain.session import HalfSession, Session, StaffSession, VisitorSession
from chalicelib.domain.visit import Visit
from chalicelib.errors import Conflict, EidUnavailable, RegisterUnavailable, TooManyAttempts
from chalicelib.storage.rows import row

T = TypeVar("T")
Key = tuple[str, str, str]


def _is_reading(change: Change) -> bool:
    return isinstance(change, Count) or (isinstance(change, Create) and isinstance(change.record, AuditEntry))


def _key(record: Record) -> Key:
    model: Model = row(record)
    values = model.attribute_values
    return type(model).__name__, str(values["pk"]), str(values.get("sk", ""))


def _version(record: Record | None) -> int:
    if isinstance(record, CallPin):
        return record.epoch
    return int(getattr(record, "version", 0))


class FakeStore:
    """A Store whose commit is all or nothing under one lock. `commits` counts transactions, `reads` single reads."""

    def __init__(self) -> None:
        self.records: dict[Key, Record] = {}
        self.media_nodes: list[MediaNode] = []
        self.commits: list[Sequence[Change]] = []
        self.reads: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def of(self, kind: type[T]) -> list[T]:
        """Every stored record of that type."""
        return [record for record in self.records.values() if isinstance(record, kind)]

    def to_people(self) -> list[OutboxMessage]:
        """The messages that someone gets: not orders to the media fleet, nor rows that later become messages."""
        return [message for message in self.of(OutboxMessage) if message.channel in {"sms", "email"}]

    @property
    def changes(self) -> list[Sequence[Change]]:
        """The transactions that were more than a reading's: an entry of the access log, and its counter."""
        return [each for each in self.commits if not all(_is_reading(change) for change in each)]

    def written(self) -> str:
        """Every stored record as the database would hold it, to look for what must not be there."""
        return msgspec.json.encode(list(self.records.values())).decode()

    def seed(self, *records: Record) -> None:
        for record in records:
            self.records[_key(record)] = record

    def commit(self, changes: Sequence[Change]) -> None:
        with self._lock:
            if not all(self._holds(change) for change in changes):
                raise Conflict("a condition of the transaction did not hold", code="changed_meanwhile")
            counted = [change for change in changes if isinstance(change, Count)]
            if any(self.counts[change.name] + change.amount > change.limit for change in counted):
                raise TooManyAttempts("the limit of this window is reached")
            checks = RequireStatus | RequirePatient | RequirePlace | Count
            keys = [_key(c.record) for c in changes if not isinstance(c, checks)]
            assert len(keys) == len(set(keys)), "DynamoDB refuses two writes of one item in a transaction"
            assert len(changes) <= 100, "DynamoDB refuses more than 100 items in a transaction"
            for change in changes:
                self._apply(change)
            self.commits.append(changes)

    def _holds(self, change: Change) -> bool:
        match change:
            case Create(record):
                return _key(record) not in self.records
            case Replace(record):
                return _version(self.records.get(_key(record))) == _version(record) - 1
            case RequireStatus(visit_id, statuses):
                return any(v.visit_id == visit_id and v.status in statuses for v in self.of(Visit))
            case RequirePatient(org_id, patient_id, version):
                found = [p for p in self.of(Patient) if (p.org_id, p.patient_id) == (org_id, patient_id)]
                return (found[0].version if found else 0) == version
            case RequirePlace(visit_id, statuses, participant_id, session_hash):
                visits = [v for v in self.of(Visit) if v.visit_id == visit_id and v.status in statuses]
                people = [p for v in visits for p in v.participants if p.participant_id == participant_id]
                return any(session_hash in {"", p.session_hash} for p in people)
            case _:
                return True

    def _apply(self, change: Change) -> None:
        match change:
            case Create(record) | Replace(record) | Put(record):
                self.records[_key(record)] = record
            case Count():
                self.counts[change.name] += change.amount
            case Delete(record):
                self.records.pop(_key(record), None)

    def _one(self, kind: type[T], **fields: str) -> T | None:
        self.reads[kind.__name__] += 1
        return next((r for r in self.of(kind) if all(getattr(r, k) == v for k, v in fields.items())), None)

    def visit(self, visit_id: str) -> Visit | None:
        return self._one(Visit, visit_id=visit_id)

    def agenda(self, org_id: str, hsa_id: str, start: datetime, end: datetime) -> list[AgendaRow]:
        self.reads["agenda"] += 1
        rows = [r for r in self._agenda_of(org_id, hsa_id) if start <= r.starts_at < end]
        return sorted(rows, key=lambda r: (r.starts_at, r.visit_id))[:AGENDA_LIMIT]

    def next_visit_at(self, org_id: str, hsa_id: str, after: datetime) -> datetime | None:
        return min((r.starts_at for r in self._agenda_of(org_id, hsa_id) if r.starts_at >= after), default=None)

    def _agenda_of(self, org_id: str, hsa_id: str) -> list[AgendaRow]:
        return [r for r in self.of(AgendaRow) if r.org_id == org_id and r.hsa_id == hsa_id]

    def chat(self, visit_id: str) -> list[ChatMessage]:
        messages = [m for m in self.of(ChatMessage) if m.visit_id == visit_id]
        return sorted(messages, key=lambda m: (m.sent_at, m.message_id))

    def chat_message(self, visit_id: str, message_id: str) -> ChatMessage | None:
        return self._one(ChatMessage, visit_id=visit_id, message_id=message_id)

    def note(self, visit_id: str) -> Note | None:
        return self._one(Note, visit_id=visit_id)

    def patient(self, org_id: str, patient_id: str) -> Patient | None:
        return self._one(Patient, org_id=org_id, patient_id=patient_id)

    def patients(self, org_id: str, patient_ids: Sequence[str]) -> list[Patient]:
        return [p for p in self.of(Patient) if p.org_id == org_id and p.patient_id in patient_ids]

    def visits_of_patient(self, org_id: str, patient_id: str, since: datetime) -> list[str]:
        visits = [v for v in self.of(PatientVisit) if (v.org_id, v.patient_id) == (org_id, patient_id)]
        return [v.visit_id for v in sorted(visits, key=lambda v: v.starts_at) if v.starts_at >= since]

    def organisation(self, org_id: str) -> Organisation | None:
        return self._one(Organisation, org_id=org_id)

    def staff_member(self, org_id: str, hsa_id: str) -> StaffMember | None:
        return self._one(StaffMember, org_id=org_id, hsa_id=hsa_id)

    def colleagues(self, org_id: str) -> list[StaffMember]:
        return [m for m in self.of(StaffMember) if m.org_id == org_id]

    def login_context(
        self, org_id: str, hsa_id: str, unit_ids: Sequence[str]
    ) -> tuple[Organisation | None, StaffMember | None, list[Unit]]:
        units = [unit for unit in self.of(Unit) if unit.org_id == org_id and unit.unit_id in unit_ids]
        return self.organisation(org_id), self.staff_member(org_id, hsa_id), units

    def directory(self, org_id: str) -> tuple[Organisation | None, list[Unit], list[StaffMember]]:
        units = [unit for unit in self.of(Unit) if unit.org_id == org_id]
        return self.organisation(org_id), units, self.colleagues(org_id)

    def booking_context(
        self, org_id: str, patient_ids: Sequence[str], hsa_ids: Sequence[str]
    ) -> tuple[Organisation | None, list[Patient], list[StaffMember]]:
        assert 1 + len(patient_ids) + len(hsa_ids) <= 100, "DynamoDB refuses more than 100 items in a transaction"
        patients = [self.patient(org_id, patient_id) for patient_id in patient_ids]
        staff = [self.staff_member(org_id, hsa_id) for hsa_id in hsa_ids]
        return self.organisation(org_id), [p for p in patients if p is not None], [s for s in staff if s is not None]

    def link(self, token_hash: str) -> Link | None:
        return self._one(Link, token_hash=token_hash)

    def session(self, session_hash: str, now: datetime) -> Session | None:
        kinds = (StaffSession, VisitorSession, HalfSession)
        found = next(
            (r for r in self.records.values() if isinstance(r, kinds) and r.session_hash == session_hash), None
        )
        return found if found is not None and found.expires_at > now else None

    def sessions_of(self, person: str) -> list[StaffSession | HalfSession]:
        found: list[StaffSession | HalfSession] = [*self.of(StaffSession), *self.of(HalfSession)]
        return [session for session in found if session.person == person]

    def message(self, message_id: str) -> OutboxMessage | None:
        return self._one(OutboxMessage, message_id=message_id)

    def messages(self, message_ids: Sequence[str]) -> list[OutboxMessage]:
        return [m for m in self.of(OutboxMessage) if m.message_id in message_ids]

    def receipt_pointer(self, provider_id: str) -> ReceiptPointer | None:
        return self._one(ReceiptPointer, provider_id=provider_id)

    def due_messages(self, before: datetime, limit: int) -> list[str]:
        due = [m for m in self.of(OutboxMessage) if m.state in {"queued", "sending"} and m.due_at <= before]
        return [m.message_id for m in sorted(due, key=lambda m: m.due_at)][:limit]

    def subscriptions(self, topic: str) -> list[Subscription]:
        return [s for s in self.of(Subscription) if s.topic == topic]

    def subscriptions_of(self, connection_id: str) -> list[Subscription]:
        return [s for s in self.of(Subscription) if s.connection_id == connection_id]

    def nodes(self) -> list[MediaNode]:
        return list(self.media_nodes)

    def call_pin(self, call_id: str) -> CallPin | None:
        return self._one(CallPin, call_id=call_id)


class FakeClock:
    """Time that moves when told."""

    def __init__(self, start: datetime) -> None:
        self.time = start

    def now(self) -> datetime:
        return self.time

    def advance(self, **delta: float) -> None:
        self.time += timedelta(**delta)


class FakeRegister:
    """A population register of the people given; `down` makes it fail. `calls` counts look-ups, `fresh_calls` those
    that wanted nothing remembered."""

    def __init__(self, *people: RegisterPerson) -> None:
        self.people = {person.number.digits: person for person in people}
        self.down = False
        self.calls = 0
        self.fresh_calls = 0

    def person(self, number: IdentityNumber, *, fresh: bool = False) -> RegisterPerson | None:
        self.calls += 1
        self.fresh_calls += fresh
        if self.down:
            raise RegisterUnavailable("the register does not answer")
        return self.people.get(number.digits)


class FakeEid:
    """An e-ID provider whose next collect answers what the test put in `answers`.

    `requests` and `started` are what it was asked to start, and for whom; `collected` and `cancelled` name orders.
    """

    def __init__(self, provider: EidProvider = "bankid") -> None:
        self.provider = provider
        self.requests: list[EidRequest] = []
        self.collected: list[str] = []
        self.cancelled: list[str] = []
        self.answers: list[EidResult] = []
        self.down = False

    @property
    def started(self) -> list[IdentityNumber]:
        return [request.number for request in self.requests]

    def start(self, request: EidRequest) -> EidOrder:
        if self.down:
            raise EidUnavailable("the e-ID provider does not answer")
        self.requests.append(request)
        if self.provider == "freja":
            ref = f"freja-{len(self.requests)}"
            return EidOrder(ref, ref, "", "", 1_790_000_000.0, "freja")
        ref = f"order-{len(self.requests)}"
        return EidOrder(ref, f"auto-{ref}", f"qr-{ref}", f"secret-{ref}", 1_790_000_000.0)

    def collect(self, order: EidOrder) -> EidResult:
        self.collected.append(order.order_ref)
        if self.answers:
            return self.answers.pop(0)
        return EidResult("pending", FIRST_HINT[self.provider])

    def cancel(self, order: EidOrder) -> None:
        self.cancelled.append(order.order_ref)


class FakeRateLimits:
    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()

    def hit(self, name: str, limit: int, window_s: int) -> None:
        self.hits[name] += 1
        if self.hits[name] > limit:
            raise TooManyAttempts("the limit of this window is reached")
