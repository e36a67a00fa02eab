"""Which certificate another system came with, where API Gateway has asked for one (mutual TLS on a domain name of its own)."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from ssl import PEM_cert_to_DER_cert
from typing import Any


def certificate_thumbprint(identity: Mapping[str, Any] | None) -> str:
    """RFC 8705 3.1 `x5t#S256` of the certificate that API Gateway has verified; "" where there is none.

    `identity`: `requestContext.identity.clientCert` of the event, with `clientCertPem`.
    """
    pem = str((identity or {}).get("clientCertPem", ""))
    if not pem:
        return ""
    digest = hashlib.sha256(PEM_cert_to_DER_cert(pem.strip())).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
