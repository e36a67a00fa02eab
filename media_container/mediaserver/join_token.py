"""Join and control tokens: who may take part, and what the control plane may order (docs/protocol.md sections 1, 3)."""

import time
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, TypeVar

import jwt
import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from mediaserver.errors import SettingsInvalid, TokenRefused

ISSUER = "vardrum"
JOIN_AUDIENCE = "vardrum-media"
CONTROL_AUDIENCE = "vardrum-media-control"
MAX_LIFETIME_S = 60
# What the clocks of the planes may differ by.
LEEWAY_S = 2
MAX_TOKEN_LENGTH = 4096
MAX_SEEN_TOKENS = 100_000

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
Role = Literal["staff", "patient", "guest"]
Permission = Literal["publish_audio", "publish_video", "share_screen", "chat", "mute_others", "end_call"]


class JoinClaims(msgspec.Struct, frozen=True):
    """What a join token says. `iat` and `exp` are epoch seconds."""

    sub: Id
    jti: Id
    iat: int
    exp: int
    call_id: Id
    node_id: Id
    epoch: Annotated[int, msgspec.Meta(ge=1)]
    name: Annotated[str, msgspec.Meta(max_length=200)]
    role: Role
    permissions: frozenset[Permission]


class ControlClaims(msgspec.Struct, frozen=True):
    """What a control token orders. `iat`, `exp` and `issued_until` are epoch seconds; `replace_device` alone has the last:
    what came with a token from until then is put out, and no such token is let in.
    """

    jti: Id
    iat: int
    exp: int
    call_id: Id
    node_id: Id
    action: Literal["end_call", "remove_participant", "replace_device"]
    participant_id: Id | None = None
    issued_until: int | None = None


Claims = TypeVar("Claims", JoinClaims, ControlClaims)


class TokenVerifier:
    """Checks signature, audience, time and shape. Raises TokenRefused with a named reason."""

    def __init__(self, keys_pem: Mapping[str, str]) -> None:
        self._keys = {kid: _public_key(kid, pem) for kid, pem in keys_pem.items()}

    def join(self, token: str) -> JoinClaims:
        """The claims of a join token."""
        return _checked(self._decode(token, JOIN_AUDIENCE), JoinClaims)

    def control(self, token: str) -> ControlClaims:
        """The claims of a control token."""
        claims = _checked(self._decode(token, CONTROL_AUDIENCE), ControlClaims)
        if claims.action != "end_call" and claims.participant_id is None:
            raise TokenRefused("token_malformed")
        if claims.action == "replace_device" and claims.issued_until is None:
            raise TokenRefused("token_malformed")
        return claims

    def _decode(self, token: str, audience: str) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,
                self._key(token),
                algorithms=["EdDSA"],
                audience=audience,
                issuer=ISSUER,
                leeway=LEEWAY_S,
                options={"require": ["exp", "iat", "aud", "iss", "jti"]},
            )
        except jwt.ExpiredSignatureError:
            raise TokenRefused("token_expired") from None
        except jwt.InvalidSignatureError:
            raise TokenRefused("token_signature") from None
        except (jwt.InvalidAudienceError, jwt.InvalidIssuerError):
            raise TokenRefused("token_audience") from None
        except (jwt.PyJWTError, ValueError, TypeError):
            raise TokenRefused("token_malformed") from None

    def _key(self, token: str) -> Ed25519PublicKey:
        if len(token) > MAX_TOKEN_LENGTH:
            raise TokenRefused("token_malformed")
        key = self._keys.get(str(jwt.get_unverified_header(token).get("kid")))
        if key is None:
            raise TokenRefused("token_key_unknown")
        return key


class SeenTokens:
    """Remembers the `jti` of accepted tokens until they are too old to come again."""

    def __init__(self, now_s: Callable[[], float] = time.time) -> None:
        self._now_s = now_s
        self._forget_at: dict[str, float] = {}

    def take(self, jti: str, expires_at: int) -> None:
        """Accept a token once. Raises TokenRefused the second time, and when too many are remembered."""
        self._forget_old()
        if jti in self._forget_at:
            raise TokenRefused("token_replayed")
        if len(self._forget_at) >= MAX_SEEN_TOKENS:
            raise TokenRefused("token_memory_full")
        self._forget_at[jti] = expires_at + 2 * LEEWAY_S

    def _forget_old(self) -> None:
        """Drop from the front: tokens live about equally long, so the oldest accepted end first."""
        now_s = self._now_s()
        while self._forget_at:
            jti = next(iter(self._forget_at))
            if self._forget_at[jti] > now_s:
                return
            del self._forget_at[jti]


def _public_key(kid: str, pem: str) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise SettingsInvalid(f"MEDIA_JOIN_KEYS: key {kid} is not a public key in PEM") from None
    if not isinstance(key, Ed25519PublicKey):
        raise SettingsInvalid(f"MEDIA_JOIN_KEYS: key {kid} is not an Ed25519 key")
    return key


def _checked(claims: dict[str, Any], shape: type[Claims]) -> Claims:
    try:
        checked = msgspec.convert(claims, shape)
    except msgspec.ValidationError:
        raise TokenRefused("token_malformed") from None
    if not 0 < checked.exp - checked.iat <= MAX_LIFETIME_S:
        raise TokenRefused("token_lives_too_long")
    return checked
