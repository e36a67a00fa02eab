"""The cookie of a patient, an ombud or a guest opens their own visit and nothing else (G2, G5, G6)."""

import pytest

from chalicelib.api.cookies import VISITOR
from chalicelib.domain.eid import EidResult
from chalicelib.domain.ids import new_secret
from chalicelib.domain.visit import Visit
from tests.browser import Browser
from tests.builders import a_guest, a_patient, number
from tests.fake_ports import FakePorts
from tests.unit.api.visitors import guest_browser, identify, open_link, opened, patient_browser
from tests.visitors import invited

MESSAGE = {"message_id": "00000000-0000-4000-8000-000000000000", "text": "Hej"}
STAFF_ROUTES = (
    ("GET", "/session", None),
    ("GET", "/agenda?date=2026-11-23", None),
    ("GET", "/visits/{visit_id}", None),
    ("GET", "/visits/{visit_id}/chat", None),
    ("POST", "/visits/{visit_id}/receive", None),
    ("PUT", "/visits/{visit_id}/note", {"text": "x", "version": 0}),
    ("POST", "/patients/search", {"number": "194408139089"}),
)


@pytest.fixture
def visit(ports: FakePorts) -> Visit:
    return opened(ports, guest=a_guest())


@pytest.mark.parametrize("role", ["patient", "guest"])
@pytest.mark.parametrize(("method", "path", "body"), STAFF_ROUTES)
def test_a_visitors_cookie_is_no_staff_session(
    ports: FakePorts, visit: Visit, role: str, method: str, path: str, body: object
) -> None:
    browser = patient_browser(ports, visit) if role == "patient" else guest_browser(ports, visit)
    reply = browser.request(method, path.format(visit_id=visit.visit_id), body)
    assert (reply.status, reply.code) == (401, "not_logged_in")


def test_the_cookie_under_the_name_of_a_staff_cookie_is_worth_as_little(ports: FakePorts, visit: Visit) -> None:
    browser = patient_browser(ports, visit)
    browser.cookies["__Host-staff"] = browser.cookies[VISITOR]
    assert browser.get("/session").code == "not_logged_in"
    assert browser.get(f"/visits/{visit.visit_id}").code == "not_logged_in"


def test_two_patients_write_each_in_their_own_visit(ports: FakePorts, visit: Visit) -> None:
    """No route of a visitor's names a visit: the session alone says which."""
    other = invited(ports.store)
    first, second = patient_browser(ports, visit), patient_browser(ports, other)
    assert first.post("/visitor/chat", MESSAGE).status in {200, 201}
    assert [m["text"] for m in first.get("/visitor/chat").json["messages"]] == ["Hej"]
    assert second.get("/visitor/chat").json["messages"] == []


@pytest.mark.parametrize("path", ["/visitor", "/visitor/chat"])
def test_a_tampered_cookie_opens_nothing(ports: FakePorts, visit: Visit, path: str) -> None:
    browser = patient_browser(ports, visit)
    genuine = browser.cookies[VISITOR]
    last = "0" if genuine[-1] != "0" else "1"
    for tampered in (genuine[:-1] + last, genuine.upper(), genuine + "0", new_secret(), "", "a" * 4000):
        browser.cookies[VISITOR] = tampered
        assert browser.get(path).status == 401


def test_the_cookie_of_a_replaced_device_is_told_so_and_reads_nothing(ports: FakePorts, visit: Visit) -> None:
    """G2: the newest device wins."""
    old = patient_browser(ports, visit)
    patient_browser(ports, visit)
    for method, path, body in (
        ("GET", "/visitor", None),
        ("GET", "/visitor/chat", None),
        ("POST", "/visitor/chat", MESSAGE),
        ("POST", "/visitor/call/join", None),
    ):
        reply = old.request(method, path, body)
        assert (reply.status, reply.code) == (401, "replaced")


def test_the_cookie_from_before_the_identification_is_not_let_in(ports: FakePorts, visit: Visit) -> None:
    browser = open_link(Browser(ports), visit)
    before = dict(browser.cookies)
    identify(browser)
    thief = Browser(ports, cookies=before, csrf_token=browser.csrf_token)
    assert thief.get("/visitor/chat").code == "not_admitted"
    assert thief.post("/visitor/chat", MESSAGE).status in {401, 403}


def test_an_order_is_collected_by_the_session_that_started_it_alone(ports: FakePorts, visit: Visit) -> None:
    """G6: no request names an order."""
    mine, theirs = open_link(Browser(ports), visit), open_link(Browser(ports), invited(ports.store))
    assert mine.post("/visitor/eid").status == 200
    ports.eid.answers.append(EidResult("complete", "", number()))
    assert theirs.post("/visitor/eid/collect").code == "no_eid_order"
    for body in ({"order_ref": "order-1"}, {"provider": "bankid", "order_ref": "order-1"}):
        assert theirs.post("/visitor/eid", body).status == 400
    assert ports.eid.collected == []
    assert mine.post("/visitor/eid/collect").json["status"] == "complete"


def test_another_device_with_the_same_link_collects_no_order_of_the_first(ports: FakePorts, visit: Visit) -> None:
    phone, stranger = open_link(Browser(ports), visit), open_link(Browser(ports), visit)
    assert phone.post("/visitor/eid").status == 200
    ports.eid.answers.append(EidResult("complete", "", number()))
    assert stranger.post("/visitor/eid/collect").code == "no_eid_order"
    assert stranger.delete("/visitor/eid").status == 204
    assert ports.eid.cancelled == []


def test_the_page_learns_which_e_ids_there_are_and_starts_the_one_chosen(ports: FakePorts, visit: Visit) -> None:
    browser = open_link(Browser(ports), visit)
    assert browser.get("/visitor/settings").json["eid_providers"] == ["bankid", "freja"]
    view = browser.post("/visitor/eid", {"provider": "freja", "return_here": True}).json
    assert (view["provider"], view["text_id"], view["qr"]) == ("freja", "FREJA_STARTED", None)
    assert browser.post("/visitor/eid/collect?same_device=true&computer=true").json["provider"] == "freja"


@pytest.mark.parametrize("body", [{"provider": "siths"}, {"provider": None}, {"return_here": "yes"}, [], "freja"])
def test_a_body_of_another_shape_starts_nothing(ports: FakePorts, visit: Visit, body: object) -> None:
    browser = open_link(Browser(ports), visit)
    assert browser.post("/visitor/eid", body).status == 400
    assert ports.eid.requests == ports.freja.requests == []


def test_an_order_is_for_the_visits_own_patient_whoever_else_is_there(ports: FakePorts, visit: Visit) -> None:
    """The number is read from the visit's own patient, whatever else is stored."""
    ports.store.seed(a_patient("195711212893"))
    browser = open_link(Browser(ports), visit)
    browser.post("/visitor/eid")
    assert ports.eid.started == [number()]
