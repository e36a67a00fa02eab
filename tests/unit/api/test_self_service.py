"""What patients and guests do themselves from the link, through the API's own door (B11, B8)."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.patient import Patient
from chalicelib.domain.patient_visits import PatientVisit
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Status, Visit
from tests.browser import Browser, heard
from tests.builders import (
    ANNA,
    BO,
    ERIK,
    NOW,
    a_child,
    a_patient,
    a_patient_guardian,
    an_organisation,
    number,
)
from tests.calendars import event_of
from tests.fake_ports import FakePorts
from tests.unit.api.bookings import TOMORROW, booked, outgoing, reschedule, stored, told
from tests.unit.api.visitors import guest_browser, identify, open_link, patient_browser, push_all

UNTIL = TOMORROW - timedelta(minutes=120)


@pytest.fixture
def visit(clinician: Browser) -> Visit:
    return booked(clinician)


@pytest.fixture
def patient(ports: FakePorts, visit: Visit) -> Browser:
    """Anna Andersson, let in."""
    return patient_browser(ports, visit)


@pytest.fixture
def guest(ports: FakePorts, visit: Visit) -> Browser:
    return guest_browser(ports, visit)


def _entries(ports: FakePorts, action: str) -> list[AuditEntry]:
    return [entry for entry in ports.store.of(AuditEntry) if entry.action == action]


def test_the_page_tells_what_one_can_do_oneself(patient: Browser, guest: Browser, ports: FakePorts) -> None:
    """B11: a guest may not cancel."""
    ports.store.seed(replace(an_organisation(), contact_phone="+4635131000"))
    view = patient.get("/visitor").json
    assert (view["form"], view["group"], view["language"], view["late"]) == ("individual", False, "sv", None)
    assert (view["can_cancel"], view["contact_phone"]) == (True, "+4635131000")
    assert datetime.fromisoformat(view["cancel_until"]) == UNTIL
    theirs = guest.get("/visitor").json
    assert (theirs["can_cancel"], theirs["cancel_until"]) == (False, None)


def test_who_has_only_opened_the_link_reads_nothing_more_than_when_and_whom_to_call(
    ports: FakePorts, visit: Visit
) -> None:
    """G6, S7."""
    view = open_link(Browser(ports), visit).get("/visitor").json
    assert (view["can_cancel"], view["cancel_until"], view["display_name"]) == (False, None, "")


def test_staff_sees_at_once_that_someone_is_late(
    clinician: Browser, patient: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B11, L5: on the visit page and on the start page."""
    _, start_page = clinician.connect("staff")
    ports.live_push.pushed.clear()
    reply = patient.post("/visitor/late", {"minutes": 15})
    assert reply.status == 200, reply.text
    assert reply.json["late"]["minutes"] == 15
    push_all(ports, visit)
    assert heard(ports, start_page) == [{"type": "agenda.changed"}]
    (entry,) = clinician.get(f"/agenda?date={TOMORROW:%Y-%m-%d}").json["entries"]
    assert entry["late"] == 15
    people = clinician.get(f"/visits/{visit.visit_id}").json["participants"]
    assert [p["late"]["minutes"] for p in people if p["role"] == "patient"] == [15]
    assert len(_entries(ports, "visitor.late")) == 1


def test_saying_it_again_changes_nothing_and_anew_changes_it(patient: Browser, ports: FakePorts, visit: Visit) -> None:
    """B11."""
    patient.post("/visitor/late", {"minutes": 5})
    version = stored(ports, visit.visit_id).version
    patient.post("/visitor/late", {"minutes": 5})
    assert stored(ports, visit.visit_id).version == version
    assert patient.post("/visitor/late", {"minutes": 30}).json["late"]["minutes"] == 30


@pytest.mark.parametrize("minutes", [0, 7, 60, "5"])
def test_only_what_is_offered_can_be_said(patient: Browser, minutes: object) -> None:
    assert patient.post("/visitor/late", {"minutes": minutes}).status == 400


def test_a_guest_is_late_too_but_nobody_of_a_visit_that_goes_on(guest: Browser, ports: FakePorts, visit: Visit) -> None:
    assert guest.post("/visitor/late", {"minutes": 10}).status == 200
    ports.store.seed(replace(stored(ports, visit.visit_id), status=Status.ONGOING))
    assert guest.post("/visitor/late", {"minutes": 5}).code == "visit_begun"


