"""Visits of every form are booked through the API's own door (B1, B2, B6, B7, B8)."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib.domain.agenda import AgendaRow
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.calendar import visit_calendar
from chalicelib.domain.link import link_token
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.patient import Patient
from chalicelib.domain.patient_visits import PatientVisit
from chalicelib.domain.visit import Visit
from chalicelib.domain.visit_messages import invitations
from chalicelib.services.send_outbox import send_message
from tests.browser import Browser
from tests.builders import (
    BERG,
    BO,
    EK,
    LINK_KEY,
    NOW,
    SARA,
    a_child,
    a_patient,
    a_patient_guardian,
    a_register_person,
    a_staff_member,
    an_organisation,
)
from tests.fake_ports import FakePorts
from tests.groups import a_request, a_youth, adults, book, booked, inside, reached_by_email, stored
from tests.unit.api.visitors import identify

GROUP = {"form": "group"}


@pytest.fixture(autouse=True)
def team(ports: FakePorts) -> None:
    """Bo Berg works here too."""
    ports.store.seed(a_staff_member(BERG, "Bo", "Berg"))


def _refused(clinician: Browser, people: list[Patient], **changes: object) -> str:
    """The code of a refusal, which the preview gives too, and which writes nothing."""
    reply = book(clinician, people, **changes)
    assert clinician.post("/visits/preview", a_request(people, **changes)).code == reply.code
    assert not clinician.ports.store.of(Visit)
    return reply.code


def test_a_team_visit_is_one_visit_with_one_message_and_staff_rights_for_each(
    clinician: Browser, ports: FakePorts
) -> None:
    """B6: the patient is written to once, and both clinicians have it on their start page."""
    answer = booked(clinician, [a_patient()], form="team", staff=[BERG])
    assert (answer["visit"]["form"], answer["visit"]["kind"]) == ("team", "adult")
    assert [message.reason for message in ports.store.to_people()] == ["invitation"]
    assert {row.hsa_id for row in ports.store.of(AgendaRow)} == {EK, BERG}
    assert [each.role for each in stored(ports, answer).participants] == ["staff", "staff", "patient", "guest"]


def test_a_team_of_one_is_refused(clinician: Browser) -> None:
    """B6."""
    assert _refused(clinician, [a_patient()], form="team") == "team_needs_two"
    assert _refused(clinician, [a_patient()], form="team", staff=[EK]) == "team_needs_two"


def test_a_team_visit_of_a_child_has_an_ombud_as_any_other(clinician: Browser, ports: FakePorts) -> None:
    """B4, B6."""
    assert _refused(clinician, [a_child()], form="team", kind="child", staff=[BERG]) == "one_ombud"
    relations = [{"guardian_id": a_patient_guardian().guardian_id, "ombud": True}]
    answer = booked(clinician, [a_child()], form="team", kind="child", staff=[BERG], relations=relations)
    assert [message.address for message in ports.store.to_people()] == ["+46701740609"]
    assert stored(ports, answer).patient.link_id == ""


def test_each_of_a_group_has_a_link_and_a_row_and_an_entry_in_the_log_of_their_own(
    clinician: Browser, ports: FakePorts
) -> None:
    """B8, S6."""
    people = adults(3)
    answer = booked(clinician, people, form="group")
    view, visit = answer["visit"], stored(ports, answer)
    ids = [each.patient_id for each in people]
    assert (view["form"], visit.patient_id, [each.patient_id for each in visit.patients]) == ("group", "", ids)
    assert len({each.link_id for each in visit.patients}) == 3
    assert {found.patient_id for found in ports.store.of(PatientVisit)} == set(ids)
    assert {e.patient_id for e in ports.store.of(AuditEntry) if e.action == "visit.book"} == set(ids)
    assert [each["name"] for each in view["patients"]] == [each.name for each in people]
    assert view["patient"] == view["patients"][0]
    (entry,) = clinician.get(f"/agenda?date={visit.starts_at:%Y-%m-%d}").json["entries"]
    assert (entry["patient_name"], entry["patients"], entry["form"]) == ("", 3, "group")


def test_everyone_of_a_group_is_invited_once_and_at_once(clinician: Browser, ports: FakePorts) -> None:
    """B3, B8: from one row of the booking's own transaction, however often it is taken."""
    people = adults(20)
    booked(clinician, people, form="group")
    preview = clinician.post("/visits/preview", a_request(people, **GROUP)).json
    assert len(preview["messages"]) == 20
    (row,) = [message for message in ports.store.of(OutboxMessage) if message.reason == "invitation"]
    for _ in range(2):
        send_message(ports, row.message_id)
    for message in ports.store.to_people():
        send_message(ports, message.message_id)
    assert sorted(to for to, _, _ in ports.sms.sent) == sorted(each.contact.phone for each in people)


