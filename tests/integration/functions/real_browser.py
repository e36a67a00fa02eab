"""A browser against a running stack: cookies as a browser keeps them, and live sockets."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientResponse, ClientSession, ClientWebSocketResponse, DummyCookieJar, WSMsgType

from local.settings import Settings

WAIT_S = 60.0


@dataclass
class RealBrowser:
    """`Secure` cookies are kept for http://localhost, as browsers do."""

    settings: Settings
    http: ClientSession
    cookies: dict[str, str] = field(default_factory=dict)
    csrf_token: str = ""

    @classmethod
    @asynccontextmanager
    async def opened(cls, settings: Settings) -> AsyncIterator["RealBrowser"]:
        async with ClientSession(cookie_jar=DummyCookieJar()) as http:
            yield cls(settings, http)

    async def get(self, path: str) -> tuple[int, Any]:
        return await self.request("GET", path)

    async def post(self, path: str, body: object = None) -> tuple[int, Any]:
        return await self.request("POST", path, body)

    async def request(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Status, and the answer's JSON (None when there is none)."""
        url = f"{self.settings.public_url}/api{path}"
        async with self.http.request(method, url, json=body, headers=self.headers(), allow_redirects=False) as answer:
            self._keep(answer)
            text = await answer.text()
            return answer.status, json.loads(text) if text else None

    async def redirect(self, path: str) -> str:
        """Where a page of the API sends the browser."""
        url = f"{self.settings.public_url}/api{path}"
        async with self.http.get(url, headers=self.headers(), allow_redirects=False) as answer:
            self._keep(answer)
            return answer.headers["Location"]

    def live(self, role: str) -> Any:
        """An open live socket, as an async context."""
        url = f"{self.settings.public_url.replace('http', 'ws')}/live?as={role}"
        return self.http.ws_connect(url, headers=self.headers())

    def headers(self) -> dict[str, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Origin": self.settings.public_url, "Cookie": cookie, "X-CSRF-Token": self.csrf_token}
        return {name: value for name, value in sent.items() if value}

    def _keep(self, answer: ClientResponse) -> None:
        for name, morsel in answer.cookies.items():
            self.cookies[name] = morsel.value
            if morsel["max-age"] == "0":
                del self.cookies[name]


async def next_message(socket: ClientWebSocketResponse, kind: str) -> dict[str, Any]:
    """The next live message of this type; others are passed over. Raises TimeoutError."""
    while True:
        frame = await socket.receive(timeout=WAIT_S)
        assert frame.type is WSMsgType.TEXT, frame
        message: dict[str, Any] = json.loads(frame.data)
        if message["type"] == kind:
            return message
