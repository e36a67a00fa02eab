"""A child's ombud comes in with their own e-ID, for as long as they may act (G6, B4, P5)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Put
from chalicelib.domain.eid import EidResult
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.patient import Patient, PatientGuardian, patient_id
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Contact, Kind, Participant, Visit
from chalicelib.errors import NotAllowed, WrongPerson
from chalicelib.services.identify_visitor import collect_eid, start_eid
from tests.builders import BO, ORG, PATIENT_KEY, a_patient, a_visit, number
from tests.fake_ports import FakePorts
from tests.visitors import HOME, again, identified, invited, opened

CHILD, ERIK, SARA = "202104042383", "199006022397", "199107172380"


def _guardian(digits: str) -> PatientGuardian:
    return PatientGuardian(
        guardian_id=patient_id(PATIENT_KEY, ORG, digits),
        number=digits,
        given_name="Erik",
        family_name="Lindqvist",
        protected=False,
        deceased=False,
        contact=Contact("+46701740607"),
    )


@pytest.fixture
def child() -> Patient:
    return replace(a_patient(CHILD, phone=""), guardians=(_guardian(ERIK), _guardian(SARA)))


@pytest.fixture
def ports(child: Patient) -> FakePorts:
    ports = FakePorts()
    ports.store.seed(child)
    return ports


@pytest.fixture
def visit(ports: FakePorts, child: Patient) -> Visit:
    staff, patient = a_visit(patient=child).participants
    ombud = Participant(
        participant_id="p_ombud",
        role="ombud",
        name="Erik Lindqvist",
        link_id="l_ombud",
        guardian_id=patient_id(PATIENT_KEY, ORG, ERIK),
    )
    people = (staff, replace(patient, link_id=""), ombud)
    return invited(ports.store, a_visit(patient=child, kind=Kind.CHILD, participants=people))


@pytest.fixture
def session(ports: FakePorts, visit: Visit) -> VisitorSession:
    return opened(ports, visit, "ombud")


def test_the_order_is_bound_to_the_guardian_who_is_ombud(ports: FakePorts, session: VisitorSession) -> None:
    assert identified(ports, session, number(ERIK)).status == "complete"
    assert ports.eid.started == [number(ERIK)]


@pytest.mark.parametrize("somebody_else", [CHILD, SARA, BO])
def test_neither_the_child_nor_the_other_guardian_comes_in_by_it(
    ports: FakePorts, session: VisitorSession, somebody_else: str
) -> None:
    with pytest.raises(WrongPerson):
        identified(ports, session, IdentityNumber(somebody_else))
    assert not again(ports, session).admitted


@pytest.mark.parametrize("change", ["child_protected", "guardian_protected", "guardian_deceased", "custody_lost"])
def test_who_may_no_longer_act_cannot_begin_nor_end_an_identification(
    ports: FakePorts, session: VisitorSession, child: Patient, change: str
) -> None:
    """1177's rule, asked again at the door."""
    start_eid(ports, session, HOME)
    ports.store.commit([Put(_changed(child, change))])
    ports.eid.answers.append(EidResult("complete", "", number(ERIK)))
    with pytest.raises(NotAllowed) as refused:
        collect_eid(ports, again(ports, session))
    assert refused.value.code == "guardian_may_not_act"
    entry = ports.store.of(AuditEntry)[-1]
    assert (entry.action, entry.result) == ("visitor.identify", "denied")
    with pytest.raises(NotAllowed):
        start_eid(ports, again(ports, session), HOME)
    assert len(ports.eid.requests) == 1


def _changed(child: Patient, change: str) -> Patient:
    erik, sara = child.guardians
    match change:
        case "child_protected":
            return replace(child, protected=True)
        case "guardian_protected":
            return replace(child, guardians=(replace(erik, protected=True), sara))
        case "guardian_deceased":
            return replace(child, guardians=(replace(erik, deceased=True), sara))
        case _:
            return replace(child, guardians=(sara,))
