"""What an OpenID provider says of itself: its endpoints (Discovery 1.0) and its signing keys (RFC 7517)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from chalicelib.errors import IdpUnavailable, StaleLogin

if TYPE_CHECKING:
    import httpx
    import jwt

_FRESH_FOR_S = 3600.0
_REFETCH_KEYS_AFTER_S = 10.0
_LARGEST_DOCUMENT_BYTES = 256_000
_MOST_KEYS = 50
_Shape = TypeVar("_Shape")


class Endpoints(msgspec.Struct, frozen=True):
    """The part of the discovery document that is used."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str | None = None


class ProviderMetadata:
    """Endpoints and keys, kept for an hour.

    A token signed with a key we do not know makes us fetch the keys again, for the provider may have rotated them; but
    not more often than every 10 s, so that forged tokens do not make us call it without end.
    """

    def __init__(self, issuer: str, http: "httpx.Client", clock: Callable[[], float]) -> None:
        self._issuer = issuer
        self._http = http
        self._clock = clock
        self._endpoints: Endpoints | None = None
        self._endpoints_at = 0.0
        self._keys: dict[str, jwt.PyJWK] | None = None
        self._keys_at = 0.0

    def endpoints(self) -> Endpoints:
        """Raises IdpUnavailable, also when the document is another issuer's or sends secrets over plain http."""
        if self._endpoints is None or self._clock() - self._endpoints_at > _FRESH_FOR_S:
            found = self._fetch(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration", Endpoints)
            _check(found, self._issuer)
            self._endpoints, self._endpoints_at = found, self._clock()
        return self._endpoints

    def key(self, key_id: str) -> "jwt.PyJWK":
        """The signing key of that id. Raises StaleLogin when the provider has none, IdpUnavailable."""
        age_s = self._clock() - self._keys_at
        keys = self._keys
        if keys is None or age_s > _FRESH_FOR_S or (key_id not in keys and age_s > _REFETCH_KEYS_AFTER_S):
            keys = self._keys = self._fetch_keys()
            self._keys_at = self._clock()
        if key_id not in keys:
            raise StaleLogin("the token is signed with no key of the identity provider")
        return keys[key_id]

    def _fetch_keys(self) -> "dict[str, jwt.PyJWK]":
        import jwt  # noqa: PLC0415  cold start

        keys: dict[str, jwt.PyJWK] = {}
        for parameters in self._fetch(self.endpoints().jwks_uri, _KeySet).keys[:_MOST_KEYS]:
            key_id = parameters.get("kid")
            if parameters.get("kty") != "RSA" or parameters.get("use", "sig") != "sig" or not isinstance(key_id, str):
                continue
            try:
                keys[key_id] = jwt.PyJWK.from_dict(parameters, algorithm="RS256")
            except (jwt.PyJWTError, ValueError, KeyError):
                continue  # one unreadable key must not take the others with it
        return keys

    def _fetch(self, url: str, shape: type[_Shape]) -> _Shape:
        import httpx  # noqa: PLC0415

        try:
            response = self._http.get(url)
        except httpx.HTTPError:
            raise IdpUnavailable("the identity provider does not answer") from None
        if response.status_code != httpx.codes.OK or len(response.content) > _LARGEST_DOCUMENT_BYTES:
            raise IdpUnavailable("the identity provider does not describe itself")
        try:
            return msgspec.json.decode(response.content, type=shape)
        except msgspec.DecodeError:
            raise IdpUnavailable("the identity provider describes itself wrongly") from None


class _KeySet(msgspec.Struct):
    keys: list[dict[str, Any]]


def _check(found: Endpoints, issuer: str) -> None:
    """Discovery 1.0, 4.3; and nothing goes over plain http unless the issuer itself does (the simulator)."""
    if found.issuer != issuer:
        raise IdpUnavailable("the discovery document is of another issuer")
    urls = (found.authorization_endpoint, found.token_endpoint, found.jwks_uri, found.end_session_endpoint or issuer)
    if any(urlsplit(url).scheme not in {"https", urlsplit(issuer).scheme} for url in urls):
        raise IdpUnavailable("the discovery document leads off https")
