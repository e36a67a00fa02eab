"""Omboka of children, youths, groups and relatives through the API's own door (B4, B5, B7, B8, B9)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.link import Link
from chalicelib.domain.patient import Patient
from chalicelib.domain.patient_visits import PatientVisit
from chalicelib.domain.visit import Contact, Kind, Visit
from tests.browser import Browser
from tests.builders import (
    ANNA,
    BO,
    ERIK,
    SARA,
    STINA,
    a_child,
    a_patient,
    a_patient_guardian,
    a_staff_member,
)
from tests.fake_ports import FakePorts
from tests.unit.api.bookings import TOMORROW, booked, many_numbers, outgoing, reschedule, stored, token_of, told

ERIK_ID, SARA_ID = (a_patient_guardian(digits).guardian_id for digits in (ERIK, SARA))
OMBUD = [{"guardian_id": ERIK_ID, "ombud": True, "primary_contact": True}]
BEFORE_13 = datetime(2027, 3, 13, 22, 59, tzinfo=UTC)  # 23:59 in Sweden, the day before Stina's birthday
AT_13 = BEFORE_13 + timedelta(minutes=1)


@pytest.fixture
def stina(ports: FakePorts) -> Patient:
    """Born on 2014-03-14, with a mobile of her own and two guardians."""
    child = replace(a_child(STINA), given_name="Stina", contact=Contact("+46701740644"))
    ports.store.seed(child)
    return child


@pytest.fixture
def visit(clinician: Browser, stina: Patient) -> Visit:
    """Stina's, while she is 12."""
    return booked(
        clinician, BEFORE_13, patients=[{"patient_id": stina.patient_id}], kind="child", relations=OMBUD, guests=[]
    )


def _moved(clinician: Browser, visit: Visit, at: datetime, **changes: object) -> Any:
    return reschedule(clinician, visit, starts_at=at.isoformat(), **changes)


def test_a_child_that_turns_13_before_the_new_day_is_warned_about(clinician: Browser, visit: Visit) -> None:
    """B4: by its age on the day in Sweden, to the minute."""
    preview = clinician.post(
        f"/visits/{visit.visit_id}/reschedule/preview",
        {"sequence": 0, "starts_at": AT_13.isoformat(), "duration_minutes": 30},
    )
    for refused in (preview, _moved(clinician, visit, AT_13)):
        assert (refused.status, refused.code) == (400, "wrong_kind_youth")


