"""A group visit through the API's own door: staff see everyone, its patients one another's chosen names alone (B8)."""

from typing import Any
from uuid import uuid4

import jwt
import pytest

from chalicelib.domain.access import CALL_ROLE
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.call_event import CallState, Present
from chalicelib.domain.chat import ChatMessage
from chalicelib.domain.fleet import MediaNode
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.patient_visits import PatientVisit
from chalicelib.domain.visit import Participant, Visit
from chalicelib.services.apply_call_event import apply_call_event
from tests.browser import Browser, heard
from tests.builders import BERG, a_patient, a_staff_member
from tests.fake_ports import FakePorts
from tests.groups import adults, book, booked, inside, stored
from tests.unit.api.conftest import identity, logged_in
from tests.unit.api.visitors import push, push_all

PEOPLE = adults(3)
ROSE, IRIS, _ = PEOPLE
NAMES = {ROSE.patient_id: "Ros", IRIS.patient_id: "Iris"}


@pytest.fixture
def visit(clinician: Browser, ports: FakePorts) -> Visit:
    """Three patients: Ros, Iris, and one who has no name but a number."""
    node = MediaNode(
        node_id="node-a",
        internal_url="http://node-a:8002",
        heartbeat_at=int(ports.clock.now().timestamp()),
        participants=0,
        calls=0,
        capacity=200,
        draining=False,
    )
    ports.store.media_nodes = [node]
    patients = [{"patient_id": p.patient_id, "display_name": NAMES.get(p.patient_id, "")} for p in PEOPLE]
    return stored(ports, booked(clinician, PEOPLE, form="group", patients=patients))


def _said(browser: Browser, path: str, text: str = "Hej") -> dict[str, Any]:
    reply = browser.post(path, {"message_id": str(uuid4()), "text": text})
    assert reply.status == 200
    view: dict[str, Any] = reply.json
    return view


def _connected(ports: FakePorts, call_id: str, *people: Participant) -> None:
    """The call's node tells that they are in it."""
    present = [Present(each.participant_id, CALL_ROLE[each.role], True) for each in people]
    state = CallState(
        type="call.state",
        call_id=call_id,
        node_id="node-a",
        epoch=1,
        seq=1,
        at_ms=int(ports.clock.now().timestamp() * 1000),
        ended=False,
        participants=present,
    )
    apply_call_event(ports, state)


def _names_of(patients: list[Any]) -> set[str]:
    return {part for each in patients for part in (each.given_name, each.family_name)}


