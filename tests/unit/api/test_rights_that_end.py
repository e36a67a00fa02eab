"""Rights that end while something is open: on another commission, after a logout, when a guardian may act no more."""

import dataclasses
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Change, Replace
from chalicelib.domain.chat import ChatMessage
from chalicelib.domain.commission import ADMINISTRATION
from chalicelib.domain.live import Subscription, visit_topic
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit import Call, Kind, Participant, Status, Visit
from chalicelib.services.find_patient import LOOK_UPS
from tests.browser import Browser, heard
from tests.builders import (
    ALVA,
    BERG,
    ERIK,
    NOW,
    a_child,
    a_commission,
    a_guest,
    a_patient_guardian,
    a_register_person,
    a_staff_member,
    a_visit,
    number,
)
from tests.fake_ports import FakePorts
from tests.unit.api.conftest import identity, logged_in
from tests.unit.api.visitors import guest_browser, identify, open_link, opened, push, push_all
from tests.visitors import invited, token_of

MESSAGE = "Utslaget har spridit sig"


@pytest.fixture
def visit(ports: FakePorts) -> Visit:
    return opened(ports, guest=a_guest())


def _said(visit: Visit) -> ChatMessage:
    return ChatMessage(
        visit_id=visit.visit_id,
        message_id=str(uuid4()),
        author_id="p_patient",
        author_name="Anna Andersson",
        author_role="patient",
        text=MESSAGE,
        sent_at=NOW,
    )


def test_on_a_commission_for_administration_no_visit_is_watched(
    browser: Browser, ports: FakePorts, visit: Visit
) -> None:
    """S6, L1: the owner of a visit who is at work as an administrator hears nothing of it, as they may read nothing."""
    ports.store.seed(replace(a_staff_member(), roles=("clinician", "admin")))
    ports.identity_provider.identities["admin"] = identity(
        a_staff_member().hsa_id, a_commission(purpose=ADMINISTRATION)
    )
    admin = logged_in(browser, "admin")
    assert admin.get(f"/visits/{visit.visit_id}").status == 403
    _, page = admin.connect("staff")
    assert admin.say(page, {"action": "watch", "visit_id": visit.visit_id}) == [
        {"type": "error", "code": "not_allowed"}
    ]
    push(_said(visit))
    assert MESSAGE not in str(heard(ports, page))


