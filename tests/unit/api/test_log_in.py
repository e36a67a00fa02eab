"""Logging in and out through the HTTP door (L1)."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable, Sequence
from io import StringIO
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Change, Delete
from chalicelib.domain.session import StaffSession
from chalicelib.errors import IdpUnavailable
from tests.browser import Browser, heard
from tests.builders import EK
from tests.fake_ports import FakePorts
from tests.unit.api.conftest import identity, logged_in


def _started(browser: Browser, return_to: str = "/") -> dict[str, str]:
    """Start a login; what the browser takes to the identity provider."""
    reply = (
        browser.send("GET", "/login", b"", None) if return_to == "/" else browser.get(f"/login?return_to={return_to}")
    )
    assert reply.status == 302
    return {name: values[0] for name, values in parse_qs(urlsplit(reply.headers["location"]).query).items()}


def _silent(*_: str) -> str:
    raise IdpUnavailable("the identity provider does not answer")


def test_login_leads_to_the_identity_provider_with_state_nonce_and_challenge(browser: Browser) -> None:
    """L1; RFC 7636, RFC 9700 2.1.1."""
    query = _started(browser)
    assert len({query["state"], query["nonce"], query["code_challenge"]}) == 3
    assert all(len(query[name]) == 43 for name in ("state", "nonce", "code_challenge"))


def test_a_deep_link_returns_to_its_target_after_login(browser: Browser) -> None:
    """L1."""
    state = _started(browser, "/besok/v_1?flik=chatt")["state"]
    reply = browser.get(f"/login/callback?state={state}&code=ek")
    assert (reply.status, reply.headers["location"]) == (302, "/besok/v_1?flik=chatt")


@pytest.mark.parametrize(
    "target",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/%09/evil.example\t", "besok", "", "/a" * 600],
)
def test_login_never_returns_to_another_site(browser: Browser, target: str) -> None:
    """L1; RFC 9700 4.11."""
    state = _started(browser, quote(target, safe=""))["state"]
    location = browser.get(f"/login/callback?state={state}&code=ek").headers["location"]
    assert location == "/"


def test_the_session_cookie_is_for_this_host_alone_and_out_of_reach_of_scripts(browser: Browser) -> None:
    """L1."""
    state = _started(browser)["state"]
    reply = browser.get(f"/login/callback?state={state}&code=ek")
    session, login = reply.set_cookies
    assert session.startswith("__Host-staff=")
    assert session.split("; ")[1:] == ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"]
    assert login.startswith("__Host-login=;")
    assert "Max-Age=0" in login


def test_the_session_names_the_clinician_as_the_organisation_knows_them(clinician: Browser) -> None:
    """L1."""
    view = clinician.get("/session").json
    assert (view["hsa_id"], view["name"], view["org_name"]) == (EK, "Eva Ek", "Region Halland")
    assert view["unit_name"] == "Hudmottagningen Halmstad"


def test_no_secret_is_stored_as_it_is_sent(clinician: Browser, ports: FakePorts) -> None:
    assert len(ports.store.of(StaffSession)) == 1
    assert clinician.cookies["__Host-staff"] not in ports.store.written()


def test_an_answer_of_another_login_is_refused(browser: Browser, another_browser: Callable[[], Browser]) -> None:
    """L1: a link to someone else's login logs nobody in."""
    foreign = _started(another_browser())["state"]
    _started(browser)
    reply = browser.get(f"/login/callback?state={foreign}&code=ek")
    assert reply.headers["location"] == "/logga-in?fel=stale_login"
    assert "__Host-staff" not in browser.cookies


def test_an_answer_without_the_cookie_of_its_login_is_refused(browser: Browser) -> None:
    """L1."""
    state = _started(browser)["state"]
    browser.cookies.clear()
    assert browser.get(f"/login/callback?state={state}&code=ek").headers["location"] == "/logga-in?fel=stale_login"


def test_a_login_cookie_that_has_been_changed_is_no_login(
    browser: Browser, another_browser: Callable[[], Browser]
) -> None:
    """L1: neither another way back under an old signature, nor another login's signature."""
    state = _started(browser)["state"]
    other = another_browser()
    _started(other, "/besok/v_1")
    (content, signature), (foreign, _) = (each.cookies["__Host-login"].split(".") for each in (browser, other))
    for forged in (f"{foreign}.{signature}", f"{content}.", content, f".{signature}", f"{content}.{signature[::-1]}"):
        browser.cookies = {"__Host-login": forged}
        reply = browser.get(f"/login/callback?state={state}&code=ek")
        assert reply.headers["location"] == "/logga-in?fel=stale_login"