def test_in_the_chat_the_others_read_a_chosen_name_and_staff_the_real_one(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B8, S2: read anew and as it is told live."""
    rose, iris = inside(ports, visit, ROSE), inside(ports, visit, IRIS)
    _, page = clinician.connect("staff")
    clinician.say(page, {"action": "watch", "visit_id": visit.visit_id})
    _, waiting = iris.connect("visitor")
    ports.live_push.pushed.clear()
    assert _said(rose, "/visitor/chat")["author_name"] == "Ros"
    push(*ports.store.of(ChatMessage))
    assert [m["message"]["author_name"] for m in heard(ports, page) if "message" in m] == [ROSE.name]
    assert [m["message"]["author_name"] for m in heard(ports, waiting) if "message" in m] == ["Ros"]
    (read,) = iris.get("/visitor/chat").json["messages"]
    assert read["author_name"] == "Ros"
    (seen,) = clinician.get(f"/visits/{visit.visit_id}/chat").json["messages"]
    assert seen["author_name"] == ROSE.name


def test_who_has_left_the_group_stays_unknown_to_the_others(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """B8, G5: also what they wrote."""
    _said(inside(ports, visit, ROSE), "/visitor/chat")
    gone = visit.patients[0].participant_id
    assert clinician.delete(f"/visits/{visit.visit_id}/participants/{gone}").status == 204
    reply = inside(ports, visit, IRIS).get("/visitor/chat")
    assert not any(name in reply.text for name in _names_of([ROSE]))


def test_nothing_that_one_of_a_group_reads_names_another(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """B8: neither the page, nor the chat, nor what comes live, nor the call."""
    clinician.post(f"/visits/{visit.visit_id}/receive")
    clinician.post(f"/visits/{visit.visit_id}/start")
    rose, iris = inside(ports, visit, ROSE), inside(ports, visit, IRIS)
    _, waiting = iris.connect("visitor")
    _said(rose, "/visitor/chat")
    _said(clinician, f"/visits/{visit.visit_id}/chat")
    ticket = clinician.post(f"/visits/{visit.visit_id}/call/join").json
    assert ticket["title"] == ""
    _connected(ports, ticket["call_id"], visit.owner, visit.patients[0])
    push_all(ports, visit)
    push(*ports.store.of(ChatMessage))
    read = [iris.get("/visitor").text, iris.get("/visitor/chat").text, iris.post("/visitor/call/join").text]
    everything = "".join([*read, *map(str, heard(ports, waiting))])
    others = [each for each in PEOPLE if each is not IRIS]
    assert not any(name in everything for name in _names_of(others))
    assert not any(each.patient_id in everything for each in PEOPLE)


def test_in_the_call_a_patient_of_the_group_has_the_chosen_name(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B8: the media plane never learns the real one; staff's own page knows whose place it is."""
    clinician.post(f"/visits/{visit.visit_id}/receive")
    clinician.post(f"/visits/{visit.visit_id}/start")
    rose = inside(ports, visit, ROSE)
    ticket = clinician.post(f"/visits/{visit.visit_id}/call/join").json
    _connected(ports, ticket["call_id"], visit.owner)
    answer = rose.post("/visitor/call/join").json
    claims = jwt.decode(answer["token"], options={"verify_signature": False})
    assert (answer["name"], claims["name"]) == ("Ros", "Ros")
    seen = {p["participant_id"]: p["name"] for p in clinician.get(f"/visits/{visit.visit_id}").json["participants"]}
    assert seen[claims["sub"]] == ROSE.name


def test_whatever_is_done_in_a_group_visit_stands_in_each_patients_log(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """S6: what staff does in everyone's, what a patient does in their own."""
    path = f"/visits/{visit.visit_id}"
    clinician.get(path)
    clinician.get(path)
    clinician.post(f"{path}/receive")
    clinician.put(f"{path}/note", {"text": "Bra grupp", "version": 0})
    _said(clinician, f"{path}/chat")
    inside(ports, visit, ROSE)
    logged: dict[str, list[str]] = {}
    for entry in ports.store.of(AuditEntry):
        if entry.visit_id == visit.visit_id:
            logged.setdefault(entry.action, []).append(entry.patient_id)
    everyone = sorted(each.patient_id for each in PEOPLE)
    for action in ("visit.book", "visit.view", "visit.receive", "note.save", "chat.send"):
        assert sorted(logged[action]) == everyone, action
    assert {*logged["link.open"], *logged["visitor.admitted"]} == {ROSE.patient_id}


def test_who_is_not_in_a_group_visit_is_refused_and_that_stands_in_each_patients_log(
    ports: FakePorts, visit: Visit
) -> None:
    """S6."""
    ports.store.seed(a_staff_member(BERG, "Bo", "Berg"))
    ports.identity_provider.identities["berg"] = identity(BERG)
    assert logged_in(Browser(ports), "berg").get(f"/visits/{visit.visit_id}").status == 404
    denied = [e.patient_id for e in ports.store.of(AuditEntry) if e.result == "denied"]
    assert sorted(denied) == sorted(each.patient_id for each in PEOPLE)


def test_one_of_a_group_is_taken_out_and_the_last_one_stays(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """G1, G5: with link and place in lists, and the others notice nothing."""
    rose = inside(ports, visit, ROSE)
    iris = inside(ports, visit, IRIS)
    ids = [each.participant_id for each in visit.patients]
    replies = [clinician.delete(f"/visits/{visit.visit_id}/participants/{each}") for each in (ids[0], ids[2], ids[1])]
    assert [reply.status for reply in replies] == [204, 204, 409]
    assert replies[2].code == "not_removable"
    assert rose.get("/visitor").code == "removed"
    assert iris.get("/visitor").status == 200
    assert [found.patient_id for found in ports.store.of(PatientVisit)] == [IRIS.patient_id]
    told = [m.participant_id for m in ports.store.of(OutboxMessage) if m.reason == "cancelled"]
    assert sorted(told) == sorted([ids[0], ids[2]])


def test_staff_see_at_once_that_a_groups_invitations_are_on_their_way(clinician: Browser, visit: Visit) -> None:
    """B8, B10: also before each patient's own is written."""
    page = clinician.get(f"/visits/{visit.visit_id}").json
    states = {p["delivery"] for p in page["participants"] if p["role"] == "patient"}
    assert states == {"queued"}


def test_a_guest_of_a_group_has_no_patients_number(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """B5: of none of them, when it is booked and afterwards."""
    guest = {"name": "Gun", "phone": PEOPLE[2].contact.phone}
    added = {"request_id": str(uuid4()), "guests": [guest]}
    assert clinician.post(f"/visits/{visit.visit_id}/participants", added).code == "own_number"
    assert book(clinician, PEOPLE, form="group", guests=[guest]).code == "own_number"


def test_a_full_group_takes_an_interpreter(clinician: Browser, ports: FakePorts) -> None:
    """G3, B8: twenty patients are not too many people for one more."""
    visit = stored(ports, booked(clinician, adults(20), form="group"))
    tolk = {"name": "Tolk digital", "email": "videolank@digitaltolk.se", "kind": "interpreter"}
    reply = clinician.post(f"/visits/{visit.visit_id}/participants", {"request_id": str(uuid4()), "guests": [tolk]})
    assert reply.status == 200
    assert "Tolk digital" in {each["name"] for each in reply.json["participants"]}


def test_the_start_page_names_who_waits_of_a_group(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """L3, B8: staff see all."""
    inside(ports, visit, IRIS).connect("visitor")
    (entry,) = clinician.get(f"/agenda?date={visit.starts_at:%Y-%m-%d}").json["entries"]
    assert [each["name"] for each in entry["waiting"]] == [IRIS.name]


def test_nobody_is_offered_to_choose_who_acts_for_a_group_or_a_relative(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B4, B7, B8."""
    assert "change_relations" not in clinician.get(f"/visits/{visit.visit_id}").json["actions"]
    relative = booked(clinician, [a_patient()], form="relative")["visit"]
    assert "change_relations" not in relative["actions"]
    assert "change_relations" in booked(clinician, [a_patient()])["visit"]["actions"]
    assert clinician.put(f"/visits/{visit.visit_id}/relations", {"relations": []}).status == 404


def test_a_relative_reads_nothing_of_the_clinic_that_treats_somebody(clinician: Browser, ports: FakePorts) -> None:
    """B7: a unit can be a speciality."""
    visit = stored(ports, booked(clinician, [a_patient()], form="relative"))
    page = inside(ports, visit, a_patient()).get("/visitor").json
    assert (page["unit_name"], page["form"]) == ("", "relative")
    assert page["clinician_name"] == "Eva Ek"
