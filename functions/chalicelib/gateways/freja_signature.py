"""Who Freja eID says has approved an order: the signed `details` of a result, checked (RFC 7515).

Freja signs with RS256 and names its certificate by `x5t` (RFC 7515 4.1.7: the SHA-1 of its DER form, which only picks one
of those we were given). No certificate that comes with a message is believed, and no other algorithm.
"""

import base64
import hashlib
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from chalicelib.concealed import Concealed
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import EidUnavailable, InvalidIdentityNumber

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_ALGORITHM: Final = "RS256"
_LONGEST: Final = 65_536
_LEVEL: Final = "PLUS"


class FrejaSignatures:
    """`certificates`: path of Freja's signing certificates (PEM), one or, while Freja changes its own, several."""

    def __init__(self, certificates: str) -> None:
        self._path = certificates

    def require_readable(self) -> None:
        """Raises EidUnavailable, before anyone has approved in vain."""
        if not self._certificates:
            raise EidUnavailable("there is no certificate to check Freja's signatures by")

    def approved(self, details: str, auth_ref: str, now_s: float) -> IdentityNumber:
        """The person who has approved exactly this order, at registration level PLUS.

        `now_s`: epoch seconds. Raises EidUnavailable when the signature or what it covers does not hold.
        """
        claims = _read(self._verified(details, now_s))
        if (claims.authRef, claims.status) != (auth_ref, "APPROVED"):
            raise EidUnavailable("Freja's signature is of another order")
        attributes = claims.requestedAttributes
        if attributes.registrationLevel != _LEVEL or attributes.ssn.country != "SE":
            raise EidUnavailable("Freja's order was not approved at the level asked for")
        try:
            return IdentityNumber(attributes.ssn.ssn)
        except InvalidIdentityNumber:
            raise EidUnavailable("Freja's approved order holds no identity number") from None

    def _verified(self, details: str, now_s: float) -> dict[str, Any]:
        import jwt  # noqa: PLC0415  cold start

        if len(details) > _LONGEST:
            raise EidUnavailable("Freja's signed answer is too large")
        try:
            header = jwt.get_unverified_header(details)
            certificate = self._certificate(header, now_s)
            return jwt.decode(details, _public_key(certificate), algorithms=[_ALGORITHM])
        except (jwt.PyJWTError, RecursionError, UnicodeError):  # the library reads header and payload as they come
            raise EidUnavailable("Freja's signature does not hold") from None

    def _certificate(self, header: dict[str, Any], now_s: float) -> "Certificate":
        """Raises EidUnavailable for one that is not ours, or out of its time."""
        thumbprint = header.get("x5t")
        certificate = self._certificates.get(thumbprint) if isinstance(thumbprint, str) else None
        if certificate is None:
            raise EidUnavailable("Freja signs with a certificate that is not known here")
        now = datetime.fromtimestamp(now_s, UTC)
        if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
            raise EidUnavailable("the certificate that Freja signs with is out of its time")
        return certificate

    @cached_property
    def _certificates(self) -> dict[str, "Certificate"]:
        """By thumbprint. Raises EidUnavailable when the file cannot be read."""
        from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415
        from cryptography.x509 import load_pem_x509_certificates  # noqa: PLC0415

        try:
            loaded = load_pem_x509_certificates(Path(self._path).read_bytes())
        except (OSError, ValueError):
            raise EidUnavailable("the certificates of Freja's signatures cannot be read") from None
        return {thumbprint(each.public_bytes(Encoding.DER)): each for each in loaded}


def thumbprint(der: bytes) -> str:
    """RFC 7515 4.1.7, without padding."""
    digest = hashlib.sha1(der, usedforsecurity=False).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _public_key(certificate: "Certificate") -> Any:
    """PyJWT refuses any that is not RSA, as RS256 demands."""
    return certificate.public_key()


class _Ssn(Concealed, msgspec.Struct):
    country: str
    ssn: str


class _Attributes(Concealed, msgspec.Struct):
    ssn: _Ssn
    registrationLevel: str


class _Claims(Concealed, msgspec.Struct):
    authRef: str
    status: str
    requestedAttributes: _Attributes


def _read(claims: dict[str, Any]) -> _Claims:
    try:
        return msgspec.convert(claims, _Claims)
    except msgspec.ValidationError:
        raise EidUnavailable("Freja's signed answer has not the documented form") from None
