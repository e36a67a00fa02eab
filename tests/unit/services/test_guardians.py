"""Children and their guardians as patients, and what the register says anew (P3-P6)."""

import dataclasses
from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib.domain.agenda import AgendaRow
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import created
from chalicelib.domain.patient import Patient, PatientGuardian
from chalicelib.domain.register import RegisterPerson
from chalicelib.domain.visit import Contact, Status
from chalicelib.errors import BadInput, Conflict, NotFound, RegisterUnavailable
from chalicelib.services.change_contacts import change_guardian_contacts
from chalicelib.services.create_patient import create_patient
from chalicelib.services.look_up_person import look_up_person
from chalicelib.services.refresh_patient import refresh_patient
from tests.builders import (
    ALVA,
    BO,
    ERIK,
    NOW,
    SARA,
    STINA,
    a_child,
    a_guardian,
    a_patient,
    a_patient_guardian,
    a_register_person,
    a_visit,
    an_organisation,
    number,
    staff,
)
from tests.fake_ports import FakePorts
from tests.fakes import FakeRegister

PARENTS = (a_guardian(ERIK), a_guardian(SARA))
MOBILE = "070-174 06 05"
LATER = NOW + timedelta(days=30)


def _ports(*people: RegisterPerson) -> FakePorts:
    ports = FakePorts(register=FakeRegister(*people))
    ports.store.seed(an_organisation())
    return ports


def _a_child(*, protected: bool = False) -> RegisterPerson:
    return a_register_person(ALVA, guardians=PARENTS, protected=protected)


def _refreshed(person: RegisterPerson, stored: Patient | None = None) -> Patient:
    """What Uppdatera makes of the stored patient."""
    ports = _ports(dataclasses.replace(person, fetched_at=LATER))
    known = stored or a_child()
    ports.store.seed(known)
    after = refresh_patient(ports, staff(), known.patient_id)
    assert ports.store.of(Patient) == [after]
    assert ports.register.fresh_calls == 1
    assert [entry.action for entry in ports.store.of(AuditEntry)] == ["patient.refresh"]
    return after


def test_a_child_needs_no_phone_and_its_guardians_come_along() -> None:
    """P3, P4."""
    ports = _ports(_a_child())
    child, is_new = create_patient(ports, staff(), ALVA, "", "")
    assert is_new
    assert child.contact == Contact()
    assert [guardian.number for guardian in child.guardians] == [ERIK, SARA]
    assert child.guardians[0].guardian_id == a_patient(ERIK).patient_id


def test_from_13_on_a_mobile_number_of_ones_own_is_required() -> None:
    """P4: by the age limit of the organisation."""
    ports = _ports(a_register_person(STINA, guardians=PARENTS))
    ports.clock.time = NOW + timedelta(days=200)
    with pytest.raises(BadInput) as refused:
        create_patient(ports, staff(), STINA, "", "")
    assert (refused.value.code, ports.register.calls) == ("invalid_phone", 0)
    assert create_patient(ports, staff(), STINA, MOBILE, "")[0].contact.phone == "+46701740605"


def test_the_organisation_may_set_another_age() -> None:
    """O1."""
    ports = _ports(_a_child())
    ports.store.seed(replace(an_organisation(), child_age_limit=10))
    with pytest.raises(BadInput):
        create_patient(ports, staff(), ALVA, "", "")


def test_a_register_that_is_down_creates_no_child_without_guardians() -> None:
    """P5."""
    ports = _ports(_a_child())
    ports.register.down = True
    with pytest.raises(RegisterUnavailable):
        create_patient(ports, staff(), ALVA, "", "")
    assert not ports.store.of(Patient)


def test_a_protected_child_has_guardians_that_are_withheld_not_none() -> None:
    """P5."""
    child, _ = create_patient(_ports(_a_child(protected=True)), staff(), ALVA, "", "")
    assert (child.protected, child.guardians, child.guardians_withheld) == (True, (), True)


def test_a_look_up_of_a_newer_identity_is_in_the_log_under_both() -> None:
    """P5, S6."""
    ports = _ports(dataclasses.replace(a_register_person(), referred_to=number(BO)))
    finding = look_up_person(ports, staff(), "194408139089")
    assert (finding.problem, finding.candidate.referred_to) == ("referred", BO)
    logged = {entry.patient_id for entry in ports.store.of(AuditEntry)}
    assert logged == {a_patient().patient_id, a_patient(BO).patient_id}