def test_a_login_cookie_shows_no_secret_and_none_is_in_the_address(browser: Browser) -> None:
    """L1: state and nonce go to the provider, the proof key nowhere before its code is traded."""
    started = _started(browser)
    cookie = browser.cookies["__Host-login"]
    content = urlsafe_b64decode(cookie.split(".")[0] + "==").decode()
    for secret in (started["state"], started["nonce"], started["code_challenge"]):
        assert secret not in cookie
        assert secret not in content


def test_a_login_is_completed_once(browser: Browser) -> None:
    """L1."""
    state = _started(browser)["state"]
    login = browser.cookies["__Host-login"]
    browser.get(f"/login/callback?state={state}&code=ek")
    browser.cookies = {"__Host-login": login}
    assert browser.get(f"/login/callback?state={state}&code=ek").headers["location"].endswith("fel=stale_login")


def test_a_login_left_lying_for_ten_minutes_is_stale(browser: Browser, ports: FakePorts) -> None:
    """L1."""
    state = _started(browser)["state"]
    ports.clock.advance(minutes=10)
    assert browser.get(f"/login/callback?state={state}&code=ek").headers["location"].endswith("fel=stale_login")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("error=access_denied", "login_cancelled"),
        ("error=unmet_authentication_requirements", "login_cancelled"),
        ("error=temporarily_unavailable", "idp_unavailable"),
        ("error=server_error", "idp_unavailable"),
        ("code=", "login_cancelled"),
        ("code=unknown", "stale_login"),
    ],
)
def test_a_login_that_the_provider_did_not_complete_leads_back_to_the_login_page(
    browser: Browser, query: str, code: str
) -> None:
    """L1; RFC 6749 4.1.2.1."""
    state = _started(browser)["state"]
    assert browser.get(f"/login/callback?state={state}&{query}").headers["location"] == f"/logga-in?fel={code}"


DEEP, CARRIED = "/besok/v_1?flik=chatt", "return_to=%2Fbesok%2Fv_1%3Fflik%3Dchatt"


@pytest.mark.parametrize(
    ("answer", "code"), [("error=access_denied", "login_cancelled"), ("code=stranger", "not_staff")]
)
def test_a_failed_login_keeps_where_it_was_to_lead(browser: Browser, ports: FakePorts, answer: str, code: str) -> None:
    """L1: the login page begins anew from there."""
    ports.identity_provider.identities["stranger"] = identity(hsa_id="SE2321000115-E999")
    state = _started(browser, DEEP)["state"]
    reply = browser.get(f"/login/callback?state={state}&{answer}")
    assert reply.headers["location"] == f"/logga-in?fel={code}&{CARRIED}"


