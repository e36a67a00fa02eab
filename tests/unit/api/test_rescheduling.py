"""Omboka through the API's own door (B9, B4)."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.agenda import AgendaRow
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.link import Link
from chalicelib.domain.patient import Patient
from chalicelib.domain.patient_visits import PatientVisit
from chalicelib.domain.visit import Late, Status, Visit
from tests.browser import Browser, heard
from tests.builders import BERG, EK, NOW, a_patient, a_staff_member
from tests.fake_ports import FakePorts
from tests.unit.api.bookings import TOMORROW, asked, booked, outgoing, reschedule, stored, token_of, told
from tests.unit.api.conftest import identity, logged_in
from tests.unit.api.visitors import patient_browser, push_all

TWO_WEEKS = timedelta(days=14)


@pytest.fixture
def visit(clinician: Browser) -> Visit:
    return booked(clinician)


@pytest.fixture
def berg(ports: FakePorts) -> Browser:
    """Bo Berg of the same organisation, logged in."""
    ports.store.seed(a_staff_member(BERG, "Bo", "Berg"))
    ports.identity_provider.identities["berg"] = identity(BERG)
    return logged_in(Browser(ports), "berg")


def _rows(ports: FakePorts, visit: Visit) -> list[AgendaRow]:
    return [row for row in ports.store.of(AgendaRow) if row.visit_id == visit.visit_id]


def _entries(ports: FakePorts, action: str) -> list[AuditEntry]:
    return [entry for entry in ports.store.of(AuditEntry) if entry.action == action]


def test_a_moved_visit_stands_at_its_new_time_and_at_no_other(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B9, L2: page, start page, and what is found from the patient."""
    reply = reschedule(clinician, visit, duration_minutes=45, reason="Ny remiss")
    assert reply.status == 200, reply.text
    view = reply.json
    assert (view["sequence"], view["status"], view["reason"]) == (1, "bokat", "Ny remiss")
    assert view["rebooked"]["name"] == "Eva Ek"
    after = stored(ports, visit.visit_id)
    assert (after.starts_at, after.ends_at - after.starts_at) == (TOMORROW + TWO_WEEKS, timedelta(minutes=45))
    assert [row.starts_at for row in _rows(ports, visit)] == [after.starts_at]
    assert [found.starts_at for found in ports.store.of(PatientVisit)] == [after.starts_at]
    assert clinician.get(f"/agenda?date={TOMORROW:%Y-%m-%d}").json["entries"] == []
    (entry,) = clinician.get(f"/agenda?date={after.starts_at:%Y-%m-%d}").json["entries"]
    assert entry["visit_id"] == visit.visit_id


