"""S6: administrators search the access log, draw a sample of it, and make an extract for a patient."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import by_staff
from chalicelib.domain.visit import Status
from chalicelib.services.search_access_log import PAGE, READ_AT_MOST
from tests.browser import Browser
from tests.builders import ANNA, BERG, BO, NOW, a_patient, number, staff
from tests.fake_ports import FakePorts
from tests.unit.api.access_log import QUESTIONS, entries
from tests.unit.api.access_world import World, the_world


@pytest.fixture
def world(ports: FakePorts) -> World:
    return the_world(ports)


@pytest.fixture
def admin(world: World) -> Browser:
    return world.staff("admin")


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
