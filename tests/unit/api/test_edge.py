"""What every request goes through: who is calling, that it is meant, what is in it, and what an error tells."""

import json
import re
from io import StringIO

import pytest
from msgspec.structs import replace

from tests.browser import Browser, Reply
from tests.builders import ANNA, a_patient, a_visit
from tests.fake_ports import FakePorts

JSON = {"content-type": "application/json"}
SECURITY_HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


def test_a_staff_route_asks_for_a_login(browser: Browser) -> None:
    reply = browser.get("/agenda")
    assert (reply.status, reply.code) == (401, "not_logged_in")


@pytest.mark.parametrize("cookie", ["", "x", "a" * 4000, "__Host-visitor", "ö"])
def test_a_made_up_cookie_is_no_session(browser: Browser, cookie: str) -> None:
    browser.cookies["__Host-staff"] = cookie
    assert browser.get("/session").code == "not_logged_in"


def test_a_staff_session_is_no_visitor_session_nor_the_reverse(clinician: Browser) -> None:
    """Each route looks at the cookie of its own audience."""
    clinician.cookies["__Host-visitor"] = clinician.cookies["__Host-staff"]
    assert clinician.get("/visitor").code == "not_logged_in"


def test_a_state_change_without_the_sessions_token_is_refused(clinician: Browser, ports: FakePorts) -> None:
    clinician.csrf_token = ""
    reply = clinician.post("/patients/search", {"number": ANNA})
    assert (reply.status, reply.code) == (403, "csrf_rejected")
    assert ports.store.reads["Patient"] == 0


def test_a_state_change_with_another_sessions_token_is_refused(clinician: Browser) -> None:
    clinician.csrf_token = "x" * 43
    assert clinician.post("/logout").code == "csrf_rejected"
    assert clinician.get("/session").status == 200


@pytest.mark.parametrize(
    "origin", ["", "null", "https://evil.example", "http://vardrum.example", "https://vardrum.example.evil"]
)
def test_a_state_change_from_another_origin_is_refused(clinician: Browser, origin: str) -> None:
    clinician.headers = {"origin": origin}
    assert clinician.post("/logout").code == "csrf_rejected"


def test_opening_a_link_from_another_origin_is_refused(browser: Browser) -> None:
    """G5: nobody can put another person's browser into their own visit."""
    browser.headers = {"origin": "https://evil.example"}
    assert browser.post("/links/open", {"token": "x" * 27}).code == "csrf_rejected"


def test_reading_needs_neither_token_nor_origin(clinician: Browser) -> None:
    clinician.csrf_token, clinician.headers = "", {}
    assert clinician.get("/session").status == 200


def test_a_body_over_64_kib_is_too_large(clinician: Browser) -> None:
    reply = clinician.post("/patients/search", {"number": "1" * 64 * 1024})
    assert (reply.status, reply.code) == (413, "body_too_large")


def test_a_body_where_none_belongs_is_bounded_too(clinician: Browser) -> None:
    assert clinician.send("POST", "/logout", b"x" * (64 * 1024 + 1)).code == "body_too_large"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"number": "\xff"}',
        b'{"number": 1}',
        b'{"number": null}',
        b"[" * 60_000,
        b'{"number": ' + b"[" * 60_000,
    ],
)
def test_a_body_of_another_shape_is_bad_input(clinician: Browser, ports: FakePorts, body: bytes) -> None:
    reply = clinician.send("POST", "/patients/search", body, JSON)
    assert (reply.status, reply.code) == (400, "bad_input")
    assert ports.store.reads["Patient"] == 0


def test_an_unknown_field_is_bad_input(clinician: Browser) -> None:
    reply = clinician.post("/patients/search", {"number": ANNA, "role": "admin"})
    assert (reply.status, reply.code) == (400, "bad_input")


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "", "image/png"])
def test_a_body_that_is_not_said_to_be_json_is_refused(clinician: Browser, media_type: str) -> None:
    """A form of another site can send no other kinds."""
    reply = clinician.send("POST", "/patients/search", b'{"number": "1"}', {"content-type": media_type})
    assert (reply.status, reply.json["field"]) == (400, "content-type")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"duration_minutes": 0}, "duration_minutes"),
        ({"duration_minutes": "30"}, "duration_minutes"),
        ({"starts_at": "2026-11-24T10:00:00"}, "starts_at"),
        ({"kind": "hidden"}, "kind"),
        ({"guests": [{"name": "Gun"}, {"name": ""}]}, "guests[1].name"),
        ({"guests": [{}]}, "guests[0].name"),
        ({"request_id": None}, "request_id"),
        ({"staff": ["SE" + "1" * 30]}, "staff[0]"),
        ({"staff": [""]}, "staff[0]"),
        ({"staff": [f"SE{n}" for n in range(21)]}, "staff"),
        ({"guests": [{"name": "Gun", "phone": "070"}] * 11}, "guests"),
        ({"reason": "x" * 201}, "reason"),
    ],
)
def test_the_problem_names_the_field_at_fault(clinician: Browser, change: dict[str, object], field: str) -> None:
    reply = clinician.post("/visits", _booking() | change)
    assert (reply.code, reply.json["field"]) == ("bad_input", field)


def test_a_missing_field_is_named(clinician: Browser) -> None:
    booking = _booking()
    del booking["starts_at"]
    assert clinician.post("/visits", booking).json["field"] == "starts_at"


