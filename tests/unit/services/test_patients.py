"""Patients: search, creation, contacts (P1-P5)."""

import dataclasses

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Create
from chalicelib.domain.patient import Patient
from chalicelib.domain.register import RegisterPerson
from chalicelib.errors import BadInput, Conflict, InvalidIdentityNumber, NotFound, RegisterUnavailable, TooManyAttempts
from chalicelib.services.change_contacts import change_contacts
from chalicelib.services.create_patient import create_patient
from chalicelib.services.find_patient import LOOK_UPS, reveal_number, search_patient, show_patient
from chalicelib.services.look_up_person import look_up_person
from tests.builders import ANNA, BERG, BO, a_patient, a_register_person, an_organisation, number, staff
from tests.fake_ports import FakePorts
from tests.fakes import FakeRegister

MOBILE = "070-174 06 05"


@pytest.fixture
def ports() -> FakePorts:
    return _ports(a_register_person())


def _ports(*people: RegisterPerson) -> FakePorts:
    ports = FakePorts(register=FakeRegister(*people))
    ports.store.seed(an_organisation())
    return ports


def _audited(ports: FakePorts) -> list[tuple[str, str]]:
    return [(entry.action, entry.result) for entry in ports.store.of(AuditEntry)]


def test_a_wrong_check_digit_makes_no_look_up_and_no_log_entry(ports: FakePorts) -> None:
    """P1."""
    with pytest.raises(InvalidIdentityNumber):
        search_patient(ports, staff(), "194408139080")
    assert not ports.store.reads
    assert not ports.store.commits
    assert ports.register.calls == 0


def test_a_known_patient_is_found_by_one_read_without_asking_the_register(ports: FakePorts) -> None:
    """P1, P2, S6: the search is in the audit log."""
    ports.store.seed(a_patient())
    asked, found = search_patient(ports, staff(), "440813-9089")
    assert found == a_patient()
    assert str(asked) == "1944-08-13-••••"
    assert (ports.store.reads["Patient"], ports.register.calls) == (1, 0)
    assert _audited(ports) == [("patient.search", "ok")]


def test_an_unknown_number_is_told_so_and_logged(ports: FakePorts) -> None:
    """P2: finns inte."""
    assert search_patient(ports, staff(), ANNA)[1] is None
    assert _audited(ports) == [("patient.search", "not_found")]


def test_a_clinician_looks_up_a_bounded_number_of_people_an_hour(ports: FakePorts) -> None:
    """S6: who has a clinician's session cannot try numbers without end; what is over is told nothing of."""
    ports.store.seed(a_patient())
    search_patient(ports, staff(), ANNA)
    ports.store.counts.update(dict.fromkeys(ports.store.counts, LOOK_UPS))
    for look_up in (search_patient, look_up_person):
        with pytest.raises(TooManyAttempts):
            look_up(ports, staff(), ANNA)
    with pytest.raises(TooManyAttempts):
        reveal_number(ports, staff(), a_patient().patient_id)
    assert search_patient(ports, staff(hsa_id=BERG), ANNA)[1] == a_patient()


def test_patients_of_another_organisation_are_not_there(ports: FakePorts) -> None:
    """O1."""
    ports.store.seed(a_patient())
    elsewhere = dataclasses.replace(staff(), org_id="SE2321000016")
    assert search_patient(ports, elsewhere, ANNA)[1] is None
    with pytest.raises(NotFound):
        show_patient(ports, elsewhere, a_patient().patient_id)


def test_a_created_patient_has_the_registers_name_and_an_e164_number(ports: FakePorts) -> None:
    """P3, P4."""
    patient, is_new = create_patient(ports, staff(), ANNA, MOBILE, " anna@example.se ")
    assert is_new
    assert (patient.name, patient.contact.phone) == ("Anna Andersson", "+46701740605")
    assert patient.contact.email == "anna@example.se"
    assert ports.store.of(Patient) == [patient]


def test_creating_again_gives_the_patient_that_is_there(ports: FakePorts) -> None:
    """P2."""
    first, _ = create_patient(ports, staff(), ANNA, MOBILE, "")
    again, is_new = create_patient(ports, staff(), ANNA, "070-174 06 06", "")
    assert (again, is_new) == (first, False)