def test_a_guardians_contact_is_kept_under_the_version_that_was_seen() -> None:
    """P4, P6."""
    ports = _ports()
    ports.store.seed(a_child())
    child, erik = a_child().patient_id, a_patient_guardian().guardian_id
    after = change_guardian_contacts(ports, staff(), child, erik, version=1, phone="070 174 06 08", email="e@x.se")
    assert [guardian.contact for guardian in after.guardians] == [
        Contact("+46701740608", "e@x.se"),
        Contact("+46701740610"),
    ]
    with pytest.raises(Conflict) as refused:
        change_guardian_contacts(ports, staff(), child, erik, version=1, phone="", email="")
    assert refused.value.code == "changed_meanwhile"
    assert [entry.action for entry in ports.store.of(AuditEntry)] == ["patient.change_guardian_contacts"]


def test_someone_who_is_no_guardian_has_no_contacts_to_change() -> None:
    ports = _ports()
    ports.store.seed(a_child())
    with pytest.raises(NotFound) as refused:
        change_guardian_contacts(ports, staff(), a_child().patient_id, "g", version=1, phone="", email="")
    assert refused.value.code == "unknown_guardian"


def test_uppdatera_brings_names_and_guardians_and_keeps_the_contacts_of_those_who_remain() -> None:
    """P3: Sara is no longer a guardian, Bo is a new one."""
    after = _refreshed(a_register_person(ALVA, guardians=(a_guardian(ERIK), a_guardian(BO))))
    assert after.given_name == "Anna"
    assert after.fetched_at == LATER
    assert [(each.number, each.contact.phone) for each in after.guardians] == [(ERIK, "+46701740609"), (BO, "")]


@pytest.mark.parametrize(
    ("person", "problem"),
    [
        (a_register_person(deceased=True), "deceased"),
        (a_register_person(deregistration_code="UV"), "deregistered"),
        (dataclasses.replace(a_register_person(deregistration_code="GN"), referred_to=number(BO)), "referred"),
    ],
)
def test_uppdatera_finds_what_forbids_booking(person: RegisterPerson, problem: str) -> None:
    """P5."""
    after = _refreshed(person, a_patient())
    assert after.problem == problem
    assert after.contact == a_patient().contact


def test_uppdatera_finds_a_protection_of_child_and_guardian() -> None:
    """P5."""
    assert _refreshed(_a_child(protected=True)).protected
    after = _refreshed(a_register_person(ALVA, guardians=(a_guardian(ERIK, protected=True),)))
    assert [guardian.protected for guardian in after.guardians] == [True]


def test_visits_to_come_follow_so_that_no_list_names_who_is_protected_now() -> None:
    """P5, L2: the start page's row; a visit that is over stays as it was."""
    ports = _ports(dataclasses.replace(_a_child(protected=True), fetched_at=LATER))
    ports.store.seed(a_child())
    coming, over = a_visit(patient=a_child()), a_visit(patient=a_child(), status=Status.ENDED)
    ports.store.commit([*created(coming), *created(over)])
    refresh_patient(ports, staff(), a_child().patient_id)
    rows = {row.visit_id: (row.patient_name, row.protected) for row in ports.store.of(AgendaRow)}
    assert rows == {coming.visit_id: ("", True), over.visit_id: ("Alva Lindqvist", False)}
    commits = len(ports.store.commits)
    refresh_patient(ports, staff(), a_child().patient_id)
    assert len(ports.store.commits) == commits + 1


def test_uppdatera_while_the_register_is_down_changes_nothing() -> None:
    """P5: never a silently empty guardian list."""
    ports = _ports(_a_child())
    ports.store.seed(a_child())
    ports.register.down = True
    with pytest.raises(RegisterUnavailable):
        refresh_patient(ports, staff(), a_child().patient_id)
    assert ports.store.of(Patient) == [a_child()]
    assert not ports.store.of(AuditEntry)


def test_uppdatera_overwrites_no_contact_written_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """The register took its time, and a colleague wrote Erik's new number."""
    ports = _ports(dataclasses.replace(_a_child(), fetched_at=LATER))
    ports.store.seed(a_child())
    newer = a_patient_guardian(phone="+46701740611")
    commit, first = ports.store.commit, [True]

    def commit_after_a_colleague(changes: object) -> None:
        if first:
            first.clear()
            ports.store.seed(replace(a_child(guardians=(newer, a_child().guardians[1])), version=2))
        commit(changes)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(ports.store, "commit", commit_after_a_colleague)
    after = refresh_patient(ports, staff(), a_child().patient_id)
    assert (after.version, _phones(after)) == (3, ["+46701740611", "+46701740610"])


def _phones(patient: Patient) -> list[str]:
    guardians: tuple[PatientGuardian, ...] = patient.guardians
    return [guardian.contact.phone for guardian in guardians]
