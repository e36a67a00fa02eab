"""The API's document: made from the routes, current, and readable as a page."""

import re
from pathlib import Path
from typing import Any

import pytest

import chalicelib
from chalicelib.api import openapi
from chalicelib.api.routes import ENDPOINTS
from tests.browser import Browser

DOCUMENT = openapi.document(ENDPOINTS)
OPEN_TO_SYSTEMS = {"/fhir/R4/metadata", "/oauth/token"}
OPERATIONS = [(path, method, one) for path, ops in DOCUMENT["paths"].items() for method, one in ops.items()]


def test_the_committed_document_is_current() -> None:
    """If this fails: `PYTHONPATH=functions python -m chalicelib.api.openapi`."""
    assert openapi.FILE.read_text(encoding="utf-8") == openapi.text(ENDPOINTS)


def test_the_document_is_the_same_each_time() -> None:
    assert openapi.text(ENDPOINTS) == openapi.text(ENDPOINTS)


def test_every_route_is_deployed_once_under_a_name_of_its_own(browser: Browser) -> None:
    assert len({(one.method, one.path) for one in ENDPOINTS}) == len({one.name for one in ENDPOINTS}) == len(ENDPOINTS)
    assert len(OPERATIONS) == len(ENDPOINTS)


def test_every_reference_leads_somewhere() -> None:
    names = set(re.findall(r"#/components/schemas/(\w+)", openapi.text(ENDPOINTS)))
    assert names == set(DOCUMENT["components"]["schemas"])


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=lambda v: v if isinstance(v, str) else "")
def test_every_operation_says_who_may_call_it_and_how_it_fails(
    path: str, method: str, operation: dict[str, Any]
) -> None:
    (audience,) = operation["tags"]
    demanded = set().union(*operation["security"])
    assert (
        demanded
        == {
            ("public", False): set(),
            ("public", True): set(),
            ("staff", False): {"staff_session"},
            ("staff", True): {"staff_session", "csrf"},
            ("visitor", False): {"visitor_session"},
            ("visitor", True): {"visitor_session", "csrf"},
            ("system", False): {"system_token"},
            ("system", True): {"system_token"},
        }[audience, method != "get"]
        or path in OPEN_TO_SYSTEMS
    )
    default = "Outcome" if audience == "system" else "Problem"
    assert operation["responses"]["default"] == {"$ref": f"#/components/responses/{default}"}
    assert operation["summary"]
    in_path = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
    assert in_path == set(re.findall(r"{(\w+)}", path))


NOT_OF_THE_API = {
    *("stale_login", "login_cancelled", "login_too_weak", "not_staff", "idp_unavailable"),  # /logga-in?fel=
    *("bad_receipt", "bad_delivery_log", "early_receipt"),
    *("bad_call_event", "media_unreachable", "media_refused", "live_unavailable", "unknown_action", "message_refused"),
}


def test_every_code_that_is_raised_is_in_the_document() -> None:
    """`code` is what the pages translate, so that none may come as a surprise."""
    sources = [path.read_text(encoding="utf-8") for path in Path(chalicelib.__file__).parent.rglob("*.py")]
    raised = {code for text in sources for code in re.findall(r'\bcode="(\w+)"', text)}
    told = {code for _, _, one in OPERATIONS for r in one["responses"].values() for code in _codes(r)}
    assert raised - NOT_OF_THE_API <= told
    assert {"link_expired", "link_ended", "link_cancelled"} <= told
    assert "link_dead" not in told


def _codes(response: dict[str, Any]) -> list[str]:
    return re.findall(r"\w+", response.get("description", ""))


def test_every_route_but_the_public_ones_refuses_strangers(browser: Browser) -> None:
    """S6: the audience is enforced for each route, not only written down."""
    for one in ENDPOINTS:
        if one.audience != "public" and one.path not in OPEN_TO_SYSTEMS:
            path = re.sub(r"{\w+}", "x", one.path)
            assert browser.request(one.method, path, {} if one.body else None).status == 401, path


def test_the_served_document_is_the_committed_one(browser: Browser) -> None:
    reply = browser.get("/openapi.json")
    assert reply.headers["content-type"] == "application/json"
    assert reply.text == openapi.FILE.read_text(encoding="utf-8")


def test_the_page_shows_every_operation_and_every_shape_and_loads_nothing_from_elsewhere(browser: Browser) -> None:
    reply = browser.get("/docs")
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    for path, _, operation in OPERATIONS:
        assert f"<code>/api{path}</code>" in reply.text
        assert f"<details id={operation['operationId']}>" in reply.text
    for name in DOCUMENT["components"]["schemas"]:
        assert f"<details id={name}>" in reply.text
    assert not re.search(r"<script|<link|src=|href=.?http|@import|url\(", reply.text)


def test_health_answers_without_asking_anyone(browser: Browser) -> None:
    reply = browser.get("/health")
    assert (reply.status, reply.json) == (200, {"status": "ok"})