def test_a_login_that_could_not_start_keeps_where_it_was_to_lead(
    browser: Browser, ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """L1; RFC 9700 4.11: and still leads to no other site."""
    monkeypatch.setattr(ports.identity_provider, "authorization_url", _silent)
    kept = browser.get(f"/login?return_to={quote(DEEP, safe='')}")
    assert kept.headers["location"] == f"/logga-in?fel=idp_unavailable&{CARRIED}"
    foreign = browser.get(f"/login?return_to={quote('//evil.example', safe='')}")
    assert foreign.headers["location"] == "/logga-in?fel=idp_unavailable"


def test_someone_who_is_not_our_staff_is_told_so(browser: Browser, ports: FakePorts) -> None:
    """L1."""
    ports.identity_provider.identities["stranger"] = identity(hsa_id="SE2321000115-E999")
    state = _started(browser)["state"]
    reply = browser.get(f"/login/callback?state={state}&code=stranger")
    assert reply.headers["location"] == "/logga-in?fel=not_staff"
    assert ports.store.of(StaffSession) == []


def test_logout_ends_the_session_on_the_server(clinician: Browser) -> None:
    """L1: the cookie is worth nothing afterwards."""
    kept = dict(clinician.cookies)
    reply = clinician.post("/logout")
    assert reply.json == {"redirect_to": "https://idp.example/logout"}
    assert "__Host-staff" not in clinician.cookies
    clinician.cookies = kept
    assert clinician.get("/session").code == "not_logged_in"


def test_logins_and_logouts_are_in_the_access_log(clinician: Browser, ports: FakePorts) -> None:
    """S6."""
    clinician.post("/logout")
    assert [(e.user, e.action) for e in ports.store.of(AuditEntry)] == [(EK, "session.start"), (EK, "session.end")]


def test_a_session_ends_after_an_hour_without_use(clinician: Browser, ports: FakePorts) -> None:
    ports.clock.advance(minutes=61)
    assert clinician.get("/session").code == "not_logged_in"


def test_a_session_in_use_lasts_twelve_hours_and_no_longer(clinician: Browser, ports: FakePorts) -> None:
    for _ in range(23):
        ports.clock.advance(minutes=30)
        assert clinician.get("/session").status == 200
    ports.clock.advance(minutes=30)
    assert clinician.get("/session").code == "not_logged_in"


def test_a_session_in_use_is_written_at_most_each_five_minutes(clinician: Browser, ports: FakePorts) -> None:
    written = len(ports.store.commits)
    for _ in range(9):
        ports.clock.advance(minutes=1)
        clinician.get("/session")
    assert len(ports.store.commits) == written + 1


def test_a_request_under_way_does_not_bring_back_a_session_that_logged_out(
    clinician: Browser, ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """L1: the session is read, then ended by another request, then kept awake."""
    (session,) = ports.store.of(StaffSession)
    ports.clock.advance(minutes=10)
    commit = ports.store.commit

    def commit_after_a_logout(changes: Sequence[Change]) -> None:
        commit([Delete(session)])
        commit(changes)

    monkeypatch.setattr(ports.store, "commit", commit_after_a_logout)
    assert clinician.get("/session").status == 200
    assert ports.store.of(StaffSession) == []


def test_two_logins_are_two_sessions(clinician: Browser, another_browser: Callable[[], Browser]) -> None:
    other = logged_in(another_browser())
    clinician.post("/logout")
    assert other.get("/session").status == 200


def test_a_silent_identity_provider_is_told_on_the_login_page(
    browser: Browser, ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """L1."""
    before = ports.store.written()
    monkeypatch.setattr(ports.identity_provider, "authorization_url", _silent)
    assert browser.get("/login").headers["location"] == "/logga-in?fel=idp_unavailable"
    assert ports.store.written() == before


def test_logout_is_done_also_when_the_identity_provider_is_silent(
    clinician: Browser, ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """L1."""
    monkeypatch.setattr(ports.identity_provider, "logout_url", _silent)
    assert clinician.post("/logout").json == {"redirect_to": "https://vardrum.example/logga-in"}
    assert ports.store.of(StaffSession) == []


def test_logins_started_from_one_place_are_bounded(browser: Browser, ports: FakePorts) -> None:
    for _ in range(600):
        assert browser.get("/login").headers["location"].startswith("https://idp.example/")
    assert browser.get("/login").headers["location"] == "/logga-in?fel=too_many_attempts"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_begins_no_login(browser: Browser, site: str) -> None:
    """OWASP ASVS 5.0, V7.6.2: a session at the provider is not turned into one here without a click on our page."""
    browser.headers["sec-fetch-site"] = site
    reply = browser.get("/login?return_to=/besok/v_1")
    assert reply.headers["location"] == "/logga-in?return_to=%2Fbesok%2Fv_1"
    assert browser.get("/login?return_to=//evil.example").headers["location"] == "/logga-in"
    assert "__Host-login" not in browser.cookies


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_page_and_an_address_that_is_typed_begin_one(browser: Browser, site: str) -> None:
    """L1."""
    browser.headers["sec-fetch-site"] = site
    assert len(_started(browser)["state"]) == 43


def test_a_login_that_failed_is_in_the_log_with_its_reason(browser: Browser, log: StringIO) -> None:
    """OWASP ASVS 5.0, V16.3.1: also where it is not known who it was."""
    state = _started(browser)["state"]
    browser.get(f"/login/callback?state={state}&error=access_denied")
    (told,) = [json.loads(line) for line in log.getvalue().splitlines()]
    assert (told["operation"], told["code"]) == ("GET /login/callback", "login_cancelled")
    assert state not in log.getvalue()


def test_a_new_login_in_the_same_browser_ends_the_session_before_it(clinician: Browser, ports: FakePorts) -> None:
    """OWASP ASVS 5.0, V7.2.4. Whoever had copied its cookie has nothing; its open pages begin anew under the new one."""
    before = clinician.cookies["__Host-staff"]
    _, connection = clinician.connect("staff")
    state = _started(clinician)["state"]
    clinician.get(f"/login/callback?state={state}&code=ek")
    assert clinician.get("/session").status == 200
    assert {"type": "session.ended", "reason": "switched"} in heard(ports, connection)
    clinician.cookies["__Host-staff"] = before
    assert clinician.get("/session").code == "not_logged_in"


def test_a_login_that_fails_leaves_the_session_that_is(clinician: Browser) -> None:
    """L1: nobody is logged out by a link to a broken login."""
    _started(clinician)
    clinician.get("/login/callback?state=another&code=ek")
    assert clinician.get("/session").status == 200
