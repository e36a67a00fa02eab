"""B3, B10: 5,000 reminders due at seven, through the handlers as Lambda calls them, with a carrier that takes 20 a second.

Each invocation of the sweep and of the stream ends within its function's time; when all is done everyone has one SMS.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from unittest.mock import patch

import pytest
from msgspec.structs import replace

import app as deployed
from chalicelib import bootstrap
from chalicelib.domain.live import Subscription
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.reminders import reminder_plan
from chalicelib.domain.visit import Contact, Visit
from chalicelib.errors import Throttled
from local.settings import ROOT
from tests.builders import a_visit, an_organisation
from tests.fake_ports import FakePorts, FakeSms
from tests.fakes import FakeClock
from tests.promises.clinic import CLOCK_EVENT, ENVIRONMENT
from tests.promises.fuse import Fuse
from tests.promises.store import FragileStore

VISITS = 5_000
RATE_PER_S = 20
SEVEN = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
STREAM_BATCH = 25
TRIP = timedelta(milliseconds=10)
"""What a call of the database or of the carrier takes."""
CONFIG = json.loads((ROOT / "functions" / ".chalice" / "config.json").read_text(encoding="utf-8"))["lambda_functions"]


class QuickStore(FragileStore):
    """Found by key, since it holds ten thousand rows here; and each call takes its time."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(Fuse(), clock)
        self.clock = clock
        self.due: dict[str, datetime] = {}

    def commit(self, changes: Any) -> None:
        self.clock.time += TRIP
        super().commit(changes)
        for change in changes:
            self.note_due(getattr(change, "record", None))

    def note_due(self, record: object) -> None:
        """As the index has it."""
        if isinstance(record, OutboxMessage):
            self.due.pop(record.message_id, None)
            if record.state in {"queued", "sending"}:
                self.due[record.message_id] = record.due_at

    def due_messages(self, before: datetime, limit: int) -> list[str]:
        self.clock.time += TRIP
        due = sorted((due_at, message_id) for message_id, due_at in self.due.items() if due_at <= before)
        return [message_id for _, message_id in due[:limit]]

    def message(self, message_id: str) -> OutboxMessage | None:
        self.clock.time += TRIP
        return cast(OutboxMessage | None, self.records.get(("OutboxTable", message_id, "")))

    def visit(self, visit_id: str) -> Visit | None:
        self.clock.time += TRIP
        return cast(Visit | None, self.records.get(("VisitsTable", f"visit#{visit_id}", "visit")))

    def subscriptions(self, topic: str) -> list[Subscription]:
        """No page is open."""
        self.clock.time += TRIP
        return []

    def organisation(self, org_id: str) -> Organisation | None:
        return cast(Organisation | None, self.records.get(("OrganisationsTable", org_id, "org")))


@dataclass
class LimitedCarrier(FakeSms):
    """As SNS: so many a second, and `Throttling` for the rest."""

    clock: FakeClock = field(default_factory=lambda: FakeClock(SEVEN))
    taken: Counter[int] = field(default_factory=Counter)

    def send(self, to_e164: str, text: str, message_id: str) -> str:
        self.clock.time += TRIP
        second = int(self.clock.time.timestamp())
        if self.taken[second] >= RATE_PER_S:
            raise Throttled("Rate exceeded")
        self.taken[second] += 1
        return super().send(to_e164, text, message_id)


@dataclass
class Region:
    ports: FakePorts
    store: QuickStore
    carrier: LimitedCarrier
    longest: dict[str, timedelta] = field(default_factory=dict)

    def sweeps(self) -> None:
        self._timed("sweep", lambda: deployed.sweep(CLOCK_EVENT, None))

    def stream_delivers(self) -> None:
        batch, self.store.stream = self.store.stream[:STREAM_BATCH], self.store.stream[STREAM_BATCH:]
        self._timed("outbox_stream", lambda: deployed.outbox_stream({"Records": batch}, None))

    def _timed(self, function: str, work: Any) -> None:
        started = self.ports.clock.now()
        work()
        took = self.ports.clock.now() - started
        self.longest[function] = max(took, self.longest.get(function, timedelta()))


@pytest.fixture
def region() -> Iterator[Region]:
    """So many visits at ten, whose reminders are due now."""
    clock = FakeClock(SEVEN - timedelta(days=1))
    store, carrier = QuickStore(clock), LimitedCarrier(clock=clock)
    ports = FakePorts(store=store, clock=clock, sms=carrier)
    store.seed(replace(an_organisation(), sms_daily_cap=10 * VISITS))
    for place in range(VISITS):
        visit = _visit(place)
        rows = reminder_plan(visit, an_organisation(), clock.now())
        store.seed(visit, *rows)
        for row in rows:
            store.note_due(row)
    clock.time = SEVEN
    with patch.object(bootstrap, "ports", lambda: ports), patch.dict("os.environ", ENVIRONMENT):
        yield Region(ports, store, carrier)


def test_a_burst_drains_at_the_carriers_rate_with_nobody_left_out_or_told_twice(region: Region) -> None:
    """One sweep a minute, the stream beside it."""
    began = region.ports.clock.now()
    while len(region.carrier.sent) < VISITS and region.ports.clock.now() < began + timedelta(hours=1):
        minute = region.ports.clock.now()
        region.sweeps()
        while region.store.stream:
            region.stream_delivers()
        region.ports.clock.time = max(region.ports.clock.now(), minute + timedelta(minutes=1))
    took = region.ports.clock.now() - began
    assert Counter(to for to, _, _ in region.carrier.sent) == Counter(_phone(place) for place in range(VISITS))
    assert region.ports.dead_letters.buried == []
    assert took < timedelta(minutes=30), took
    for function, longest in region.longest.items():
        assert longest < timedelta(seconds=CONFIG[function]["lambda_timeout"]), (function, longest)


def _visit(place: int) -> Visit:
    visit = a_visit(starts_at=SEVEN + timedelta(hours=3))
    patient = replace(visit.patient, contact=Contact(phone=_phone(place)), link_id=f"l_{place}")
    people = tuple(patient if each.role == "patient" else each for each in visit.participants)
    return replace(visit, visit_id=f"v_burst{place}", participants=people)


def _phone(place: int) -> str:
    return f"+467{place:08}"
