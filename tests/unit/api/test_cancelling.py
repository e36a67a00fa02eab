"""Avboka through the API's own door (B9)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.agenda import AgendaRow
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.visit import Status, Visit
from tests.browser import Browser, heard
from tests.fake_ports import FakePorts
from tests.unit.api.bookings import TOMORROW, booked, cancel, outgoing, reschedule, stored, token_of, told
from tests.unit.api.visitors import patient_browser, push_all

REASON = "Läkaren är sjuk"


@pytest.fixture
def visit(clinician: Browser) -> Visit:
    return booked(clinician)


def test_a_cancelled_visit_says_why_and_by_whom(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """B9: with one entry in the patient's log."""
    reply = cancel(clinician, visit, f"  {REASON} ")
    assert reply.status == 200, reply.text
    view = reply.json
    assert (view["status"], view["cancel_reason"], view["cancelled_by"]) == ("avbokat", REASON, "staff")
    assert (view["rebooked"]["name"], view["actions"]) == ("Eva Ek", ["note"])
    assert [row.status for row in ports.store.of(AgendaRow)] == [Status.CANCELLED]
    (entry,) = [e for e in ports.store.of(AuditEntry) if e.action == "visit.cancel"]
    assert (entry.patient_id, entry.visit_id) == (visit.patient_id, visit.visit_id)


def test_everyone_invited_is_told_without_the_reason_or_a_link(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B9, B10: who were staff here know already."""
    cancel(clinician, visit)
    assert told(ports, visit, "cancelled") == {"patient", "guest"}
    for message in outgoing(ports, visit, "cancelled"):
        assert message.link_id == ""
        assert REASON not in message.text
        assert "/b#" not in message.text


@pytest.mark.parametrize("role", ["patient", "guest"])
def test_links_of_a_cancelled_visit_say_so_at_once(
    clinician: Browser, ports: FakePorts, visit: Visit, role: str
) -> None:
    """B9, G5."""
    cancel(clinician, visit)
    opened = Browser(ports).post("/links/open", {"token": token_of(visit, "patient" if role == "patient" else "guest")})
    assert (opened.status, opened.code) == (410, "link_cancelled")


def test_who_waits_is_told_at_once(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """B9, S7: their page says so, and their session does nothing more."""
    patient = patient_browser(ports, visit)
    _, page = patient.connect("visitor")
    ports.live_push.pushed.clear()
    cancel(clinician, stored(ports, visit.visit_id))
    push_all(ports, visit)
    assert {"type": "session.ended", "reason": "ended"} in heard(ports, page)
    assert (patient.get("/visitor").json["stage"], patient.get("/visitor").json["status"]) == ("ended", "avbokat")
    assert patient.post("/visitor/late", {"minutes": 5}).code == "visit_over"


def test_cancelling_again_is_harmless(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """B3: the first reason stands."""
    first = cancel(clinician, visit)
    again = cancel(clinician, visit, "Något annat")
    assert (again.status, again.json["version"], again.json["cancel_reason"]) == (200, first.json["version"], REASON)
    assert len(outgoing(ports, visit, "cancelled")) == 2


def test_who_has_not_seen_the_present_booking_cancels_nothing(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B9."""
    reschedule(clinician, visit)
    refused = cancel(clinician, visit)
    assert (refused.status, refused.code) == (409, "booking_changed")
    assert cancel(clinician, stored(ports, visit.visit_id)).status == 200


@pytest.mark.parametrize(
    ("status", "code"), [(Status.ONGOING, "visit_begun"), (Status.ENDED, "visit_over"), (Status.NO_SHOW, "visit_over")]
)
def test_what_has_begun_or_is_over_is_not_cancelled(
    clinician: Browser, ports: FakePorts, visit: Visit, status: Status, code: str
) -> None:
    ports.store.seed(replace(stored(ports, visit.visit_id), status=status))
    refused = cancel(clinician, visit)
    assert (refused.status, refused.code) == (409, code)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
def test_a_reason_is_given(clinician: Browser, visit: Visit, reason: str) -> None:
    """B9."""
    refused = cancel(clinician, visit, reason)
    assert (refused.status, refused.json["field"]) == (400, "reason")


def test_a_preview_tells_what_would_be_sent_and_sends_nothing(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B9."""
    path = f"/visits/{visit.visit_id}/cancel/preview"
    preview = clinician.post(path)
    assert preview.status == 200, preview.text
    assert [m["role"] for m in preview.json["messages"]] == ["patient", "guest"]
    assert stored(ports, visit.visit_id).status is Status.BOOKED
    assert outgoing(ports, visit, "cancelled") == []
    cancel(clinician, visit)
    assert clinician.post(path).json["messages"] == []


def test_of_a_repeated_booking_nobody_hears_of_the_end_of_what_they_have_not_heard_of(
    clinician: Browser, ports: FakePorts
) -> None:
    """B9: the later visits are invited to some days before."""
    first = booked(clinician, TOMORROW, repeat={"every_weeks": 2, "count": 2}, guests=[])
    (later,) = [v for v in ports.store.of(Visit) if v.visit_id != first.visit_id]
    assert clinician.post(f"/visits/{later.visit_id}/cancel/preview").json["messages"] == []
    cancel(clinician, later)
    assert outgoing(ports, later, "cancelled") == []
    cancel(clinician, first)
    assert told(ports, first, "cancelled") == {"patient"}


def test_of_a_later_visit_that_was_moved_everyone_has_heard(clinician: Browser, ports: FakePorts) -> None:
    """B9."""
    first = booked(clinician, TOMORROW, repeat={"every_weeks": 2, "count": 2}, guests=[])
    (later,) = [v for v in ports.store.of(Visit) if v.visit_id != first.visit_id]
    reschedule(clinician, later)
    cancel(clinician, stored(ports, later.visit_id))
    assert told(ports, later, "cancelled") == {"patient"}
