"""People added and removed through the API, and what the others' open pages are told of it (G1, G4, G5, L5)."""

from uuid import uuid4

import pytest

from chalicelib.domain.live import Subscription
from chalicelib.domain.visit import Visit
from tests.browser import Browser, heard
from tests.builders import BERG, a_guest, a_staff_member
from tests.fake_ports import FakePorts
from tests.unit.api.conftest import identity, logged_in
from tests.unit.api.visitors import guest_browser, opened, push_all

TOLK = {"name": "Tolk digital", "email": "videolank@digitaltolk.se", "kind": "interpreter"}


@pytest.fixture
def visit(ports: FakePorts) -> Visit:
    return opened(ports, guest=a_guest())


@pytest.fixture
def colleague(ports: FakePorts) -> Browser:
    """Bo Berg, logged in."""
    ports.store.seed(a_staff_member(BERG, "Bo", "Berg"))
    ports.identity_provider.identities["berg"] = identity(BERG)
    return logged_in(Browser(ports), "berg")


def _add(browser: Browser, visit: Visit, **people: object) -> dict[str, object]:
    reply = browser.post(f"/visits/{visit.visit_id}/participants", {"request_id": str(uuid4()), **people})
    assert reply.status == 200, reply.text
    view: dict[str, object] = reply.json
    return view


def _id_of(ports: FakePorts, visit: Visit, role: str) -> str:
    stored = ports.store.visit(visit.visit_id)
    assert stored is not None
    return next(p.participant_id for p in stored.participants if p.role == role)


def test_an_added_colleague_learns_of_it_live_and_sees_less(
    clinician: Browser, colleague: Browser, ports: FakePorts, visit: Visit
) -> None:
    """G4, L5: a visit of its own kind on the start page; neither contacts nor notes of the patient."""
    _, start_page = colleague.connect("staff")
    _add(clinician, visit, colleagues=[BERG])
    push_all(ports, visit)
    assert heard(ports, start_page) == [{"type": "agenda.changed"}]
    (entry,) = colleague.get(f"/agenda?date={visit.starts_at:%Y-%m-%d}").json["entries"]
    assert entry["invited"] is True
    page = colleague.get(f"/visits/{visit.visit_id}").json
    assert (page["me"]["role"], page["actions"]) == ("colleague", ["chat"])
    patient = page["patient"]
    assert (patient["number_masked"], patient["phone"], patient["email"], patient["guardians"]) == ("", "", None, [])
    assert colleague.get(f"/visits/{visit.visit_id}/note").status == 403


def test_a_removed_colleague_with_the_page_open_is_told_and_hears_nothing_more(
    clinician: Browser, colleague: Browser, ports: FakePorts, visit: Visit
) -> None:
    """G5: at once, not by the next stream of changes; logged in they still are."""
    _add(clinician, visit, colleagues=[BERG])
    _, page = colleague.connect("staff")
    colleague.say(page, {"action": "watch", "visit_id": visit.visit_id})
    ports.live_push.pushed.clear()
    gone = _id_of(ports, visit, "colleague")
    assert clinician.request("DELETE", f"/visits/{visit.visit_id}/participants/{gone}").status == 204
    told = [{"type": "participation.ended", "visit_id": visit.visit_id}, {"type": "agenda.changed"}]
    assert heard(ports, page) == told
    ports.live_push.pushed.clear()
    clinician.post(f"/visits/{visit.visit_id}/receive")
    push_all(ports, visit)
    assert {m["type"] for m in heard(ports, page)} <= {"agenda.changed"}
    assert colleague.get(f"/visits/{visit.visit_id}").status == 404
    assert colleague.get("/session").status == 200


