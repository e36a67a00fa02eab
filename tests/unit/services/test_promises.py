"""What patients are promised holds whatever happens in between (B2, B3, B9, B10, G5, S6).

A random day at a clinic: bookings of all forms, changes, moves, cancellations, people added and taken out; a stream that
brings its records late, twice, out of turn or never; processes that die between any two steps; carriers that ask for
patience, fail, and tell of arrivals late and twice; and time that passes. Then all comes to rest, and the letters that the
carriers took are read: each due one exactly once, none after the end, none of a former time, none to anyone else.

`PROMISES_EXAMPLES=2000 pytest tests/unit/services/test_promises.py` looks for longer, each time elsewhere.
"""

import os
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from chalicelib.domain.visit import Form, Visit, patient_id_of
from tests.browser import Browser, Reply
from tests.builders import ALVA, BERG, EK, a_child, a_patient, a_patient_guardian
from tests.every_form import LIND, booking, group_patient
from tests.promises.account import Account
from tests.promises.clinic import Clinic, a_clinic

EXAMPLES = int(os.environ.get("PROMISES_EXAMPLES", "0"))
STEPS = 25

dying = st.none() | st.none() | st.integers(0, 12)
"""After how many steps the process dies, if it does."""
starts = st.integers(1, 60 * 24 * 9).map(lambda minutes: timedelta(minutes=minutes))


