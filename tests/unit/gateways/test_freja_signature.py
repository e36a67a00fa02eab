"""Freja's signature is believed when it is Freja's, of this order, and at the level asked for (G6, RFC 7515)."""

import hmac
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from jwt.utils import base64url_encode

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import EidUnavailable
from chalicelib.gateways.freja_signature import FrejaSignatures, thumbprint

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
REF = "ref-1"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _certificate(key: rsa.RSAPrivateKey, begins: datetime = NOW - timedelta(days=1)) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Freja")])
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), begins, begins + timedelta(days=30)
    )
    return builder.sign(key, hashes.SHA256())


CERTIFICATE = _certificate(KEY)
X5T = thumbprint(CERTIFICATE.public_bytes(Encoding.DER))


def _claims(**changes: Any) -> dict[str, Any]:
    return {
        "authRef": REF,
        "status": "APPROVED",
        "userInfoType": "SSN",
        "userInfo": '{"country":"SE","ssn":"194408139089"}',
        "minRegistrationLevel": "PLUS",
        "requestedAttributes": _attributes(),
        "timestamp": 1_790_000_000_000,
        **changes,
    }


def _attributes(level: str = "PLUS", country: str = "SE", ssn: str = "194408139089") -> dict[str, Any]:
    return {"ssn": {"country": country, "ssn": ssn}, "registrationLevel": level}


def _signed(claims: dict[str, Any], **header: Any) -> str:
    return jwt.encode(claims, KEY, algorithm="RS256", headers={"x5t": X5T, **header})


def _header(algorithm: str) -> str:
    return base64url_encode(json.dumps({"alg": algorithm, "x5t": X5T}).encode()).decode()


@pytest.fixture
def signatures(tmp_path: Path) -> FrejaSignatures:
    return _signatures_of(tmp_path, CERTIFICATE)


def _signatures_of(folder: Path, *certificates: x509.Certificate) -> FrejaSignatures:
    path = folder / "freja.pem"
    path.write_bytes(b"".join(each.public_bytes(Encoding.PEM) for each in certificates))
    return FrejaSignatures(str(path))


def _approved(signatures: FrejaSignatures, details: str, now: datetime = NOW) -> IdentityNumber:
    return signatures.approved(details, REF, now.timestamp())


def test_a_signed_approval_of_this_order_names_the_person(signatures: FrejaSignatures) -> None:
    assert _approved(signatures, _signed(_claims())) == IdentityNumber("194408139089")


def test_freja_may_change_its_certificate_while_both_are_known(tmp_path: Path) -> None:
    newer = _certificate(OTHER_KEY)
    signatures = _signatures_of(tmp_path, CERTIFICATE, newer)
    name = thumbprint(newer.public_bytes(Encoding.DER))
    by_newer = jwt.encode(_claims(), OTHER_KEY, algorithm="RS256", headers={"x5t": name})
    assert _approved(signatures, by_newer) == _approved(signatures, _signed(_claims()))


@pytest.mark.parametrize(
    "claims",
    [
        _claims(authRef="ref-2"),
        _claims(authRef=""),
        _claims(status="REJECTED"),
        _claims(requestedAttributes=_attributes(level="EXTENDED")),
        _claims(requestedAttributes=_attributes(country="NO")),
        _claims(requestedAttributes=_attributes(ssn="194408139088")),
        _claims(requestedAttributes=_attributes(ssn="")),
        _claims(requestedAttributes={}),
        _claims(requestedAttributes=None),
        {},
    ],
)
def test_what_is_signed_must_be_this_order_approved_at_level_plus_in_sweden(
    signatures: FrejaSignatures, claims: dict[str, Any]
) -> None:
    with pytest.raises(EidUnavailable) as caught:
        _approved(signatures, _signed(claims))
    assert "194408139" not in str(caught.value)


def test_a_changed_payload_or_signature_does_not_hold(signatures: FrejaSignatures) -> None:
    head, body, signature = _signed(_claims()).split(".")
    other = _signed(_claims(authRef="ref-2")).split(".")[1]
    flipped = ("A" if signature[10] != "A" else "B").join((signature[:10], signature[11:]))
    for forged in (f"{head}.{other}.{signature}", f"{head}.{body}.{flipped}", f"{head}.{body}.", f"{head}.{body}"):
        with pytest.raises(EidUnavailable):
            _approved(signatures, forged)


def test_no_other_algorithm_is_believed(signatures: FrejaSignatures) -> None:
    """None at all, and HMAC with the public key as its secret (RFC 8725 2.1)."""
    public = CERTIFICATE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    body = _signed(_claims()).split(".")[1]
    unsigned = f"{_header('none')}.{body}."
    keyed = f"{_header('HS256')}.{body}"
    symmetric = f"{keyed}.{base64url_encode(hmac.digest(public, keyed.encode(), 'sha256')).decode()}"
    other_hash = jwt.encode(_claims(), KEY, algorithm="RS512", headers={"x5t": X5T})
    for token in (unsigned, symmetric, other_hash):
        with pytest.raises(EidUnavailable):
            _approved(signatures, token)


@pytest.mark.parametrize("header", [{"x5t": "unknown"}, {"x5t": None}, {"x5t": 7}, {"x5t": [X5T]}, {"crit": ["x"]}])
def test_the_certificate_must_be_one_of_ours(signatures: FrejaSignatures, header: dict[str, Any]) -> None:
    with pytest.raises(EidUnavailable):
        _approved(signatures, _signed(_claims(), **header))


def test_a_certificate_that_comes_with_the_message_is_not_believed(signatures: FrejaSignatures) -> None:
    own = _certificate(OTHER_KEY).public_bytes(Encoding.DER)
    for header in ({"x5t": thumbprint(own)}, {"x5t": X5T}):
        token = jwt.encode(_claims(), OTHER_KEY, algorithm="RS256", headers={**header, "x5c": [own.hex()]})
        with pytest.raises(EidUnavailable):
            _approved(signatures, token)


@pytest.mark.parametrize("now", [NOW - timedelta(days=2), NOW + timedelta(days=30)])
def test_a_certificate_out_of_its_time_is_not_believed(signatures: FrejaSignatures, now: datetime) -> None:
    with pytest.raises(EidUnavailable):
        _approved(signatures, _signed(_claims()), now)


PARTS = st.one_of(
    st.binary(max_size=200),
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists).map(
        lambda value: json.dumps(value).encode()
    ),
    st.just(json.dumps({"alg": "RS256", "x5t": X5T}).encode()),
    st.just(b"[" * 20_000),
    st.just(b'{"alg": "\\ud800", "x5t": "\\ud800"}'),
)


@given(parts=st.lists(PARTS, max_size=4), text=st.text())
def test_whatever_is_not_signed_is_refused_and_nothing_else_happens(parts: list[bytes], text: str) -> None:
    with TemporaryDirectory() as folder:
        signatures = _signatures_of(Path(folder), CERTIFICATE)
        for details in (".".join(base64url_encode(part).decode() for part in parts), text):
            with pytest.raises(EidUnavailable):
                _approved(signatures, details)


@pytest.mark.parametrize("details", ["", "x", "a.b.c", "." * 70_000, json.dumps(_claims())])
def test_what_is_no_signed_message_is_refused(signatures: FrejaSignatures, details: str) -> None:
    with pytest.raises(EidUnavailable):
        _approved(signatures, details)
