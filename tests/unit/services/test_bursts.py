"""B3, B10: five thousand reminders at 07:00 through a carrier that takes twenty a second; and any mishap on the way."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.changes import Change, Create, Replace
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.reminders import reminder_plan
from chalicelib.domain.visit import Status, Visit
from chalicelib.domain.visit_messages import cancelled_messages, invitations, moved_messages
from chalicelib.errors import BadInput, Throttled, Unavailable
from chalicelib.services.send_outbox import SWEEP_LASTS, due_now, send_message
from tests.builders import NOW, a_patient, a_visit, an_organisation
from tests.fake_ports import FakePorts, FakeSms
from tests.fakes import FakeClock, FakeStore
from tests.visitors import invited

BURST = 5_000
RATE_PER_S = 20
STEP = timedelta(milliseconds=15)
"""What reading, claiming and settling take of the database, and the carrier as much again."""


@dataclass
class LimitedCarrier(FakeSms):
    """Takes so many a second, as SNS does, and time passes with each try."""

    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    taken: Counter[int] = field(default_factory=Counter)
    throttled: int = 0

    def send(self, to_e164: str, text: str, message_id: str) -> str:
        self.clock.time += STEP
        second = int(self.clock.time.timestamp())
        if self.taken[second] >= RATE_PER_S:
            self.throttled += 1
            raise Throttled("Rate exceeded")
        self.taken[second] += 1
        return super().send(to_e164, text, message_id)


class QuickStore(FakeStore):
    """The fake's promises, found by key: it holds ten thousand rows here."""

    def message(self, message_id: str) -> OutboxMessage | None:
        found = self.records.get(("OutboxTable", message_id, ""))
        return found if isinstance(found, OutboxMessage) else None

    def visit(self, visit_id: str) -> Visit | None:
        found = self.records.get(("VisitsTable", f"visit#{visit_id}", "visit"))
        return found if isinstance(found, Visit) else None

    def organisation(self, org_id: str) -> Organisation | None:
        found = self.records.get(("OrganisationsTable", org_id, "org"))
        return found if isinstance(found, Organisation) else None


def _burst(ports: FakePorts) -> datetime:
    """So many visits whose morning reminder is due at one moment, which is the answer."""
    ports.store.seed(an_organisation())
    visit = a_visit(starts_at=NOW + timedelta(days=1, hours=2))
    rows: list[OutboxMessage] = []
    for number in range(BURST):
        mine = replace(visit, visit_id=f"v_{number}")
        morning, _ = reminder_plan(mine, an_organisation(), NOW)
        rows.append(morning)
        ports.store.seed(mine, morning)
    return rows[0].due_at


def _until_all_is_quiet(ports: FakePorts) -> list[timedelta]:
    """A sweep each minute, and after each new row the stream's: how long each sweep took."""
    lasted: list[timedelta] = []
    while any(m.state in {"queued", "sending"} for m in ports.store.of(OutboxMessage)):
        began = ports.clock.now()
        for message_id in due_now(ports):
            ports.clock.time += STEP
            if send_message(ports, message_id) == "expanded":
                _streamed(ports)
        lasted.append(ports.clock.now() - began)
        ports.clock.time = max(ports.clock.now(), began + timedelta(minutes=1))
    return lasted


def _streamed(ports: FakePorts) -> None:
    """What the last transaction put in is sent by the stream's function: beside the sweep, so no time of its own."""
    before = ports.clock.time
    for change in ports.store.commits[-1]:
        if isinstance(change, Create) and isinstance(change.record, OutboxMessage):
            send_message(ports, change.record.message_id)
    ports.clock.time = before


def test_five_thousand_reminders_drain_at_the_carriers_rate() -> None:
    """No sweep runs into its function's timeout, none is lost or doubled, and no attempt is used up by waiting. At the
    rate itself it would take a little over four minutes."""
    clock = FakeClock(NOW)
    carrier = LimitedCarrier(clock=clock)
    ports = FakePorts(clock=clock, store=QuickStore(), sms=carrier)
    random.seed(7)
    clock.time = due_at = _burst(ports)
    lasted = _until_all_is_quiet(ports)
    sent = Counter(message_id for _, _, message_id in carrier.sent)
    assert (len(sent), set(sent.values())) == (BURST, {1})
    assert carrier.throttled > 0
    assert ports.dead_letters.buried == []
    assert all(m.attempts <= 1 for m in ports.store.of(OutboxMessage))
    assert max(lasted) <= SWEEP_LASTS + 2 * STEP
    assert max(carrier.taken.values()) <= RATE_PER_S
    soon = int((due_at + timedelta(minutes=5)).timestamp())
    assert sum(times for second, times in carrier.taken.items() if second < soon) >= 0.9 * BURST
    assert clock.now() - due_at <= timedelta(minutes=11)


@dataclass
class Mishaps:
    """A carrier and a database that fail as told, one word for each call."""

    words: list[str]

    def next(self) -> str:
        return self.words.pop(0) if self.words else ""


class _Died(Exception):
    """The process ends here."""


def _unreliable(ports: FakePorts, mishaps: Mishaps) -> None:
    """Before the carrier or the database is asked."""
    vars(ports.sms)["send"] = _failing(ports.sms.send, mishaps, carrier=True)
    vars(ports.store)["commit"] = _failing(ports.store.commit, mishaps, carrier=False)


