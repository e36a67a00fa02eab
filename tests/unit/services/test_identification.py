"""e-ID of exactly the invited person, and guests without (G2, G6)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.bankid_qr import qr_text
from chalicelib.domain.changes import Replace
from chalicelib.domain.eid import EidResult
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Status, Visit
from chalicelib.errors import (
    BadInput,
    Conflict,
    EidUnavailable,
    LinkDead,
    NotAllowed,
    NotLoggedIn,
    TooManyAttempts,
    WrongPerson,
)
from chalicelib.services.enter_as_guest import enter_as_guest
from chalicelib.services.identify_visitor import STARTS, PageDevice, cancel_eid, collect_eid, start_eid
from chalicelib.services.leave_visit import leave_visit
from chalicelib.services.show_visitor import show_visitor
from tests.builders import BO, a_guest, number
from tests.fake_ports import FakePorts
from tests.visitors import HOME, again, identified, invited, opened, patient_inside


def _patient_session_hash(ports: FakePorts, visit: Visit) -> str:
    stored = ports.store.visit(visit.visit_id)
    assert stored is not None
    return stored.patient.session_hash


def test_the_order_is_bound_to_the_patients_own_number(ports: FakePorts) -> None:
    """G6: requirement.personalNumber."""
    progress = start_eid(ports, opened(ports, invited(ports.store)), HOME)
    assert ports.eid.started == [number()]
    assert (progress.status, progress.text_id, progress.auto_start_token) == ("pending", "RFA1", "auto-order-1")


def test_the_qr_code_is_this_seconds_and_its_secret_stays(ports: FakePorts) -> None:
    """G6: computed anew each time, shown only while there is something to scan."""
    session = opened(ports, invited(ports.store))
    first = start_eid(ports, session, HOME)
    ports.clock.advance(seconds=1)
    second = collect_eid(ports, again(ports, session))
    stored = again(ports, session).eid
    assert stored is not None
    assert second.qr == qr_text(stored.order, ports.clock.now().timestamp())
    assert first.qr != second.qr
    assert stored.order.qr_start_secret not in f"{first}{second}"
    ports.eid.answers.append(EidResult("pending", "userSign"))
    ports.clock.advance(seconds=2)
    signing = collect_eid(ports, again(ports, session))
    assert (signing.qr, signing.text_id) == (None, "RFA9")


def test_the_provider_is_asked_at_most_every_two_seconds(ports: FakePorts) -> None:
    """G6; BankID RP API: collect."""
    session = opened(ports, invited(ports.store))
    start_eid(ports, session, HOME)
    ports.eid.answers = [EidResult("pending", "started"), EidResult("pending", "userSign")]
    hints = []
    for _ in range(5):
        hints.append(collect_eid(ports, again(ports, session)).hint_code)
        ports.clock.advance(seconds=0.5)
    assert hints == ["started"] * 4 + ["userSign"]


def test_the_patients_own_e_id_lets_in_under_a_new_cookie(ports: FakePorts) -> None:
    """G6, G2."""
    visit = invited(ports.store)
    session = opened(ports, visit)
    progress = identified(ports, session)
    assert progress.status == "complete"
    assert progress.entry is not None
    inside = progress.entry.session
    assert inside.admitted
    assert {inside.session_hash, inside.csrf_token}.isdisjoint({session.session_hash, session.csrf_token})
    assert progress.entry.page.my_name == "Anna Andersson"
    assert _patient_session_hash(ports, visit) == inside.session_hash
    entry = ports.store.of(AuditEntry)[-1]
    assert (entry.action, entry.user, entry.patient_id) == (
        "visitor.admitted",
        "participant:p_patient",
        visit.patient_id,
    )


def test_the_session_that_only_opened_the_link_is_let_in_nowhere(ports: FakePorts) -> None:
    """G6: rotation."""
    session = opened(ports, invited(ports.store))
    identified(ports, session)
    assert not again(ports, session).admitted


def test_another_persons_e_id_is_refused_and_logged(ports: FakePorts) -> None:
    """G6, S6."""
    visit = invited(ports.store)
    session = opened(ports, visit)
    with pytest.raises(WrongPerson) as refused:
        identified(ports, session, number(BO))
    assert BO not in str(refused.value)
    assert _patient_session_hash(ports, visit) == ""
    entry = ports.store.of(AuditEntry)[-1]
    assert (entry.action, entry.result) == ("visitor.identify", "denied")
    with pytest.raises(Conflict) as none:
        collect_eid(ports, again(ports, session))
    assert none.value.code == "no_eid_order"


def test_a_completed_order_that_names_nobody_lets_in_nobody(ports: FakePorts) -> None:
    """G6."""
    session = opened(ports, invited(ports.store))
    start_eid(ports, session, HOME)
    ports.eid.answers.append(EidResult("complete", ""))
    with pytest.raises(WrongPerson):
        collect_eid(ports, again(ports, session))


def test_an_answer_that_was_lost_is_given_again_with_the_same_cookie(ports: FakePorts) -> None:
    """G6: the browser that went to the BankID app may never have read the first one."""
    session = opened(ports, invited(ports.store))
    first = identified(ports, session).entry
    second = collect_eid(ports, again(ports, session)).entry
    assert first is not None
    assert second is not None
    assert (second.cookie, second.session) == (first.cookie, first.session)
    ports.clock.advance(seconds=61)
    assert ports.store.session(session.session_hash, ports.clock.now()) is None


def test_a_lost_answer_does_not_take_the_visit_back_from_a_newer_device(ports: FakePorts) -> None:
    """G2."""
    visit = invited(ports.store)
    phone = opened(ports, visit)
    identified(ports, phone)
    laptop = patient_inside(ports, visit)
    with pytest.raises(NotLoggedIn) as replaced:
        collect_eid(ports, again(ports, phone))
    assert replaced.value.code == "replaced"
    assert _patient_session_hash(ports, visit) == laptop.session_hash


@pytest.mark.parametrize(
    ("hint", "text", "same_device_text"),
    [("userCancel", "RFA6", "RFA6"), ("expiredTransaction", "RFA8", "RFA8"), ("startFailed", "RFA17B", "RFA17A")],
)
def test_a_failed_order_says_why_and_keeps_saying_it(
    ports: FakePorts, hint: str, text: str, same_device_text: str
) -> None:
    """G6."""
    session = opened(ports, invited(ports.store))
    start_eid(ports, session, HOME)
    ports.eid.answers.append(EidResult("failed", hint))
    first = collect_eid(ports, again(ports, session))
    ports.clock.advance(seconds=10)
    second = collect_eid(ports, again(ports, session), PageDevice(same=True))
    assert (first.status, first.hint_code, first.text_id, first.qr) == ("failed", hint, text, None)
    assert (second.status, second.text_id) == ("failed", same_device_text)


def test_starting_again_cancels_the_order_before(ports: FakePorts) -> None:
    """G6."""
    session = opened(ports, invited(ports.store))
    start_eid(ports, session, HOME)
    assert start_eid(ports, again(ports, session), HOME).auto_start_token == "auto-order-2"
    assert ports.eid.cancelled == ["order-1"]


def test_giving_up_cancels_the_order_also_by_leaving(ports: FakePorts) -> None:
    """G6."""
    visit = invited(ports.store)
    for give_up in (cancel_eid, leave_visit):
        session = opened(ports, visit)
        start_eid(ports, session, HOME)
        give_up(ports, again(ports, session))
    assert ports.eid.cancelled == ["order-1", "order-2"]


def test_a_provider_that_is_down_changes_nothing(ports: FakePorts) -> None:
    session = opened(ports, invited(ports.store))
    ports.eid.down = True
    with pytest.raises(EidUnavailable):
        start_eid(ports, session, HOME)
    assert again(ports, session) == session


def test_starting_over_and_over_is_limited(ports: FakePorts) -> None:
    session = opened(ports, invited(ports.store))
    for provider, most in STARTS.items():
        ports.rate_limits.hits[f"eid#{provider}#{session.visit_id}#{session.participant_id}"] = most
        with pytest.raises(TooManyAttempts):
            start_eid(ports, session, HOME, provider=provider)
    assert ports.eid.started == ports.freja.started == []


def test_a_visit_that_ends_meanwhile_lets_in_nobody(ports: FakePorts) -> None:
    """S5, G5."""
    visit = invited(ports.store)
    session = opened(ports, visit)
    start_eid(ports, session, HOME)
    ports.eid.answers.append(EidResult("complete", "", number()))
    ports.store.commit([Replace(replace(visit, version=2, status=Status.ENDED))])
    with pytest.raises(LinkDead):
        collect_eid(ports, again(ports, session))


def test_who_is_inside_does_not_identify_again(ports: FakePorts) -> None:
    inside = patient_inside(ports, invited(ports.store))
    with pytest.raises(Conflict) as refused:
        start_eid(ports, inside, HOME)
    assert refused.value.code == "already_admitted"


def test_a_guest_cannot_identify_and_a_patient_cannot_enter_as_guest(ports: FakePorts) -> None:
    """G2, G6."""
    visit = invited(ports.store, guest=a_guest())
    with pytest.raises(NotAllowed):
        start_eid(ports, opened(ports, visit, "guest"), HOME)
    with pytest.raises(NotAllowed):
        enter_as_guest(ports, opened(ports, visit), "Anna")
    assert _patient_session_hash(ports, visit) == ""


def test_a_guest_enters_under_the_name_they_give(ports: FakePorts) -> None:
    """G2."""
    visit = invited(ports.store, guest=a_guest())
    session = opened(ports, visit, "guest")
    entry = enter_as_guest(ports, session, "  Tolk   Andersson ")
    assert show_visitor(ports, entry.session).my_name == "Tolk Andersson"
    assert entry.cookie is not None
    assert entry.session.session_hash != session.session_hash
    assert [s for s in ports.store.of(VisitorSession) if s.role == "guest"] == [entry.session]


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "Eva\u202eEk", "Eva\x00"])
def test_what_is_no_name_is_refused(ports: FakePorts, name: str) -> None:
    session = opened(ports, invited(ports.store, guest=a_guest()), "guest")
    with pytest.raises(BadInput) as refused:
        enter_as_guest(ports, session, name)
    assert refused.value.field == "name"
