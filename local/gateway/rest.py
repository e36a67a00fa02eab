"""API Gateway's REST API in front of the Chalice app: `/api/visits` reaches the route `/visits`, as behind a stage."""

import asyncio
import base64
import json
import uuid
from collections.abc import Mapping
from concurrent.futures import Executor
from http import HTTPStatus
from typing import Any

from aiohttp import web
from chalice.app import Chalice
from chalice.config import Config
from chalice.local import CustomLocalChalice, LocalChalice, LocalGateway, LocalGatewayException
from multidict import CIMultiDict

from local.lambda_app import MEMORY_MB, TIMEOUT_SECONDS, Event

STAGE = "api"
BODY_LIMIT_BYTES = 256 * 1024
SOURCE_IP_HEADER = "x-vardrum-source-ip"
"""Carries the address through LocalGateway, which has no parameter for it; a client's own is overwritten."""


class _Gateway(LocalGateway):
    """LocalGateway with what the real one tells beside: source address, request id, stage, text bodies."""

    def _generate_lambda_event(self, method: str, path: str, headers: dict[str, Any], body: bytes | None) -> Event:
        source_ip = headers.pop(SOURCE_IP_HEADER)
        event: Event = super()._generate_lambda_event(method, path, headers, body)
        event["requestContext"]["identity"] = {"sourceIp": source_ip, "userAgent": event["headers"].get("user-agent")}
        event["requestContext"].update(
            stage=STAGE,
            apiId="rest",
            requestId=str(uuid.uuid4()),
            path=f"/{STAGE}{event['requestContext']['path']}",
        )
        event["multiValueHeaders"] = {name: [value] for name, value in event["headers"].items()}
        if isinstance(event["body"], bytes):
            event["body"] = event["body"].decode("utf-8", errors="replace") or None
        return event


def per_thread(app: Chalice) -> Chalice:
    """Let each thread have its own `current_request`: Lambda runs one request per process, we run many."""
    CustomLocalChalice.__bases__ = (LocalChalice, app.__class__)
    app.__class__ = CustomLocalChalice
    return app


class RestApi:
    """Answers `/api/*` by calling the app in a thread."""

    def __init__(self, app: Chalice, executor: Executor) -> None:
        config = Config.create(app_name=app.app_name, lambda_timeout=TIMEOUT_SECONDS, lambda_memory_size=MEMORY_MB)
        self._gateway = _Gateway(per_thread(app), config)
        self._executor = executor

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One request. A body over BODY_LIMIT_BYTES is refused before the app sees it."""
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large", "The body is larger than 256 KiB")
        headers = {name.lower(): value for name, value in request.headers.items()}
        headers[SOURCE_IP_HEADER] = request.remote or ""
        path = request.raw_path.removeprefix(f"/{STAGE}") or "/"
        loop = asyncio.get_running_loop()
        try:
            answer = await loop.run_in_executor(
                self._executor, self._gateway.handle_request, request.method, path, headers, body
            )
        except LocalGatewayException as error:
            return _gateway_refusal(error)
        return _response(answer)


def problem(status: HTTPStatus, code: str, detail: str) -> web.Response:
    """An error of the gateway itself, in the form of the app's own (RFC 9457)."""
    document = {"title": status.phrase, "status": status.value, "code": code, "detail": detail}
    body = json.dumps(document).encode("utf-8")
    return web.Response(status=status, body=body, content_type="application/problem+json")


def _gateway_refusal(error: LocalGatewayException) -> web.Response:
    """API Gateway answers 403 where no route matches; infra/ maps that to 404, and so does this."""
    if error.CODE == HTTPStatus.FORBIDDEN:
        return problem(HTTPStatus.NOT_FOUND, "not_found", "There is no such operation")
    return problem(HTTPStatus(error.CODE), "gateway", "The gateway refused the request")


def _response(answer: Mapping[str, Any]) -> web.Response:
    headers: CIMultiDict[str] = CIMultiDict(answer["headers"] or {})
    for name, values in (answer.get("multiValueHeaders") or {}).items():
        for value in values:
            headers.add(name, value)
    text = answer["body"] or ""
    body = base64.b64decode(text) if answer.get("isBase64Encoded") else text
    content = body if isinstance(body, bytes) else body.encode("utf-8")
    return web.Response(status=answer["statusCode"], headers=headers, body=content)
