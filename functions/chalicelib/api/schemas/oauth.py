"""The token endpoint for other systems (RFC 6749 4.4, 5.1, 5.2)."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.concealed import Concealed

Text = Annotated[str, Meta(max_length=4096)]


class TokenRequest(Concealed, Struct, frozen=True, kw_only=True):
    """`application/x-www-form-urlencoded`. The client shows itself by `Authorization: Basic`, or by an assertion."""

    grant_type: Text
    scope: Text = ""
    client_id: Text = ""
    client_assertion_type: Text = ""
    client_assertion: Text = ""


class TokenAnswer(Concealed, Struct, frozen=True, kw_only=True):
    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    scope: str


class TokenRefused(Struct, frozen=True, kw_only=True):
    error: str
    error_description: str
