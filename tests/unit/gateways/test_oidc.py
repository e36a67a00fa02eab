"""Staff login by OpenID Connect, against the simulated identity provider and a crooked one (L1)."""

import base64
import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from chalicelib.errors import IdpUnavailable, StaleLogin, TooManyAttempts
from chalicelib.gateways.oidc import OidcIdentityProvider
from local.simulators.idp import CODES
from tests.unit.gateways.conftest import Canned, Simulators

CALLBACK = "http://localhost:8000/api/login/callback"
HOME = "http://localhost:8000/"
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
SECRET = "local"
KARIN, MARIA = "SE2321000115-E001", "SE2321000115-E008"


def provider(
    issuer: str, client_secret: str = SECRET, clock: Callable[[], float] = time.monotonic
) -> OidcIdentityProvider:
    return OidcIdentityProvider(
        issuer,
        client_id="vardrum",
        client_secret=client_secret,
        redirect_uri=CALLBACK,
        post_logout_redirect_uri=HOME,
        clock=clock,
    )


@pytest.fixture
def idp(simulators: Simulators) -> Iterator[OidcIdentityProvider]:
    with closing(provider(f"{simulators.url}/idp")) as gateway:
        yield gateway


def log_in(idp: OidcIdentityProvider, simulators: Simulators, hsa_id: str = KARIN, nonce: str = "nonce-1") -> str:
    """What the browser does: open the login page, press a clinician's button, come back with a code."""
    page = httpx.get(idp.authorization_url("state-1", nonce, CHALLENGE))
    hidden = {n: unescape(v) for n, v in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text)}
    answer = httpx.post(f"{simulators.url}/idp/authorize", data=hidden | {"clinician": hsa_id})
    back = urlsplit(answer.headers["Location"])
    query = parse_qs(back.query)
    assert f"{back.scheme}://{back.netloc}{back.path}" == CALLBACK
    assert query["state"] == ["state-1"]
    return query["code"][0]


def test_the_clinician_comes_back_with_every_claim(idp: OidcIdentityProvider, simulators: Simulators) -> None:
    staff = idp.exchange(log_in(idp, simulators), VERIFIER, "nonce-1")
    assert (staff.hsa_id, staff.given_name, staff.family_name) == (KARIN, "Karin", "Ek")
    (commission,) = staff.commissions
    assert (commission.commission_id, commission.name) == ("SE2321000115-HUDVOB", "Hudmottagningen Halmstad")
    assert (commission.unit_id, commission.care_provider_id) == ("SE2321000115-HUD", "SE2321000115")


def test_someone_with_several_commissions_comes_back_with_all_and_chooses_none_there(
    idp: OidcIdentityProvider, simulators: Simulators
) -> None:
    """L1: Inera's IdP asks the person only when a single commission's claim is requested."""
    staff = idp.exchange(log_in(idp, simulators, MARIA), VERIFIER, "nonce-1")
    assert [(each.name, each.purpose) for each in staff.commissions] == [
        ("Barnläkare", "Vård och behandling"),
        ("Konsult barnhud", "Vård och behandling"),
        ("Kvalitetsregister", "Kvalitetssäkring"),
    ]


def test_the_login_page_has_a_button_for_each_clinician(idp: OidcIdentityProvider) -> None:
    page = httpx.get(idp.authorization_url("s", "n", CHALLENGE)).text
    for name in ("Karin Ek", "Mikael Sjöberg", "Leila Ahmadi", "Per Nordin"):
        assert f"<strong>{name}</strong>" in page


def test_the_question_asks_for_code_proof_key_and_assurance_level_3(idp: OidcIdentityProvider) -> None:
    query = parse_qs(urlsplit(idp.authorization_url("s", "n", CHALLENGE)).query)
    assert query["response_type"] == ["code"]
    assert (query["code_challenge"], query["code_challenge_method"]) == ([CHALLENGE], ["S256"])
    assert query["acr_values"] == ["http://id.sambi.se/loa/loa3"]
    assert query["max_age"] == [str(12 * 3600)]
    assert query["scope"] == ["openid"]
    claims = json.loads(query["claims"][0])["id_token"]
    assert claims["acr"] == {"essential": True, "value": "http://id.sambi.se/loa/loa3"}
    assert not [name for name in claims if name.startswith("commission")]