class Promises(RuleBasedStateMachine):
    clinic: Clinic

    def __init__(self) -> None:
        super().__init__()
        self._entered = a_clinic()
        self.clinic = self._entered.__enter__()
        self._requests = 0

    def teardown(self) -> None:
        try:
            self._keeps_its_promises()
        finally:
            self._entered.__exit__(None, None, None)

    @rule(
        form=st.sampled_from(["individual", "child", "team", "relative", "group"]),
        sooner=starts,
        guests=st.integers(0, 2),
        weeks=st.sampled_from([0, 0, 0, 1, 2]),
        at_once=st.sampled_from([False, False, False, True]),
        dies_after=dying,
        again=st.booleans(),
    )
    def book(
        self,
        form: str,
        sooner: timedelta,
        guests: int,
        weeks: int,
        at_once: bool,
        dies_after: int | None,
        again: bool,
    ) -> None:
        body = self._booking(form, self.clinic.now + sooner) | {"guests": [self._guest() for _ in range(guests)]}
        if weeks:
            body["repeat"] = {"every_weeks": weeks, "count": 2}
        elif at_once:
            body["start_now"] = True
        self._insisting(0, "POST", "/visits", body, dies_after, again=again)

    @precondition(lambda self: self._visits())
    @rule(data=st.data(), later=starts, seen=st.sampled_from([0, 0, 0, 1]), who=st.integers(0, 1), dies_after=dying)
    def move(self, data: st.DataObject, later: timedelta, seen: int, who: int, dies_after: int | None) -> None:
        visit = data.draw(st.sampled_from(self._visits()))
        body = {
            "sequence": max(0, visit.sequence - seen),
            "starts_at": (self.clinic.now + later).isoformat(),
            "duration_minutes": data.draw(st.sampled_from([15, 30])),
        }
        self._insisting(who, "POST", f"/visits/{visit.visit_id}/reschedule", body, dies_after)

    @precondition(lambda self: self._visits())
    @rule(data=st.data(), owner=st.sampled_from([None, EK, BERG]), dies_after=dying)
    def change_without_moving(self, data: st.DataObject, owner: str | None, dies_after: int | None) -> None:
        visit = data.draw(st.sampled_from(self._visits()))
        body = {
            "sequence": visit.sequence,
            "starts_at": visit.starts_at.isoformat(),
            "duration_minutes": int((visit.ends_at - visit.starts_at).total_seconds() // 60),
            "reason": data.draw(st.sampled_from(["Återbesök", "Uppföljning"])),
            "owner_hsa_id": owner,
        }
        self._insisting(0, "POST", f"/visits/{visit.visit_id}/reschedule", body, dies_after)

    @precondition(lambda self: self._visits())
    @rule(data=st.data(), who=st.integers(0, 1), dies_after=dying)
    def cancel(self, data: st.DataObject, who: int, dies_after: int | None) -> None:
        visit = data.draw(st.sampled_from(self._visits()))
        body = {"sequence": visit.sequence, "reason": "Sjukdom"}
        self._insisting(who, "POST", f"/visits/{visit.visit_id}/cancel", body, dies_after)

    @precondition(lambda self: self._visits())
    @rule(data=st.data(), dies_after=dying)
    def add(self, data: st.DataObject, dies_after: int | None) -> None:
        visit = data.draw(st.sampled_from(self._visits()))
        body: dict[str, Any] = {"request_id": self._request_id(), "guests": [self._guest()]}
        if data.draw(st.booleans()) and not visit.staff(LIND):
            body["colleagues"] = [LIND]
        self._insisting(0, "POST", f"/visits/{visit.visit_id}/participants", body, dies_after)

    @precondition(lambda self: self._visits())
    @rule(data=st.data(), corrected=st.booleans(), who=st.integers(0, 1), dies_after=dying)
    def invite_again(self, data: st.DataObject, corrected: bool, who: int, dies_after: int | None) -> None:
        """B10, P4: to the same number, or to a corrected one, which then stands with the patient."""
        visit = data.draw(st.sampled_from(self._visits()))
        person = data.draw(st.sampled_from(visit.participants))
        patient = self.clinic.store.patient(visit.org_id, patient_id_of(visit, person))
        body = {
            "request_id": self._request_id(),
            "invited_again": person.invited_again,
            "phone": f"+4670174{6000 + self._requests}" if corrected else person.contact.phone,
            "email": person.contact.email,
            "patient_version": patient.version if patient else 0,
        }
        path = f"/visits/{visit.visit_id}/participants/{person.participant_id}/invitation"
        self._insisting(who, "POST", path, body, dies_after)

    @precondition(lambda self: self._visits())
    @rule(data=st.data(), what=st.sampled_from(["cancel", "late", "language"]), dies_after=dying)
    def patient_does_it_themselves(self, data: st.DataObject, what: str, dies_after: int | None) -> None:
        """B11."""
        patient = self.clinic.patient(data.draw(st.sampled_from(self._visits())))
        if patient is None:
            return
        body = {"cancel": {}, "late": {"minutes": 10}, "language": {"language": "en"}}[what]
        method = "PUT" if what == "language" else "POST"
        self._insisting(patient, method, f"/visitor/{what}", body, dies_after)

    @precondition(lambda self: self.clinic.carriers.taken)
    @rule(place=st.integers(0, 1000), arrived=st.booleans())
    def carrier_tells_late_and_twice(self, place: int, arrived: bool) -> None:
        """B10."""
        taken = self.clinic.carriers.taken
        self.clinic.carrier_tells(taken[place % len(taken)], arrived=arrived)

    @precondition(lambda self: self._visits())
    @rule(data=st.data(), dies_after=dying)
    def take_out(self, data: st.DataObject, dies_after: int | None) -> None:
        visit = data.draw(st.sampled_from(self._visits()))
        person = data.draw(st.sampled_from(visit.participants))
        self._insisting(0, "DELETE", f"/visits/{visit.visit_id}/participants/{person.participant_id}", None, dies_after)

    @precondition(lambda self: self.clinic.store.stream)
    @rule(count=st.integers(1, 25), dies_after=dying)
    def stream_delivers(self, count: int, dies_after: int | None) -> None:
        self.clinic.stream_delivers(count, dies_after=dies_after)

    @precondition(lambda self: self.clinic.store.stream)
    @rule(place=st.integers(0, 1000))
    def stream_brings_again_or_out_of_turn(self, place: int) -> None:
        self.clinic.stream_brings_again(place)

    @precondition(lambda self: self.clinic.store.stream)
    @rule(place=st.integers(0, 1000))
    def stream_loses(self, place: int) -> None:
        self.clinic.store.stream.pop(place % len(self.clinic.store.stream))

    @rule(minutes=st.sampled_from([1, 5, 60, 60 * 9, 60 * 24 * 3]))
    def time_passes(self, minutes: int) -> None:
        self.clinic.time_passes(minutes)

    @rule(dies_after=dying)
    def sweep(self, dies_after: int | None) -> None:
        self.clinic.sweep(dies_after=dies_after)

    @rule(calls=st.integers(1, 6))
    def carriers_ask_for_patience(self, calls: int) -> None:
        self.clinic.carriers.throttled = calls

    @rule(calls=st.integers(1, 3))
    def carriers_are_away(self, calls: int) -> None:
        self.clinic.carriers.down = calls

    @invariant()
    def every_change_is_in_the_access_log(self) -> None:
        """S6."""
        assert self.clinic.unlogged == []

    def _keeps_its_promises(self) -> None:
        self.clinic.comes_to_rest()
        broken = Account(self.clinic).broken()
        assert not broken, broken
        self.clinic.all_time_passes()
        account = Account(self.clinic)
        broken = [*account.broken(), *account.reminders_broken()]
        assert not broken, broken

    def _insisting(
        self, who: int | Browser, method: str, path: str, body: object, dies_after: int | None, *, again: bool = True
    ) -> Reply | None:
        """As a page does: what had no answer is sent again, and sometimes what had one."""
        reply = self.clinic.asked(who, method, path, body, dies_after=dies_after)
        if reply is None and again:
            reply = self.clinic.asked(who, method, path, body)
        assert reply is None or reply.status < 500, reply.text
        return reply

    def _booking(self, form: str, starts_at: datetime) -> dict[str, Any]:
        if form == "child":
            ombud = {"guardian_id": a_patient_guardian().guardian_id, "ombud": True}
            return self._own(booking(starts_at, [a_child(ALVA)], kind="child", relations=[ombud]))
        if form == "group":
            people = [group_patient(place) for place in range(3)]
            return self._own(booking(starts_at, people, form="group", staff=[BERG]))
        staff = [BERG] if form == "team" else []
        return self._own(booking(starts_at, [a_patient()], form=Form(form).value, staff=staff))

    def _own(self, body: dict[str, Any]) -> dict[str, Any]:
        return body | {"request_id": self._request_id()}

    def _request_id(self) -> str:
        """The same in each replay of an example."""
        self._requests += 1
        return str(UUID(int=self._requests))

    def _guest(self) -> dict[str, str]:
        self._requests += 1
        address = f"guest{self._requests}@example.se"
        if self._requests % 2:
            return {"name": f"Gäst {self._requests}", "phone": f"+4670174{6000 + self._requests}", "email": address}
        return {"name": f"Gäst {self._requests}", "email": address}

    def _visits(self) -> list[Visit]:
        return [versions[-1].visit for versions in self.clinic.store.history.values()]


TestPromises = Promises.TestCase
TestPromises.settings = settings(
    max_examples=EXAMPLES or 200,
    stateful_step_count=STEPS,
    derandomize=not EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
