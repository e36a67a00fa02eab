"""ID tokens of the staff identity provider, and the key they are signed with: a new one at each start."""

import secrets
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from local.simulators.demo import Clinician
from local.simulators.idp_codes import Grant

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

    def id_token(self, grant: Grant, issuer: str, client_id: str) -> str:
        """With those of the person's claims that were requested (OpenID Connect Core 5.5)."""
        now = int(time.time())
        claims = {
            "iss": issuer,
            "aud": client_id,
            "sub": grant.clinician.hsa_id,
            "iat": now,
            "auth_time": now,
            "exp": now + VALID_FOR_S,
            "nonce": grant.nonce,
            "acr": LOA3,
        } | {name: value for name, value in person_claims(grant.clinician).items() if name in grant.requested}
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": self._key_id})


def person_claims(clinician: Clinician) -> dict[str, Any]:
    """All that Inera's IdP can tell of someone. Asked for every commission, it lets nobody choose one there."""
    return {
        "given_name": clinician.given_name,
        "family_name": clinician.family_name,
        "employeeHsaId": clinician.hsa_id,
        "allCommissions": [
            {
                "commissionHsaId": commission.hsa_id,
                "commissionName": commission.name,
                "commissionPurpose": commission.purpose,
                "healthCareUnitHsaId": commission.unit_hsa_id,
                "healthCareUnitName": commission.unit_name,
                "healthCareProviderHsaId": clinician.care_provider_hsa_id,
                "healthCareProviderName": clinician.care_provider_name,
            }
            for commission in clinician.commissions
        ],
    }