def test_a_code_works_once(idp: OidcIdentityProvider, simulators: Simulators) -> None:
    code = log_in(idp, simulators)
    idp.exchange(code, VERIFIER, "nonce-1")
    with pytest.raises(StaleLogin):
        idp.exchange(code, VERIFIER, "nonce-1")


def test_a_code_without_its_proof_key_is_refused(idp: OidcIdentityProvider, simulators: Simulators) -> None:
    with pytest.raises(StaleLogin):
        idp.exchange(log_in(idp, simulators), "w" * 43, "nonce-1")


def test_an_invented_code_is_refused(idp: OidcIdentityProvider) -> None:
    with pytest.raises(StaleLogin):
        idp.exchange("invented", VERIFIER, "nonce-1")


def test_a_code_older_than_a_minute_is_refused(simulators: Simulators, idp: OidcIdentityProvider) -> None:
    code = log_in(idp, simulators)
    simulators.app[CODES].clock = lambda: 4_000_000_000.0
    with pytest.raises(StaleLogin):
        idp.exchange(code, VERIFIER, "nonce-1")


def test_a_token_of_another_login_is_refused(idp: OidcIdentityProvider, simulators: Simulators) -> None:
    code = log_in(idp, simulators, nonce="nonce-of-another")
    with pytest.raises(StaleLogin):
        idp.exchange(code, VERIFIER, "nonce-1")


def test_a_rotated_key_is_fetched_but_not_again_and_again(simulators: Simulators) -> None:
    now_s = 1000.0
    with closing(provider(f"{simulators.url}/idp", clock=lambda: now_s)) as idp:
        idp.exchange(log_in(idp, simulators), VERIFIER, "nonce-1")
        httpx.post(f"{simulators.url}/idp/rotate").raise_for_status()
        with pytest.raises(StaleLogin):
            idp.exchange(log_in(idp, simulators), VERIFIER, "nonce-1")
        now_s += 11
        assert idp.exchange(log_in(idp, simulators), VERIFIER, "nonce-1").hsa_id == KARIN


def test_a_login_is_answered_a_bounded_number_of_times(idp: OidcIdentityProvider, simulators: Simulators) -> None:
    """L1: each answer makes us ask the identity provider; the right code comes too late then."""
    for _ in range(5):
        with pytest.raises(StaleLogin):
            idp.exchange("guess", VERIFIER, "nonce-1")
    with pytest.raises(TooManyAttempts):
        idp.exchange(log_in(idp, simulators), VERIFIER, "nonce-1")
    assert idp.exchange(log_in(idp, simulators, nonce="nonce-2"), VERIFIER, "nonce-2").hsa_id == KARIN


def test_who_says_no_at_the_provider_comes_back_with_that(idp: OidcIdentityProvider, simulators: Simulators) -> None:
    """RFC 6749 4.1.2.1."""
    form = {"redirect_uri": CALLBACK, "state": "state-1", "clinician": ""}
    answer = httpx.post(f"{simulators.url}/idp/authorize", data=form)
    assert answer.headers["Location"] == f"{CALLBACK}?error=access_denied&state=state-1"


def test_a_wrong_client_secret_is_our_fault_not_the_users(simulators: Simulators) -> None:
    with closing(provider(f"{simulators.url}/idp", client_secret="wrong")) as idp, pytest.raises(IdpUnavailable):
        idp.exchange(log_in(idp, simulators), VERIFIER, "nonce-1")