def test_a_relative_is_reached_by_phone_or_e_mail_and_by_one_of_them(ports: FakePorts) -> None:
    """B7: booked without a patient, the link may go by e-mail."""
    with pytest.raises(BadInput) as refused:
        create_patient(ports, staff(), ANNA, "", "", relative=True)
    assert refused.value.code == "patient_contact_missing"
    made, _ = create_patient(ports, staff(), ANNA, "", "anna@example.se", relative=True)
    assert (made.contact.phone, made.contact.email) == ("", "anna@example.se")
    changed = change_contacts(
        ports, staff(), made.patient_id, version=made.version, phone=MOBILE, email="", relative=True
    )
    assert changed.contact.phone == "+46701740605"


@pytest.mark.parametrize("phone", ["", "031-390 06 00", "070-17"])
def test_a_mobile_number_is_required_and_checked_before_anyone_is_looked_up(ports: FakePorts, phone: str) -> None:
    """P4."""
    with pytest.raises(BadInput) as refused:
        create_patient(ports, staff(), ANNA, phone, "")
    assert (refused.value.code, refused.value.field) == ("invalid_phone", "phone")
    assert ports.register.calls == 0
    assert not ports.store.commits


@pytest.mark.parametrize(
    ("person", "problem"),
    [
        (a_register_person(deceased=True), "deceased"),
        (a_register_person(deregistration_code="UV"), "deregistered"),
        (dataclasses.replace(a_register_person(), referred_to=number(BO)), "referred"),
    ],
)
def test_whom_the_register_forbids_becomes_no_patient(person: RegisterPerson, problem: str) -> None:
    """P5."""
    ports = _ports(person)
    assert look_up_person(ports, staff(), person.number.digits).problem == problem
    with pytest.raises(Conflict) as refused:
        create_patient(ports, staff(), person.number.digits, MOBILE, "")
    assert refused.value.code == problem
    assert not ports.store.of(Patient)


def test_someone_the_register_does_not_know_is_told_so(ports: FakePorts) -> None:
    """P3."""
    with pytest.raises(NotFound) as refused:
        look_up_person(ports, staff(), BO)
    assert refused.value.code == "unknown_person"


def test_a_register_that_is_down_creates_nothing(ports: FakePorts) -> None:
    """P5."""
    ports.register.down = True
    with pytest.raises(RegisterUnavailable):
        create_patient(ports, staff(), ANNA, MOBILE, "")
    assert not ports.store.of(Patient)


def test_protected_identity_comes_along() -> None:
    """P5."""
    ports = _ports(a_register_person(protected=True))
    assert create_patient(ports, staff(), ANNA, MOBILE, "")[0].protected


def test_the_whole_number_is_shown_only_on_purpose_and_logged(ports: FakePorts) -> None:
    """S6."""
    ports.store.seed(a_patient())
    assert reveal_number(ports, staff(), a_patient().patient_id).digits == ANNA
    assert _audited(ports) == [("patient.reveal_number", "ok")]


def test_contacts_change_under_the_patients_version(ports: FakePorts) -> None:
    """P4."""
    ports.store.commit([Create(a_patient())])
    ports.store.seed(an_organisation())
    who = a_patient().patient_id
    changed = change_contacts(ports, staff(), who, version=1, phone="+45 20 12 34 56", email="")
    assert (changed.contact.phone, changed.version) == ("+4520123456", 2)
    assert ports.store.of(Patient) == [changed]
    with pytest.raises(Conflict) as refused:
        change_contacts(ports, staff(), who, version=1, phone=MOBILE, email="")
    assert refused.value.code == "changed_meanwhile"


def test_no_key_or_log_entry_holds_the_number(ports: FakePorts) -> None:
    """S6, privacy: the stored number is in the patient's own record and nowhere else."""
    create_patient(ports, staff(), ANNA, MOBILE, "")
    keys = [" ".join(key) for key in ports.store.records]
    logged = [str(entry) for entry in ports.store.of(AuditEntry)]
    assert not any(ANNA[2:] in text or ANNA in text for text in keys + logged)