def test_everyone_outside_is_told_and_reminded_of_the_new_time_alone(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B9, B10, B3: in the transaction that moves the visit."""
    commits = len(ports.store.commits)
    assert reschedule(clinician, visit).status == 200
    after = stored(ports, visit.visit_id)
    assert told(ports, after, "moved") == {"patient", "guest"}
    assert {m.sequence for m in outgoing(ports, after, "moved")} == {1}
    plans = [m for m in outgoing(ports, after, "reminder") if m.sequence == 1]
    assert {m.due_at.date() for m in plans} == {after.starts_at.date()}
    moving = [c for c in ports.store.commits[commits:] if len(c) > 2]
    assert len(moving) == 1
    assert [e.patient_id for e in _entries(ports, "visit.reschedule")] == [visit.patient_id]


def test_a_moved_visit_keeps_its_links(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """B9, G5: one sent for 10:00 opens two weeks later, and its time is over a while after the new end."""
    token = token_of(visit)
    assert reschedule(clinician, visit).status == 200
    ports.clock.time = visit.ends_at + timedelta(hours=3)
    opened = Browser(ports).post("/links/open", {"token": token})
    assert (opened.status, opened.json["moved"]) == (200, True)
    (row,) = [link for link in ports.store.of(Link) if link.participant_id == opened.json["participant_id"]]
    assert row.expires_at == visit.ends_at + TWO_WEEKS + timedelta(minutes=120)
    ports.clock.time = visit.ends_at + TWO_WEEKS + timedelta(minutes=119)
    assert Browser(ports).post("/links/open", {"token": token}).status == 200
    ports.clock.time += timedelta(minutes=1)
    late = Browser(ports).post("/links/open", {"token": token})
    assert (late.status, late.code) == (410, "link_expired")


def test_a_visit_moved_nearer_takes_its_links_time_along(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """G5."""
    assert reschedule(clinician, visit, starts_at=(NOW + timedelta(hours=1)).isoformat()).status == 200
    ports.clock.time = NOW + timedelta(hours=1, minutes=30 + 120)
    assert Browser(ports).post("/links/open", {"token": token_of(visit)}).code == "link_expired"


def test_of_two_editors_the_second_is_told(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """B9: nothing of the first one's change is lost; whoever reads it anew may change it."""
    assert reschedule(clinician, visit).status == 200
    second = reschedule(clinician, visit, starts_at=(TOMORROW + timedelta(days=3)).isoformat())
    assert (second.status, second.code) == (409, "booking_changed")
    preview = clinician.post(f"/visits/{visit.visit_id}/reschedule/preview", asked(visit, duration_minutes=20))
    assert preview.code == "booking_changed"
    now = stored(ports, visit.visit_id)
    assert now.starts_at == TOMORROW + TWO_WEEKS
    assert reschedule(clinician, now, starts_at=(TOMORROW + timedelta(days=3)).isoformat()).json["sequence"] == 2


def test_the_same_request_again_changes_nothing(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """B3: its answer may have been lost."""
    first = reschedule(clinician, visit)
    messages = ports.store.of(type(outgoing(ports, visit, "moved")[0]))
    again = reschedule(clinician, visit)
    assert (again.status, again.json["sequence"], again.json["version"]) == (200, 1, first.json["version"])
    assert len(ports.store.of(type(messages[0]))) == len(messages)


def test_what_is_no_change_of_the_booking_disturbs_no_editor(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B9: a guest added meanwhile is told of the new time as all others."""
    guest = {
        "request_id": "3f2c7d9e-8a41-4f6b-9d20-5b7c1e8a9f04",
        "guests": [{"name": "Tolk", "email": "t@example.se"}],
    }
    assert clinician.post(f"/visits/{visit.visit_id}/participants", guest).status == 200
    assert reschedule(clinician, visit).status == 200
    after = stored(ports, visit.visit_id)
    names = {after.participant(m.participant_id).name for m in outgoing(ports, after, "moved")}
    assert names == {"Anna Andersson", "Gunilla Gäst", "Tolk"}


def test_a_preview_tells_what_would_be_sent_and_overlapped_and_sends_nothing(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B9: a double booking is warned of, not refused."""
    other = booked(clinician, TOMORROW + timedelta(days=2))
    at = (other.starts_at + timedelta(minutes=10)).isoformat()
    before = ports.store.of(Visit)
    preview = clinician.post(f"/visits/{visit.visit_id}/reschedule/preview", asked(visit, starts_at=at))
    assert preview.status == 200, preview.text
    assert {m["role"] for m in preview.json["messages"]} == {"patient", "guest"}
    assert [(o["hsa_id"], o["name"]) for o in preview.json["overlaps"]] == [(EK, "Eva Ek")]
    assert ports.store.of(Visit) == before
    assert outgoing(ports, visit, "moved") == []
    assert reschedule(clinician, visit, starts_at=at).status == 200


def test_a_visit_does_not_overlap_with_itself(clinician: Browser, visit: Visit) -> None:
    at = (visit.starts_at + timedelta(minutes=5)).isoformat()
    assert (
        clinician.post(f"/visits/{visit.visit_id}/reschedule/preview", asked(visit, starts_at=at)).json["overlaps"]
        == []
    )


def test_a_received_visit_that_is_moved_is_booked_anew(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """B9, L3: and nobody is late for another time than the one they spoke of."""
    assert clinician.post(f"/visits/{visit.visit_id}/receive").status == 200
    now = stored(ports, visit.visit_id)
    people = tuple(replace(p, late=Late(10, NOW)) if p.role == "patient" else p for p in now.participants)
    ports.store.seed(replace(now, participants=people))
    view = reschedule(clinician, visit).json
    assert (view["status"], view["received"]) == ("bokat", None)
    assert {p["late"] for p in view["participants"]} == {None}
    assert "receive" in view["actions"]


@pytest.mark.parametrize(
    ("status", "code"),
    [(Status.ONGOING, "visit_begun"), (Status.ENDED, "visit_over"), (Status.CANCELLED, "visit_over")],
)
def test_what_has_begun_or_is_over_is_not_moved(
    clinician: Browser, ports: FakePorts, visit: Visit, status: Status, code: str
) -> None:
    ports.store.seed(replace(stored(ports, visit.visit_id), status=status))
    refused = reschedule(clinician, visit)
    assert (refused.status, refused.code) == (409, code)


@pytest.mark.parametrize(
    ("starts_in", "code"),
    [(timedelta(minutes=-31), "starts_in_past"), (timedelta(days=3 * 366), "starts_too_far")],
)
def test_a_time_that_makes_no_sense_is_refused(
    clinician: Browser, visit: Visit, starts_in: timedelta, code: str
) -> None:
    refused = reschedule(clinician, visit, starts_at=(NOW + starts_in).isoformat())
    assert (refused.status, refused.code) == (400, code)


PROBLEMS: list[tuple[dict[str, Any], str]] = [
    ({"deceased": True}, "deceased"),
    ({"deregistered": True}, "deregistered"),
    ({"referred_to": "195711212893"}, "referred"),
]


@pytest.mark.parametrize(("what", "code"), PROBLEMS)
def test_nothing_is_moved_for_whom_nothing_can_be_booked(
    clinician: Browser, ports: FakePorts, visit: Visit, what: dict[str, Any], code: str
) -> None:
    """P5, B9: but cancelled it can be."""
    patient: Patient = a_patient()
    ports.store.seed(replace(patient, **what))
    refused = reschedule(clinician, visit)
    assert (refused.status, refused.code) == (409, code)
    cancelled = clinician.post(f"/visits/{visit.visit_id}/cancel", {"sequence": 0, "reason": "Avliden"})
    assert cancelled.json["status"] == "avbokat"


def test_another_owner_has_it_on_their_start_page_and_the_former_one_keeps_it(
    clinician: Browser, berg: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B9: at the same time nobody outside needs to hear of it."""
    reply = reschedule(clinician, visit, starts_at=visit.starts_at.isoformat(), owner_hsa_id=BERG)
    assert reply.status == 200, reply.text
    assert reply.json["owner"] == {"hsa_id": BERG, "name": "Bo Berg"}
    assert outgoing(ports, visit, "moved") == []
    assert {row.hsa_id for row in _rows(ports, visit)} == {EK, BERG}
    for browser in (clinician, berg):
        (entry,) = browser.get(f"/agenda?date={TOMORROW:%Y-%m-%d}").json["entries"]
        assert entry["visit_id"] == visit.visit_id
    assert berg.get(f"/visits/{visit.visit_id}").json["me"]["is_owner"] is True
    assert len(outgoing(ports, visit, "reminder")) == len({m.reason for m in outgoing(ports, visit, "reminder")})


def test_a_change_of_owner_alone_supersedes_no_message(
    clinician: Browser, berg: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B10: what is still to be sent tells the right time."""
    assert berg
    reschedule(clinician, visit, starts_at=visit.starts_at.isoformat(), owner_hsa_id=BERG)
    now = stored(ports, visit.visit_id)
    assert (now.sequence, now.timed_sequence) == (1, 0)


def test_a_colleague_who_takes_over_is_staff(clinician: Browser, berg: Browser, ports: FakePorts, visit: Visit) -> None:
    """G4, B9: once in the visit, with the rights of its owner."""
    people = {"request_id": "3f2c7d9e-8a41-4f6b-9d20-5b7c1e8a9f04", "colleagues": [BERG]}
    clinician.post(f"/visits/{visit.visit_id}/participants", people)
    assert reschedule(clinician, visit, owner_hsa_id=BERG).status == 200
    now = stored(ports, visit.visit_id)
    assert [p.role for p in now.participants if p.hsa_id == BERG] == ["staff"]
    assert reschedule(berg, now, starts_at=visit.starts_at.isoformat()).status == 200


@pytest.mark.parametrize("roles", [None, ("admin",)])
def test_only_a_clinician_of_the_organisation_can_own_a_visit(
    clinician: Browser, ports: FakePorts, visit: Visit, roles: tuple[Any, ...] | None
) -> None:
    if roles is not None:
        ports.store.seed(replace(a_staff_member(BERG, "Bo", "Berg"), roles=roles))
    refused = reschedule(clinician, visit, owner_hsa_id=BERG)
    assert (refused.status, refused.code, refused.json["field"]) == (400, "unknown_staff", "owner_hsa_id")


def test_who_waits_with_the_page_open_is_told_at_once(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """S7, B9: and reads the new time."""
    patient = patient_browser(ports, visit)
    _, page = patient.connect("visitor")
    ports.live_push.pushed.clear()
    assert reschedule(clinician, visit).status == 200
    push_all(ports, visit)
    assert "visit.changed" in {message["type"] for message in heard(ports, page)}
    view = patient.get("/visitor").json
    assert (view["moved"], view["starts_at"][:10]) == (True, f"{TOMORROW + TWO_WEEKS:%Y-%m-%d}")


def test_moving_is_refused_past_its_limit_and_nothing_is_written(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    ports.store.counts[f"rebooking#SE2321000115#{EK}"] = 300
    refused = reschedule(clinician, visit)
    assert (refused.status, refused.code) == (429, "too_many_attempts")
    assert stored(ports, visit.visit_id).sequence == 0
