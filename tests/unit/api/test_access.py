"""Every role on every route in every state of a visit: what the access table says, and nothing else (S6)."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import jwt
import pytest
from msgspec.structs import replace

from chalicelib.api import cookies
from chalicelib.api.endpoint import Endpoint
from chalicelib.api.routes import ENDPOINTS
from chalicelib.domain.access import CALL_ROLE, IN_CALL, TABLE, Who
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.visit import OVER, Role, Status, Visit
from tests.browser import Browser, Reply
from tests.unit.api.access_world import GUARDIAN, VISITORS, World, another_session, deployed_world, samples
from tests.unit.api.integration_world import a_message, a_pending_booking
from tools import access_page

OF_STATE = {"visit_over", "not_received", "not_started", "visit_begun", "link_ended", "link_cancelled"}
IN_VISITS: tuple[Role, ...] = ("staff", "colleague", *VISITORS)
OF_VISITS = [one for one in ENDPOINTS if set(IN_VISITS) & set(TABLE[one.action])]
OF_STAFF = [one for one in OF_VISITS if one.audience == "staff"]
OF_VISITORS = [one for one in OF_VISITS if one.audience == "visitor"]
OF_ORGANISATION = [one for one in ENDPOINTS if one.audience == "staff" and one not in OF_VISITS]
# These are for who has not yet shown who they are.
BEFORE_ADMISSION = {"identify", "enter_unidentified"}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with deployed_world() as world:
        yield world


def _call(browser: Browser, one: Endpoint, visit: Visit, visit_id: str | None = None) -> Reply:
    browser.ports.store.counts.clear()
    browser.ports.rate_limits.hits.clear()
    path = one.path.replace("{visit_id}", visit_id or visit.visit_id).replace("{participant_id}", "p_guest")
    path = path.replace("{patient_id}", visit.patient_id).replace("{guardian_id}", GUARDIAN)
    if "{session_id}" in path:
        path = path.replace("{session_id}", another_session(browser))
    path = path.replace("{booking_id}", a_pending_booking(browser.ports)).replace(
        "{message_id}", a_message(browser.ports)
    )
    body = samples(visit)[one.name]() if one.body is not None else None
    return browser.request(one.method, path, body)


def _verdict(reply: Reply) -> str:
    """`yes`, `state` (not now) or `never`. What else can be wrong with a request is found out after the table is asked."""
    assert reply.status < 500, reply.text
    code = reply.code if reply.status >= 400 else ""
    if code in OF_STATE:
        return "state"
    return "never" if reply.status in {401, 403} or code == "not_found" else "yes"


def _expected(one: Endpoint, role: Who, status: Status) -> str:
    """Of a visit that is over everyone's link is dead, before it is asked what it might have been good for."""
    statuses = TABLE[one.action].get(role)
    if one.action in BEFORE_ADMISSION and status in OVER:
        return "state"
    if statuses is None:
        return "never"
    return "yes" if status in statuses else "state"


@pytest.mark.parametrize("one", OF_STAFF, ids=lambda one: one.name)
def test_staff_and_colleagues_may_in_a_visit_what_the_table_says(world: World, one: Endpoint) -> None:
    roles: tuple[Role, ...] = ("staff", "colleague")
    for role, status in product(roles, Status):
        reply = _call(world.staff(role), one, world.visit(status))
        assert (role, status, _verdict(reply)) == (role, status, _expected(one, role, status)), reply.text


@pytest.mark.parametrize("one", OF_VISITORS, ids=lambda one: one.name)
def test_visitors_may_in_their_visit_what_the_table_says(world: World, one: Endpoint) -> None:
    for role, status in product(VISITORS, Status):
        visit = world.visit(status)
        browser = world.visitor(visit, role, admitted=one.action not in BEFORE_ADMISSION)
        reply = _call(browser, one, visit)
        assert (role, status, _verdict(reply)) == (role, status, _expected(one, role, status)), reply.text


@pytest.mark.parametrize("one", OF_ORGANISATION, ids=lambda one: one.name)
def test_an_organisations_roles_may_what_the_table_says(world: World, one: Endpoint) -> None:
    roles: tuple[Who, ...] = ("clinician", "admin", "support")
    for role in roles:
        browser = world.staff(role)
        verdict = _verdict(_call(browser, one, world.visit(Status.BOOKED)))
        if one.name == "logout":
            del world.browsers[role]
        assert (role, verdict) == (role, "yes" if role in TABLE[one.action] else "never")


@pytest.mark.parametrize("one", OF_STAFF, ids=lambda one: one.name)
def test_a_visit_that_is_not_mine_answers_as_one_that_is_not_there(world: World, one: Endpoint) -> None:
    """S6: in every state, to unlisted clinicians and those of another organisation; the attempt is in the log."""
    stranger = world.staff("clinician")
    for status in Status:
        visit = world.visit(status)
        elsewhere = world.visit(status)
        world.ports.store.seed(replace(elsewhere, org_id="SE2321000016"))
        nothing = _call(stranger, one, visit, "v_nothing")
        assert (nothing.status, nothing.code) == (404, "not_found")
        assert _answer(_call(stranger, one, visit)) == _answer(nothing)
        assert _answer(_call(world.staff("staff"), one, elsewhere)) == _answer(nothing)
        denied = [e for e in world.ports.store.of(AuditEntry) if e.visit_id == visit.visit_id]
        assert [e.result for e in denied] == ["denied"]


