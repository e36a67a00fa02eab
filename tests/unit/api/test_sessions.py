"""Where one is logged in, ending it there, and how long it lasts, through the HTTP door (L1)."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.session import StaffSession
from tests.browser import Browser, heard
from tests.builders import BERG, EK, a_staff_member
from tests.fake_ports import FakePorts
from tests.unit.api.conftest import identity, logged_in

ON_A_PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1"


@pytest.fixture
def phone(another_browser: Callable[[], Browser]) -> Browser:
    """Eva Ek again, on her phone."""
    browser = another_browser()
    browser.headers["user-agent"] = ON_A_PHONE
    return logged_in(browser)


@pytest.fixture
def colleague(ports: FakePorts, another_browser: Callable[[], Browser]) -> Browser:
    """Bo Berg, logged in."""
    ports.store.seed(a_staff_member(BERG, "Bo", "Berg"))
    ports.identity_provider.identities["berg"] = identity(BERG)
    return logged_in(another_browser(), "berg")


def _sessions(browser: Browser) -> list[dict[str, Any]]:
    views: list[dict[str, Any]] = browser.get("/sessions").json
    return views


def test_ones_sessions_are_listed_this_one_first_with_device_and_times(
    clinician: Browser, phone: Browser, colleague: Browser, ports: FakePorts
) -> None:
    """L1."""
    ports.clock.advance(minutes=30)
    here, there = _sessions(clinician)
    assert (here["is_current"], there["is_current"]) == (True, False)
    assert (there["browser"], there["system"]) == ("Safari", "iPhone")
    assert (here["browser"], here["unit_name"]) == ("", "Hudmottagningen Halmstad")
    assert here["used_at"] > there["used_at"] == there["started_at"] == here["started_at"]
    assert len(_sessions(colleague)) == 1


def test_a_list_of_sessions_gives_nothing_that_opens_one(clinician: Browser, ports: FakePorts) -> None:
    text = clinician.get("/sessions").text
    (session,) = ports.store.of(StaffSession)
    assert session.session_hash not in text
    assert clinician.csrf_token not in text
    assert session.person not in text


def test_a_session_ended_elsewhere_is_over_at_once_and_its_pages_are_told(
    clinician: Browser, phone: Browser, ports: FakePorts
) -> None:
    """L1."""
    _, page = phone.connect("staff")
    other = _sessions(clinician)[1]["session_id"]
    assert clinician.delete(f"/sessions/{other}").status == 204
    assert phone.get("/session").code == "not_logged_in"
    assert heard(ports, page)[-1] == {"type": "session.ended", "reason": "ended"}
    assert ports.store.subscriptions_of(page) == []
    assert [each["is_current"] for each in _sessions(clinician)] == [True]


def test_all_other_sessions_end_together(clinician: Browser, phone: Browser, colleague: Browser) -> None:
    """L1: nobody else's."""
    assert clinician.post("/sessions/end-others").status == 204
    assert phone.get("/session").code == "not_logged_in"
    assert clinician.get("/session").status == 200
    assert colleague.get("/session").status == 200


def test_someone_elses_session_is_as_one_that_is_not_there(clinician: Browser, colleague: Browser) -> None:
    """L1."""
    theirs = _sessions(colleague)[0]["session_id"]
    for session_id in (theirs, "s_invented", _sessions(clinician)[0]["session_id"]):
        assert clinician.delete(f"/sessions/{session_id}").code == "not_found"
    assert colleague.get("/session").status == 200


def test_ending_sessions_takes_the_sessions_own_proof(clinician: Browser, phone: Browser) -> None:
    other = _sessions(clinician)[1]["session_id"]
    clinician.csrf_token = "guess"
    assert clinician.delete(f"/sessions/{other}").code == "csrf_rejected"
    assert clinician.post("/sessions/end-others").code == "csrf_rejected"
    assert phone.get("/session").status == 200


def test_a_session_that_has_run_out_is_not_listed(clinician: Browser, phone: Browser, ports: FakePorts) -> None:
    ports.clock.advance(minutes=40)
    clinician.get("/session")
    ports.clock.advance(minutes=40)
    assert phone.get("/session").code == "not_logged_in"
    assert len(_sessions(clinician)) == 1


def test_an_ended_session_is_in_the_access_log(clinician: Browser, phone: Browser, ports: FakePorts) -> None:
    """S6."""
    clinician.post("/sessions/end-others")
    assert [(e.user, e.action) for e in ports.store.of(AuditEntry)][-1] == (EK, "session.end")


def test_asking_how_long_is_left_keeps_no_session_awake(clinician: Browser, ports: FakePorts) -> None:
    """L1."""
    ports.clock.advance(minutes=55)
    assert clinician.get("/session/expiry").json == {"seconds_left": 300, "can_be_extended": True}
    ports.clock.advance(minutes=5)
    assert clinician.get("/session/expiry").code == "not_logged_in"


def test_a_session_in_use_says_that_it_goes_on(clinician: Browser, ports: FakePorts) -> None:
    """L1."""
    ports.clock.advance(minutes=55)
    clinician.get("/session")
    assert clinician.get("/session/expiry").json == {"seconds_left": 3600, "can_be_extended": True}


def test_the_last_hour_of_twelve_cannot_be_extended(clinician: Browser, ports: FakePorts) -> None:
    """L1."""
    for _ in range(23):
        ports.clock.advance(minutes=30)
        clinician.get("/session")
    assert clinician.get("/session/expiry").json == {"seconds_left": 1800, "can_be_extended": False}
