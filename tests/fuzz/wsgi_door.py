"""The app behind WSGI, for tools that speak it: Chalice has a gateway of its own."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from chalice.config import Config
from chalice.local import ForbiddenError, LocalGateway

import app as deployed

BASE = "/api"
Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]


def door(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """One request (PEP 3333). A path that no route has is API Gateway's own 403 or 404, as from LocalGateway."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
    path = quote(environ["PATH_INFO"].encode("latin-1").removeprefix(BASE.encode()))
    gateway = LocalGateway(deployed.app, Config.create())
    try:
        answer = gateway.handle_request(
            environ["REQUEST_METHOD"], path + query, _headers(environ), environ["wsgi.input"].read(length)
        )
    except ForbiddenError as refused:
        answer = {"statusCode": 403, "headers": refused.headers, "multiValueHeaders": {}, "body": refused.body}
    status = answer["statusCode"]
    start_response(f"{status} {HTTPStatus(status).phrase}", _answered(answer))
    body = answer["body"]
    return [body if isinstance(body, bytes) else str(body).encode()]


def _headers(environ: Environ) -> dict[str, str]:
    sent = {name[5:].replace("_", "-").lower(): str(environ[name]) for name in environ if name.startswith("HTTP_")}
    return {**sent, "content-type": environ["CONTENT_TYPE"]} if environ.get("CONTENT_TYPE") else sent


def _answered(answer: dict[str, Any]) -> list[tuple[str, str]]:
    several = [(name, value) for name, values in answer["multiValueHeaders"].items() for value in values]
    return [(name, str(value)) for name, value in answer["headers"].items()] + several
