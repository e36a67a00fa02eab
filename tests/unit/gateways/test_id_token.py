"""What an ID token must be to let a clinician in (L1; OpenID Connect Core 3.1.3.7)."""

import base64
import hmac
import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import StaleLogin
from chalicelib.gateways.id_token import read_id_token

ISSUER = "https://idp.example"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
JWK = jwt.PyJWK.from_dict(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True), algorithm="RS256")


COMMISSION = {
    "commissionHsaId": "SE2321000115-HUDVOB",
    "commissionName": "Hudmottagningen Halmstad",
    "commissionPurpose": "Vård och behandling",
    "healthCareUnitHsaId": "SE2321000115-HUD",
    "healthCareProviderHsaId": "SE2321000115",
}


def claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    good = {
        "iss": ISSUER,
        "aud": "vardrum",
        "sub": "SE2321000115-E001",
        "iat": now,
        "exp": now + 300,
        "nonce": "nonce-1",
        "acr": "http://id.sambi.se/loa/loa3",
        "given_name": "Karin",
        "family_name": "Ek",
        "employeeHsaId": "SE2321000115-E001",
        "allCommissions": [COMMISSION],
    }
    return {name: value for name, value in (good | changes).items() if value is not None}


def sign(payload: dict[str, Any], key: Any = KEY, algorithm: str = "RS256", **headers: Any) -> str:
    return jwt.encode(payload, key, algorithm=algorithm, headers={"kid": "k1"} | headers)


def key_of(key_id: str) -> jwt.PyJWK:
    if key_id != "k1":
        raise StaleLogin("no such key")
    return JWK


def read(token: str) -> str:
    return read_id_token(token, key_of, issuer=ISSUER, client_id="vardrum", nonce="nonce-1").hsa_id


def test_a_good_token_names_the_clinician() -> None:
    assert read(sign(claims())) == "SE2321000115-E001"


def test_clocks_may_differ_by_half_a_minute() -> None:
    now = int(time.time())
    assert read(sign(claims(iat=now + 20, exp=now + 320)))
    assert read(sign(claims(exp=now - 20)))


def test_one_of_several_audiences_must_be_issued_to_us() -> None:
    assert read(sign(claims(aud=["vardrum", "other"], azp="vardrum")))
    for azp in ("other", None):
        with pytest.raises(StaleLogin):
            read(sign(claims(aud=["vardrum", "other"], azp=azp)))


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://other.example"},
        {"iss": ISSUER + "/"},
        {"aud": "other"},
        {"aud": []},
        {"exp": 1},
        {"iat": 4_000_000_000},
        {"nbf": 4_000_000_000},
        {"nonce": "nonce-2"},
        {"nonce": ""},
        {"nonce": 7},
        {"acr": "http://id.sambi.se/loa/loa2"},
        {"acr": ["http://id.sambi.se/loa/loa3"]},
        {"employeeHsaId": "SE2321000115-E001#x"},
        {"employeeHsaId": "SE2321000115-" + "E" * 30},
        {"employeeHsaId": ["SE2321000115-E001"]},
        {"allCommissions": "no list"},
        {"allCommissions": '{"commissionHsaId": "SE2321000115-HUDVOB"}'},
        {"allCommissions": [COMMISSION] * 51},
        {"allCommissions": 7},
        {"auth_time": int(time.time()) - 12 * 3600 - 60},
        {"auth_time": "yesterday"},
        {"auth_time": float("nan")},
        {"given_name": "K" * 300},
        {"family_name": ""},
    ],
)
def test_a_claim_that_is_wrong_refuses_the_token(changes: dict[str, Any]) -> None:
    with pytest.raises(StaleLogin):
        read(sign(claims(**changes)))


def test_the_login_at_the_provider_is_at_most_as_old_as_a_session_may_be() -> None:
    """OWASP ASVS 5.0, V7.6.1. A provider that does not tell was asked for no older one."""
    for auth_time in (int(time.time()), int(time.time()) - 12 * 3600 + 60, None):
        assert read(sign(claims(auth_time=auth_time)))