def test_a_removed_guests_page_is_told_why(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """G5."""
    guest = guest_browser(ports, visit)
    _, page = guest.connect("visitor")
    ports.live_push.pushed.clear()
    gone = _id_of(ports, visit, "guest")
    assert clinician.request("DELETE", f"/visits/{visit.visit_id}/participants/{gone}").status == 204
    assert heard(ports, page) == [{"type": "session.ended", "reason": "removed"}]
    assert [s for s in ports.store.of(Subscription) if s.connection_id == page] == []
    reply = guest.get("/visitor")
    assert (reply.status, reply.code) == (410, "removed")


def test_a_page_that_missed_the_removal_is_told_by_the_stream(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """G5: as when the removing process dies right after it has written."""
    guest = guest_browser(ports, visit)
    _, page = guest.connect("visitor")
    listening = [s for s in ports.store.of(Subscription) if s.connection_id == page]
    gone = _id_of(ports, visit, "guest")
    clinician.request("DELETE", f"/visits/{visit.visit_id}/participants/{gone}")
    ports.store.seed(*listening)
    ports.live_push.pushed.clear()
    push_all(ports, visit)
    assert heard(ports, page) == [{"type": "session.ended", "reason": "removed"}]


def test_someone_removed_while_they_begin_to_watch_is_left_with_nothing(
    clinician: Browser, colleague: Browser, ports: FakePorts, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The removal looks at who watches before the watching is written."""
    _add(clinician, visit, colleagues=[BERG])
    _, page = colleague.connect("staff")
    gone = _id_of(ports, visit, "colleague")
    subscriptions_of = ports.store.subscriptions_of

    def removed_meanwhile(connection_id: str) -> list[Subscription]:
        monkeypatch.setattr(ports.store, "subscriptions_of", subscriptions_of)
        clinician.request("DELETE", f"/visits/{visit.visit_id}/participants/{gone}")
        return subscriptions_of(connection_id)

    monkeypatch.setattr(ports.store, "subscriptions_of", removed_meanwhile)
    answers = colleague.say(page, {"action": "watch", "visit_id": visit.visit_id})
    assert answers[-1] == {"type": "error", "code": "not_found"}
    assert f"visit#{visit.visit_id}" not in [s.topic for s in ports.store.of(Subscription)]


def test_the_interpreter_is_the_organisations_own(clinician: Browser) -> None:
    """G3."""
    assert clinician.get("/interpreter").json == {
        "given_name": "Tolk",
        "family_name": "digital",
        "email": "videolank@digitaltolk.se",
    }


def test_a_preview_shows_the_message_and_adds_nobody(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    body = {"request_id": str(uuid4()), "guests": [TOLK]}
    (message,) = clinician.post(f"/visits/{visit.visit_id}/participants/preview", body).json["messages"]
    assert (message["name"], message["channel"]) == ("Tolk digital", "email")
    assert "https://vardrum.example/b#…" in message["text"]
    stored = ports.store.visit(visit.visit_id)
    assert stored is not None
    assert len(stored.participants) == len(visit.participants)


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ({}, "nobody_to_add"),
        ({"guests": [{"name": "Gun"}]}, "guest_contact_missing"),
        ({"guests": [{"name": "Gun\u202e", "phone": "070-174 06 06"}]}, "invalid_name"),
        ({"guests": [{"name": "Gun", "email": "gun@example.se\r\nBcc: x@example.se"}]}, "invalid_email"),
        ({"colleagues": ["SE-nobody"]}, "unknown_staff"),
    ],
)
def test_what_cannot_be_added_is_named(clinician: Browser, visit: Visit, people: dict[str, object], code: str) -> None:
    body = {"request_id": str(uuid4()), **people}
    reply = clinician.post(f"/visits/{visit.visit_id}/participants", body)
    assert (reply.status, reply.code) == (400, code)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_link_preview_consumes_nothing(browser: Browser, ports: FakePorts, visit: Visit, method: str) -> None:
    """G5: a bot that fetches what it finds in a message reaches no token, and changes nothing."""
    before, commits = ports.store.written(), len(ports.store.commits)
    browser.headers = {"user-agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"}
    for path in ("/links/open", "/visitor", "/visitor/here"):
        assert browser.request(method, path).status >= 400
    assert (ports.store.written(), len(ports.store.commits)) == (before, commits)
    assert guest_browser(ports, visit).get("/visitor").json["stage"] == "admitted"


def test_the_replaced_device_may_take_over_again(ports: FakePorts, visit: Visit) -> None:
    """G2: Använd här i stället."""
    older, newer = guest_browser(ports, visit), guest_browser(ports, visit)
    reply = older.get("/visitor")
    assert (reply.status, reply.code) == (401, "replaced")
    again = older.post("/visitor/here")
    assert (again.status, again.json["stage"]) == (200, "name")
    older.csrf_token = again.json["csrf_token"]
    assert older.post("/visitor/enter", {"name": "Gunilla"}).status == 200
    assert newer.get("/visitor").code == "replaced"
