"""S6: every access to a patient's data is in the access log before it is told, and administrators read it there."""

import ast
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

import app as deployed
from chalicelib.api.endpoint import Endpoint
from chalicelib.api.routes import ENDPOINTS
from chalicelib.domain.access import TABLE
from chalicelib.domain.audit import KEPT, AuditEntry, by_staff
from chalicelib.domain.audit_kinds import ACTIONS
from chalicelib.domain.changes import Change, Create, Put
from chalicelib.domain.visit import Status, Visit
from chalicelib.errors import Unavailable
from chalicelib.services.search_access_log import PAGE, READ_AT_MOST
from chalicelib.storage.documents import encode
from chalicelib.storage.rows import row
from local.settings import ROOT
from tests.browser import Browser, Reply
from tests.builders import ANNA, BERG, BO, EK, NOW, a_patient, number, staff
from tests.fake_ports import FakePorts
from tests.fakes import FakeStore
from tests.unit.api.access_world import GUARDIAN, World, another_session, samples, the_world
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
    "rate_call": "stored without a patient, and answered with nothing",
    "visitor_rate_call": "stored without a patient, and answered with nothing",
    "visitor_settings": "settings of the service",
    "start_eid": "an order at the e-ID provider; how it ends is logged",
    "collect_eid": "logs visitor.admitted, or visitor.identify as denied, when it ends",
    "cancel_eid": "takes back an order",
    "health": "the service about itself",
    "openapi_document": "the service about itself",
    "docs": "the service about itself",
}
QUESTIONS: dict[str, Callable[[], object]] = {
    "search_audit": lambda: {},
    "sample_audit": lambda: {"size": 3},
    "extract_audit": lambda: {"number": ANNA, "from_day": "2026-11-01", "to_day": "2026-11-23"},
}
# Which media node a call is on is no patient's data, and is found before the entry that goes with the token.
PLACES_A_CALL = {"join_call", "visitor_join_call"}
STAFF_OF = {"search_audit": "admin", "sample_audit": "admin", "extract_audit": "admin"}
VISITOR_OF = {"enter_as_guest": "guest", "visitor_join_call": "patient"}


class BrokenLog(FakeStore):
    """A store that takes everything but entries of the access log."""

    broken = False

    def commit(self, changes: Sequence[Change]) -> None:
        if self.broken and any(isinstance(each, Create) and isinstance(each.record, AuditEntry) for each in changes):
            raise Unavailable("the database refused the transaction")
        super().commit(changes)


@pytest.fixture
def ports(ports: FakePorts) -> FakePorts:
    ports.store = BrokenLog()
    return ports


@pytest.fixture
def world(ports: FakePorts) -> World:
    return the_world(ports)


@pytest.fixture
def admin(world: World) -> Browser:
    return world.staff("admin")


def break_log(world: World) -> None:
    assert isinstance(world.ports.store, BrokenLog)
    world.ports.store.broken = True


def entries(ports: FakePorts, action: str = "") -> list[AuditEntry]:
    return [entry for entry in ports.store.of(AuditEntry) if entry.action == action or not action]


def _caller(world: World, one: Endpoint, visit: Visit) -> Browser:
    if one.audience == "visitor":
        role = VISITOR_OF.get(one.name, "patient")
        return world.visitor(visit, role, admitted=one.name not in {"enter_as_guest", "use_here"})  # type: ignore[arg-type]  # a role
    return world.staff(STAFF_OF.get(one.name, "staff"))  # type: ignore[arg-type]  # a role


def _visit_for(world: World, one: Endpoint) -> Visit:
    """In a state in which it can be done."""
    states = {"receive_visit": Status.BOOKED, "start_visit": Status.RECEIVED, "mark_no_show": Status.RECEIVED}
    return world.visit(states.get(one.name, Status.ONGOING))


def _call(world: World, one: Endpoint) -> Callable[[], Reply]:
    visit = _visit_for(world, one)
    browser = _caller(world, one, visit)
    path = one.path.replace("{visit_id}", visit.visit_id).replace("{participant_id}", "p_guest")
    path = path.replace("{patient_id}", visit.patient_id).replace("{guardian_id}", GUARDIAN)
    if "{session_id}" in path:
        path = path.replace("{session_id}", another_session(browser))
    body = {**samples(visit), **QUESTIONS}[one.name]() if one.body is not None else None
    return lambda: browser.request(one.method, path, body)


