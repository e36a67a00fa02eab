"""Links and what stands behind them (G2, G5, S7)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.changes import Put, Replace
from chalicelib.domain.ids import secret_hash
from chalicelib.domain.link import Link
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Status, Visit
from chalicelib.errors import Conflict, LinkDead, NotFound, NotLoggedIn, TooManyAttempts
from chalicelib.services.leave_visit import WAY_BACK, leave_visit
from chalicelib.services.open_link import OPENED_AT_MOST, WRONG_PER_ADDRESS, open_link
from chalicelib.services.show_visitor import show_visitor
from chalicelib.services.visitor_session import admitted_visitor
from tests.builders import a_guest, a_visit
from tests.fake_ports import FakePorts
from tests.visitors import HOME, again, guest_inside, invited, opened, patient_inside, token_of


def _change(ports: FakePorts, visit: Visit, **fields: object) -> Visit:
    after = replace(ports.stored(visit), version=ports.stored(visit).version + 1, **fields)
    ports.store.commit([Replace(after)])
    return after


def test_a_link_leads_to_its_visit_and_shows_nothing_of_the_patient(ports: FakePorts) -> None:
    """G5, S7."""
    visit = invited(ports.store)
    entry = open_link(ports, token_of(visit), HOME)
    page = entry.page
    assert (page.stage, page.role, page.org_name, page.starts_at) == (
        "identify",
        "patient",
        "Region Halland",
        visit.starts_at,
    )
    assert (page.my_name, page.unit_name, page.clinician_name, page.may_chat, page.call) == ("", "", "", False, None)
    assert visit.patient.name.split()[0] not in str(page)
    assert entry.cookie is not None
    assert entry.cookie not in ports.store.written()


def test_opening_a_link_consumes_nothing(ports: FakePorts) -> None:
    """G5."""
    visit = invited(ports.store)
    before = ports.stored(visit)
    first, second = opened(ports, visit), opened(ports, visit)
    assert first.session_hash != second.session_hash
    assert ports.stored(visit) == before


def test_a_guest_is_asked_for_a_name_and_reads_no_unit(ports: FakePorts) -> None:
    """G2, B7."""
    visit = invited(ports.store, guest=a_guest())
    page = open_link(ports, token_of(visit, "guest"), HOME).page
    assert (page.stage, page.role, page.my_name) == ("name", "guest", "Gunilla Gäst")
    inside = show_visitor(ports, guest_inside(ports, visit))
    assert (inside.stage, inside.unit_name, inside.clinician_name) == ("admitted", "", "Eva Ek")
    assert not inside.may_chat
    assert visit.patient.name not in str(inside)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (Status.ENDED, "link_ended"),
        (Status.NO_SHOW, "link_ended"),
        (Status.CANCELLED, "link_cancelled"),
    ],
)
def test_the_link_of_a_visit_that_is_over_says_why(ports: FakePorts, status: Status, code: str) -> None:
    """G5, B9, S5."""
    visit = invited(ports.store)
    session = opened(ports, visit)
    _change(ports, visit, status=status)
    for attempt in (lambda: open_link(ports, token_of(visit), HOME), lambda: show_visitor(ports, session)):
        with pytest.raises(LinkDead) as dead:
            attempt()
        assert dead.value.code == code


def test_a_link_past_its_time_is_dead(ports: FakePorts) -> None:
    """G5."""
    visit = invited(ports.store)
    ports.clock.time = visit.ends_at + timedelta(minutes=120)
    with pytest.raises(LinkDead) as dead:
        open_link(ports, token_of(visit), HOME)
    assert dead.value.code == "link_expired"


def test_a_session_that_is_not_let_in_ends_with_its_link(ports: FakePorts) -> None:
    """G5."""
    visit = invited(ports.store)
    ports.clock.time = visit.ends_at
    session = opened(ports, visit)
    assert session.expires_at == ports.store.of(Link)[0].expires_at


def test_someone_removed_from_the_visit_is_out_at_once(ports: FakePorts) -> None:
    """G5."""
    visit = invited(ports.store, guest=a_guest())
    token, session = token_of(visit, "guest"), guest_inside(ports, visit)
    _change(ports, visit, participants=visit.participants[:2])
    for attempt in (lambda: open_link(ports, token, HOME), lambda: show_visitor(ports, session)):
        with pytest.raises(LinkDead) as dead:
            attempt()
        assert dead.value.code == "link_ended"


def test_a_link_that_was_replaced_by_a_newer_one_is_dead(ports: FakePorts) -> None:
    """G5."""
    visit = invited(ports.store)
    token = token_of(visit)
    people = tuple(replace(p, link_id="l_newer") if p.link_id else p for p in visit.participants)
    _change(ports, visit, participants=people)
    with pytest.raises(LinkDead) as dead:
        open_link(ports, token, HOME)
    assert dead.value.code == "link_replaced"


@given(st.text(max_size=200))
def test_no_text_but_a_token_opens_anything(token: str) -> None:
    """G5: mangled links."""
    ports = FakePorts()
    invited(ports.store)
    with pytest.raises(NotFound) as unknown:
        open_link(ports, token, HOME)
    assert unknown.value.code == "link_unknown"
    assert not ports.store.of(VisitorSession)


def test_wrong_tokens_are_limited_per_address_and_nobody_else_is_shut_out(ports: FakePorts) -> None:
    """G5."""
    visit = invited(ports.store)
    for _ in range(WRONG_PER_ADDRESS):
        with pytest.raises(NotFound):
            open_link(ports, "x" * 27, HOME)
    with pytest.raises(TooManyAttempts):
        open_link(ports, "x" * 27, HOME)
    with pytest.raises(NotFound):
        open_link(ports, "x" * 27, "198.51.100.9")
    assert open_link(ports, token_of(visit), HOME).page.stage == "identify"


def test_one_link_is_opened_a_bounded_number_of_times(ports: FakePorts) -> None:
    """G5: each opening writes a session."""
    visit, other = invited(ports.store), invited(ports.store)
    for _ in range(OPENED_AT_MOST):
        open_link(ports, token_of(visit), HOME)
    with pytest.raises(TooManyAttempts):
        open_link(ports, token_of(visit), HOME)
    assert len(ports.store.of(VisitorSession)) == OPENED_AT_MOST
    assert open_link(ports, token_of(other), HOME).page.stage == "identify"


def test_rate_limits_hold_no_address(ports: FakePorts) -> None:
    for address in (HOME, "2001:db8::1", "not an address"):
        with pytest.raises(NotFound):
            open_link(ports, "x" * 27, address)
    counted = " ".join(ports.rate_limits.hits)
    assert HOME not in counted
    assert "2001" not in counted


def test_the_device_that_is_inside_stays_inside_when_the_link_is_opened_again(ports: FakePorts) -> None:
    """G2, C10: a tap on the SMS in the middle of a visit."""
    visit = invited(ports.store)
    session = patient_inside(ports, visit)
    entry = open_link(ports, token_of(visit), HOME, session)
    assert (entry.session, entry.cookie, entry.page.stage) == (session, None, "admitted")


def test_a_session_of_another_visit_opens_nothing_here(ports: FakePorts) -> None:
    """G5."""
    elsewhere = patient_inside(ports, invited(ports.store))
    entry = open_link(ports, token_of(invited(ports.store)), HOME, elsewhere)
    assert entry.page.stage == "identify"


def test_a_link_used_on_a_second_device_replaces_the_first(ports: FakePorts) -> None:
    """G2."""
    visit = invited(ports.store)
    phone, laptop = patient_inside(ports, visit), patient_inside(ports, visit)
    assert show_visitor(ports, laptop).stage == "admitted"
    with pytest.raises(NotLoggedIn) as replaced:
        show_visitor(ports, phone)
    assert replaced.value.code == "replaced"
    assert open_link(ports, token_of(visit), HOME, phone).page.stage == "identify"


def test_who_has_only_opened_the_link_may_do_nothing_in_the_visit(ports: FakePorts) -> None:
    """G6."""
    session = opened(ports, invited(ports.store))
    with pytest.raises(NotLoggedIn) as refused:
        admitted_visitor(ports, session, "view")
    assert refused.value.code == "not_admitted"


def test_the_page_follows_the_visit(ports: FakePorts) -> None:
    """S7: not here yet, has received you, started; and after the visit who was inside still reads that it is over."""
    visit = invited(ports.store)
    session = patient_inside(ports, visit)
    page = show_visitor(ports, session)
    assert (page.clinician, page.my_name, page.unit_name) == ("not_here", "Anna Andersson", "Hudmottagningen Halmstad")
    assert page.may_chat
    started = a_visit(status=Status.ONGOING)
    _change(ports, visit, status=Status.ONGOING, started_at=started.starts_at)
    assert show_visitor(ports, session).clinician == "started"
    _change(ports, visit, status=Status.ENDED)
    page = show_visitor(ports, session)
    assert (page.stage, page.may_chat) == ("ended", False)
    with pytest.raises(Conflict):
        admitted_visitor(ports, session, "chat")


def test_leaving_ends_the_session_and_keeps_the_link(ports: FakePorts) -> None:
    """S7."""
    visit = invited(ports.store)
    session = patient_inside(ports, visit)
    people = tuple(replace(p, waiting_since=ports.clock.now()) for p in ports.stored(visit).participants)
    _change(ports, visit, participants=people)
    leave_visit(ports, session)
    leave_visit(ports, session)
    me = ports.stored(visit).patient
    assert (me.session_hash, me.waiting_since) == ("", None)
    assert ports.store.session(session.session_hash, ports.clock.now()) is None
    assert again(ports, opened(ports, visit)).admitted is False


def test_the_way_back_is_that_of_the_link_and_is_open_for_half_an_hour(ports: FakePorts) -> None:
    """S7, G6: it is as if the link had been opened, and nobody is let in by it."""
    visit = invited(ports.store)
    session = patient_inside(ports, visit)
    cookie = leave_visit(ports, session)
    assert cookie is not None
    outside = ports.store.session(secret_hash(cookie), ports.clock.now())
    assert isinstance(outside, VisitorSession)
    assert outside.link_id == session.link_id
    assert show_visitor(ports, outside).stage == "identify"
    ports.clock.advance(seconds=WAY_BACK.total_seconds())
    assert ports.store.session(secret_hash(cookie), ports.clock.now()) is None


def test_a_replaced_device_that_leaves_does_not_take_the_newer_one_along(ports: FakePorts) -> None:
    """G2."""
    visit = invited(ports.store)
    phone, laptop = patient_inside(ports, visit), patient_inside(ports, visit)
    assert leave_visit(ports, phone) is None
    assert show_visitor(ports, laptop).stage == "admitted"


def test_leaving_a_visit_that_is_not_there_is_no_error(ports: FakePorts) -> None:
    session = replace(opened(ports, invited(ports.store)), visit_id="v_gone")
    ports.store.commit([Put(session)])
    leave_visit(ports, session)
    assert ports.store.session(session.session_hash, ports.clock.now()) is None
