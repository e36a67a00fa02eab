"""What Freja eID signs: the approved request, as a JWS in compact form (RFC 7515), by a key made for this machine."""

import json
import time
from pathlib import Path
from typing import Any

import jwt
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from local.simulators.demo import Person
from local.simulators.freja_orders import FrejaRequest


class FrejaSigner:
    """`key` and `certificate`: files (PEM)."""

    def __init__(self, key: Path, certificate: Path) -> None:
        loaded = serialization.load_pem_private_key(key.read_bytes(), password=None)
        if not isinstance(loaded, RSAPrivateKey):
            raise TypeError("Freja signs with RSA")
        self._key = loaded
        digest = x509.load_pem_x509_certificate(certificate.read_bytes()).fingerprint(hashes.SHA1())  # noqa: S303 - x5t
        self._thumbprint = jwt.utils.base64url_encode(digest).decode()

    def details(self, request: FrejaRequest, person: Person) -> str:
        """The signed `details` of the request that this person has approved."""
        claims = {
            "authRef": request.auth_ref,
            "status": request.status,
            "userInfoType": "SSN",
            "userInfo": json.dumps({"country": "SE", "ssn": person.number}),
            "minRegistrationLevel": "PLUS",
            "requestedAttributes": attributes_of(request, person),
            "timestamp": int(time.time() * 1000),
        }
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"x5t": self._thumbprint, "typ": None})


def attributes_of(request: FrejaRequest, person: Person) -> dict[str, Any]:
    """Those that were asked for."""
    known: dict[str, tuple[str, Any]] = {
        "SSN": ("ssn", {"country": "SE", "ssn": person.number}),
        "REGISTRATION_LEVEL": ("registrationLevel", "PLUS"),
        "BASIC_USER_INFO": ("basicUserInfo", {"name": person.given_name, "surname": person.family_name}),
    }
    return dict(known[attribute] for attribute in request.attributes)


SIGNER = web.AppKey("freja_signer", FrejaSigner)
