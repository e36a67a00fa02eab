"""Bad input through the doors: a clear answer, and nothing changed."""

import json
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from chalicelib.domain.eid import EidResult
from chalicelib.domain.patient import Patient
from chalicelib.domain.quality import Rating
from chalicelib.domain.visit import Call, Status, Visit
from tests.browser import Browser
from tests.builders import ANNA, BO, NOW, a_guest, a_register_person, a_visit
from tests.fake_ports import FakePorts
from tests.unit.api.visitors import identify, open_link, opened, patient_browser
from tests.visitors import token_of

MOBILE = "070-174 06 05"


@pytest.fixture
def visit(ports: FakePorts) -> Visit:
    return opened(ports, guest=a_guest())


@pytest.fixture
def changed(ports: FakePorts) -> Callable[[], bool]:
    """Whether anything was written since the test asked for this."""
    before = len(ports.store.commits)
    return lambda: len(ports.store.commits) != before


@pytest.mark.parametrize(
    ("path", "more"),
    [("/search", {}), ("/register", {}), ("", {"phone": MOBILE})],
    ids=["search", "register", "create"],
)
@pytest.mark.parametrize("number", ["194408139080", "19440813-90", "Anna", "", "194413139089"])
def test_what_is_no_identity_number_is_looked_up_nowhere(
    clinician: Browser, ports: FakePorts, path: str, more: dict[str, str], number: str
) -> None:
    """P1."""
    before = len(ports.store.commits)
    reply = clinician.post(f"/patients{path}", {"number": number, **more})
    assert (reply.status, reply.code) == (400, "invalid_identity_number")
    assert (ports.register.calls, len(ports.store.commits)) == (0, before)


@pytest.mark.parametrize(("path", "more"), [("/register", {}), ("", {"phone": MOBILE})], ids=["register", "create"])
def test_a_person_whom_the_register_does_not_know(clinician: Browser, path: str, more: dict[str, str]) -> None:
    """P3."""
    reply = clinician.post(f"/patients{path}", {"number": BO, **more})
    assert (reply.status, reply.code) == (404, "unknown_person")


@pytest.mark.parametrize(("path", "more"), [("/register", {}), ("", {"phone": MOBILE})], ids=["register", "create"])
def test_a_register_that_is_down_can_be_asked_again(
    clinician: Browser, ports: FakePorts, path: str, more: dict[str, str]
) -> None:
    """P5: and nobody is created half known."""
    ports.register.people[ANNA] = a_register_person()
    ports.register.down = True
    reply = clinician.post(f"/patients{path}", {"number": ANNA, **more})
    assert (reply.status, reply.code) == (503, "register_unavailable")
    assert ports.store.of(Patient) == []
    ports.register.down = False
    assert clinician.post(f"/patients{path}", {"number": ANNA, **more}).status < 300


@pytest.mark.parametrize("field", ["phone", "email"])
def test_ways_to_reach_a_patient_that_lead_nowhere(clinician: Browser, ports: FakePorts, field: str) -> None:
    """P4."""
    ports.register.people[ANNA] = a_register_person()
    reply = clinician.post("/patients", {"number": ANNA, "phone": MOBILE, field: "nowhere"})
    assert (reply.status, reply.code, reply.json["field"]) == (400, f"invalid_{field}", field)
    assert ports.store.of(Patient) == []


@pytest.mark.parametrize(
    ("hint", "text"), [("userCancel", "RFA6"), ("expiredTransaction", "RFA8"), ("certificateErr", "RFA16")]
)
def test_a_refused_or_expired_bankid_says_so_and_can_be_begun_again(
    browser: Browser, ports: FakePorts, visit: Visit, hint: str, text: str
) -> None:
    """G6."""
    open_link(browser, visit)
    browser.post("/visitor/eid")
    ports.eid.answers.append(EidResult("failed", hint))
    ports.clock.advance(seconds=3)
    failed = browser.post("/visitor/eid/collect").json
    assert (failed["status"], failed["text_id"], failed["qr"]) == ("failed", text, None)
    assert browser.get("/visitor/chat").code == "not_admitted"
    assert identify(browser)["status"] == "complete"


def test_bankid_that_does_not_answer_can_be_begun_again(browser: Browser, ports: FakePorts, visit: Visit) -> None:
    """G6."""
    open_link(browser, visit)
    assert browser.post("/visitor/eid/collect").code == "no_eid_order"
    ports.eid.down = True
    reply = browser.post("/visitor/eid")
    assert (reply.status, reply.code) == (503, "eid_unavailable")
    ports.eid.down = False
    assert identify(browser)["status"] == "complete"