def _failing(call: Callable[..., object], mishaps: Mishaps, *, carrier: bool) -> Callable[..., object]:
    def asked(*arguments: object) -> object:
        word = mishaps.next()
        if word == "dies":
            raise _Died
        if carrier and word == "throttled":
            raise Throttled("too much")
        if carrier and word == "down":
            raise Unavailable("down")
        if carrier and word == "refused":
            raise BadInput("refused", code="message_refused")
        return call(*arguments)

    return asked


_MISHAPS = st.lists(st.sampled_from(["", "", "", "dies", "throttled", "down"]), max_size=12)
_STEPS = st.lists(st.sampled_from(["stream", "sweep", "twice", "move", "cancel", "wait"]), max_size=8)


class World:
    """One booked visit, its stream's records, and who came when."""

    def __init__(self, mishaps: list[str]) -> None:
        self.ports = FakePorts()
        self.ports.store.seed(an_organisation(), a_patient())
        self.visit = invited(self.ports.store, a_visit(starts_at=NOW + timedelta(hours=2)))
        self._write(invitations(self.visit, NOW, an_organisation()))
        self._write(reminder_plan(self.visit, an_organisation(), NOW))
        self.cancelled_at_count: int | None = None
        _unreliable(self.ports, Mishaps(mishaps))

    def _write(self, messages: Sequence[OutboxMessage], *also: Change) -> None:
        FakeStore.commit(self.ports.store, [*also, *map(Create, messages)])

    def move(self) -> None:
        if self.visit.is_over:
            return
        self.visit = replace(
            self.visit,
            version=self.visit.version + 1,
            sequence=self.visit.sequence + 1,
            timed_sequence=self.visit.sequence + 1,
            starts_at=self.visit.starts_at + timedelta(hours=1),
            ends_at=self.visit.ends_at + timedelta(hours=1),
        )
        now = self.ports.clock.now()
        told = [*moved_messages(self.visit, now, an_organisation()), *reminder_plan(self.visit, an_organisation(), now)]
        self._write(told, Replace(self.visit))

    def cancel(self) -> None:
        if self.visit.is_over:
            return
        told = cancelled_messages(self.visit, self.ports.clock.now(), an_organisation())
        self.visit = replace(self.visit, version=self.visit.version + 1, status=Status.CANCELLED)
        self._write(told, Replace(self.visit))
        self.cancelled_at_count = len(self.ports.sms.sent)

    def stream(self) -> None:
        """Records come in any order, and some twice."""
        ids = sorted(m.message_id for m in self.ports.store.of(OutboxMessage))
        for message_id in [*ids, *ids[:1]]:
            self._try(message_id)

    def sweep(self) -> None:
        for message_id in due_now(self.ports):
            self._try(message_id)

    def _try(self, message_id: str) -> None:
        try:
            send_message(self.ports, message_id)
        except (_Died, Unavailable):
            return

    def quiet(self) -> None:
        """Nothing fails any more, and time passes until nothing is waiting."""
        for _ in range(400):
            self.sweep()
            if not any(m.state in {"queued", "sending"} for m in self.ports.store.of(OutboxMessage)):
                return
            self.ports.clock.advance(minutes=5)
        raise AssertionError("messages are waiting for ever")


@settings(max_examples=150, deadline=None)
@given(_MISHAPS, _STEPS)
def test_whatever_fails_each_due_message_comes_once(mishaps: list[str], steps: list[str]) -> None:
    """Records lost, doubled and out of order, a carrier that is down or throttles, and processes that die between any two
    steps: but for a process that died after the carrier's yes, nobody gets two of one kind, and nobody is forgotten."""
    world = World(mishaps)
    for step in steps:
        match step:
            case "stream":
                world.stream()
            case "sweep":
                world.sweep()
            case "twice":
                world.stream()
                world.stream()
            case "move":
                world.move()
            case "cancel":
                world.cancel()
            case "wait":
                world.ports.clock.advance(minutes=2)
    world.quiet()
    _holds(world, [m for m in world.ports.store.of(OutboxMessage) if m.channel == "sms"])


def _holds(world: World, messages: list[OutboxMessage]) -> None:
    handed_over = Counter(message_id for _, _, message_id in world.ports.sms.sent)
    by_id = {message.message_id: message for message in messages}
    for message_id, times in handed_over.items():
        assert times == 1 or by_id[message_id].attempts > 1, "twice only after a sender that died"
    for message in messages:
        assert message.state in {"sent", "failed"}
        assert message.state == "failed" or handed_over[message.message_id] >= 1
    assert world.ports.dead_letters.buried == []
    if world.cancelled_at_count is not None:
        after = [by_id[m].reason for _, _, m in world.ports.sms.sent[world.cancelled_at_count :]]
        assert set(after) <= {"cancelled"}
    else:
        last = f"#{world.visit.timed_sequence}"
        now_told = [m for m in messages if (m.reason == "invitation" and last == "#0") or m.reason == f"moved{last}"]
        assert all(handed_over[m.message_id] >= 1 for m in now_told)
        assert now_told
