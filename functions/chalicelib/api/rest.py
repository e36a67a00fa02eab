"""The endpoints as Chalice routes, and the one way every request goes through them."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from time import perf_counter
from typing import Any

from chalice.app import Chalice, Response

from chalicelib.api import cookies
from chalicelib.api.callers import identify
from chalicelib.api.client_address import client_address
from chalicelib.api.client_certificate import certificate_thumbprint
from chalicelib.api.decode import arguments
from chalicelib.api.endpoint import Endpoint
from chalicelib.api.observe import count, log_not_done, log_refused, log_unexpected
from chalicelib.api.request import Request
from chalicelib.api.responses import refused, respond
from chalicelib.domain.client_address import hashed_address
from chalicelib.errors import VardrumError
from chalicelib.services.ports import Ports

# Who is not logged in, and what is not there, is an ordinary day; a denied look at a patient is in the access log.
_TOLD_OF = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS})
# Our own pages send no such thing: somebody tries what gets through (OWASP ASVS 5.0, V16.3.3).
_MALFORMED = frozenset({"bad_input", "body_too_large"})


def register(app: Chalice, endpoints: Iterable[Endpoint], ports: Callable[[], Ports]) -> None:
    """Route each endpoint. `ports` is asked when a request comes, not now. Media types are our own to judge."""
    for endpoint in endpoints:
        route = app.route(endpoint.path, methods=[endpoint.method], name=endpoint.name, content_types=["*/*"])
        route(_view(app, endpoint, ports))


def _view(app: Chalice, endpoint: Endpoint, ports: Callable[[], Ports]) -> Callable[..., Response]:
    def view(**in_path: str) -> Response:
        known = ports()
        return handle(endpoint, request_of(app.current_request, in_path, known.settings.edge_secret), known)

    return view


def handle(endpoint: Endpoint, request: Request, ports: Ports) -> Response:
    """The answer to one request; never raises."""
    started = perf_counter()
    response = _answer(endpoint, request, ports)
    count(f"{endpoint.method} {endpoint.path}", response.status_code, perf_counter() - started)
    return response


def _answer(endpoint: Endpoint, request: Request, ports: Ports) -> Response:
    what = f"{endpoint.method} {endpoint.path}"
    try:
        known = identify(endpoint, request, ports)
        given = {name: known[kind] for name, kind in endpoint.given.items()}
        return respond(endpoint, endpoint.handler(**given, **arguments(endpoint, request)))
    except VardrumError as error:
        if error.status >= 500:
            log_not_done(what, error.code, request.request_id)
        elif error.status in _TOLD_OF or error.code in _MALFORMED:
            caller = hashed_address(ports.settings.link_key, request.source_ip)
            log_refused(what, error.code, request.request_id, caller)
        return refused(endpoint, error)
    except Exception as error:  # noqa: BLE001  the last line: whatever it is, the caller learns nothing of it
        log_unexpected(what, error, request.request_id)
        return refused(endpoint, VardrumError("something failed here"))


def request_of(current: Any, in_path: dict[str, str], edge_secret: bytes) -> Request:
    """Chalice's request as our own. `edge_secret`: what CloudFront in front of us shows, if it is there."""
    headers = {name.lower(): value for name, value in current.headers.items()}
    return Request(
        headers=headers,
        query=dict(current.query_params or {}),
        in_path=in_path,
        cookies=cookies.parse(headers.get("cookie", "")),
        source_ip=client_address(headers, current.context.get("identity", {}).get("sourceIp", ""), edge_secret),
        request_id=current.context.get("requestId", ""),
        body=current.raw_body,
        certificate=certificate_thumbprint(current.context.get("identity", {}).get("clientCert", {})),
    )