@pytest.mark.parametrize("mangle", [lambda t: t[:-1], lambda t: t + "A", lambda t: t.swapcase(), lambda t: f"{t}\n"])
def test_a_mangled_link_is_no_link(
    browser: Browser, visit: Visit, changed: Callable[[], bool], mangle: Callable[[str], str]
) -> None:
    """G5."""
    reply = browser.post("/links/open", {"token": mangle(token_of(visit))})
    assert (reply.status, reply.code) == (404, "link_unknown")
    assert not changed()


@pytest.mark.parametrize(
    ("status", "code"),
    [(Status.ENDED, "link_ended"), (Status.NO_SHOW, "link_ended"), (Status.CANCELLED, "link_cancelled")],
)
def test_the_link_of_a_visit_that_is_over_says_why(
    browser: Browser, ports: FakePorts, visit: Visit, status: Status, code: str
) -> None:
    """G5, S5."""
    ports.store.seed(replace(visit, status=status))
    reply = browser.post("/links/open", {"token": token_of(visit)})
    assert (reply.status, reply.code) == (410, code)


def test_an_expired_link_says_so(browser: Browser, ports: FakePorts, visit: Visit) -> None:
    """G5."""
    ports.clock.advance(days=1)
    reply = browser.post("/links/open", {"token": token_of(visit)})
    assert (reply.status, reply.code) == (410, "link_expired")


def test_a_call_of_another_visit_is_rated_by_nobody_here(ports: FakePorts, clinician: Browser, visit: Visit) -> None:
    """C9."""
    other = a_visit(status=Status.ONGOING)
    ports.store.seed(replace(other, call=Call(call_id=f"{other.visit_id}.1", opened_at=NOW)))
    rating = {"call_id": f"{other.visit_id}.1", "score": 5}
    assert clinician.post(f"/visits/{visit.visit_id}/call/rating", rating).code == "not_found"
    assert patient_browser(ports, visit).post("/visitor/call/rating", rating).code == "not_found"
    assert ports.store.of(Rating) == []


def test_the_session_of_one_visit_is_none_in_another(ports: FakePorts, visit: Visit) -> None:
    """S6: the visit is the session's own; no request names another."""
    other = replace(a_visit(), org_name="En annan")
    ports.store.seed(other)
    patient = patient_browser(ports, visit)
    assert patient.get("/visitor").json["org_name"] == visit.org_name
    assert patient.get(f"/visits/{other.visit_id}").code == "not_logged_in"
    assert patient.post(f"/visits/{visit.visit_id}/call/join").status in {401, 403}


@pytest.mark.parametrize("forged", [{"role": "staff"}, {"as": "staff"}, {"session_hash": "x"}, {"hsa_id": "SE1"}])
def test_a_role_forged_in_a_socket_message_gains_nothing(
    ports: FakePorts, visit: Visit, forged: dict[str, str]
) -> None:
    """S2, S6: who someone is follows from the cookie that opened the socket."""
    _, connection = patient_browser(ports, visit).connect("visitor")
    browser = Browser(ports)
    before = len(ports.store.commits)
    watch = {"action": "watch", "visit_id": visit.visit_id}
    assert browser.say(connection, watch | forged) == [{"type": "error", "code": "bad_input"}]
    assert browser.say(connection, watch) == [{"type": "error", "code": "not_allowed"}]
    assert len(ports.store.commits) == before


@pytest.mark.parametrize(
    "body", [b"\x00" * 200_000, b'{"text":' * 20_000, b'{"message_id": "1", "text": "\xed\xa0\x80"}']
)
def test_a_body_that_is_too_large_or_mangled_changes_nothing(ports: FakePorts, visit: Visit, body: bytes) -> None:
    patient = patient_browser(ports, visit)
    before = len(ports.store.commits)
    reply = patient.send("POST", "/visitor/chat", body, {"content-type": "application/json"})
    assert reply.status in {400, 413}
    assert json.loads(reply.text)["code"] in {"bad_input", "body_too_large"}
    assert len(ports.store.commits) == before


def test_a_session_past_its_time_is_no_session(ports: FakePorts, visit: Visit) -> None:
    """G5."""
    patient = patient_browser(ports, visit)
    ports.clock.advance(hours=12)
    assert patient.get("/visitor").code == "not_logged_in"
