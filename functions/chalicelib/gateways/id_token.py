"""An ID token, checked as OpenID Connect Core 3.1.3.7 demands, to who the clinician is."""

import hmac
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from chalicelib.domain.staff import StaffIdentity
from chalicelib.errors import StaleLogin

if TYPE_CHECKING:
    import jwt

LOA3: Final = "http://id.sambi.se/loa/loa3"
_ALGORITHM: Final = "RS256"
_LEEWAY_S: Final = 30
_LONGEST_TOKEN: Final = 16_384
_LONGEST_CLAIM: Final = 200
_HSA_ID: Final = re.compile(r"SE[0-9]{10}(-[A-Za-z0-9]+)?")
_LONGEST_HSA_ID: Final = 31


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
        raise StaleLogin("the login is not at assurance level 3")
    return _identity(claims)


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
    return StaffIdentity(
        hsa_id=_hsa_id(claims, "employeeHsaId"),
        given_name=_text(claims, "given_name"),
        family_name=_text(claims, "family_name"),
        commission_hsa_id=_hsa_id(claims, "commissionHsaId"),
        commission_name=_text(claims, "commissionName"),
        care_provider_hsa_id=_hsa_id(claims, "healthCareProviderHsaId"),
    )


def _hsa_id(claims: dict[str, Any], name: str) -> str:
    """HSA-ids stand in keys and in the audit log, so nothing else gets there."""
    text = _text(claims, name)
    if not _HSA_ID.fullmatch(text) or len(text) > _LONGEST_HSA_ID:
        raise StaleLogin("the token holds no HSA-id")
    return text


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_CLAIM:
        raise StaleLogin("the token lacks a claim that a clinician has")
    return value