def test_a_query_parameter_of_the_wrong_form_is_named(clinician: Browser) -> None:
    reply = clinician.get("/agenda?date=today")
    assert (reply.code, reply.json["field"]) == ("bad_input", "date")


@pytest.mark.parametrize("visit_id", ["a" * 65, "a%20b", "%00", "visit%23x", "a.b"])
def test_what_can_be_no_id_is_not_found(clinician: Browser, visit_id: str) -> None:
    assert clinician.get(f"/visits/{visit_id}").code == "not_found"


def test_not_there_and_not_yours_are_told_in_the_same_words(clinician: Browser, ports: FakePorts) -> None:
    """S6."""
    foreign = a_visit(participants=(a_visit().participants[1],))
    ports.store.seed(foreign)
    theirs, nobodys = clinician.get(f"/visits/{foreign.visit_id}"), clinician.get("/visits/v_nobodys")
    assert theirs.status == nobodys.status == 404
    assert theirs.text == nobodys.text


def test_another_organisations_patient_is_not_there(clinician: Browser, ports: FakePorts) -> None:
    """O1."""
    ports.store.seed(replace(a_patient(), org_id="SE5560000000"))
    assert clinician.get(f"/patients/{a_patient().patient_id}").code == "not_found"


def test_no_error_repeats_what_was_sent(clinician: Browser) -> None:
    personal = "19440813-9089"
    for body in (
        {"number": [personal]},
        {personal: 1},
        {"number": "x", "name": personal},
        {"number": personal[:-1] + "8"},
    ):
        assert personal[:-1] not in clinician.post("/patients/search", body).text


def test_what_fails_here_is_told_without_a_trace(
    clinician: Browser, ports: FakePorts, monkeypatch: pytest.MonkeyPatch, log: StringIO
) -> None:
    """Neither the answer nor the log holds the exception's own words, which may hold a person's."""

    def fail(*_: object) -> None:
        raise RuntimeError("19440813-9089 could not be read")

    monkeypatch.setattr(ports.store, "patient", fail)
    reply = clinician.post("/patients/search", {"number": ANNA})
    assert (reply.status, reply.code) == (500, "internal")
    assert "Traceback" not in reply.text
    (line,) = log.getvalue().splitlines()
    told = json.loads(line)
    assert told["operation"] == "POST /patients/search"
    assert told["error"] == "RuntimeError"
    assert told["place"].startswith("find_patient.py:")
    assert "1944" not in reply.text + line


def test_who_is_kept_out_is_in_the_log_under_a_hashed_address(clinician: Browser, log: StringIO) -> None:
    """OWASP ASVS 5.0, V16.3.2 and V16.3.3. Who only is not logged in, or looks for what is not there, is not."""
    clinician.get("/visits/v_nobodys")
    clinician.csrf_token = ""
    clinician.post("/patients/search", {"number": ANNA})
    (told,) = [json.loads(line) for line in log.getvalue().splitlines()]
    assert (told["operation"], told["code"]) == ("POST /patients/search", "csrf_rejected")
    assert re.fullmatch("[0-9a-f]{32}", told["caller"])
    assert ANNA not in log.getvalue()


def test_who_tries_what_gets_through_is_in_the_log(clinician: Browser, log: StringIO) -> None:
    """OWASP ASVS 5.0, V16.3.3. A number or an address with a slip of the pen is an ordinary day."""
    clinician.post("/patients/search", {"number": ANNA[:-1] + "1"})
    clinician.post("/patients/search", {"number": ANNA, "role": "admin"})
    clinician.send("POST", "/patients/search", b"x" * (64 * 1024 + 1), JSON)
    told = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [each["code"] for each in told] == ["bad_input", "body_too_large"]
    assert all(re.fullmatch("[0-9a-f]{32}", each["caller"]) for each in told)
    assert ANNA not in log.getvalue()


def test_metrics_count_by_route_and_name_nobody(
    clinician: Browser, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A3."""
    monkeypatch.delenv("POWERTOOLS_METRICS_DISABLED")
    clinician.get("/visits/v_nobodys")
    (metrics,) = [json.loads(line) for line in capfd.readouterr().out.splitlines() if "_aws" in line]
    assert metrics["operation"] == "GET /visits/{visit_id}"
    assert (metrics["Requests"], metrics["Refused"], metrics["Failed"]) == ([1.0], [1.0], [0.0])


def test_every_answer_is_uncached_unsniffed_and_unframed(clinician: Browser) -> None:
    replies: list[Reply] = [
        clinician.get("/session"),
        clinician.get("/visits/v_nobodys"),
        clinician.get("/login"),
        clinician.get("/docs"),
        clinician.post("/logout"),
    ]
    for reply in replies:
        assert reply.headers.items() >= SECURITY_HEADERS.items()
        policy = reply.headers["content-security-policy"].split("; ")
        assert {"default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"} <= set(policy)
        assert reply.headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"


def _booking() -> dict[str, object]:
    return {
        "request_id": "00000000-0000-4000-8000-000000000000",
        "patients": [{"patient_id": a_patient().patient_id}],
        "starts_at": "2026-11-24T10:00:00Z",
        "duration_minutes": 30,
        "reason": "Återbesök",
    }
