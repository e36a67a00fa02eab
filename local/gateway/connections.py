"""API Gateway's management API of the live sockets: `/@live/@connections/{id}`, for the app alone."""

import json
from datetime import UTC, datetime
from http import HTTPStatus

from aiohttp import web

from local.gateway.live import MESSAGE_LIMIT_BYTES, ConnectionGone, LiveApi

PATH = "/@live/@connections/{connection_id}"


class ConnectionsApi:
    """PostToConnection, GetConnection and DeleteConnection. A dead id is 410 GoneException."""

    def __init__(self, live: LiveApi) -> None:
        self._live = live

    async def handle(self, request: web.Request) -> web.Response:
        """One call. Only signed ones are taken, so that no web page can make a browser send one."""
        if not request.headers.get("Authorization", "").startswith("AWS4-HMAC-SHA256 "):
            return _error(HTTPStatus.FORBIDDEN, "ForbiddenException")
        try:
            return await self._call(request.method, request.match_info["connection_id"], request)
        except ConnectionGone:
            return _error(HTTPStatus.GONE, "GoneException")
        except web.HTTPRequestEntityTooLarge:
            return _error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "PayloadTooLargeException")

    async def _call(self, method: str, connection_id: str, request: web.Request) -> web.Response:
        if method == "DELETE":
            await self._live.close(connection_id)
            return web.Response(status=HTTPStatus.NO_CONTENT)
        if method == "POST":
            data = await request.read()
            if len(data) > MESSAGE_LIMIT_BYTES:
                raise web.HTTPRequestEntityTooLarge(MESSAGE_LIMIT_BYTES, len(data))
            await self._live.post(connection_id, data.decode("utf-8"))
            return web.Response()
        context = self._live.describe(connection_id)
        connected = datetime.fromtimestamp(context["connectedAt"] / 1000, UTC).isoformat()
        return web.json_response({"connectedAt": connected, "identity": context["identity"]})


def _error(status: HTTPStatus, name: str) -> web.Response:
    body = json.dumps({"message": status.phrase}).encode("utf-8")
    return web.Response(status=status, body=body, headers={"x-amzn-ErrorType": name}, content_type="application/json")
