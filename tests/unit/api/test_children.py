"""Children and guardians through the API's own door (P3-P6, B4, B5)."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.browser import Browser
from tests.builders import (
    ALVA,
    BO,
    ERIK,
    NOW,
    SARA,
    a_child,
    a_guardian,
    a_patient,
    a_patient_guardian,
    a_register_person,
    number,
)
from tests.fake_ports import FakePorts
from tests.unit.api.visitors import open_link

ERIK_ID, SARA_ID = (a_patient_guardian(digits).guardian_id for digits in (ERIK, SARA))


@pytest.fixture(autouse=True)
def family(ports: FakePorts) -> None:
    """The register knows Alva and her guardians Erik and Sara."""
    parents = (a_guardian(ERIK), a_guardian(SARA))
    ports.register.people[ALVA] = dataclasses.replace(a_register_person(ALVA, guardians=parents), fetched_at=NOW)


def _created(clinician: Browser) -> dict[str, Any]:
    reply = clinician.post("/patients", {"number": ALVA})
    assert reply.status == 201
    view: dict[str, Any] = reply.json
    return view


def _reachable(clinician: Browser, child: dict[str, Any], guardian_id: str, phone: str) -> dict[str, Any]:
    path = f"/patients/{child['patient_id']}/guardians/{guardian_id}/contacts"
    reply = clinician.put(path, {"version": child["version"], "phone": phone, "email": ""})
    assert reply.status == 200
    view: dict[str, Any] = reply.json
    return view


def _booking(child: dict[str, Any], **changes: object) -> dict[str, object]:
    booking = {
        "request_id": "3f2c7d9e-8a41-4f6b-9d20-5b7c1e8a9f04",
        "patients": [{"patient_id": child["patient_id"]}],
        "starts_at": (NOW + timedelta(days=1)).isoformat(),
        "duration_minutes": 30,
        "reason": "Eksem",
        "kind": "child",
        "relations": [{"guardian_id": ERIK_ID, "ombud": True}],
    }
    return {**booking, **changes}


def test_a_child_is_created_booked_and_given_another_ombud(ports: FakePorts, clinician: Browser) -> None:
    """P3, P4, P6, B4: no number of the child's own, one link, to one guardian at a time."""
    child = _created(clinician)
    assert (child["kind"], child["phone"]) == ("child", "")
    assert [each["guardian_id"] for each in child["guardians"]] == [ERIK_ID, SARA_ID]
    refused = clinician.post("/visits", _booking(child))
    assert (refused.status, refused.code) == (400, "ombud_contact_missing")
    child = _reachable(clinician, child, ERIK_ID, "070-174 06 09")
    _reachable(clinician, child, SARA_ID, "070-174 06 10")
    booked = clinician.post("/visits", _booking(child))
    assert booked.status == 201
    visit = booked.json["visit"]
    assert visit["relations"] == {
        "ombud_id": ERIK_ID,
        "invited_phone": "+46701740609",
        "primary_contact_id": None,
    }
    to_sara = {"relations": [{"guardian_id": SARA_ID, "ombud": True, "primary_contact": True}]}
    changed = clinician.put(f"/visits/{visit['visit_id']}/relations", to_sara)
    assert changed.status == 200
    assert changed.json["relations"]["ombud_id"] == SARA_ID
    assert {m.address for m in ports.store.to_people()} == {"+46701740609", "+46701740610"}


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"relations": []}, 400, "one_ombud"),
        (
            {"relations": [{"guardian_id": ERIK_ID, "ombud": True}, {"guardian_id": SARA_ID, "ombud": True}]},
            400,
            "one_ombud",
        ),
        ({"relations": [{"guardian_id": "someone", "ombud": True}]}, 404, "unknown_guardian"),
        ({"kind": "adult", "relations": []}, 400, "wrong_kind_child"),
        ({"relations": [{"guardian_id": "g" * 65, "ombud": True}]}, 400, "bad_input"),
        ({"relations": [{"guardian_id": ERIK_ID, "ombud": True}] * 11}, 400, "bad_input"),
    ],
)
def test_what_a_childs_booking_refuses(
    ports: FakePorts, clinician: Browser, changes: dict[str, object], status: int, code: str
) -> None:
    """P6, B4."""
    ports.store.seed(a_child())
    for path in ("/visits", "/visits/preview"):
        reply = clinician.post(path, _booking({"patient_id": a_child().patient_id}, **changes))
        assert (reply.status, reply.code) == (status, code)


def test_a_protected_guardian_is_told_of_without_name_or_number(ports: FakePorts, clinician: Browser) -> None:
    """P5."""
    hidden = a_patient_guardian(SARA, "Sara", protected=True)
    ports.store.seed(a_child(guardians=(a_patient_guardian(), hidden)))
    reply = clinician.get(f"/patients/{a_child().patient_id}")
    erik, sara = reply.json["guardians"]
    assert (erik["name"], erik["refusal"]) == ("Erik Lindqvist", None)
    assert (sara["name"], sara["number_masked"], sara["refusal"]) == ("", "", "guardian_protected")
    assert "Sara" not in reply.text
    refused = clinician.post(
        "/visits",
        _booking({"patient_id": a_child().patient_id}, relations=[{"guardian_id": SARA_ID, "ombud": True}]),
    )
    assert (refused.status, refused.code) == (409, "guardian_may_not_act")


def test_uppdatera_tells_what_the_register_says_now(ports: FakePorts, clinician: Browser) -> None:
    """P3, P5: a newer identity is told in whole, to go on with."""
    ports.store.seed(a_patient())
    person = dataclasses.replace(a_register_person(), referred_to=number(BO), fetched_at=NOW + timedelta(hours=1))
    ports.register.people[a_patient().number] = person
    path = f"/patients/{a_patient().patient_id}/refresh"
    view = clinician.post(path).json
    assert (view["problem"], view["referred_to"], view["version"]) == ("referred", "19571121-2893", 2)
    refused = clinician.post("/visits", _booking(view, kind="adult", relations=[]))
    assert (refused.status, refused.code) == (409, "referred")
    ports.register.down = True
    assert clinician.post(path).code == "register_unavailable"


def test_a_guardian_who_may_no_longer_act_is_stopped_at_the_link(ports: FakePorts, clinician: Browser) -> None:
    """P5: checked of the stored patient, when the link is opened and on the page."""
    ports.store.seed(a_child())
    clinician.post("/visits", _booking({"patient_id": a_child().patient_id}))
    visit = ports.store.visit(clinician.get("/agenda?date=2026-11-24").json["entries"][0]["visit_id"])
    assert visit is not None
    guardian = open_link(Browser(ports), visit, "ombud")
    ports.store.seed(replace(a_child(), protected=True))
    for reply in (guardian.get("/visitor"), guardian.post("/visitor/eid", {"provider": "bankid"})):
        assert (reply.status, reply.code) == (403, "guardian_may_not_act")
