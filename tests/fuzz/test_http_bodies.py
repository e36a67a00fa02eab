"""Whatever is sent to a route or a live socket, the answer is a problem of the caller's, and nothing changes."""

import json
import re
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib import bootstrap
from chalicelib.api.endpoint import Endpoint
from chalicelib.api.routes import ENDPOINTS
from tests.browser import Browser
from tests.builders import a_guest, a_patient, a_staff_member, a_unit, an_organisation
from tests.fake_ports import FakePorts
from tests.unit.api.conftest import identity, logged_in
from tests.unit.api.visitors import open_link, opened

WITH_BODY = [one for one in ENDPOINTS if one.body is not None and one.body_read]
JSON = {"content-type": "application/json"}

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=50)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Staff of every role and a visitor in one browser: both cookies are good, so that the body is what is judged."""
    ports = FakePorts()
    member = replace(a_staff_member(), roles=("clinician", "admin", "support"))
    ports.store.seed(an_organisation(), a_unit(), member, a_patient())
    ports.identity_provider.identities["ek"] = identity()
    environment = {"AWS_REGION": "eu-north-1", "POWERTOOLS_METRICS_DISABLED": "true"}
    with patch.object(bootstrap, "ports", lambda: ports), patch.dict("os.environ", environment):
        staff = logged_in(Browser(ports))
        staff_token = staff.csrf_token
        open_link(staff, opened(ports, guest=a_guest()), "guest")
        tokens = {"staff": staff_token, "visitor": staff.csrf_token, "public": ""}
        staff.headers["x-fuzz"] = json.dumps(tokens)
        yield staff


def _send(browser: Browser, one: Endpoint, body: bytes) -> int:
    browser.csrf_token = json.loads(browser.headers["x-fuzz"])[one.audience]
    path = re.sub(r"{\w+}", "v_fuzz", one.path)
    reply = browser.send(one.method, path, body, JSON)
    if reply.status >= 400:
        assert set(reply.json) <= {"title", "status", "code", "detail", "field"}
    return reply.status


def _shaped(one: Endpoint) -> st.SearchStrategy[dict[str, object]]:
    """Objects with the right names and any values: they reach further than noise."""
    names: tuple[str, ...] = one.body.__struct_fields__
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, values))


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("one", WITH_BODY, ids=lambda one: f"{one.method} {one.path}")
def test_bytes_that_are_no_json_are_bad_input(browser: Browser, one: Endpoint) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.binary(max_size=200).filter(lambda body: not _is_json(body)))
    def check(body: bytes) -> None:
        assert _send(browser, one, body) == 400 or not (body or one.body_required)

    check()


@pytest.mark.parametrize("one", WITH_BODY, ids=lambda one: f"{one.method} {one.path}")
def test_json_of_another_shape_never_fails_here(browser: Browser, one: Endpoint) -> None:
    @settings(max_examples=60, deadline=None)
    @given(values | _shaped(one))
    def check(body: object) -> None:
        assert _send(browser, one, json.dumps(body).encode()) < 500

    check()


@settings(max_examples=200, deadline=None)
@given(message=st.text(max_size=300) | values.map(json.dumps))
def test_any_live_message_is_answered_and_nothing_is_written(browser: Browser, message: str) -> None:
    browser.ports.store.counts.clear()
    _, connection = browser.connect("staff")
    before = len(browser.ports.store.commits)
    answers = browser.say(connection, message)
    assert [answer["type"] for answer in answers] == ["error"]
    assert answers[0]["code"] in {"bad_input", "not_found"}
    assert len(browser.ports.store.commits) == before
    browser.close(connection)


@settings(max_examples=100, deadline=None)
@given(cookie=st.text(st.characters(codec="latin-1", exclude_characters="\r\n\x00"), max_size=300))
def test_any_cookie_header_is_read_without_failing(browser: Browser, cookie: str) -> None:
    assert browser.send("GET", "/session", b"", {"cookie": cookie}).code == "not_logged_in"
