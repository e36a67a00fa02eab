"""S6: every access to a patient's data is in the access log before it is told."""

from datetime import timedelta

import pytest

from chalicelib.api.endpoint import Endpoint
from chalicelib.api.routes import ENDPOINTS
from chalicelib.domain.audit import KEPT
from chalicelib.domain.audit_kinds import ACTIONS
from chalicelib.domain.visit import Status
from chalicelib.storage.rows import row
from tests.builders import ANNA, EK, NOW, a_patient, staff
from tests.fake_ports import FakePorts
from tests.unit.api.access_log import BrokenLog, entries
from tests.unit.api.access_world import World, the_world
from tests.unit.api.each_endpoint import asked
from tests.unit.api.visitors import opened, patient_browser

NO_PATIENTS_DATA = {
    "login": "before anyone is known",
    "login_callback": "logs session.start, and tells nothing of a patient",
    "login_commissions": "the caller's own commissions",
    "choose_login_commission": "logs session.start",
    "logout": "logs session.end",
    "current_session": "the caller's own session",
    "session_expiry": "the caller's own session",
    "switch_session_commission": "logs session.switch",
    "sessions": "the caller's own sessions",
    "end_own_session": "the caller's own sessions; logs session.end",
    "end_own_other_sessions": "the caller's own sessions; logs session.end",
    "organisation": "units and staff",
    "colleagues": "staff",
    "interpreter": "a setting of the organisation",
    "texts": "settings of the organisation",
    "change_text": "a setting of the organisation; logs organisation.change_text",
    "preview_text": "a setting of the organisation, filled with made-up values",
    "rate_call": "stored without a patient, and answered with nothing",
    "visitor_rate_call": "stored without a patient, and answered with nothing",
    "search_messages": "codes and ids; logs integration.search",
    "visitor_settings": "settings of the service",
    "start_eid": "an order at the e-ID provider; how it ends is logged",
    "collect_eid": "logs visitor.admitted, or visitor.identify as denied, when it ends",
    "cancel_eid": "takes back an order",
    "health": "the service about itself",
    "openapi_document": "the service about itself",
    "docs": "the service about itself",
}
# Which media node a call is on is no patient's data, and is found before the entry that goes with the token.
PLACES_A_CALL = {"join_call", "visitor_join_call"}
ELSEWHERE = {"open_link", "use_here"}
LOGGED = [
    one
    for one in ENDPOINTS
    if one.name not in NO_PATIENTS_DATA and one.name not in ELSEWHERE and one.audience != "system"
]


@pytest.fixture
def ports(ports: FakePorts) -> FakePorts:
    ports.store = BrokenLog()
    return ports


@pytest.fixture
def world(ports: FakePorts) -> World:
    return the_world(ports)


def break_log(world: World) -> None:
    assert isinstance(world.ports.store, BrokenLog)
    world.ports.store.broken = True


def test_the_list_of_what_concerns_no_patient_names_endpoints_that_there_are() -> None:
    assert set(NO_PATIENTS_DATA) <= {one.name for one in ENDPOINTS}


@pytest.mark.parametrize("one", LOGGED, ids=lambda one: one.name)
def test_every_other_endpoint_logs_whom_it_concerned(world: World, one: Endpoint) -> None:
    call = asked(world, one)
    before = {entry.audit_id for entry in entries(world.ports)}
    reply = call()
    assert reply.status < 300, reply.text
    (entry, *_) = [entry for entry in entries(world.ports) if entry.audit_id not in before]
    assert entry.action in ACTIONS
    assert (entry.result, entry.org_id, entry.at) == ("ok", staff().org_id, NOW)
    assert entry.unit_name == "Hudmottagningen Halmstad"
    assert entry.user_name
    concerned = entry.patient_id or entry.shown_visits or entry.action.startswith("audit.")
    assert concerned, entry.action


@pytest.mark.parametrize("one", LOGGED, ids=lambda one: one.name)
def test_what_cannot_be_logged_is_refused_and_nothing_of_it_told(world: World, one: Endpoint) -> None:
    call = asked(world, one)
    break_log(world)
    stored = world.ports.store.written()
    reply = call()
    assert reply.status == 503, reply.text
    assert reply.code == "unavailable"
    assert "Anna" not in reply.text
    changed = world.ports.store.written() != stored
    assert not changed or one.name in PLACES_A_CALL, "a change is written with its entry or not at all"


def test_a_link_that_is_opened_is_logged_with_the_session_it_gives(ports: FakePorts) -> None:
    """G5."""
    visit = opened(ports)
    patient_browser(ports, visit)
    (entry,) = entries(ports, "link.open")
    assert (entry.visit_id, entry.patient_id, entry.user) == (visit.visit_id, visit.patient_id, "participant:p_patient")
    assert (entry.user_name, entry.is_visitors) == ("Anna Andersson", True)


def test_a_page_that_reads_itself_again_is_one_access(world: World) -> None:
    """L5: each live change makes the open page read again. What is new in a list is a new access."""
    visit = world.visit(Status.BOOKED)
    browser = world.staff("staff")
    for _ in range(3):
        assert browser.get(f"/visits/{visit.visit_id}").status == 200
        assert browser.get("/agenda").status == 200
    assert len(entries(world.ports, "visit.view")) == 1
    (agenda,) = entries(world.ports, "agenda.view")
    assert (agenda.shown_day, agenda.shown_visits, agenda.patient_id) == (NOW.date(), (visit.visit_id,), "")
    world.visit(Status.BOOKED)
    browser.get("/agenda")
    assert len(entries(world.ports, "agenda.view")) == 2


def test_an_empty_day_shows_nobody(world: World) -> None:
    assert world.staff("clinician").get("/agenda?date=2031-01-01").status == 200
    assert entries(world.ports, "agenda.view") == []


def test_a_socket_that_watches_a_visit_is_an_access_to_it(world: World) -> None:
    """S2: chat messages come whole over it."""
    visit = world.visit(Status.ONGOING)
    browser = world.staff("staff")
    _, socket = browser.connect("staff")
    assert browser.say(socket, {"action": "watch", "visit_id": visit.visit_id})[0]["type"] == "watching"
    assert [entry.visit_id for entry in entries(world.ports, "visit.view")] == [visit.visit_id]


def test_a_socket_watches_nothing_that_cannot_be_logged(world: World) -> None:
    visit = world.visit(Status.ONGOING)
    browser = world.staff("staff")
    _, socket = browser.connect("staff")
    break_log(world)
    assert browser.say(socket, {"action": "watch", "visit_id": visit.visit_id}) == [
        {"type": "error", "code": "unavailable"}
    ]


def test_an_entry_can_be_read_years_later_without_any_other_record(world: World) -> None:
    """HSLF-FS 2016:40: action, care unit, time, user and patient."""
    world.staff("staff").post("/patients/search", {"number": ANNA})
    (entry,) = entries(world.ports, "patient.search")
    assert (entry.user, entry.user_name, entry.user_title) == (EK, "Eva Ek", "Läkare")
    assert entry.unit_name == "Hudmottagningen Halmstad"
    assert entry.assignment
    assert entry.patient_id == a_patient().patient_id
    stored = row(entry).attribute_values
    assert ANNA not in str(stored)
    assert stored["expires_at"] == int((NOW + KEPT).timestamp())
    assert timedelta(days=5 * 365.25) < KEPT < timedelta(days=5 * 366 + 62)