def test_the_people_of_a_group_see_one_another_by_numbers_or_chosen_names(clinician: Browser, ports: FakePorts) -> None:
    """B8."""
    people = adults(4)
    names = ["", "Solros", "Deltagare 1", ""]
    patients = [{"patient_id": who.patient_id, "display_name": name} for who, name in zip(people, names, strict=True)]
    view = booked(clinician, people, form="group", patients=patients)["visit"]
    shown = ["Deltagare 2", "Solros", "Deltagare 1", "Deltagare 3"]
    assert [each["display_name"] for each in view["patients"]] == shown


@pytest.mark.parametrize(("count", "code"), [(1, "group_size"), (2, None), (20, None)], ids=["one", "two", "twenty"])
def test_a_group_has_two_to_twenty_patients(clinician: Browser, count: int, code: str | None) -> None:
    """B8."""
    if code is None:
        booked(clinician, adults(count), form="group")
    else:
        assert _refused(clinician, adults(count), form="group") == code


def test_twenty_one_are_no_group(clinician: Browser) -> None:
    """B8."""
    assert book(clinician, adults(21), form="group").status == 400


def test_who_cannot_be_in_a_group_is_refused_with_the_reason(clinician: Browser) -> None:
    """B8, P4, P5: nobody twice, no child, nobody who is not reached or cannot be booked, no two of one name."""
    one, other = adults(2)
    assert _refused(clinician, [one, one], form="group") == "same_patient_twice"
    assert _refused(clinician, [one, a_child()], form="group") == "group_child"
    assert _refused(clinician, [one, replace(other, contact=one.contact, deceased=True)], form="group") == "deceased"
    assert _refused(clinician, [one, reached_by_email(other)], form="group") == "patient_contact_missing"
    twice = [{"patient_id": each.patient_id, "display_name": name} for each, name in [(one, "Sol"), (other, "SOL")]]
    assert _refused(clinician, [one, other], form="group", patients=twice) == "display_name_taken"
    ombud = [{"guardian_id": "g", "ombud": True}]
    assert _refused(clinician, [one, other], form="group", relations=ombud) == "ombud_not_needed"


def test_a_youth_comes_to_a_group_with_their_own_e_id(clinician: Browser, ports: FakePorts) -> None:
    """B5, B8."""
    youth = a_youth()
    answer = booked(clinician, [*adults(1), youth], form="group")
    assert inside(ports, stored(ports, answer), youth).get("/visitor").json["stage"] == "admitted"


def test_a_youth_of_a_group_is_written_to_as_neutrally_as_elsewhere(clinician: Browser, ports: FakePorts) -> None:
    """B5: the phone is not theirs alone; the others read whom the meeting is with."""
    (adult,), youth = adults(1), a_youth()
    visit = stored(ports, booked(clinician, [adult, youth], form="group"))
    texts = {m.address: m.text for m in invitations(visit, NOW, an_organisation())}
    assert "Region Halland" in texts[adult.contact.phone]
    assert texts[youth.contact.phone].startswith("Du har en bokad tid")
    young = next(each for each in visit.patients if each.patient_id == youth.patient_id)
    assert b"SUMMARY:Bokad tid\r\n" in visit_calendar(visit, young, "REQUEST", "https://vardrum.example/b#x", 0)


def test_one_of_a_group_comes_in_with_nobody_elses_e_id(clinician: Browser, ports: FakePorts) -> None:
    """B8, G6: not with that of another of the same group either."""
    one, other = adults(2)
    visit = stored(ports, booked(clinician, [one, other], form="group"))
    inside(ports, visit, other)
    browser = Browser(ports)
    token = link_token(LINK_KEY, visit.patients[0].link_id)
    browser.csrf_token = browser.post("/links/open", {"token": token}).json["csrf_token"]
    assert identify(browser, other.identity)["code"] == "wrong_person"


def test_another_form_than_a_group_is_for_one_patient(clinician: Browser) -> None:
    assert _refused(clinician, adults(2)) == "one_patient"
    assert _refused(clinician, adults(2), form="relative") == "one_patient"


def test_a_relatives_conversation_has_its_own_reason_and_knows_of_no_patient(
    clinician: Browser, ports: FakePorts
) -> None:
    """B7: booked on the relative's number; whatever is asked for as a reason, it says nothing of anybody's illness."""
    relative = a_patient(BO)
    ports.store.seed(a_patient())
    answer = booked(clinician, [relative], form="relative", reason="Annas eksem")
    visit = stored(ports, answer)
    assert (visit.reason, visit.form, visit.patient_ids) == ("Anhörigsamtal", "relative", (relative.patient_id,))
    (message,) = ports.store.to_people()
    told = f"{message.subject} {message.text}".lower()
    assert "videomöte" in told
    assert not any(word in told for word in ("patient", "besök", "anna", "eksem", "hud"))
    assert inside(ports, visit, relative).get("/visitor").status == 200
    assert {each.patient_id for each in ports.store.of(AuditEntry)} <= {"", relative.patient_id}