LOGGED = [one for one in ENDPOINTS if one.name not in NO_PATIENTS_DATA and one.name not in {"open_link", "use_here"}]


def test_the_list_of_what_concerns_no_patient_names_endpoints_that_there_are() -> None:
    assert set(NO_PATIENTS_DATA) <= {one.name for one in ENDPOINTS}


@pytest.mark.parametrize("one", LOGGED, ids=lambda one: one.name)
def test_every_other_endpoint_logs_whom_it_concerned(world: World, one: Endpoint) -> None:
    call = _call(world, one)
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
    call = _call(world, one)
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


def test_an_unlisted_clinicians_attempt_is_found_by_the_administrator(world: World, admin: Browser) -> None:
    """S6."""
    visit = world.visit(Status.BOOKED)
    assert world.staff("clinician").get(f"/visits/{visit.visit_id}").status == 404
    page = admin.post("/audit/search", {"result": "denied"}).json
    (found,) = page["entries"]
    assert (found["action"], found["result"], found["visit_id"]) == ("visit.view", "denied", visit.visit_id)
    assert (found["user_name"], found["patient"]) == ("Eva Ek", "1944-08-13-••••")
    assert page["cursor"] is None


@pytest.mark.parametrize("who", ["staff", "support"])
def test_the_log_is_for_administrators(world: World, who: Any) -> None:
    for name, body in QUESTIONS.items():
        assert world.staff(who).post(f"/audit/{name.removesuffix('_audit')}", body()).code == "not_allowed"


def log(ports: FakePorts, count: int = 1, **fields: Any) -> None:
    """Entries a second apart, the last one a second ago."""
    for age in range(count, 0, -1):
        entry = by_staff(staff(), "visit.view", NOW - timedelta(seconds=age), patient_id=a_patient().patient_id)
        ports.store.seed(replace(entry, **fields))


def found(admin: Browser, **query: Any) -> list[Any]:
    reply = admin.post("/audit/search", query)
    assert reply.status == 200, reply.text
    entries: list[Any] = [e for e in reply.json["entries"] if not e["action"].startswith(("session.", "audit."))]
    return entries


def test_the_log_is_searched_by_each_filter(world: World, admin: Browser) -> None:
    log(world.ports, visit_id="v_a", action="note.read")
    log(world.ports, user=BERG, user_name="Bo Berg", result="denied", patient_id="")
    log(world.ports, at=NOW - timedelta(days=2), shown_visits=("v_list", "v_b"), patient_id="")
    log(world.ports, org_id="SE2321000016")
    assert [entry["user_name"] for entry in found(admin, user=BERG)] == ["Bo Berg"]
    assert [entry["visit_id"] for entry in found(admin, visit_id="v_a", action="note.read")] == ["v_a"]
    assert [entry["action"] for entry in found(admin, number="440813-9089")] == ["note.read"]
    assert found(admin, number=BO) == []
    assert [entry["user_name"] for entry in found(admin, result="denied")] == ["Bo Berg"]
    period = {"from_day": "2026-11-20", "to_day": "2026-11-23"}
    assert len(found(admin, visit_id="v_list", **period)) == 1
    assert found(admin, visit_id="v_list") == []


def test_the_search_is_itself_in_the_log_with_the_patient_it_asked_for(world: World, admin: Browser) -> None:
    found(admin)
    found(admin, number=ANNA)
    found(admin, number=BO)
    asked = [entry.patient_id for entry in entries(world.ports, "audit.search")]
    assert asked[:2] == ["", a_patient().patient_id]
    assert asked[2] not in {"", a_patient().patient_id}


def test_pages_follow_one_another_newest_first_and_leave_nothing_out(world: World, admin: Browser) -> None:
    log(world.ports, PAGE * 2 + 7)
    seen: list[str] = []
    cursor, pages = None, 0
    while pages == 0 or cursor is not None:
        page = admin.post("/audit/search", {"action": "visit.view", "cursor": cursor}).json
        seen += [entry["at"] for entry in page["entries"]]
        cursor, pages = page["cursor"], pages + 1
    assert (len(seen), pages) == (PAGE * 2 + 7, 3)
    assert seen == sorted(set(seen), reverse=True)


