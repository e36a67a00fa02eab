"""ID tokens of the staff identity provider, and the key they are signed with: a new one at each start."""

import secrets
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from local.simulators.demo import Clinician

LOA3 = "http://id.sambi.se/loa/loa3"
VALID_FOR_S = 300


class Signer:
    """One RSA key with a random id."""

    def __init__(self) -> None:
        self.rotate()

    def rotate(self) -> None:
        """A new key in place of the old, as a provider does now and then."""
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._key_id = secrets.token_hex(8)

    def jwks(self) -> dict[str, Any]:
        """RFC 7517."""
        public: dict[str, Any] = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return {"keys": [public | {"kid": self._key_id, "use": "sig", "alg": "RS256"}]}

    def id_token(self, clinician: Clinician, issuer: str, client_id: str, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": issuer,
            "aud": client_id,
            "sub": clinician.hsa_id,
            "iat": now,
            "auth_time": now,
            "exp": now + VALID_FOR_S,
            "nonce": nonce,
            "acr": LOA3,
            "given_name": clinician.given_name,
            "family_name": clinician.family_name,
            "employeeHsaId": clinician.hsa_id,
            "commissionHsaId": clinician.commission_hsa_id,
            "commissionName": clinician.commission_name,
            "commissionPurpose": "Vård och behandling",
            "healthCareProviderHsaId": clinician.care_provider_hsa_id,
        }
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": self._key_id})