def test_a_relative_is_reached_by_e_mail_alone_if_need_be(clinician: Browser, ports: FakePorts) -> None:
    """B7: a patient is not (P4)."""
    relative = reached_by_email(a_patient(BO))
    assert _refused(clinician, [relative]) == "patient_contact_missing"
    booked(clinician, [relative], form="relative")
    assert [(each.channel, each.address) for each in ports.store.to_people()] == [("email", "relative@example.se")]


def test_a_relative_is_an_adult_whom_one_can_reach(clinician: Browser) -> None:
    """B7."""
    assert _refused(clinician, [a_youth()], form="relative") == "relative_not_adult"
    assert _refused(clinician, [a_patient(BO, phone="")], form="relative") == "patient_contact_missing"


def test_a_visit_that_starts_now_is_received_and_started_by_who_books_it(clinician: Browser, ports: FakePorts) -> None:
    """B2: drop-in, in one transaction, whatever time the browser's clock gives; a second click starts no other."""
    ports.store.seed(a_patient())
    request = a_request([a_patient()], start_now=True, starts_at=(NOW + timedelta(days=400)).isoformat())
    before = len(ports.store.commits)
    first, again = clinician.post("/visits", request), clinician.post("/visits", request)
    view = first.json["visit"]
    assert (first.status, again.status) == (201, 200)
    assert (view["status"], view["received"]["by"]) == ("pagaende", "Eva Ek")
    assert view["starts_at"] == view["started_at"] == view["received"]["at"]
    assert "start_call" in view["actions"]
    assert len([each for each in ports.store.commits[before:] if len(each) > 2]) == 1
    assert {e.action for e in ports.store.of(AuditEntry) if e.visit_id} == {"visit.book_now", "visit.view"}
    assert [message.reason for message in ports.store.of(OutboxMessage)] == ["invitation"]


def test_a_group_with_someone_protected_is_named_nowhere_and_written_to_neutrally(
    clinician: Browser, ports: FakePorts
) -> None:
    """B8, P5: one is enough."""
    one, other = adults(2)
    answer = booked(clinician, [one, replace(other, protected=True)], form="group")
    assert stored(ports, answer).patient_protected
    preview = clinician.post("/visits/preview", a_request([one, other], form="group")).json
    assert all("Region" not in each["text"] for each in preview["messages"])
    (row,) = ports.store.of(AgendaRow)
    assert (row.patient_name, row.protected) == ("", True)


def test_a_group_whose_patient_becomes_protected_follows_and_stays_so_for_the_others(
    clinician: Browser, ports: FakePorts
) -> None:
    """P5: Uppdatera of one who is not protected does not lift what another's protection asks for."""
    one, other = adults(2)
    visit_id = booked(clinician, [one, other], form="group")["visit"]["visit_id"]
    ports.register.people[other.number] = a_register_person(other.number, protected=True)
    ports.register.people[one.number] = a_register_person(one.number)
    for patient in (other, one):
        assert clinician.post(f"/patients/{patient.patient_id}/refresh").status == 200
        visit = ports.store.visit(visit_id)
        assert visit is not None
        assert visit.patient_protected


def test_a_booking_in_english_is_written_in_english(clinician: Browser, ports: FakePorts) -> None:
    """B10, B11: also to a child's ombud, and to whoever becomes it later."""
    patients = [{"patient_id": a_child().patient_id, "language": "en"}]
    relations = [{"guardian_id": a_patient_guardian().guardian_id, "ombud": True}]
    answer = booked(clinician, [a_child()], kind="child", relations=relations, patients=patients)
    assert {p["language"] for p in answer["visit"]["participants"] if p["role"] in {"patient", "ombud"}} == {"en"}
    to_sara = {"relations": [{"guardian_id": a_patient_guardian(SARA).guardian_id, "ombud": True}]}
    assert clinician.put(f"/visits/{answer['visit']['visit_id']}/relations", to_sara).status == 200
    texts = [message.text.lower() for message in ports.store.to_people()]
    assert len(texts) == 3  # the former ombud is told not to come
    assert all("video" in text and "välkommen" not in text for text in texts)


def test_the_people_are_as_old_as_they_are_taken_for_and_no_two_the_same() -> None:
    """The numbers that these tests stand on are what they are taken for."""
    assert a_youth().identity.age_on(NOW.date()) == 14
    assert len({each.number for each in adults(21)}) == 21
    assert all(each.identity.age_on(NOW.date()) == 46 for each in adults(21))