@pytest.mark.parametrize("one", OF_STAFF, ids=lambda one: one.name)
def test_administrators_and_support_reach_no_visit(world: World, one: Endpoint) -> None:
    """Whether it is there or not."""
    visit = world.visit(Status.ONGOING)
    for role in ("admin", "support"):
        for visit_id in (visit.visit_id, "v_nothing"):
            reply = _call(world.staff("admin" if role == "admin" else "support"), one, visit, visit_id)
            assert (reply.status, reply.code) == (403, "not_allowed")


@pytest.mark.parametrize("one", [*OF_STAFF, *OF_VISITORS, *OF_ORGANISATION], ids=lambda one: one.name)
def test_without_the_right_session_nothing_is_reached(world: World, one: Endpoint) -> None:
    """Nobody; staff where visitors are meant, and visitors where staff is; with the other's cookie under this one's name."""
    visit = world.visit(Status.ONGOING)
    staff, patient = world.staff("staff"), world.visitor(visit, "patient")
    name, other = (cookies.STAFF, cookies.VISITOR) if one.audience == "staff" else (cookies.VISITOR, cookies.STAFF)
    wrong = patient if one.audience == "staff" else staff
    for jar in ({}, wrong.cookies, {name: wrong.cookies[other]}, {name: "forged"}):
        browser = Browser(world.ports, cookies=dict(jar), csrf_token=wrong.csrf_token)
        reply = _call(browser, one, visit)
        assert (reply.status, reply.code) == (401, "not_logged_in")


@pytest.mark.parametrize("one", OF_VISITORS, ids=lambda one: one.name)
def test_a_link_alone_reaches_nothing_of_the_visit(world: World, one: Endpoint) -> None:
    """G5, G6: who only opened a link may see when and where, identify, and leave."""
    visit = world.visit(Status.ONGOING)
    for role in VISITORS:
        reply = _call(world.visitor(visit, role, admitted=False), one, visit)
        if one.action not in BEFORE_ADMISSION | {"view", "leave"}:
            assert (reply.status, reply.code) == (401, "not_admitted")


@pytest.mark.parametrize("role", IN_VISITS)
def test_the_join_token_has_the_rights_of_the_role(world: World, role: Role) -> None:
    visit = world.visit(Status.ONGOING)
    if role in {"staff", "colleague"}:
        reply = world.staff("staff" if role == "staff" else "colleague").post(f"/visits/{visit.visit_id}/call/join")
    else:
        reply = world.visitor(visit, role).post("/visitor/call/join")
    claims = jwt.decode(reply.json["token"], options={"verify_signature": False})
    assert (claims["role"], tuple(claims["permissions"])) == (CALL_ROLE[role], IN_CALL[role])


@pytest.mark.parametrize(
    ("role", "answer"),
    [
        ("staff", "watching"),
        ("colleague", "watching"),
        ("clinician", "not_found"),
        ("admin", "not_allowed"),
        ("support", "not_allowed"),
    ],
)
def test_a_live_socket_watches_what_the_page_may_show(world: World, role: Who, answer: str) -> None:
    """L5, S6: in every state; a visit that is not mine answers as one that is not there."""
    browser = world.staff(role)
    _, socket = browser.connect("staff")
    told = {status: _watched(browser, socket, world.visit(status).visit_id) for status in Status}
    assert told == dict.fromkeys(Status, answer)
    assert _watched(browser, socket, "v_nothing") == ("not_allowed" if answer == "not_allowed" else "not_found")


@pytest.mark.parametrize("role", VISITORS)
def test_a_visitors_live_socket_opens_in_their_own_visit_and_watches_no_other(world: World, role: Role) -> None:
    """S2, S6: once they have shown who they are, in every state."""
    for status in Status:
        visit = world.visit(status)
        opened, socket = world.visitor(visit, role).connect("visitor")
        assert (status, opened) == (status, 200)
        assert _watched(world.visitor(visit, role), socket, visit.visit_id) == "not_allowed"
        assert world.visitor(visit, role, admitted=False).connect("visitor")[0] == 401


def _watched(browser: Browser, socket: str, visit_id: str) -> str:
    (told,) = browser.say(socket, {"action": "watch", "visit_id": visit_id})
    return str(told.get("code") or told["type"])


def test_every_endpoint_with_a_body_is_tried_with_one(world: World) -> None:
    missing = {one.name for one in ENDPOINTS if one.body is not None and one.body_read} - set(
        samples(world.visit(Status.BOOKED))
    )
    assert missing == set()


def test_the_page_for_those_who_approve_it_is_the_tables_own() -> None:
    assert Path(access_page.PAGE).read_text(encoding="utf-8") == access_page.page()


def _answer(reply: Reply) -> tuple[int, str]:
    return reply.status, reply.text