def test_changes_are_bounded_and_nothing_is_written_past_the_bound(
    patient: Browser, ports: FakePorts, visit: Visit
) -> None:
    """A page that is stuck must not flood all others."""
    for place in range(30):
        assert patient.post("/visitor/late", {"minutes": (5, 10)[place % 2]}).status == 200
    refused = patient.post("/visitor/late", {"minutes": 15})
    assert (refused.status, refused.code) == (429, "too_many_attempts")
    late = stored(ports, visit.visit_id).patient.late
    assert late is not None
    assert late.minutes == 10


def test_a_patient_cancels_and_all_others_are_told(
    clinician: Browser, patient: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B11, B9: staff sees by whom; nobody writes to the one who did it."""
    assert patient.post("/visitor/cancel", {}).status == 204
    view = clinician.get(f"/visits/{visit.visit_id}").json
    assert (view["status"], view["cancelled_by"], view["rebooked"]["name"]) == ("avbokat", "patient", "")
    assert told(ports, visit, "cancelled") == {"guest"}
    (entry,) = _entries(ports, "visitor.cancel")
    assert (entry.patient_id, entry.user_name) == (visit.patient_id, "Anna Andersson")
    assert (patient.get("/visitor").json["stage"], patient.get("/visitor").json["status"]) == ("ended", "avbokat")


def test_cancelling_twice_is_harmless(patient: Browser, ports: FakePorts, visit: Visit) -> None:
    """B3."""
    patient.post("/visitor/cancel")
    version = stored(ports, visit.visit_id).version
    assert patient.post("/visitor/cancel").status == 204
    assert stored(ports, visit.visit_id).version == version


@pytest.mark.parametrize(
    ("after", "status", "code"),
    [(timedelta(), 204, ""), (timedelta(microseconds=1), 409, "self_cancel_too_late")],
)
def test_one_cancels_until_a_time_before_the_visit(
    patient: Browser, ports: FakePorts, after: timedelta, status: int, code: str
) -> None:
    """B11: the page says until when, and so long it is."""
    ports.clock.time = UNTIL + after
    for session in ports.store.of(VisitorSession):
        ports.store.seed(replace(session, expires_at=ports.clock.time + timedelta(hours=1)))
    assert patient.get("/visitor").json["can_cancel"] is (status == 204)
    reply = patient.post("/visitor/cancel")
    assert (reply.status, reply.code if code else "") == (status, code)


def test_where_the_organisation_wants_to_be_called_nobody_cancels_here(patient: Browser, ports: FakePorts) -> None:
    """B11."""
    ports.store.seed(replace(an_organisation(), self_cancel_allowed=False))
    view = patient.get("/visitor").json
    assert (view["can_cancel"], view["cancel_until"]) == (False, None)
    refused = patient.post("/visitor/cancel")
    assert (refused.status, refused.code) == (409, "self_cancel_off")


def test_the_time_until_when_follows_a_moved_visit(clinician: Browser, patient: Browser, visit: Visit) -> None:
    """B9, B11."""
    reschedule(clinician, visit, starts_at=(NOW + timedelta(hours=1)).isoformat())
    view = patient.get("/visitor").json
    assert (view["moved"], view["can_cancel"]) == (True, False)
    assert patient.post("/visitor/cancel").code == "self_cancel_too_late"


def test_who_has_been_received_calls_instead(clinician: Browser, patient: Browser, visit: Visit) -> None:
    clinician.post(f"/visits/{visit.visit_id}/receive")
    assert patient.get("/visitor").json["can_cancel"] is False
    assert patient.post("/visitor/cancel").code == "visit_begun"


def _of_a_child(clinician: Browser, ports: FakePorts, child: Patient) -> Browser:
    """Its ombud Erik, let in."""
    ports.store.seed(child)
    relations = [{"guardian_id": a_patient_guardian().guardian_id, "ombud": True}]
    visit = booked(clinician, patients=[{"patient_id": child.patient_id}], kind="child", relations=relations, guests=[])
    ombud = open_link(Browser(ports), visit, "ombud")
    assert identify(ombud, number(ERIK))["status"] == "complete"
    return ombud


def test_an_ombud_cancels_for_the_child(clinician: Browser, ports: FakePorts) -> None:
    """B4, B11."""
    ombud = _of_a_child(clinician, ports, a_child())
    assert ombud.get("/visitor").json["can_cancel"] is True
    assert ombud.post("/visitor/late", {"minutes": 5}).status == 200
    assert ombud.post("/visitor/cancel").status == 204
    (visit,) = ports.store.of(Visit)
    assert (visit.status, visit.cancelled_by) == (Status.CANCELLED, "patient")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/visitor/cancel", {}),
        ("POST", "/visitor/late", {"minutes": 5}),
        ("GET", "/visitor/calendar", None),
        ("PUT", "/visitor/language", {"language": "en"}),
    ],
)
def test_an_ombud_who_may_act_no_more_does_nothing(
    clinician: Browser, ports: FakePorts, method: str, path: str, body: object
) -> None:
    """P5: asked at each door, and logged as refused."""
    child = a_child()
    ombud = _of_a_child(clinician, ports, child)
    ports.store.seed(replace(child, guardians=tuple(replace(g, protected=True) for g in child.guardians)))
    before = ports.store.of(Visit)
    refused = ombud.request(method, path, body)
    assert (refused.status, refused.code) == (403, "guardian_may_not_act")
    assert ports.store.of(Visit) == before
    assert [e.result for e in ports.store.of(AuditEntry) if e.result != "ok"] == ["denied"]


def test_a_guest_cancels_nothing(guest: Browser, ports: FakePorts, visit: Visit) -> None:
    """G2."""
    refused = guest.post("/visitor/cancel")
    assert (refused.status, refused.code) == (403, "not_allowed")
    assert stored(ports, visit.visit_id).status is Status.BOOKED


def test_the_visit_is_fetched_for_ones_own_calendar(
    clinician: Browser, patient: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B11: the same entry once it is moved, with the person's own link and nothing of the reason."""
    first = patient.get("/visitor/calendar")
    assert first.headers["content-type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    reschedule(clinician, visit)
    before, after = (event_of(each.text.encode()) for each in (first, patient.get("/visitor/calendar")))
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")
    assert (before["DTSTART"], after["DTSTART"]) == ("20261124T080000Z", "20261208T080000Z")
    assert "/b#" in before["URL"]
    assert visit.reason not in first.text
    assert len(_entries(ports, "visitor.calendar")) == 1


def test_a_protected_persons_calendar_tells_nothing_of_care(clinician: Browser, ports: FakePorts) -> None:
    """P5."""
    ports.store.seed(a_patient(protected=True))
    text = patient_browser(ports, booked(clinician)).get("/visitor/calendar").text
    assert "SUMMARY:Bokad tid" in text
    assert "Region Halland" not in text


@pytest.mark.parametrize("role", ["patient", "guest"])
def test_later_messages_come_in_the_chosen_language(
    clinician: Browser, ports: FakePorts, visit: Visit, role: str
) -> None:
    """B11, B10."""
    browser = patient_browser(ports, visit) if role == "patient" else guest_browser(ports, visit)
    assert browser.put("/visitor/language", {"language": "en"}).json["language"] == "en"
    reschedule(clinician, visit)
    after = stored(ports, visit.visit_id)
    texts = {str(after.participant(m.participant_id).role): m.text for m in outgoing(ports, after, "moved")}
    assert {key for key, text in texts.items() if "has been moved to" in text} == {role}
    assert len(texts) == 2
    assert browser.put("/visitor/language", {"language": "fi"}).status == 400


def _group(clinician: Browser, *names: str) -> Visit:
    patients = [a_patient(ANNA), a_patient(BO, phone="+46701740607")]
    clinician.ports.store.seed(*patients)
    listed = [
        {"patient_id": patient.patient_id, "display_name": name} for patient, name in zip(patients, names, strict=True)
    ]
    return booked(clinician, patients=listed, form="group", guests=[])


def _of_group(ports: FakePorts, visit: Visit, digits: str) -> Browser:
    """One of the group, let in by their own link."""
    me = next(p for p in visit.patients if p.patient_id == a_patient(digits).patient_id)
    alone = replace(visit, participants=(me,))
    browser = open_link(Browser(ports), alone)
    assert identify(browser, number(digits))["status"] == "complete"
    return browser


def test_one_of_a_group_chooses_what_the_others_call_them(clinician: Browser, ports: FakePorts) -> None:
    """B8: staff sees both names."""
    visit = _group(clinician, "", "Ros")
    anna = _of_group(ports, visit, ANNA)
    assert (anna.get("/visitor").json["group"], anna.get("/visitor").json["display_name"]) == (True, "Deltagare 1")
    assert anna.put("/visitor/display-name", {"display_name": " Sol  ros "}).json["display_name"] == "Sol ros"
    (shown,) = [
        p for p in clinician.get(f"/visits/{visit.visit_id}").json["participants"] if p["display_name"] == "Sol ros"
    ]
    assert shown["name"] == "Anna Andersson"
    assert len(_entries(ports, "visitor.change_display_name")) == 1


@pytest.mark.parametrize("name", ["Ros", "ROS", "eva ek"])
def test_nobody_takes_anothers_name(clinician: Browser, ports: FakePorts, name: str) -> None:
    """B8: neither another patient's in the group nor the clinician's."""
    anna = _of_group(ports, _group(clinician, "", "Ros"), ANNA)
    refused = anna.put("/visitor/display-name", {"display_name": name})
    assert (refused.status, refused.code) == (400, "display_name_taken")


def test_whether_a_real_name_is_in_the_group_is_not_told(clinician: Browser, ports: FakePorts) -> None:
    """B8: a name that is free tells nothing of who else is there."""
    visit = _group(clinician, "", "Ros")
    anna = _of_group(ports, visit, ANNA)
    real = next(p.name for p in visit.patients if p.display_name == "Ros")
    assert anna.put("/visitor/display-name", {"display_name": real}).status == 200


@pytest.mark.parametrize(("name", "code"), [("\u202e", "invalid_name"), ("", "bad_input")])
def test_a_name_can_be_read(clinician: Browser, ports: FakePorts, name: str, code: str) -> None:
    anna = _of_group(ports, _group(clinician, "", "Ros"), ANNA)
    assert anna.put("/visitor/display-name", {"display_name": name}).code == code


def test_elsewhere_everyone_has_their_own_name(patient: Browser) -> None:
    refused = patient.put("/visitor/display-name", {"display_name": "Solros"})
    assert (refused.status, refused.code) == (409, "not_a_group")


def test_of_a_group_only_the_one_who_cancels_is_out(clinician: Browser, ports: FakePorts) -> None:
    """B8, B11: with link and session, and told so; the others meet as planned, and hear nothing."""
    visit = _group(clinician, "Sol", "Ros")
    anna, bo = _of_group(ports, visit, ANNA), _of_group(ports, visit, BO)
    _, page = anna.connect("visitor")
    ports.live_push.pushed.clear()
    assert anna.post("/visitor/cancel", {}).status == 204
    after = stored(ports, visit.visit_id)
    assert (after.status, [p.display_name for p in after.patients]) == (Status.BOOKED, ["Ros"])
    (message,) = outgoing(ports, visit, "cancelled")
    assert message.address == a_patient(ANNA).contact.phone
    assert {"type": "session.ended", "reason": "removed"} in heard(ports, page)
    assert anna.get("/visitor").code == "removed"
    assert bo.get("/visitor").status == 200
    assert [row.patient_id for row in ports.store.of(PatientVisit)] == [a_patient(BO).patient_id]
    (entry,) = clinician.get(f"/agenda?date={TOMORROW:%Y-%m-%d}").json["entries"]
    assert entry["patients"] == 1


def test_when_the_last_of_a_group_cancels_the_visit_is_cancelled(clinician: Browser, ports: FakePorts) -> None:
    """B8, B11."""
    visit = _group(clinician, "Sol", "Ros")
    anna, bo = _of_group(ports, visit, ANNA), _of_group(ports, visit, BO)
    anna.post("/visitor/cancel")
    assert bo.post("/visitor/cancel").status == 204
    assert stored(ports, visit.visit_id).status is Status.CANCELLED
