"""Visits that repeat themselves, and clinicians who are booked twice, through the API's own door (B2, B3, B9)."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib.domain.changes import Change, Create, created
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit import Status, Visit
from chalicelib.errors import Unavailable
from tests.browser import Browser
from tests.builders import ALVA, BERG, NOW, a_child, a_patient, a_patient_guardian, a_staff_member, a_visit
from tests.fake_ports import FakePorts
from tests.groups import a_request, adults, book, booked
from tests.unit.api.conftest import logged_in

# A Monday at 9:30 in Sweden, three weeks before the clocks go forward on 28 March 2027.
BEFORE_SUMMER = datetime(2027, 3, 8, 8, 30, tzinfo=UTC)
WEEKLY = {"every_weeks": 2, "count": 4}
Commit = Callable[[Sequence[Change]], None]
STARTS = ["2027-03-08T08:30:00Z", "2027-03-22T08:30:00Z", "2027-04-05T07:30:00Z", "2027-04-19T07:30:00Z"]


def _series(**changes: object) -> dict[str, Any]:
    return a_request([a_patient()], starts_at=BEFORE_SUMMER.isoformat(), repeat=WEEKLY, **changes)


def _visits(ports: FakePorts) -> list[Visit]:
    return sorted(ports.store.of(Visit), key=lambda visit: visit.starts_at)


@pytest.fixture(autouse=True)
def patient(ports: FakePorts) -> None:
    ports.store.seed(a_patient())


def test_each_visit_of_a_series_is_a_visit_of_its_own_at_the_same_clock_time(
    clinician: Browser, ports: FakePorts
) -> None:
    """B2: also when the clocks have changed in between; the preview says when they will be."""
    request = _series()
    preview = clinician.post("/visits/preview", request).json
    assert [each["starts_at"] for each in preview["series"]] == STARTS
    answer = clinician.post("/visits", request).json
    visits = _visits(ports)
    assert [each["starts_at"] for each in answer["series"]] == STARTS
    assert [each["visit_id"] for each in answer["series"]] == [visit.visit_id for visit in visits]
    assert answer["visit"]["visit_id"] == visits[0].visit_id
    assert len({visit.series_id for visit in visits}) == 1
    assert len({link for visit in visits for link in (p.link_id for p in visit.participants) if link}) == 8


def test_a_single_visit_is_no_series(clinician: Browser, ports: FakePorts) -> None:
    answer = booked(clinician, [a_patient()])
    assert (answer["series"], answer["visit"]["series_id"]) == ([], "")
    assert clinician.post("/visits/preview", a_request([a_patient()])).json["series"] == []
    assert [visit.series_id for visit in _visits(ports)] == [""]


def test_the_first_invitation_tells_of_them_all_and_each_of_the_others_comes_three_days_before(
    clinician: Browser, ports: FakePorts
) -> None:
    """B10: at nine in the morning, Swedish time."""
    clinician.post("/visits", _series())
    invitations = {m.visit_id: m for m in ports.store.to_people() if m.reason == "invitation"}
    first, *later = [invitations[visit.visit_id] for visit in _visits(ports)]
    assert first.due_at == ports.clock.now()
    assert "4" in first.text
    nine = [
        datetime(2027, 3, 19, 8, tzinfo=UTC),
        datetime(2027, 4, 2, 7, tzinfo=UTC),
        datetime(2027, 4, 16, 7, tzinfo=UTC),
    ]
    assert [each.due_at for each in later] == nine


def _dying_after(bookings: int, commit: Commit) -> Commit:
    """A store that takes so many bookings, and then none."""
    left = iter(range(bookings))

    def dying(changes: Sequence[Change]) -> None:
        books = any(isinstance(change, Create) and isinstance(change.record, Visit) for change in changes)
        if books and next(left, None) is None:
            raise Unavailable("the process died")
        commit(changes)

    return dying


def test_a_retry_after_a_crash_books_the_rest_and_nothing_twice(
    clinician: Browser, ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B3: whichever transaction the crash comes before, nobody is told of visits that are not there."""
    request = _series()
    for survived in range(4):
        with monkeypatch.context() as crash:
            crash.setattr(ports.store, "commit", _dying_after(survived, ports.store.commit))
            assert clinician.post("/visits", request).status == 503
        assert not [m for m in ports.store.to_people() if m.due_at <= ports.clock.now()]
    assert clinician.post("/visits", request).status == 201
    assert clinician.post("/visits", request).status == 200
    assert [f"{visit.starts_at:%Y-%m-%dT%H:%M:%SZ}" for visit in _visits(ports)] == STARTS
    assert len([m for m in ports.store.to_people() if m.reason == "invitation"]) == 4


def test_a_series_that_reaches_too_far_or_starts_now_is_refused(clinician: Browser, ports: FakePorts) -> None:
    """B2: each of its visits is asked, not the first one alone."""
    far = a_request([a_patient()], repeat={"every_weeks": 12, "count": 12})
    assert clinician.post("/visits", far).code == "starts_too_far"
    now = a_request([a_patient()], repeat=WEEKLY, start_now=True)
    assert clinician.post("/visits", now).code == "bad_input"
    assert not _visits(ports)


