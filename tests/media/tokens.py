"""Join and control tokens as the control plane makes them (docs/protocol.md sections 1 and 3)."""

import secrets
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ALL_PERMISSIONS = ("publish_audio", "publish_video", "share_screen", "chat", "mute_others", "end_call")
PATIENT_PERMISSIONS = ("publish_audio", "publish_video", "chat")


class TokenMint:
    """A signing key of its own, and tokens made with it."""

    def __init__(self, kid: str = "join-1") -> None:
        self.kid = kid
        self._key = Ed25519PrivateKey.generate()

    @property
    def public_keys(self) -> dict[str, str]:
        """What a node's MEDIA_JOIN_KEYS holds."""
        pem = self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return {self.kid: pem.decode()}

    def sign(self, claims: dict[str, Any], kid: str | None = None) -> str:
        """Any claims, signed."""
        return jwt.encode(claims, self._key, algorithm="EdDSA", headers={"kid": kid or self.kid})

    def join(self, participant_id: str = "p_1", **changes: Any) -> str:
        """A good join token of a member of staff, but for the changes; a change to None leaves the claim out."""
        claims = self._common("vardrum-media") | {
            "sub": participant_id,
            "epoch": 1,
            "name": f"Name of {participant_id}",
            "role": "staff",
            "permissions": list(ALL_PERMISSIONS),
        }
        return self.sign({name: value for name, value in (claims | changes).items() if value is not None})

    def control(self, action: str, **changes: Any) -> str:
        """A good control token, but for the changes."""
        return self.sign(self._common("vardrum-media-control") | {"action": action} | changes)

    def _common(self, audience: str) -> dict[str, Any]:
        now_s = int(time.time())
        return {
            "iss": "vardrum",
            "aud": audience,
            "jti": secrets.token_hex(16),
            "iat": now_s,
            "exp": now_s + 60,
            "call_id": "c_1",
            "node_id": "node-a",
        }
