"""An ID token, checked as OpenID Connect Core 3.1.3.7 demands, to who the clinician is."""

import hmac
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from chalicelib.domain.commission import StaffIdentity
from chalicelib.errors import StaleLogin
from chalicelib.gateways.commission_claims import commissions_of
from chalicelib.gateways.hsa import is_hsa_id

if TYPE_CHECKING:
    import jwt

LOA3: Final = "http://id.sambi.se/loa/loa3"
# As long as a session here at the longest: whoever comes back has shown the e-ID at the provider since (ASVS 5.0, V7.6.1).
OLDEST_LOGIN_S: Final = 12 * 3600
_ALGORITHM: Final = "RS256"
_LEEWAY_S: Final = 30
_LONGEST_TOKEN: Final = 65_536  # fifty commissions are some 30,000 characters
_LONGEST_CLAIM: Final = 200


def read_id_token(
    token: str, key_of: Callable[[str], "jwt.PyJWK"], *, issuer: str, client_id: str, nonce: str
) -> StaffIdentity:
    """The clinician that the token names. Raises StaleLogin when it is not good for this one login."""
    claims = _verified_claims(token, key_of, issuer, client_id)
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != client_id:
        raise StaleLogin("the token is for several parties, and not issued to us")
    if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise StaleLogin("the token belongs to another login")
    if claims["acr"] != LOA3:
        raise StaleLogin("the login is not at assurance level 3", code="login_too_weak")
    _require_recent(claims.get("auth_time"))
    return _identity(claims)


def _require_recent(auth_time: object) -> None:
    """OpenID Connect Core 3.1.3.7 (13), for a provider that tells; one that does not is believed to have heeded `max_age`."""
    if auth_time is None:
        return
    if not isinstance(auth_time, int | float) or not auth_time >= time.time() - OLDEST_LOGIN_S - _LEEWAY_S:
        raise StaleLogin("the login at the provider is too old")


def _verified_claims(token: str, key_of: Callable[[str], "jwt.PyJWK"], issuer: str, client_id: str) -> dict[str, Any]:
    import jwt  # noqa: PLC0415  cold start

    if len(token) > _LONGEST_TOKEN:
        raise StaleLogin("the token is too large")
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") != _ALGORITHM or not isinstance(header.get("kid"), str):
            raise StaleLogin("the token is not signed as agreed")
        return jwt.decode(
            token,
            key_of(header["kid"]),
            algorithms=[_ALGORITHM],
            audience=client_id,
            issuer=issuer,
            leeway=_LEEWAY_S,
            options={"require": ["iss", "aud", "exp", "iat", "sub", "nonce", "acr"]},
        )
    except jwt.PyJWTError:
        raise StaleLogin("the token does not hold") from None


def _identity(claims: dict[str, Any]) -> StaffIdentity:
    hsa_id = _text(claims, "employeeHsaId")
    if not is_hsa_id(hsa_id):
        raise StaleLogin("the token holds no HSA-id")
    return StaffIdentity(
        hsa_id=hsa_id,
        given_name=_text(claims, "given_name"),
        family_name=_text(claims, "family_name"),
        commissions=commissions_of(claims),
    )


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_CLAIM:
        raise StaleLogin("the token lacks a claim that a clinician has")
    return value