@pytest.mark.parametrize("missing", sorted(set(claims()) - {"allCommissions"}))
def test_a_claim_that_is_missing_refuses_the_token(missing: str) -> None:
    with pytest.raises(StaleLogin):
        read(sign(claims(**{missing: None})))


def test_another_key_refuses_the_token() -> None:
    with pytest.raises(StaleLogin):
        read(sign(claims(), key=OTHER_KEY))


def test_an_unsigned_token_is_refused() -> None:
    with pytest.raises(StaleLogin):
        read(jwt.encode(claims(), "", algorithm="none", headers={"kid": "k1"}))


def test_the_public_key_as_a_shared_secret_is_refused() -> None:
    pem = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    head = {"alg": "HS256", "typ": "JWT", "kid": "k1"}
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (head, claims())]
    signature = hmac.digest(pem, b".".join(parts), "sha256")
    forged = b".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=")])
    with pytest.raises(StaleLogin):
        read(forged.decode())


def test_another_rsa_algorithm_than_agreed_is_refused() -> None:
    with pytest.raises(StaleLogin):
        read(sign(claims(), algorithm="RS512"))


@pytest.mark.parametrize("headers", [{"kid": "k2"}, {"kid": ""}])
def test_a_key_that_the_provider_does_not_have_is_refused(headers: dict[str, Any]) -> None:
    with pytest.raises(StaleLogin):
        read(sign(claims(), **headers))


def test_a_changed_payload_is_refused() -> None:
    head, _, signature = sign(claims()).split(".")
    other = base64.urlsafe_b64encode(json.dumps(claims(employeeHsaId="SE2321000115-E002")).encode()).rstrip(b"=")
    with pytest.raises(StaleLogin):
        read(f"{head}.{other.decode()}.{signature}")


def commissions(**changes: Any) -> list[tuple[str, str, str]]:
    read = read_id_token(sign(claims(**changes)), key_of, issuer=ISSUER, client_id="vardrum", nonce="nonce-1")
    return [(each.commission_id, each.purpose, each.unit_id) for each in read.commissions]


ONE = ("SE2321000115-HUDVOB", "Vård och behandling", "SE2321000115-HUD")


def test_all_commissions_are_read_as_a_list_or_as_a_text_that_holds_one() -> None:
    """L1."""
    other = COMMISSION | {"commissionHsaId": "SE2321000115-BUMVOB", "healthCareUnitHsaId": "SE2321000115-BUM"}
    two = [ONE, ("SE2321000115-BUMVOB", "Vård och behandling", "SE2321000115-BUM")]
    assert commissions(allCommissions=[COMMISSION, other]) == two
    assert commissions(allCommissions=json.dumps([COMMISSION, other])) == two


def test_a_provider_that_makes_the_choice_itself_gives_that_commission() -> None:
    """L1."""
    assert commissions(allCommissions=None, **COMMISSION) == [ONE]


@pytest.mark.parametrize(
    "changes",
    [
        {"commissionHsaId": "hud"},
        {"commissionHsaId": None},
        {"healthCareUnitHsaId": "SE2321000115-HUD#staff"},
        {"healthCareProviderHsaId": ["SE2321000115"]},
        {"commissionPurpose": ""},
        {"commissionName": "H" * 300},
    ],
)
def test_a_commission_that_is_not_whole_is_passed_over(changes: dict[str, Any]) -> None:
    """L1: it opens nothing, and does not take the others with it."""
    assert commissions(allCommissions=[COMMISSION | changes, "x", COMMISSION]) == [ONE]


def test_somebody_without_commissions_has_none() -> None:
    assert commissions(allCommissions=None) == []


@pytest.mark.parametrize("token", ["", ".", "..", "a.b.c", "x" * 70_000, "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(StaleLogin):
        read(token)


@given(st.text(max_size=200))
def test_no_text_makes_it_fail_in_another_way(token: str) -> None:
    with pytest.raises(StaleLogin):
        read(token)
