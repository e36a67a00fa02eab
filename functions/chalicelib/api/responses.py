"""What a handler gave -> the HTTP response, with the headers that every answer carries."""

from http import HTTPStatus
from typing import Any

import msgspec
from chalice.app import Response

from chalicelib.api.endpoint import Answer, Done, Endpoint, Page, Redirect, Whole
from chalicelib.api.fhir_outcome import refusal
from chalicelib.api.schemas.problem import MEDIA_TYPE, LinkSender, Problem
from chalicelib.errors import LinkDead, VardrumError

JSON_TYPE = "application/json"

# OWASP REST security cheat sheet: nothing cached, sniffed, framed or leaked, whatever the answer is.
HEADERS: dict[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def respond(endpoint: Endpoint, given: Any) -> Response:
    """The response for whatever a handler may return (api/endpoint.py)."""
    match given:
        case None | Done():
            return _response("", HTTPStatus.NO_CONTENT, cookies=given.cookies if given else ())
        case Redirect(location, cookies):
            return _response("", HTTPStatus.FOUND, {"Location": location}, cookies)
        case Page(media_type, text):
            return _response(text, HTTPStatus.OK, {"Content-Type": media_type, "Content-Security-Policy": _PAGE_POLICY})
        case Whole():
            return _whole(given)
        case Answer(body, status, cookies):
            return _json(body, status, cookies)
        case body:
            return _json(body, endpoint.statuses[0], ())


def refused(endpoint: Endpoint, error: VardrumError) -> Response:
    """In the form that its caller reads: other systems an OperationOutcome, everyone else a problem."""
    return _whole(refusal(error)) if endpoint.audience == "system" else problem(error)


def _whole(answer: Whole) -> Response:
    headers = {"Content-Type": answer.media_type} if answer.body else {}
    return _response(answer.body.decode(), answer.status, {**headers, **answer.headers})


def problem(error: VardrumError) -> Response:
    """RFC 9457. The detail is the error's fixed sentence; nothing of the input is in it."""
    shape = Problem(
        title=HTTPStatus(error.status).phrase,
        status=error.status,
        code=error.code,
        detail=str(error),
        field=error.field,
        sender=_sender(error),
    )
    return _response(msgspec.json.encode(shape).decode(), error.status, {"Content-Type": MEDIA_TYPE})


def _sender(error: VardrumError) -> LinkSender | None:
    if not isinstance(error, LinkDead) or error.sender is None:
        return None
    return msgspec.convert(error.sender, LinkSender, from_attributes=True)


def _json(body: Any, status: int, cookies: tuple[str, ...]) -> Response:
    return _response(msgspec.json.encode(body).decode(), status, {"Content-Type": JSON_TYPE}, cookies)


def _response(body: str, status: int, headers: dict[str, str] | None = None, cookies: tuple[str, ...] = ()) -> Response:
    several: dict[str, Any] = {"Set-Cookie": list(cookies)} if cookies else {}
    return Response(body=body, status_code=status, headers={**HEADERS, **(headers or {}), **several})