def test_a_patients_own_rows_are_searched_without_reading_the_days(world: World, admin: Browser) -> None:
    log(world.ports, at=NOW - timedelta(days=900))
    query = {"number": ANNA, "from_day": "2022-11-23", "to_day": "2026-11-23"}
    assert len(found(admin, **query)) == 1


def test_a_search_that_finds_little_reads_so_much_and_says_how_far_it_came(world: World, admin: Browser) -> None:
    log(world.ports, READ_AT_MOST + 5)
    page = admin.post("/audit/search", {"user": "SE2321000115-NOBODY"}).json
    assert (page["entries"], page["cursor"] is None) == ([], False)
    assert page["searched_to"] > (NOW - timedelta(seconds=READ_AT_MOST + 1)).isoformat()


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ({"from_day": "2026-01-01", "to_day": "2026-11-23"}, "period_too_long", "from_day"),
        ({"from_day": "2026-11-23", "to_day": "2026-11-22"}, "bad_input", "from_day"),
        ({"cursor": "Li4vLi4v"}, "bad_input", "cursor"),
        ({"cursor": "%%%"}, "bad_input", "cursor"),
        ({"cursor": "å"}, "bad_input", "cursor"),
        ({"number": "194408139080"}, "invalid_identity_number", "identity_number"),
        ({"from_day": "0001-01-01", "to_day": "9999-12-31"}, "bad_input", "from_day"),
        ({"from_day": "9999-12-31"}, "bad_input", "from_day"),
        ({"to_day": "0001-01-01"}, "bad_input", "from_day"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(
    world: World, admin: Browser, query: dict[str, str], code: str, field: str
) -> None:
    reply = admin.post("/audit/search", query)
    assert (reply.status, reply.code, reply.json["field"]) == (400, code, field)


def test_a_sample_is_of_the_period_and_no_entry_is_drawn_twice(world: World, admin: Browser) -> None:
    log(world.ports, 200)
    log(world.ports, 5, at=NOW - timedelta(days=3), action="note.read")
    reply = admin.post("/audit/sample", {"size": 12})
    drawn = [entry["audit_id"] for entry in reply.json["entries"]]
    assert 0 < len(set(drawn)) == len(drawn) <= 12
    assert {entry["action"] for entry in reply.json["entries"]} <= {"visit.view", "session.start"}
    assert len(entries(world.ports, "audit.sample")) == 1


def test_an_extract_tells_the_patient_who_read_what(world: World, admin: Browser) -> None:
    visit = world.visit(Status.BOOKED)
    world.staff("staff").get(f"/visits/{visit.visit_id}")
    world.staff("clinician").get(f"/visits/{visit.visit_id}")
    log(world.ports, patient_id="someone-else")
    query = {"number": ANNA, "from_day": "2026-11-01", "to_day": "2026-11-23"}
    extract = admin.post("/audit/extract", query).json
    assert (extract["name"], extract["number_masked"], extract["org_name"]) == (
        "Anna Andersson",
        "1944-08-13-••••",
        "Region Halland",
    )
    told = {(entry["action"], entry["result"], entry["kind"], entry["user_title"]) for entry in extract["entries"]}
    assert told == {("visit.view", "ok", "read", "Läkare"), ("visit.view", "denied", "read", "Läkare")}
    (asked,) = entries(world.ports, "audit.extract")
    assert asked.patient_id == a_patient().patient_id
    assert ANNA not in str(extract)


def test_an_extract_of_a_protected_person_holds_no_name(world: World, admin: Browser) -> None:
    """P5."""
    world.ports.store.seed(replace(a_patient(protected=True)))
    extract = admin.post("/audit/extract", {"number": ANNA, "from_day": "2026-11-01", "to_day": "2026-11-23"}).json
    assert (extract["name"], extract["protected"]) == ("", True)


def test_an_extract_of_someone_unknown_is_empty(world: World, admin: Browser) -> None:
    extract = admin.post("/audit/extract", {"number": BO, "from_day": "2026-11-01", "to_day": "2026-11-23"}).json
    assert (extract["name"], extract["entries"], extract["number_masked"]) == ("", [], str(number(BO)))


def stream(*written: AuditEntry, name: str = "INSERT") -> dict[str, Any]:
    """As the audit table's stream tells it."""
    keys = {"pk": {"S": "k"}, "sk": {"S": "k"}}
    images = [{**keys, "document": {"S": encode(entry)}} for entry in written]
    return {
        "Records": [
            {"eventName": name, "dynamodb": {"Keys": keys, "NewImage": image, "SequenceNumber": str(place)}}
            for place, image in enumerate(images, start=1)
        ]
    }


def test_what_staff_did_is_exported_with_the_patients_number_and_a_retry_writes_the_same(world: World) -> None:
    seen = [by_staff(staff(), "visit.view", NOW, patient_id=a_patient().patient_id) for _ in range(3)]
    archive = world.ports.access_log_archive
    for _ in range(2):
        assert deployed.audit_stream(stream(*seen), None) == {"batchItemFailures": []}
    (key,) = archive.stored
    assert key == f"{staff().org_id}/2026-11-23/{seen[0].audit_id}.xml"
    first, again = archive.stored[key]
    assert first == again
    assert first.count(b"<ns0:log>") == 3
    assert ANNA.encode() in first


def test_an_archive_that_is_away_loses_nothing(world: World) -> None:
    seen = by_staff(staff(), "visit.view", NOW, patient_id=a_patient().patient_id)
    world.ports.access_log_archive.down = True
    assert deployed.audit_stream(stream(seen), None) == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    world.ports.access_log_archive.down = False
    assert deployed.audit_stream(stream(seen), None) == {"batchItemFailures": []}
    assert len(world.ports.access_log_archive.stored) == 1


def test_days_are_exported_apart_and_what_has_expired_not_at_all(world: World) -> None:
    patient = a_patient().patient_id
    evening = by_staff(staff(), "visit.view", NOW.replace(hour=22, minute=59), patient_id=patient)
    morning = by_staff(staff(), "visit.view", NOW.replace(hour=23, minute=0), patient_id=patient)
    deployed.audit_stream(stream(evening, morning), None)
    assert sorted(key.split("/")[1] for key in world.ports.access_log_archive.stored) == ["2026-11-23", "2026-11-24"]
    gone = stream(replace(evening, audit_id=str(uuid4())), name="REMOVE")
    del gone["Records"][0]["dynamodb"]["NewImage"]
    assert deployed.audit_stream(gone, None) == {"batchItemFailures": []}
    assert len(world.ports.access_log_archive.stored) == 2


LIVE = {
    "agenda.changed",
    "call.state",
    "chat.message",
    "delivery.changed",
    "note.changed",
    "participation.ended",
    "session.ended",
    "visit.changed",
}


def _written_actions() -> set[str]:
    """Every word of the form `visit.view` in the use cases, and what their composed ones can become."""
    words = set()
    for path in (ROOT / "functions" / "chalicelib" / "services").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_action(node.value):
                words.add(node.value)
    attempts = {f"visit.{action}" for action, roles in TABLE.items() if "staff" in roles}
    participants = {f"participant.{what}" for what in ("add", "remove", "preview")}
    return (words - LIVE) | attempts | participants


def _is_action(text: str) -> bool:
    kind, dot, what = text.partition(".")
    return bool(dot) and kind.isalpha() and kind.islower() and what.replace("_", "").isalpha() and what.islower()


def test_every_action_has_a_kind_or_is_a_refused_attempt_and_has_words_in_both_languages() -> None:
    written = _written_actions()
    attempts = {f"visit.{action}" for action, roles in TABLE.items() if "staff" in roles}
    assert written - ACTIONS - attempts == set()
    for language in ("sv", "en"):
        texts = Path(ROOT / "web" / "src" / "i18n" / language / "audit.ts").read_text(encoding="utf-8")
        silent = {action for action in written | ACTIONS if f"    {action.replace('.', '_')}: " not in texts}
        assert silent == set()


def test_an_entry_is_created_and_never_put() -> None:
    """Append-only in the code as in the roles: nothing that is there can be written over."""
    put: Any = Put
    entry = by_staff(staff(), "visit.view", NOW)
    assert AuditEntry not in getattr(put.__annotations__["record"], "__args__", ())
    store = FakeStore()
    store.commit([Create(entry)])
    with pytest.raises(Exception, match="condition"):
        store.commit([Create(entry)])
