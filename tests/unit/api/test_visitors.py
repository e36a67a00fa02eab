"""Patients and guests through the HTTP door (G2, G5, G6, S7)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.visit import Visit
from tests.browser import Browser
from tests.builders import BO, a_guest, number
from tests.fake_ports import FakePorts
from tests.unit.api.visitors import guest_browser, identify, open_link, opened, patient_browser
from tests.visitors import token_of


@pytest.fixture
def visit(ports: FakePorts) -> Visit:
    return opened(ports, guest=a_guest())


def test_before_they_have_shown_who_they_are_nothing_of_the_patient_is_told(browser: Browser, visit: Visit) -> None:
    """G6."""
    page = open_link(browser, visit).get("/visitor")
    assert page.json["stage"] == "identify"
    assert "Anna" not in page.text
    assert page.json["unit_name"] == page.json["clinician_name"] == ""


def test_being_let_in_changes_the_cookie(browser: Browser, visit: Visit) -> None:
    """G2: whoever had set the earlier cookie has gained nothing."""
    before = open_link(browser, visit).cookies["__Host-visitor"]
    assert identify(browser)["status"] == "complete"
    assert browser.cookies["__Host-visitor"] != before
    assert browser.get("/visitor").json["stage"] == "admitted"


def test_the_visitors_cookie_outlives_the_browser_and_no_script_reads_it(browser: Browser, visit: Visit) -> None:
    """S7: a phone throws pages away."""
    (cookie,) = browser.post("/links/open", {"token": token_of(visit)}).set_cookies
    assert cookie.startswith("__Host-visitor=")
    assert cookie.split("; ")[1:] == ["Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=43200"]


def test_another_persons_e_id_lets_nobody_in(browser: Browser, visit: Visit) -> None:
    """G6."""
    refused = identify(open_link(browser, visit), number(BO))
    assert (refused["status"], refused["code"]) == (403, "wrong_person")
    assert browser.get("/visitor").json["stage"] == "identify"
    assert browser.get("/visitor/chat").code == "not_admitted"


def test_a_guest_has_no_visit_chat(ports: FakePorts, visit: Visit) -> None:
    """S2, G2."""
    guest = guest_browser(ports, visit)
    assert guest.get("/visitor").json["may_chat"] is False
    assert guest.get("/visitor/chat").code == "not_allowed"
    message = {"message_id": "00000000-0000-4000-8000-000000000000", "text": "Hej"}
    assert guest.post("/visitor/chat", message).code == "not_allowed"


def test_a_patient_joins_no_call_that_staff_is_not_in(ports: FakePorts, visit: Visit) -> None:
    """C3."""
    patient = patient_browser(ports, visit)
    assert patient.post("/visitor/call/join").status == 409


def test_a_wrong_token_is_unknown_and_at_last_too_many(browser: Browser) -> None:
    """G5."""
    answers = [browser.post("/links/open", {"token": "A" * 27}).code for _ in range(22)]
    assert answers[0] == "link_unknown"
    assert answers[-1] == "too_many_attempts"


def test_who_has_left_comes_back_by_identifying_again(ports: FakePorts, visit: Visit) -> None:
    """S7: without the link at hand, and with nothing of what they were let in to."""
    patient = patient_browser(ports, visit)
    inside = dict(patient.cookies)
    assert patient.post("/visitor/leave").status == 204
    assert patient.cookies["__Host-visitor"] != inside["__Host-visitor"]
    page = patient.get("/visitor").json
    assert (page["stage"], page["unit_name"], page["may_chat"]) == ("identify", "", False)
    assert patient.get("/visitor/chat").code == "not_admitted"
    patient.csrf_token = page["csrf_token"]
    identify(patient)
    assert patient.get("/visitor").json["stage"] == "admitted"


def test_the_session_that_was_left_is_over(ports: FakePorts, visit: Visit) -> None:
    """S7: a copy of its cookie opens nothing."""
    patient = patient_browser(ports, visit)
    inside = dict(patient.cookies)
    patient.post("/visitor/leave")
    patient.cookies = inside
    assert patient.get("/visitor").code == "not_logged_in"


def test_who_leaves_before_they_were_let_in_leaves_nothing_behind(browser: Browser, visit: Visit) -> None:
    """S7."""
    visitor = open_link(browser, visit)
    assert visitor.post("/visitor/leave").status == 204
    assert "__Host-visitor" not in visitor.cookies


def test_the_page_learns_where_the_e_id_app_opens(browser: Browser, ports: FakePorts) -> None:
    both = ["bankid", "freja"]
    told = browser.get("/visitor/settings").json
    assert told == {"eid_providers": both, "eid_app_url": None, "freja_app_url": None}
    bankid, freja = "http://localhost:8001/bankid/app", "http://localhost:8001/freja/app"
    ports.settings = replace(ports.settings, eid_app_url=bankid, freja_app_url=freja)
    told = browser.get("/visitor/settings").json
    assert told == {"eid_providers": both, "eid_app_url": bankid, "freja_app_url": freja}