def test_it_is_moved_as_13_and_comes_in_by_a_link_of_its_own(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """B4, B5: the ombud's place ends with its link, and nobody acts for the child any more."""
    ombuds = token_of(visit, "ombud")
    reply = _moved(clinician, visit, AT_13, kind="youth")
    assert reply.status == 200, reply.text
    assert (reply.json["kind"], reply.json["relations"]["ombud_id"]) == ("youth", None)
    after = stored(ports, visit.visit_id)
    assert (after.ombud, after.patient.contact.phone) == (None, "+46701740644")
    (mine,) = [m for m in outgoing(ports, after, "invitation") if m.participant_id == after.patient.participant_id]
    assert (mine.address, mine.sequence) == ("+46701740644", 1)
    assert outgoing(ports, after, "moved") == []
    (to_erik,) = outgoing(ports, after, "cancelled")
    assert (to_erik.address, to_erik.link_id) == ("+46701740609", "")
    gone = Browser(ports).post("/links/open", {"token": ombuds})
    assert (gone.status, gone.code) == (410, "removed")
    opened = Browser(ports).post("/links/open", {"token": token_of(after)})
    assert (opened.status, opened.json["role"]) == (200, "patient")


def test_what_a_child_of_13_and_its_former_ombud_would_be_sent_is_shown_before(
    clinician: Browser, visit: Visit
) -> None:
    """B4, B9: nobody else would tell the guardian not to come."""
    asked = {"sequence": 0, "starts_at": AT_13.isoformat(), "duration_minutes": 30, "kind": "youth"}
    preview = clinician.post(f"/visits/{visit.visit_id}/reschedule/preview", asked)
    assert preview.status == 200, preview.text
    assert [m["role"] for m in preview.json["messages"]] == ["patient", "ombud"]


def test_at_13_it_needs_a_mobile_of_its_own(clinician: Browser, ports: FakePorts, stina: Patient, visit: Visit) -> None:
    """P4, B5."""
    ports.store.seed(replace(stina, contact=Contact()))
    refused = _moved(clinician, visit, AT_13, kind="youth")
    assert (refused.status, refused.code) == (400, "patient_contact_missing")
    assert stored(ports, visit.visit_id).kind is Kind.CHILD


def test_at_13_nobody_acts_for_it_but_one_is_contacted_first(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """P6, B5."""
    assert _moved(clinician, visit, AT_13, kind="youth", relations=OMBUD).code == "ombud_not_needed"
    first = [{"guardian_id": SARA_ID, "primary_contact": True}]
    assert _moved(clinician, visit, AT_13, kind="youth", relations=first).status == 200
    assert stored(ports, visit.visit_id).primary_contact_id == SARA_ID


@pytest.mark.parametrize("form", ["group", "relative"])
def test_of_a_group_and_of_a_relative_no_guardian_is_named(clinician: Browser, form: str) -> None:
    """B7, B8."""
    visit = _group(clinician, [ANNA, BO]) if form == "group" else booked(clinician, form="relative", guests=[])
    refused = reschedule(clinician, visit, relations=OMBUD)
    assert (refused.status, refused.code) == (400, "ombud_not_needed")


def test_at_13_no_guest_has_its_number(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """B5: a guest comes in without e-ID."""
    guest = {
        "request_id": "3f2c7d9e-8a41-4f6b-9d20-5b7c1e8a9f04",
        "guests": [{"name": "Mor", "phone": "070-174 06 45"}],
    }
    assert clinician.post(f"/visits/{visit.visit_id}/participants", guest).status == 200
    people = tuple(
        replace(p, contact=Contact("+46701740644")) if p.name == "Mor" else p
        for p in stored(ports, visit.visit_id).participants
    )
    ports.store.seed(replace(stored(ports, visit.visit_id), participants=people))
    assert _moved(clinician, visit, AT_13, kind="youth").code == "own_number"


@pytest.mark.parametrize("kind", ["youth", "adult"])
def test_a_child_is_a_child_until_then(clinician: Browser, visit: Visit, kind: str) -> None:
    """B4."""
    refused = _moved(clinician, visit, BEFORE_13 - timedelta(days=1), kind=kind)
    assert (refused.status, refused.code) == (400, "wrong_kind_child")


@pytest.mark.parametrize("kind", [None, "child", "youth"])
def test_nobody_becomes_a_child_again(clinician: Browser, ports: FakePorts, stina: Patient, kind: str | None) -> None:
    """B4: who was invited themselves has no ombud put in their place."""
    youth = booked(clinician, AT_13, patients=[{"patient_id": stina.patient_id}], kind="youth", guests=[])
    relations = OMBUD if kind == "child" else []
    refused = _moved(clinician, youth, BEFORE_13, kind=kind, relations=relations)
    assert (refused.status, refused.code) == (400, "wrong_kind_child")
    assert stored(ports, youth.visit_id).kind is Kind.YOUTH


def test_a_moved_childs_ombud_is_told_and_stays(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """B4."""
    assert _moved(clinician, visit, BEFORE_13 - timedelta(days=3)).status == 200
    after = stored(ports, visit.visit_id)
    assert after.ombud == visit.ombud
    assert told(ports, after, "moved") == {"ombud"}
    assert after.primary_contact_id == ERIK_ID


def test_another_ombud_can_be_named_with_the_new_time(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """P6: who is new is invited, to the new time."""
    at = BEFORE_13 - timedelta(days=3)
    reply = _moved(clinician, visit, at, relations=[{"guardian_id": SARA_ID, "ombud": True}])
    assert reply.json["relations"]["ombud_id"] == SARA_ID
    after = stored(ports, visit.visit_id)
    assert told(ports, after, "moved") == set()
    assert [m.address for m in outgoing(ports, after, "cancelled")] == ["+46701740609"]
    assert after.ombud is not None
    (mine,) = [m for m in outgoing(ports, after, "invitation") if m.participant_id == after.ombud.participant_id]
    assert mine.sequence == 1


def test_an_ombud_who_may_act_no_more_moves_with_no_visit(
    clinician: Browser, ports: FakePorts, stina: Patient, visit: Visit
) -> None:
    """P5: another is named, or the visit is cancelled."""
    protected = tuple(replace(g, protected=g.guardian_id == ERIK_ID) for g in stina.guardians)
    ports.store.seed(replace(stina, guardians=protected))
    at = BEFORE_13 - timedelta(days=3)
    refused = _moved(clinician, visit, at)
    assert (refused.status, refused.code) == (409, "guardian_may_not_act")
    assert _moved(clinician, visit, at, relations=[{"guardian_id": SARA_ID, "ombud": True}]).status == 200


def _group(clinician: Browser, numbers: list[str], staff: tuple[str, ...] = ()) -> Visit:
    patients = [a_patient(digits, phone=f"+4670174{place:04}") for place, digits in enumerate(numbers)]
    clinician.ports.store.seed(*patients)
    listed = [{"patient_id": patient.patient_id} for patient in patients]
    return booked(clinician, patients=listed, form="group", guests=[], staff=staff)


def test_each_of_a_group_is_told_and_found_at_the_new_time(clinician: Browser, ports: FakePorts) -> None:
    """B8, B9."""
    visit = _group(clinician, [ANNA, BO])
    assert reschedule(clinician, visit, kind="youth").status == 200
    after = stored(ports, visit.visit_id)
    assert {m.participant_id for m in outgoing(ports, after, "moved")} == {p.participant_id for p in after.patients}
    rows = ports.store.of(PatientVisit)
    assert {(row.patient_id, row.starts_at) for row in rows} == {
        (p.patient_id, after.starts_at) for p in after.patients
    }
    assert len(rows) == len(after.patients)
    assert after.kind is Kind.ADULT


@pytest.mark.parametrize("days", [14, -0.5])
def test_the_largest_group_with_the_largest_staff_can_be_moved(
    clinician: Browser, ports: FakePorts, days: float
) -> None:
    """B8: no transaction has more than DynamoDB takes, and each patient's log tells of it."""
    people = tuple(f"SE2321000115-X{place:03}" for place in range(19))
    ports.store.seed(*(a_staff_member(hsa_id) for hsa_id in people))
    visit = _group(clinician, many_numbers(20), staff=people)
    reply = reschedule(clinician, visit, starts_at=(TOMORROW + timedelta(days=days)).isoformat())
    assert reply.status == 200, reply.text
    after = stored(ports, visit.visit_id)
    assert len(outgoing(ports, after, "moved")) >= 1
    assert {row.starts_at for row in ports.store.of(PatientVisit)} == {after.starts_at}
    assert min(link.expires_at for link in ports.store.of(Link)) > after.ends_at + timedelta(minutes=120)
    assert len([e for e in ports.store.of(AuditEntry) if e.action == "visit.reschedule"]) == len(after.patients)


def test_a_relatives_conversation_keeps_its_reason(clinician: Browser, ports: FakePorts) -> None:
    """B7: and is an adult's."""
    visit = booked(clinician, form="relative", guests=[])
    reply = reschedule(clinician, visit, reason="Eksem", kind="youth")
    assert (reply.status, reply.json["reason"], reply.json["kind"]) == (200, "Anhörigsamtal", "adult")
    assert outgoing(ports, visit, "moved")


def test_one_of_repeated_visits_is_moved_alone(clinician: Browser, ports: FakePorts) -> None:
    """B9: each is a visit of its own."""
    first = booked(clinician, TOMORROW, repeat={"every_weeks": 1, "count": 3}, guests=[])
    others = [v for v in ports.store.of(Visit) if v.visit_id != first.visit_id]
    assert reschedule(clinician, first).status == 200
    assert [stored(ports, v.visit_id) for v in others] == others