@pytest.mark.parametrize("way", ["logout", "end-others"])
def test_a_session_that_ends_while_it_begins_to_watch_hears_nothing(
    clinician: Browser, ports: FakePorts, visit: Visit, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """L1: the logout looks at the sockets before the watching is written."""
    other = logged_in(Browser(ports))
    _, page = clinician.connect("staff")
    subscriptions_of = ports.store.subscriptions_of

    def ended_meanwhile(connection_id: str) -> list[Subscription]:
        monkeypatch.setattr(ports.store, "subscriptions_of", subscriptions_of)
        ended = clinician.post("/logout") if way == "logout" else other.post("/sessions/end-others")
        assert ended.status in {200, 204}
        return subscriptions_of(connection_id)

    monkeypatch.setattr(ports.store, "subscriptions_of", ended_meanwhile)
    answers = clinician.say(page, {"action": "watch", "visit_id": visit.visit_id})
    assert answers[-1] == {"type": "error", "code": "not_logged_in"}
    assert ports.store.subscriptions(visit_topic(visit.visit_id)) == []


@pytest.mark.parametrize("role", ["staff", "colleagues"])
def test_who_does_not_care_for_patients_is_not_added_to_a_visit(
    clinician: Browser, ports: FakePorts, visit: Visit, role: str
) -> None:
    """G1, G4: nor is it previewed."""
    ports.store.seed(replace(a_staff_member(BERG, "Bo", "Berg"), roles=("admin",)))
    for path in ("participants", "participants/preview"):
        reply = clinician.post(f"/visits/{visit.visit_id}/{path}", {"request_id": str(uuid4()), role: [BERG]})
        assert (reply.status, reply.code) == (400, "unknown_staff")


@pytest.fixture
def childs(ports: FakePorts) -> Visit:
    """A visit of Alva's, for whom Erik acts."""
    child = a_child()
    ports.store.seed(child)
    staff, patient = a_visit(patient=child).participants
    ombud = Participant(
        participant_id="p_ombud",
        role="ombud",
        name="Erik Lindqvist",
        link_id="l_ombud",
        guardian_id=a_patient_guardian().guardian_id,
    )
    people = (staff, replace(patient, link_id=""), ombud)
    return invited(ports.store, a_visit(status=Status.ONGOING, patient=child, kind=Kind.CHILD, participants=people))


@pytest.fixture
def erik(ports: FakePorts, childs: Visit) -> Browser:
    browser = open_link(Browser(ports), childs, "ombud")
    assert identify(browser, number(ERIK))["status"] == "complete"
    return browser


def test_an_ombud_who_may_act_no_more_neither_reads_nor_writes_nor_listens(
    ports: FakePorts, erik: Browser, childs: Visit
) -> None:
    """P5: the child was given a protected identity after the ombud came in."""
    _, page = erik.connect("visitor")
    ports.store.seed(replace(a_child(), protected=True, version=2))
    answers = {
        "page": erik.get("/visitor"),
        "read": erik.get("/visitor/chat"),
        "write": erik.post("/visitor/chat", {"message_id": str(uuid4()), "text": "Hej"}),
        "join": erik.post("/visitor/call/join"),
    }
    assert {name: (r.status, r.code) for name, r in answers.items()} == dict.fromkeys(
        answers, (403, "guardian_may_not_act")
    )
    assert erik.connect("visitor")[0] == 403
    push(_said(childs))
    assert MESSAGE not in str(heard(ports, page))


def test_a_guest_who_was_replaced_does_not_come_back_by_a_session_that_is_over(ports: FakePorts, visit: Visit) -> None:
    """G2: only the link leads in again, with all that is asked of a link."""
    first, second = guest_browser(ports, visit), guest_browser(ports, visit)
    assert first.post("/visitor/enter", {"name": "Gunilla"}).code == "already_admitted"
    assert second.get("/visitor").status == 200


@pytest.fixture
def bo(clinician: Browser, ports: FakePorts, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Bo, of the visit's staff, who is taken out of it between the opening and the writing of what he does next."""
    ports.store.seed(a_staff_member(BERG, "Bo", "Berg"))
    ports.identity_provider.identities["berg"] = identity(BERG)
    browser = logged_in(Browser(ports), "berg")
    added = clinician.post(f"/visits/{visit.visit_id}/participants", {"request_id": str(uuid4()), "staff": [BERG]})
    place = next(p["participant_id"] for p in added.json["participants"] if p["name"] == "Bo Berg")
    commit = ports.store.commit

    def removed_first(changes: Sequence[Change]) -> None:
        monkeypatch.setattr(ports.store, "commit", commit)
        assert clinician.delete(f"/visits/{visit.visit_id}/participants/{place}").status == 204
        commit(changes)

    monkeypatch.setattr(ports.store, "commit", removed_first)
    return browser


def test_of_two_who_remove_each_other_at_once_one_has_no_say_any_more(
    ports: FakePorts, visit: Visit, bo: Browser
) -> None:
    """G1, G5."""
    assert bo.delete(f"/visits/{visit.visit_id}/participants/p_guest").code == "not_found"
    stored = ports.store.visit(visit.visit_id)
    assert stored is not None
    assert [p.participant_id for p in stored.participants] == ["p_staff", "p_patient", "p_guest"]


def test_who_is_removed_while_they_save_a_note_saves_none(ports: FakePorts, visit: Visit, bo: Browser) -> None:
    """G5, S3."""
    reply = bo.put(f"/visits/{visit.visit_id}/note", {"text": "Bo var här", "version": 0})
    assert (reply.status, reply.code) == (409, "changed_meanwhile")
    assert ports.store.note(visit.visit_id) is None
    assert bo.get(f"/visits/{visit.visit_id}/note").code == "not_found"


@pytest.mark.parametrize("path", ["/visits", "/visits/preview"])
def test_why_a_child_cannot_be_booked_is_told_to_nobody_without_a_trace(
    clinician: Browser, ports: FakePorts, path: str
) -> None:
    """S6, P5: the refusal says that somebody is protected."""
    child = a_child(protected=True)
    ports.store.seed(child)
    booking = {
        "request_id": str(uuid4()),
        "patients": [{"patient_id": child.patient_id}],
        "starts_at": (NOW + timedelta(days=1)).isoformat(),
        "duration_minutes": 30,
        "reason": "",
        "kind": "child",
    }
    assert clinician.post(path, booking).code == "guardian_may_not_act"
    entries = [e for e in ports.store.of(AuditEntry) if e.patient_id == child.patient_id]
    assert [e.action for e in entries] == ["visit.preview"]


def test_who_may_not_act_does_not_fill_the_access_log(ports: FakePorts, childs: Visit) -> None:
    """S6: a link that is refused is logged, and once for many knocks in a row."""
    ports.store.seed(replace(a_child(), protected=True, version=2))
    browser = Browser(ports)
    for _ in range(3):
        assert browser.post("/links/open", {"token": token_of(childs, "ombud")}).code == "guardian_may_not_act"
    denied = [e for e in ports.store.of(AuditEntry) if e.result == "denied"]
    assert [e.action for e in denied] == ["link.open"]


def test_a_refusal_after_a_reading_is_logged(ports: FakePorts, erik: Browser) -> None:
    """S6: it is no repetition of what was allowed a moment ago."""
    erik.get("/visitor")
    ports.store.seed(replace(a_child(), protected=True, version=2))
    erik.get("/visitor")
    read = [e.result for e in ports.store.of(AuditEntry) if e.action == "visitor.view"]
    assert read == ["ok", "denied"]


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2201-01-01", "9999-12-31"])
def test_a_day_that_no_visit_is_of_is_bad_input(clinician: Browser, day: str) -> None:
    reply = clinician.get(f"/agenda?date={day}")
    assert (reply.status, reply.code) == (400, "bad_input")


def test_a_session_that_ran_out_reads_no_chat_by_its_open_socket(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """L1, S2: nobody ended it, so nobody told its sockets."""
    _, page = clinician.connect("staff")
    clinician.say(page, {"action": "watch", "visit_id": visit.visit_id})
    push(_said(visit))
    assert [message["type"] for message in heard(ports, page)].count("chat.message") == 1
    ports.clock.advance(minutes=61)
    push(_said(visit))
    assert [message["type"] for message in heard(ports, page)].count("chat.message") == 1


def test_uppdatera_puts_an_ombud_who_may_act_no_more_out_of_page_and_call(
    clinician: Browser, ports: FakePorts, erik: Browser, childs: Visit
) -> None:
    """P5: they are in the waiting room, and in a call that runs."""
    _, page = erik.connect("visitor")
    stored = ports.store.visit(childs.visit_id)
    assert stored is not None
    call = Call(call_id=f"{childs.visit_id}.1", opened_at=NOW, connected={"p_staff": "staff", "p_ombud": "patient"})
    ports.store.commit([Replace(replace(stored, call=call, version=stored.version + 1))])
    person = a_register_person(ALVA, protected=True)
    ports.register.people[ALVA] = dataclasses.replace(person, fetched_at=NOW + timedelta(minutes=1))
    assert clinician.post(f"/patients/{childs.patient_id}/refresh").json["protected"] is True
    orders = [m for m in ports.store.of(OutboxMessage) if m.channel == "media"]
    assert [(m.reason, m.participant_id) for m in orders] == [("replace_device", "p_ombud")]
    push_all(ports, childs)
    assert heard(ports, page)[-1] == {"type": "session.ended", "reason": "logged_out"}
    assert ports.store.subscriptions_of(page) == []
    assert erik.get("/visitor").status == 401
    assert erik.post("/visitor/here").code == "guardian_may_not_act"


@pytest.mark.parametrize("path", ["chat", "participants"])
def test_an_id_of_a_request_is_its_36_characters_and_nothing_behind_them(
    clinician: Browser, visit: Visit, path: str
) -> None:
    body: dict[str, object] = {"message_id": f"{uuid4()}\n", "text": "Hej"}
    if path == "participants":
        body = {"request_id": f"{uuid4()}\n", "guests": [{"name": "Gun", "phone": "070-174 06 06"}]}
    assert clinician.post(f"/visits/{visit.visit_id}/{path}", body).code == "bad_input"


@pytest.mark.parametrize("way", ["register", "refresh"])
def test_past_the_bound_the_register_is_not_asked_either(clinician: Browser, ports: FakePorts, way: str) -> None:
    """P5: whoever has a clinician's session asks it in the organisation's name."""
    ports.store.seed(a_child())
    path = "/patients/register" if way == "register" else f"/patients/{a_child().patient_id}/refresh"
    body = {"number": ALVA} if way == "register" else None
    for _ in range(LOOK_UPS):
        assert clinician.post(path, body).code == "unknown_person"
    asked = ports.register.calls
    assert clinician.post(path, body).code == "too_many_attempts"
    assert ports.register.calls == asked
