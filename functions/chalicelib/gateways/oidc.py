"""The staff identity provider (SITHS through Inera IdP) by OpenID Connect: authorization code with PKCE (L1)."""

import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus, urlencode

import msgspec

from chalicelib.concealed import Concealed
from chalicelib.domain.commission import StaffIdentity
from chalicelib.errors import IdpUnavailable, StaleLogin
from chalicelib.gateways.answer_limit import AnswerLimit
from chalicelib.gateways.id_token import LOA3, OLDEST_LOGIN_S, read_id_token
from chalicelib.gateways.oidc_metadata import ProviderMetadata

if TYPE_CHECKING:
    import httpx

_CONNECT_TIMEOUT_S = 2.0
_READ_TIMEOUT_S = 5.0
_LARGEST_ANSWER_BYTES = 256_000

# OpenID Connect Core 5.5; an essential claim that the provider cannot give fails the login there (Inera, attributes by
# OIDC 2.7). No single commission is asked for, or the provider would make the person choose one.
CLAIMS: Final = {
    "id_token": {
        "acr": {"essential": True, "value": LOA3},
        "employeeHsaId": {"essential": True},
        "given_name": {"essential": True},
        "family_name": {"essential": True},
        "allCommissions": None,
    }
}


class OidcIdentityProvider:
    """Satisfies `services.ports.IdentityProvider`.

    `issuer`: exactly as the provider writes it. `redirect_uri` and `post_logout_redirect_uri` are registered there.
    `clock`: seconds, for how long the provider's description and keys are believed.
    """

    def __init__(
        self,
        issuer: str,
        *,
        client_id: str,
        client_secret: str,
        redirect_uri: str,
        post_logout_redirect_uri: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._redirect_uri = redirect_uri
        self._post_logout_redirect_uri = post_logout_redirect_uri
        self._clock = clock
        self._answers = AnswerLimit()

    def authorization_url(self, state: str, nonce: str, code_challenge: str) -> str:
        """OpenID Connect Core 3.1.2.1, RFC 7636 4.3 (S256). Raises IdpUnavailable."""
        query = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": self._redirect_uri,
            "scope": "openid",
            "claims": msgspec.json.encode(CLAIMS).decode(),
            "state": state,
            "nonce": nonce,
            "code_challenge": code_challenge,
            "code_challenge_method": "S256",
            "acr_values": LOA3,
            "max_age": str(OLDEST_LOGIN_S),
            "ui_locales": "sv",
        }
        return _with_query(self._metadata.endpoints().authorization_endpoint, query)

    def exchange(self, code: str, code_verifier: str, nonce: str) -> StaffIdentity:
        """Raises StaleLogin (the provider refuses the code, or the token is not for this login), TooManyAttempts past
        five answers to one login, or IdpUnavailable."""
        self._answers.hit(nonce)
        token = self._id_token(code, code_verifier)
        return read_id_token(token, self._metadata.key, issuer=self._issuer, client_id=self._client_id, nonce=nonce)

    def logout_url(self) -> str:
        """OpenID Connect RP-Initiated Logout 1.0, 2. Without an end-session endpoint: where we land after logout.

        `client_id` says who we are. An `id_token_hint` would put name and HSA-id into a URL, and we keep no ID token.
        Raises IdpUnavailable.
        """
        endpoint = self._metadata.endpoints().end_session_endpoint
        if endpoint is None:
            return self._post_logout_redirect_uri
        query = {"client_id": self._client_id, "post_logout_redirect_uri": self._post_logout_redirect_uri}
        return _with_query(endpoint, query)

    def close(self) -> None:
        """Ends the connections, if there are any."""
        if "_http" in vars(self):
            self._http.close()

    def _id_token(self, code: str, code_verifier: str) -> str:
        """RFC 6749 4.1.3 with `client_secret_basic` (2.3.1)."""
        import httpx  # noqa: PLC0415  cold start

        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "code_verifier": code_verifier,
        }
        credentials = (quote_plus(self._client_id), quote_plus(self._client_secret))
        try:
            response = self._http.post(self._metadata.endpoints().token_endpoint, data=form, auth=credentials)
        except httpx.HTTPError:
            raise IdpUnavailable("the identity provider does not answer") from None
        return _read_token_answer(response.status_code, response.content)

    @cached_property
    def _metadata(self) -> ProviderMetadata:
        return ProviderMetadata(self._issuer, self._http, self._clock)

    @cached_property
    def _http(self) -> "httpx.Client":
        import httpx  # noqa: PLC0415

        return httpx.Client(timeout=httpx.Timeout(_READ_TIMEOUT_S, connect=_CONNECT_TIMEOUT_S), trust_env=False)


class _TokenAnswer(Concealed, msgspec.Struct):
    """RFC 6749 5.1 and 5.2 in one: either a token or an error."""

    id_token: str = ""
    error: str = ""


def _read_token_answer(status: int, body: bytes) -> str:
    if len(body) > _LARGEST_ANSWER_BYTES:
        raise IdpUnavailable("the identity provider's answer is too large")
    try:
        answer = msgspec.json.decode(body, type=_TokenAnswer)
    except msgspec.DecodeError:
        raise IdpUnavailable("the identity provider's answer is not as agreed") from None
    if status == 400 and answer.error == "invalid_grant":
        raise StaleLogin("the identity provider refuses the code")
    if status != 200 or not answer.id_token:
        raise IdpUnavailable("the identity provider gives no ID token")
    return answer.id_token


def _with_query(endpoint: str, query: dict[str, str]) -> str:
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"
