"""The token endpoint for other systems (V5): client credentials by secret or by a signed assertion."""

from base64 import b64decode
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote_plus

import msgspec

from chalicelib.api.endpoint import Whole, endpoint
from chalicelib.api.observe import log_refused
from chalicelib.api.request import Request
from chalicelib.api.schemas import oauth as schemas
from chalicelib.domain.client_address import hashed_address
from chalicelib.errors import BadInput, NotLoggedIn, TooManyAttempts, UnsupportedMediaType
from chalicelib.services.identify_client import Shown
from chalicelib.services.ports import Ports
from chalicelib.services.system_access import Issued, issue_token

FORM = "application/x-www-form-urlencoded"
JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_MOST_FIELDS = 20
_REALM = 'Basic realm="vardrum", charset="UTF-8"'


@endpoint(
    "POST",
    "/oauth/token",
    audience="system",
    action="log_in",
    summary="A token for another system: client credentials by `client_secret_basic` or `private_key_jwt`",
    spec="V5",
    reads=schemas.TokenRequest,
    writes=schemas.TokenAnswer,
    media_type=FORM,
    statuses=(200,),
    problems={
        400: "invalid_request, invalid_scope, unsupported_grant_type",
        401: "invalid_client",
        415: "unsupported_media_type",
        429: "too_many_attempts",
    },
)
def token(ports: Ports, request: Request) -> Whole:
    try:
        asked = _asked(request)
        if asked.grant_type != "client_credentials":
            raise BadInput("only client_credentials", code="unsupported_grant_type")
        issued = issue_token(ports, _shown(request, asked), asked.scope.split(), request.source_ip)
    except (BadInput, UnsupportedMediaType) as refused:
        code = refused.code if refused.code.startswith(("invalid_", "unsupported_grant")) else "invalid_request"
        return _refused(refused.status, code, str(refused))
    except NotLoggedIn as refused:
        _log(ports, request, "invalid_client")
        return _refused(refused.status, "invalid_client", str(refused), {"WWW-Authenticate": _REALM})
    except TooManyAttempts as refused:
        _log(ports, request, refused.code)
        return _refused(refused.status, "too_many_attempts", str(refused), {"Retry-After": "60"})
    return _granted(issued)


def _log(ports: Ports, request: Request, code: str) -> None:
    """Who was kept out, as of any other login: the answer is made here, where the edge sees no refusal."""
    caller = hashed_address(ports.settings.link_key, request.source_ip)
    log_refused("POST /oauth/token", code, request.request_id, caller)


def _asked(request: Request) -> schemas.TokenRequest:
    """Raises BadInput, UnsupportedMediaType."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise UnsupportedMediaType("the body is no form")
    try:
        fields = parse_qsl(request.body.decode("ascii"), max_num_fields=_MOST_FIELDS, strict_parsing=True)
        if len({name for name, _ in fields}) != len(fields):
            raise BadInput("a field is there twice", code="invalid_request")
        return msgspec.convert(dict(fields), schemas.TokenRequest)
    except (ValueError, msgspec.ValidationError):
        raise BadInput("the form has not the right fields", code="invalid_request") from None


def _shown(request: Request, asked: schemas.TokenRequest) -> Shown:
    """RFC 6749 2.3: one way of showing itself, not two. Raises BadInput, NotLoggedIn."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    by_assertion = asked.client_assertion_type == JWT_BEARER and asked.client_assertion
    if by_assertion and scheme:
        raise BadInput("the client shows itself in two ways", code="invalid_request")
    if by_assertion:
        client_id = asked.client_id or _claimed(asked.client_assertion)
        return Shown(client_id, assertion=asked.client_assertion, certificate=request.certificate)
    if scheme.lower() != "basic":
        raise NotLoggedIn("the client does not show who it is", code="invalid_client")
    client_id, secret = _basic(given)
    return Shown(client_id, secret=secret, certificate=request.certificate)


def _basic(given: str) -> tuple[str, str]:
    """RFC 6749 2.3.1: both parts are form-encoded before they are joined."""
    try:
        client_id, colon, secret = b64decode(given.strip(), validate=True).decode().partition(":")
    except ValueError:
        raise NotLoggedIn("the client does not show who it is", code="invalid_client") from None
    if not colon:
        raise NotLoggedIn("the client does not show who it is", code="invalid_client")
    return unquote_plus(client_id), unquote_plus(secret)


def _claimed(assertion: str) -> str:
    """Whose the assertion says that it is; it is checked against that client's keys."""
    import jwt  # noqa: PLC0415  cold start

    try:
        claims = jwt.decode(assertion, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError):
        raise NotLoggedIn("the assertion cannot be read", code="invalid_client") from None
    return str(claims.get("iss", ""))


def _granted(issued: Issued) -> Whole:
    answer = schemas.TokenAnswer(
        access_token=issued.token,
        token_type="Bearer",  # noqa: S106 - the type's name
        expires_in=issued.expires_in_s,
        scope=" ".join(issued.scopes),
    )
    return Whole("application/json", msgspec.json.encode(answer), HTTPStatus.OK, {"Pragma": "no-cache"})


def _refused(status: int, code: str, why: str, headers: dict[str, str] | None = None) -> Whole:
    body = msgspec.json.encode(schemas.TokenRefused(error=code, error_description=why))
    return Whole("application/json", body, status, headers or {})
