"""API Gateway's WebSocket API in front of the app: `/live`, and the sockets that `@connections` writes to."""

import asyncio
import json
import secrets
import time
from concurrent.futures import Executor
from http import HTTPStatus
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web
from chalice.app import Chalice

from local.lambda_app import Event, HandlerFailed, invoke, resolve

STAGE = "live"
API_ID = "live"
MESSAGE_LIMIT_BYTES = 128 * 1024
IDLE_SECONDS = 10 * 60
LIFETIME_SECONDS = 2 * 60 * 60
IN_FLIGHT_PER_SOCKET = 8
WRITE_SECONDS = 10.0


class ConnectionGone(Exception):
    """No open socket has this id."""


class LiveApi:
    """Open sockets by connection id. Limits as API Gateway's: size, idle time and life."""

    def __init__(self, app: Chalice, executor: Executor) -> None:
        self._handlers = {key: resolve(each.handler_string) for key, each in app.websocket_handlers.items()}
        self._executor = executor
        self._sockets: dict[str, tuple[web.WebSocketResponse, Event]] = {}

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One socket, from the handshake to its end. The status of `$connect` refuses the handshake."""
        socket = web.WebSocketResponse(max_msg_size=MESSAGE_LIMIT_BYTES, compress=False, timeout=1.0)
        if not socket.can_prepare(request):
            return web.Response(status=HTTPStatus.UPGRADE_REQUIRED)
        connection_id = secrets.token_urlsafe(12)
        context = _request_context(connection_id, request)
        status = await self._connect(context, request)
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return web.Response(status=status)
        await socket.prepare(request)
        self._sockets[connection_id] = (socket, context)
        try:
            await self._receive(socket, context)
        finally:
            del self._sockets[connection_id]
            await self._invoke("$disconnect", context, {"body": None})
        return socket

    async def post(self, connection_id: str, text: str) -> None:
        """Write to a socket. Raises ConnectionGone, also for one that does not drain."""
        socket = self._socket(connection_id)
        try:
            await asyncio.wait_for(socket.send_str(text), WRITE_SECONDS)
        except (ConnectionError, TimeoutError) as error:
            raise ConnectionGone(connection_id) from error

    async def close(self, connection_id: str) -> None:
        """End a socket. Raises ConnectionGone."""
        await self._socket(connection_id).close(code=WSCloseCode.OK)

    def describe(self, connection_id: str) -> Event:
        """Its request context. Raises ConnectionGone."""
        self._socket(connection_id)
        return self._sockets[connection_id][1]

    async def close_all(self, _: web.Application) -> None:
        """The gateway stops: clients come back by themselves."""
        sockets = [socket for socket, _ in self._sockets.values()]
        await asyncio.gather(*(socket.close(code=WSCloseCode.GOING_AWAY) for socket in sockets))

    def _socket(self, connection_id: str) -> web.WebSocketResponse:
        socket, _ = self._sockets.get(connection_id, (None, {}))
        if socket is None or socket.closed:
            raise ConnectionGone(connection_id)
        return socket

    async def _connect(self, context: Event, request: web.Request) -> int:
        headers = dict(request.headers.items())
        query = {name: request.query.getall(name) for name in request.query}
        answer = await self._invoke(
            "$connect",
            context,
            {
                "headers": headers,
                "multiValueHeaders": {name: request.headers.getall(name) for name in headers},
                "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
                "multiValueQueryStringParameters": query or None,
            },
        )
        return HTTPStatus.BAD_GATEWAY if answer is None else int(answer.get("statusCode", HTTPStatus.OK))

    async def _receive(self, socket: web.WebSocketResponse, context: Event) -> None:
        """Messages run concurrently, at most IN_FLIGHT_PER_SOCKET: the real API promises no order either."""
        limit = asyncio.Semaphore(IN_FLIGHT_PER_SOCKET)
        ends_at = time.monotonic() + LIFETIME_SECONDS
        async with asyncio.TaskGroup() as tasks:
            while (left := ends_at - time.monotonic()) > 0:
                try:
                    message = await socket.receive(timeout=min(IDLE_SECONDS, left))
                except TimeoutError:
                    break
                if message.type is not WSMsgType.TEXT and message.type is not WSMsgType.BINARY:
                    return
                await limit.acquire()
                tasks.create_task(self._message(socket, context, message.data, limit))
        await socket.close(code=WSCloseCode.GOING_AWAY)

    async def _message(
        self, socket: web.WebSocketResponse, context: Event, data: str | bytes, limit: asyncio.Semaphore
    ) -> None:
        try:
            text = data if isinstance(data, str) else data.decode("utf-8", errors="replace")
            if await self._invoke(self._route(text), context, {"body": text}) is None:
                await self._tell_failure(socket, context)
        finally:
            limit.release()

    def _route(self, text: str) -> str:
        """API Gateway's `$request.body.action`, else `$default`."""
        try:
            body = json.loads(text)
        except ValueError:
            return "$default"
        action = body.get("action") if isinstance(body, dict) else None
        return action if isinstance(action, str) and action in self._handlers else "$default"

    async def _invoke(self, route_key: str, context: Event, parts: dict[str, Any]) -> Event | None:
        """The handler's answer; None when it failed or there is none, as Lambda's error is to API Gateway."""
        handler = self._handlers.get(route_key)
        if handler is None:
            return {} if route_key in {"$connect", "$disconnect"} else None
        event_type = {"$connect": "CONNECT", "$disconnect": "DISCONNECT"}.get(route_key, "MESSAGE")
        request_id = secrets.token_urlsafe(12)
        call = context | {"routeKey": route_key, "eventType": event_type, "requestId": request_id}
        event = {"requestContext": call, "isBase64Encoded": False, **parts}
        loop = asyncio.get_running_loop()
        try:
            answer = await loop.run_in_executor(self._executor, invoke, handler, route_key, event)
        except HandlerFailed:
            return None
        return answer if isinstance(answer, dict) else {}

    async def _tell_failure(self, socket: web.WebSocketResponse, context: Event) -> None:
        failure = {"message": "Internal server error", "connectionId": context["connectionId"], "requestId": "-"}
        if not socket.closed:
            await socket.send_str(json.dumps(failure))


def _request_context(connection_id: str, request: web.Request) -> Event:
    return {
        "connectionId": connection_id,
        "connectedAt": int(time.time() * 1000),
        "domainName": request.host,
        "stage": STAGE,
        "apiId": API_ID,
        "identity": {"sourceIp": request.remote or "", "userAgent": request.headers.get("User-Agent")},
    }
