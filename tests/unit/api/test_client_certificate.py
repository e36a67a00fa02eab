"""V5: which certificate another system came with, as API Gateway tells it (RFC 8705 3.1)."""

import hashlib
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from chalicelib.api.client_certificate import certificate_thumbprint


def test_the_thumbprint_is_that_of_the_certificates_bytes() -> None:
    key = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "vas")])
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, begins, begins + timedelta(days=1))
    certificate = builder.sign(key, None)
    expected = urlsafe_b64encode(certificate.fingerprint(hashes.SHA256())).decode().rstrip("=")
    assert certificate_thumbprint({"clientCertPem": certificate.public_bytes(Encoding.PEM).decode()}) == expected
    assert expected == urlsafe_b64encode(
        hashlib.sha256(certificate.public_bytes(Encoding.DER)).digest()
    ).decode().strip("=")


def test_without_a_certificate_there_is_none() -> None:
    assert certificate_thumbprint(None) == certificate_thumbprint({}) == ""