def test_the_address_of_logout_says_who_we_are_and_nothing_of_the_clinician(
    idp: OidcIdentityProvider, simulators: Simulators
) -> None:
    """RP-Initiated Logout 1.0, 2: `client_id` in the place of an `id_token_hint`, which addresses and logs would show."""
    idp.exchange(log_in(idp, simulators), VERIFIER, "nonce-1")
    query = parse_qs(urlsplit(idp.logout_url()).query)
    assert query == {"client_id": ["vardrum"], "post_logout_redirect_uri": [HOME]}


def test_the_simulator_sends_only_its_own_client_home(idp: OidcIdentityProvider) -> None:
    address = idp.logout_url().replace("client_id=vardrum", "client_id=someone-else")
    assert "Location" not in httpx.get(address).headers


def test_logout_ends_the_session_there_and_comes_home(idp: OidcIdentityProvider) -> None:
    answer = httpx.get(idp.logout_url())
    assert (answer.status_code, answer.headers["Location"]) == (302, HOME)


def test_a_provider_that_does_not_answer_is_unavailable(closed_port: str) -> None:
    with closing(provider(closed_port)) as idp, pytest.raises(IdpUnavailable):
        idp.authorization_url("s", "n", CHALLENGE)


def discovery(issuer: str, **changes: Any) -> str:
    document = {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks",
    }
    return json.dumps(document | changes)


def test_a_provider_without_logout_sends_the_browser_home(canned: Canned) -> None:
    canned.answer(200, discovery(canned.url))
    with closing(provider(canned.url)) as idp:
        assert idp.logout_url() == HOME


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, discovery("https://another.example")),
        (200, "<html>"),
        (200, "{}"),
        (404, "{}"),
        (200, '{"issuer": 7}'),
        (200, " " * 300_000),
    ],
)
def test_a_discovery_document_that_is_not_its_own_is_refused(canned: Canned, status: int, body: str) -> None:
    canned.answer(status, body)
    with closing(provider(canned.url)) as idp, pytest.raises(IdpUnavailable):
        idp.authorization_url("s", "n", CHALLENGE)


def test_endpoints_that_leave_http_and_https_are_refused(canned: Canned) -> None:
    canned.answer(200, discovery(canned.url, token_endpoint="ftp://elsewhere.example/token"))
    with closing(provider(canned.url)) as idp, pytest.raises(IdpUnavailable):
        idp.authorization_url("s", "n", CHALLENGE)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, "{}"),
        (200, "<html>"),
        (200, " " * 300_000),
        (200, '{"id_token": 7}'),
        (500, "{}"),
        (400, '{"error": "invalid_request"}'),
    ],
)
def test_a_token_answer_that_is_none_is_unavailable(canned: Canned, status: int, body: str) -> None:
    canned.answer(200, discovery(canned.url))
    canned.answer(status, body)
    with closing(provider(canned.url)) as idp, pytest.raises(IdpUnavailable):
        idp.exchange("code", VERIFIER, "nonce-1")


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "someone-else"},
        {"redirect_uri": "https://evil.example/"},
    ],
)
def test_the_simulator_tells_an_unknown_client_on_its_own_page(
    idp: OidcIdentityProvider, changed: dict[str, str]
) -> None:
    url = urlsplit(idp.authorization_url("s", "n", CHALLENGE))
    query = {name: values[0] for name, values in parse_qs(url.query).items()} | changed
    answer = httpx.get(f"{url.scheme}://{url.netloc}{url.path}", params=query)
    assert answer.status_code == 400
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    "changed", [{"code_challenge_method": "plain"}, {"nonce": ""}, {"scope": "profile"}, {"claims": "{"}]
)
def test_the_simulator_demands_proof_key_nonce_and_scope(idp: OidcIdentityProvider, changed: dict[str, str]) -> None:
    url = urlsplit(idp.authorization_url("s", "n", CHALLENGE))
    query = {name: values[0] for name, values in parse_qs(url.query).items()} | changed
    answer = httpx.get(f"{url.scheme}://{url.netloc}{url.path}", params=query)
    assert "error=invalid_request" in answer.headers["Location"]
