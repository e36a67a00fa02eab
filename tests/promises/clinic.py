"""The deployed app on ports that may fail: what a test of all of it does to a clinic's day."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast
from unittest.mock import patch

import app as deployed
from chalicelib import bootstrap
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.eid import EidResult
from chalicelib.domain.link import link_token
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit import Visit
from tests.browser import Browser, Reply
from tests.builders import BERG, EK, LINK_KEY, NOW, a_unit, an_organisation, number
from tests.carriers import email_event, sms_line
from tests.every_form import clinicians, patients
from tests.fake_ports import FakeEmail, FakePorts, FakeSms
from tests.fakes import FakeClock
from tests.promises.carrier import Carriers, Email, Letter, Sms
from tests.promises.fuse import Crash, Fuse
from tests.promises.store import FragileStore
from tests.unit.api.conftest import identity, logged_in

ENVIRONMENT = {"AWS_REGION": "eu-north-1", "POWERTOOLS_METRICS_DISABLED": "true"}
MINUTE = timedelta(minutes=1)
MOST_SWEEPS = 500
SESSION_LASTS = timedelta(minutes=10)
STAFF = {"ek": EK, "berg": BERG}
CLOCK_EVENT = {
    "source": "aws.events",
    "account": "",
    "time": "",
    "region": "",
    "resources": [],
    "detail": {},
    "version": "0",
    "detail-type": "Scheduled Event",
    "id": "1",
}


@dataclass
class Clinic:
    """`browsers`: Eva Ek's and Bo Berg's. `unlogged`: visits that were changed with a patient's entry missing."""

    fuse: Fuse
    ports: FakePorts
    store: FragileStore
    carriers: Carriers
    browsers: list[Browser] = field(default_factory=list)
    unlogged: list[str] = field(default_factory=list)
    logged_in_at: datetime = NOW

    @property
    def now(self) -> datetime:
        return self.ports.clock.now()

    def asked(
        self, who: int | Browser, method: str, path: str, body: object = None, *, dies_after: int | None = None
    ) -> Reply | None:
        """The answer; None when the process died before it gave one."""
        self.ports.rate_limits.hits.clear()
        self.store.counts.clear()
        self._log_in_again()
        browser = who if isinstance(who, Browser) else self.browsers[who]
        entries, versions = len(self.store.entries), self.store.versions()
        reply: Reply | None = self._risking(lambda: browser.request(method, path, body), dies_after)
        self._look_for_entries(self.store.entries[entries:], versions, own=isinstance(who, Browser))
        return reply

    def patient(self, visit: Visit) -> Browser | None:
        """The visit's first patient, let in by their link and their e-ID; None when the link does not open."""
        browser = Browser(self.ports)
        link_id = visit.patient.link_id
        opened = (
            self.asked(browser, "POST", "/links/open", {"token": link_token(LINK_KEY, link_id)}) if link_id else None
        )
        if opened is None or opened.status != 200:
            return None
        browser.csrf_token = opened.json["csrf_token"]
        (digits,) = [p.number for p in patients() if p.patient_id in visit.patient_ids[:1]]
        self.asked(browser, "POST", "/visitor/eid")
        self.ports.eid.answers = [EidResult("complete", "", number(digits))]
        self.asked(browser, "POST", "/visitor/eid/collect")
        view = self.asked(browser, "GET", "/visitor")
        if view is None or view.status != 200 or view.json["stage"] != "admitted":
            return None
        browser.csrf_token = view.json["csrf_token"]
        return browser

    def carrier_tells(self, letter: Letter, *, arrived: bool) -> None:
        """Twice, as queues do. It may say both of one message: that it is lost, and later that it has arrived after all."""
        if not arrived:
            self.carriers.told_lost.add(letter.message_id)
        body = _receipt(letter, arrived=arrived)
        records = [{"messageId": str(each), "body": body} for each in range(2)]
        self._risking(lambda: deployed.receipts({"Records": records}, None), None)

    def stream_delivers(self, count: int, *, dies_after: int | None = None) -> None:
        """The stream's next records as one batch; those that were not taken come again."""
        batch = self.store.stream[:count]
        answer = self._risking(lambda: deployed.outbox_stream({"Records": batch}, None), dies_after)
        if answer is None:
            return
        failed = [each["itemIdentifier"] for each in answer["batchItemFailures"]]
        numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
        taken = numbers.index(failed[0]) if failed else len(batch)
        self.store.stream = self.store.stream[taken:]

    def stream_brings_again(self, place: int) -> None:
        """A record once more, out of turn."""
        record = self.store.stream[place % len(self.store.stream)]
        self._risking(lambda: deployed.outbox_stream({"Records": [record]}, None), None)

    def sweep(self, *, dies_after: int | None = None) -> None:
        self._risking(lambda: deployed.sweep(CLOCK_EVENT, None), dies_after)

    def time_passes(self, minutes: float) -> None:
        """The clock goes on, with a sweep within the minute of each message's time."""
        until = self.now + timedelta(minutes=minutes)
        self._sweep_until(until)
        self.ports.clock.time = max(self.now, until)

    def comes_to_rest(self) -> None:
        """Nothing fails any more, the stream is empty, and all that is due within some hours is done with."""
        self.carriers.throttled = self.carriers.down = 0
        while self.store.stream:
            self.stream_delivers(25)
        self.time_passes(60)
        while self.store.stream:
            self.stream_delivers(25)

    def all_time_passes(self) -> None:
        """Until no message waits for its time."""
        self._sweep_until(self.now + timedelta(days=3660))

    def _sweep_until(self, until: datetime) -> None:
        for _ in range(MOST_SWEEPS):
            due = self._next_due()
            if due is None or due > until:
                return
            self.ports.clock.time = max(self.now, due) + MINUTE / 2
            self.sweep()
        raise AssertionError(["some message is due for ever"])

    def _next_due(self) -> datetime | None:
        waiting = [m.due_at for m in self.store.of(OutboxMessage) if m.state in {"queued", "sending"}]
        return min(waiting, default=None)

    def _log_in_again(self) -> None:
        """Sessions run out while time passes."""
        if self.now - self.logged_in_at < SESSION_LASTS:
            return
        self.logged_in_at = self.now
        for code, browser in zip(STAFF, self.browsers, strict=True):
            logged_in(browser, code)

    def _look_for_entries(self, entries: list[AuditEntry], versions_before: dict[str, int], *, own: bool) -> None:
        """Whoever's visit was changed has an entry of it, also where the process died at once. What a patient does to
        their `own` place in a group is in no other's log."""
        logged = {(entry.visit_id, entry.patient_id) for entry in entries}
        for visit_id, versions in self.store.history.items():
            changed = versions[versions_before.get(visit_id, 0) :]
            people = {patient_id for version in changed for patient_id in version.visit.patient_ids}
            missing = [patient_id for patient_id in people if (visit_id, patient_id) not in logged]
            if changed and (missing if not own else visit_id not in {entry.visit_id for entry in entries}):
                self.unlogged.append(visit_id)

    def _note_what_it_held(self) -> None:
        for letter in self.carriers.taken[-1:]:
            message = self.store.message(letter.message_id)
            if message is not None and message.state == "sending":
                self.carriers.died_holding[letter.message_id] += 1

    def _risking(self, work: Any, dies_after: int | None) -> Any:
        self.ports.clock.advance(seconds=1)
        self.fuse.left = dies_after
        try:
            return work()
        except Crash:
            self._note_what_it_held()
            return None
        finally:
            self.fuse.left = None


def _receipt(letter: Letter, *, arrived: bool) -> str:
    if letter.channel == "sms":
        return sms_line(letter.provider_id, "SUCCESS" if arrived else "FAILURE")
    return email_event("Delivery" if arrived else "Bounce", letter.message_id, letter.provider_id)


@contextmanager
def a_clinic() -> Iterator[Clinic]:
    """Two clinicians, logged in, and everyone of tests/every_form.py."""
    fuse, clock = Fuse(), FakeClock(NOW)
    store, carriers = FragileStore(fuse, clock), Carriers(fuse, clock)
    ports = FakePorts(
        store=store, clock=clock, sms=cast(FakeSms, Sms(carriers)), email=cast(FakeEmail, Email(carriers))
    )
    store.seed(an_organisation(), a_unit(), *clinicians(), *patients())
    clinic = Clinic(fuse, ports, store, carriers)
    with patch.object(bootstrap, "ports", lambda: ports), patch.dict("os.environ", ENVIRONMENT):
        for code, hsa_id in STAFF.items():
            ports.identity_provider.identities[code] = identity(hsa_id)
            clinic.browsers.append(logged_in(Browser(ports), code))
        yield clinic
