"""Tokens for the media plane: Ed25519 JWTs that live a minute (docs/protocol.md §1, §3; RFC 7519, RFC 8037)."""

from datetime import datetime
from secrets import token_hex
from typing import Any

from chalicelib.domain.access import CALL_ROLE, IN_CALL
from chalicelib.domain.call_control import Control
from chalicelib.domain.fleet import CallPin
from chalicelib.domain.visit import Participant
from chalicelib.settings import Settings

LIFETIME_S = 60


def join_token(settings: Settings, pin: CallPin, who: Participant, now: datetime) -> str:
    """Lets this person into the call on the node it is pinned to, once; under the name that all in the call may know."""
    claims = {
        "aud": "vardrum-media",
        "sub": who.participant_id,
        "epoch": pin.epoch,
        "name": who.shown_name,
        "role": CALL_ROLE[who.role],
        "permissions": IN_CALL[who.role],
    }
    return _signed(settings, pin, claims, now)


def control_token(
    settings: Settings,
    pin: CallPin,
    action: Control,
    participant_id: str,
    now: datetime,
    *,
    replaced_at: datetime | None = None,
) -> str:
    """Orders the call's node to end the call, or to remove one person or a device of theirs.

    `participant_id` is for the latter two, `replaced_at` for the last: when a newer device took its place.
    """
    whom: dict[str, Any] = {} if action == "end_call" else {"participant_id": participant_id}
    if action == "replace_device":
        whom["issued_until"] = int((replaced_at or now).timestamp())
    return _signed(settings, pin, {"aud": "vardrum-media-control", "action": action, **whom}, now)


def _signed(settings: Settings, pin: CallPin, claims: dict[str, Any], now: datetime) -> str:
    import jwt  # noqa: PLC0415  cold start: few requests need it

    issued_at = int(now.timestamp())
    every = {
        "iss": "vardrum",
        "jti": token_hex(16),
        "iat": issued_at,
        "exp": issued_at + LIFETIME_S,
        "call_id": pin.call_id,
        "node_id": pin.node_id,
    }
    return jwt.encode(every | claims, settings.join_key_pem, algorithm="EdDSA", headers={"kid": settings.join_key_id})