def test_a_child_who_turns_13_within_the_series_is_told_of_before_anything_is_booked(
    clinician: Browser, ports: FakePorts
) -> None:
    """B4."""
    thirteen = datetime(int(ALVA[:4]) + 13, 5, 17, 8, tzinfo=UTC)
    ports.clock.advance(seconds=(thirteen - timedelta(days=100) - ports.clock.now()).total_seconds())
    relations = [{"guardian_id": a_patient_guardian().guardian_id, "ombud": True}]
    start = (thirteen - timedelta(days=3)).isoformat()
    reply = book(
        logged_in(Browser(ports)), [a_child()], kind="child", relations=relations, starts_at=start, repeat=WEEKLY
    )
    assert reply.code == "wrong_kind_youth"
    assert not _visits(ports)


def test_a_group_repeats_itself_with_one_row_of_invitations_for_each_time(clinician: Browser, ports: FakePorts) -> None:
    """B8."""
    booked(clinician, adults(3), form="group", repeat=WEEKLY)
    rows = [m for m in ports.store.of(OutboxMessage) if m.reason == "invitation"]
    assert [row.channel for row in rows] == ["reminder"] * 4
    assert len({row.due_at for row in rows}) == 4
    assert all(len(visit.patients) == 3 for visit in _visits(ports))


OVERLAPS = [
    (timedelta(minutes=-30), True, "it ends when the other starts"),
    (timedelta(minutes=-29), False, "it ends a minute into the other"),
    (timedelta(), False, "both at once"),
    (timedelta(minutes=29), False, "it starts a minute before the other ends"),
    (timedelta(minutes=30), True, "it starts when the other ends"),
]


@pytest.mark.parametrize(("later", "free", "_why"), OVERLAPS, ids=[each[2] for each in OVERLAPS])
def test_a_double_booking_is_warned_of_and_not_refused(
    clinician: Browser, ports: FakePorts, later: timedelta, free: bool, _why: str
) -> None:
    """B9: of each clinician; times that only touch are none."""
    ports.store.seed(a_staff_member(BERG, "Bo", "Berg"))
    starts_at = NOW + timedelta(days=1)
    other = booked(clinician, [a_patient()], starts_at=starts_at.isoformat(), staff=[BERG])["visit"]
    request = a_request([a_patient()], starts_at=(starts_at + later).isoformat(), staff=[BERG])
    overlaps = clinician.post("/visits/preview", request).json["overlaps"]
    found = {(each["name"], each["starts_at"], each["ends_at"]) for each in overlaps}
    both = {("Eva Ek", other["starts_at"], other["ends_at"]), ("Bo Berg", other["starts_at"], other["ends_at"])}
    assert found == (set() if free else both)
    assert clinician.post("/visits", request).status == 201


def test_a_colleague_who_is_booked_then_is_warned_of_before_they_are_added(
    clinician: Browser, ports: FakePorts
) -> None:
    """B9, G1: of whoever is to be added alone."""
    ports.store.seed(a_staff_member(BERG, "Bo", "Berg"))
    other = booked(clinician, [a_patient()], form="team", staff=[BERG])["visit"]
    visit_id = booked(clinician, [a_patient()])["visit"]["visit_id"]
    added = {"request_id": str(uuid4()), "staff": [BERG]}
    (overlap,) = clinician.post(f"/visits/{visit_id}/participants/preview", added).json["overlaps"]
    assert (overlap["hsa_id"], overlap["starts_at"]) == (BERG, other["starts_at"])
    assert clinician.post(f"/visits/{visit_id}/participants", added).status == 200


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.ENDED, Status.NO_SHOW])
def test_what_is_over_or_cancelled_hinders_nobody(clinician: Browser, ports: FakePorts, status: Status) -> None:
    """B9."""
    starts_at = NOW + timedelta(days=1)
    ports.store.commit(created(a_visit(status=status, starts_at=starts_at)))
    request = a_request([a_patient()], starts_at=starts_at.isoformat())
    assert clinician.post("/visits/preview", request).json["overlaps"] == []


def test_a_long_visit_of_the_day_before_still_overlaps(clinician: Browser, ports: FakePorts) -> None:
    """B9: over midnight."""
    midnight = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    long = a_visit(starts_at=midnight - timedelta(hours=7))
    ports.store.commit(created(replace(long, ends_at=midnight + timedelta(minutes=30))))
    request = a_request([a_patient()], starts_at=midnight.isoformat())
    assert len(clinician.post("/visits/preview", request).json["overlaps"]) == 1


def test_every_visit_of_a_series_is_looked_at(clinician: Browser, ports: FakePorts) -> None:
    """B9."""
    ports.store.commit(created(a_visit(starts_at=datetime(2027, 4, 19, 7, 45, tzinfo=UTC))))
    overlaps = clinician.post("/visits/preview", _series()).json["overlaps"]
    assert [each["starts_at"] for each in overlaps] == ["2027-04-19T07:45:00Z"]
