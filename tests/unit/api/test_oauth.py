"""V5: another system shows who it is by client credentials, and comes with a short-lived token."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec.structs import replace

from chalicelib.api.request import Request
from chalicelib.domain.integration_client import SCOPES
from chalicelib.domain.sealed import derived_key
from chalicelib.services.identify_client import Shown
from chalicelib.services.system_access import REQUESTS, issue_token, resume_system
from tests.browser import Browser
from tests.builders import INTEGRATION_KEY, NOW
from tests.fake_ports import FakePorts
from tests.unit.api.systems import SECRET, BookingSystem, a_client, an_appointment, with_integration

TOKEN_URL = "https://vardrum.example/api/oauth/token"
JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
KEY = ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def vas(ports: FakePorts) -> BookingSystem:
    return with_integration(ports)


def public_pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def test_a_secret_gives_a_token_for_ten_minutes(vas: BookingSystem) -> None:
    """RFC 6749 4.4, 5.1."""
    reply = vas.ask_token()
    assert (reply.status, reply.json["token_type"], reply.json["expires_in"]) == (200, "Bearer", 600)
    assert reply.json["scope"].split() == list(SCOPES)
    assert reply.headers["cache-control"] == "no-store"
    claims = jwt.decode(reply.json["access_token"], options={"verify_signature": False})
    assert (claims["aud"], claims["sub"]) == ("https://vardrum.example/api/fhir/R4", "vas")
    assert "access_token" not in vas.ports.store.written()
    assert SECRET not in vas.ports.store.written()


@pytest.mark.parametrize(
    ("client_id", "secret"), [("vas", "wrong"), ("vas", ""), ("nobody", SECRET), ("disabled", SECRET), ("signs", "")]
)
def test_who_does_not_show_who_it_is_gets_no_token(vas: BookingSystem, client_id: str, secret: str) -> None:
    """RFC 6749 5.2: one answer for all of them."""
    vas.ports.store.seed(a_client("disabled", disabled=True), a_client("signs", secret_hash=""))
    reply = vas.ask_token(client_id, secret)
    assert (reply.status, reply.json["error"]) == (401, "invalid_client")
    assert reply.headers["www-authenticate"].startswith("Basic ")


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ("grant_type=password", "unsupported_grant_type"),
        ("scope=x", "invalid_request"),
        ("grant_type=client_credentials&grant_type=client_credentials", "invalid_request"),
        ("grant_type=client_credentials&scope=system%2FAppointment.delete", "invalid_scope"),
        ("%ff", "invalid_request"),
        ("&".join(f"a{place}=b" for place in range(50)), "invalid_request"),
    ],
)
def test_a_form_that_cannot_be_meant_is_refused(vas: BookingSystem, form: str, error: str) -> None:
    reply = vas.form(form, {"authorization": "Basic dmFzOnZhcy1zZWNyZXQtb2YtdGhlLXRlc3Rz"})
    assert (reply.status, reply.json["error"]) == (400, error)


@pytest.mark.parametrize("authorization", ["", "Basic", "Basic %%%", "Basic dmFz", "Bearer x", "Basic /w=="])
def test_credentials_that_cannot_be_read_are_none(vas: BookingSystem, authorization: str) -> None:
    reply = vas.form("grant_type=client_credentials", {"authorization": authorization})
    assert (reply.status, reply.json["error"]) == (401, "invalid_client")


def test_a_system_that_is_kept_out_is_in_the_log_without_what_it_showed(vas: BookingSystem, log: StringIO) -> None:
    vas.ask_token("vas", "a wrong secret")
    for _ in range(REQUESTS):
        vas.ask_token()
    told = [json.loads(line) for line in log.getvalue().splitlines()]
    assert {(each["operation"], each["code"]) for each in told} == {
        ("POST /oauth/token", "invalid_client"),
        ("POST /oauth/token", "too_many_attempts"),
    }
    assert "wrong secret" not in log.getvalue()
    assert SECRET not in log.getvalue()


def test_json_is_no_form(vas: BookingSystem) -> None:
    assert vas.form("{}", {"content-type": "application/json"}).status == 415


def test_many_requests_from_one_address_are_too_many(vas: BookingSystem) -> None:
    statuses = {vas.ask_token(secret="wrong").status for _ in range(REQUESTS)}
    refused = vas.ask_token()
    assert statuses == {401, 429} or refused.status == 429
    assert refused.headers["retry-after"] == "60"


def test_a_narrower_token_does_no_more_than_it_says(vas: BookingSystem) -> None:
    """RFC 6750 3.1: `insufficient_scope`."""
    reader = BookingSystem(vas.ports).authenticated(scope="system/Appointment.read")
    reply = reader.post(an_appointment())
    assert (reply.status, reply.json["issue"][0]["code"]) == (403, "forbidden")
    assert 'error="insufficient_scope"' in reply.headers["www-authenticate"]
    assert reader.get("Appointment?identifier=urn:x|y").status == 200


def test_without_a_token_nothing_is_told_but_what_the_server_can_do(vas: BookingSystem) -> None:
    stranger = BookingSystem(vas.ports)
    reply = stranger.post(an_appointment())
    assert (reply.status, reply.json["issue"][0]["code"]) == (401, "login")
    assert reply.headers["www-authenticate"].startswith("Bearer ")
    assert stranger.get("metadata").json["resourceType"] == "CapabilityStatement"


def test_a_token_ends(vas: BookingSystem) -> None:
    vas.ports.clock.advance(minutes=10)
    assert vas.get("Appointment?identifier=urn:x|y").status == 401


def test_a_client_that_is_disabled_is_out_at_once(vas: BookingSystem) -> None:
    vas.ports.store.seed(a_client(disabled=True))
    assert vas.get("Appointment?identifier=urn:x|y").status == 401


def test_a_right_that_is_taken_away_is_gone_from_tokens_too(vas: BookingSystem) -> None:
    vas.ports.store.seed(a_client(scopes=("system/Appointment.read",)))
    assert vas.post(an_appointment()).status == 403


FORGED: dict[str, Callable[[dict[str, Any]], str]] = {
    "another key": lambda claims: jwt.encode(claims, b"x" * 32, headers={"typ": "at+jwt"}),
    "no signature": lambda claims: jwt.encode(claims, "", algorithm="none"),
    "another kind of token": lambda claims: jwt.encode(claims, _key()),
    "another audience": lambda claims: _signed({**claims, "aud": "vardrum-media"}),
    "another issuer": lambda claims: _signed({**claims, "iss": "https://elsewhere.example"}),
    "no end": lambda claims: _signed({name: value for name, value in claims.items() if name != "exp"}),
    "no client": lambda claims: _signed({**claims, "sub": "nobody"}),
}


def _key() -> bytes:
    return derived_key(INTEGRATION_KEY, "system tokens")


def _signed(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, _key(), headers={"typ": "at+jwt"})


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_token_is_none(vas: BookingSystem, how: str) -> None:
    claims = jwt.decode(vas.token, options={"verify_signature": False})
    assert vas.get("Appointment?identifier=urn:x|y").status == 200
    vas.token = FORGED[how](claims)
    assert vas.get("Appointment?identifier=urn:x|y").status == 401


def test_a_clinicians_cookie_is_no_token_and_a_token_no_cookie(vas: BookingSystem, clinician: Browser) -> None:
    """Each audience has its own door."""
    assert clinician.send("POST", "/fhir/R4/Appointment", b"{}", {"content-type": "application/json"}).status == 401
    assert vas.send("GET", "/agenda", None).status == 401


def _assertion(key: Any = KEY, algorithm: str = "ES256", key_id: str = "k1", **changes: Any) -> str:
    claims = {
        "iss": "signs",
        "sub": "signs",
        "aud": TOKEN_URL,
        "exp": int((NOW + timedelta(minutes=4)).timestamp()),
        "jti": "once",
        **changes,
    }
    return jwt.encode({k: v for k, v in claims.items() if v is not None}, key, algorithm, {"kid": key_id})


def _by_assertion(vas: BookingSystem, assertion: str) -> int:
    vas.ports.store.seed(a_client("signs", secret_hash="", public_keys={"k1": public_pem(KEY)}))
    form = f"grant_type=client_credentials&client_assertion_type={JWT_BEARER}&client_assertion={assertion}"
    return vas.form(form.replace(":", "%3A")).status


def test_a_signed_assertion_gives_a_token_once(vas: BookingSystem) -> None:
    """RFC 7523 3: and what was overheard is good for nothing."""
    assertion = _assertion()
    assert [_by_assertion(vas, assertion) for _ in range(2)] == [200, 401]


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "https://elsewhere.example"},
        {"iss": "vas", "sub": "vas"},
        {"sub": "vas"},
        {"exp": int((NOW - timedelta(minutes=1)).timestamp())},
        {"exp": int((NOW + timedelta(hours=1)).timestamp())},
        {"exp": None},
        {"jti": None},
        {"key_id": "k2"},
        {"key": ec.generate_private_key(ec.SECP256R1())},
        {"key": public_pem(KEY)[:40].encode().ljust(40, b"x"), "algorithm": "HS256"},
    ],
    ids="-".join,
)
def test_an_assertion_that_is_not_the_clients_own_gives_none(vas: BookingSystem, wrong: dict[str, Any]) -> None:
    assert _by_assertion(vas, _assertion(**wrong)) == 401


def test_an_assertion_that_is_noise_gives_none(vas: BookingSystem) -> None:
    assert _by_assertion(vas, "a.b.c") == 401


def test_a_token_asked_for_with_a_certificate_is_good_with_that_one_alone(ports: FakePorts) -> None:
    """RFC 8705 3: where the edge tells of one."""
    with_integration(ports)
    token = issue_token(ports, Shown("vas", SECRET, certificate="thumb-1"), (), "192.0.2.1").token
    assert resume_system(ports, f"Bearer {token}", "thumb-1").client_id == "vas"
    for other in ("", "thumb-2"):
        with pytest.raises(Exception, match="no valid token"):
            resume_system(ports, f"Bearer {token}", other)


def test_a_client_bound_to_a_certificate_gets_no_token_without_it(ports: FakePorts) -> None:
    """RFC 8705 2."""
    with_integration(ports)
    ports.store.seed(replace(a_client(), certificate="thumb-1"))
    with pytest.raises(Exception, match="is not known"):
        issue_token(ports, Shown("vas", SECRET), (), "192.0.2.1")
    assert issue_token(ports, Shown("vas", SECRET, certificate="thumb-1"), (), "192.0.2.1").token


def test_a_token_from_before_a_client_was_bound_to_a_certificate_is_none_without_it(ports: FakePorts) -> None:
    """RFC 8705 3: an operator who binds it need not wait until its tokens end."""
    token = with_integration(ports).token
    ports.store.seed(replace(a_client(), certificate="thumb-1"))
    with pytest.raises(Exception, match="no valid token"):
        resume_system(ports, f"Bearer {token}", "")


@pytest.mark.parametrize("claims", [{"exp": [1]}, {"exp": {}}, {"exp": 1e400}, {"iat": []}])
def test_claims_that_are_no_times_give_no_token(vas: BookingSystem, claims: dict[str, Any]) -> None:
    """Signed by the client's own key: refused as any other, and no fault of ours."""
    vas.ports.store.seed(a_client("signs", secret_hash="", public_keys={"k1": public_pem(KEY)}))
    said = {"iss": "signs", "sub": "signs", "aud": TOKEN_URL, "jti": "1", "exp": NOW.timestamp() + 60, **claims}
    signed = jwt.PyJWS().encode(json.dumps(said).encode(), KEY, algorithm="ES256", headers={"kid": "k1"})
    form = urlencode(
        {"grant_type": "client_credentials", "client_assertion_type": JWT_BEARER, "client_assertion": signed}
    )
    assert vas.form(form).status == (200 if "iat" in claims else 401)


def test_a_client_id_that_can_be_no_ones_is_not_looked_up(vas: BookingSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database refuses a key so long, which would be a fault of ours."""
    asked: list[str] = []
    monkeypatch.setattr(vas.ports.bookings, "client", asked.append)
    assert vas.ask_token("x" * 2100).status == 401
    assert asked == []


def test_a_request_that_prints_tells_no_certificate() -> None:
    request = Request({}, {}, {}, {}, "192.0.2.1", "r", b"", certificate="thumb-1")
    assert "thumb-1" not in repr(request)
