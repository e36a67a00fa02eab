"""Two providers behind one port, and one question at a time (G6)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.eid import EidResult
from chalicelib.domain.session import VisitorSession
from chalicelib.errors import BadInput, Conflict, WrongPerson
from chalicelib.services.identify_visitor import PageDevice, cancel_eid, collect_eid, start_eid
from tests.builders import BO, number
from tests.fake_ports import FakePorts
from tests.visitors import HOME, again, invited, opened


@pytest.fixture
def session(ports: FakePorts) -> VisitorSession:
    return opened(ports, invited(ports.store))


def test_freja_is_bound_to_the_same_person_and_has_nothing_to_scan(ports: FakePorts, session: VisitorSession) -> None:
    progress = start_eid(ports, session, HOME, provider="freja")
    assert (ports.freja.started, ports.eid.started) == ([number()], [])
    assert (progress.provider, progress.status, progress.text_id, progress.qr) == (
        "freja",
        "pending",
        "FREJA_STARTED",
        None,
    )
    assert progress.auto_start_token == "freja-1"


def test_freja_lets_in_the_invited_person(ports: FakePorts, session: VisitorSession) -> None:
    start_eid(ports, session, HOME, provider="freja")
    ports.freja.answers.append(EidResult("complete", "APPROVED", number()))
    progress = collect_eid(ports, again(ports, session))
    assert (progress.provider, progress.status) == ("freja", "complete")
    assert progress.entry is not None
    assert progress.entry.session.admitted


def test_another_persons_freja_is_refused_and_logged(ports: FakePorts, session: VisitorSession) -> None:
    start_eid(ports, session, HOME, provider="freja")
    ports.freja.answers.append(EidResult("complete", "APPROVED", number(BO)))
    with pytest.raises(WrongPerson):
        collect_eid(ports, again(ports, session))
    entry = ports.store.of(AuditEntry)[-1]
    assert (entry.action, entry.result) == ("visitor.identify", "denied")
    assert not again(ports, session).admitted


def test_choosing_the_other_provider_cancels_the_order_of_the_first(ports: FakePorts, session: VisitorSession) -> None:
    start_eid(ports, session, HOME)
    start_eid(ports, again(ports, session), HOME, provider="freja")
    assert (ports.eid.cancelled, ports.freja.cancelled) == (["order-1"], [])
    start_eid(ports, again(ports, session), HOME)
    assert ports.freja.cancelled == ["freja-1"]
    collect_eid(ports, again(ports, session))
    assert (ports.eid.collected, ports.freja.collected) == (["order-2"], [])


def test_what_is_not_offered_cannot_be_started(ports: FakePorts, session: VisitorSession) -> None:
    ports.settings = replace(ports.settings, eid_providers=("bankid",))
    with pytest.raises(BadInput) as refused:
        start_eid(ports, session, HOME, provider="freja")
    assert refused.value.field == "provider"
    assert ports.freja.requests == []


def test_the_app_says_who_asks_and_nothing_of_the_visit(ports: FakePorts, session: VisitorSession) -> None:
    start_eid(ports, session, HOME)
    (request,) = ports.eid.requests
    assert request.purpose == "Region Halland\n\nDu legitimerar dig för att komma in i ett videomöte."
    assert request.end_user_ip == HOME


@pytest.mark.parametrize(("return_here", "url"), [(True, "https://vardrum.example/b#bankid"), (False, "")])
def test_the_app_comes_back_to_our_own_page_where_it_is_asked_to(
    ports: FakePorts, session: VisitorSession, return_here: bool, url: str
) -> None:
    start_eid(ports, session, HOME, return_here=return_here)
    assert ports.eid.requests[0].return_url == url


def test_two_requests_that_read_the_same_session_ask_the_provider_once(
    ports: FakePorts, session: VisitorSession
) -> None:
    """BankID, "Collect": at most every two seconds."""
    start_eid(ports, session, HOME)
    read_by_both = again(ports, session)
    ports.eid.answers = [EidResult("pending", "userSign")]
    hints = [collect_eid(ports, read_by_both).hint_code for _ in range(2)]
    assert (hints, ports.eid.collected) == (["userSign", "outstandingTransaction"], ["order-1"])


def test_an_answer_that_comes_after_a_new_start_changes_nothing(ports: FakePorts, session: VisitorSession) -> None:
    start_eid(ports, session, HOME)
    before = again(ports, session)
    start_eid(ports, before, HOME)
    ports.eid.answers = [EidResult("failed", "userCancel")]
    assert collect_eid(ports, before).status == "pending"
    stored = again(ports, session).eid
    assert stored is not None
    assert (stored.order.order_ref, stored.status) == ("order-2", "pending")


def test_of_two_starts_at_once_one_order_is_kept_and_the_other_cancelled(
    ports: FakePorts, session: VisitorSession
) -> None:
    read_by_both = again(ports, session)
    start_eid(ports, read_by_both, HOME)
    with pytest.raises(Conflict):
        start_eid(ports, read_by_both, HOME)
    stored = again(ports, session).eid
    assert stored is not None
    assert (stored.order.order_ref, ports.eid.cancelled) == ("order-1", ["order-2"])


def test_giving_up_cancels_at_the_provider_that_has_the_order(ports: FakePorts, session: VisitorSession) -> None:
    start_eid(ports, session, HOME, provider="freja")
    cancel_eid(ports, again(ports, session))
    assert (ports.freja.cancelled, ports.eid.cancelled) == (["freja-1"], [])
    assert again(ports, session).eid is None


def test_the_words_follow_the_device_of_the_page(ports: FakePorts, session: VisitorSession) -> None:
    start_eid(ports, session, HOME)
    ports.eid.answers = [EidResult("pending", "started")]
    assert collect_eid(ports, again(ports, session), PageDevice(same=True, computer=True)).text_id == "RFA15A"
    assert collect_eid(ports, again(ports, session), PageDevice(same=True)).text_id == "RFA15B"
