"""A browser at the door of the app: REST through Chalice's own gateway, live sockets as API Gateway's events."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from chalice.config import Config
from chalice.local import LocalGateway

import app as deployed
from tests.fake_ports import FakePorts

ORIGIN = "https://vardrum.example"
_connections = count(1)


@dataclass(frozen=True, slots=True)
class Reply:
    """`headers` with names in lower case; `set_cookies` as sent."""

    status: int
    headers: Mapping[str, str]
    set_cookies: list[str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        """The problem's code."""
        assert self.headers["content-type"] == "application/problem+json"
        return str(self.json["code"])


@dataclass
class Browser:
    """Keeps cookies, and sends what our own pages send; a test takes away or changes what it is about."""

    ports: FakePorts
    cookies: dict[str, str] = field(default_factory=dict)
    csrf_token: str = ""
    headers: dict[str, str] = field(default_factory=lambda: {"origin": ORIGIN})

    def get(self, path: str) -> Reply:
        return self.request("GET", path)

    def post(self, path: str, body: object = None) -> Reply:
        return self.request("POST", path, body)

    def put(self, path: str, body: object) -> Reply:
        return self.request("PUT", path, body)

    def delete(self, path: str) -> Reply:
        return self.request("DELETE", path)

    def request(self, method: str, path: str, body: object = None) -> Reply:
        raw = b"" if body is None else json.dumps(body).encode()
        return self.send(method, path, raw, {"content-type": "application/json"} if raw else {})

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> Reply:
        """Exactly these bytes, with the browser's own headers beside those given."""
        sent = {**self.headers, "x-csrf-token": self.csrf_token, "cookie": self._cookie(), **(headers or {})}
        gateway = LocalGateway(deployed.app, Config.create())
        answer = gateway.handle_request(method, path, {k: v for k, v in sent.items() if v}, body)
        return self._kept(answer)

    def connect(self, role: str) -> tuple[int, str]:
        """Open a live socket; the status of the handshake and the connection's id."""
        connection = f"socket-{next(_connections)}"
        event = _live_event("$connect", connection) | {
            "headers": {**self.headers, "Cookie": self._cookie()},
            "queryStringParameters": {"as": role},
        }
        return int(deployed.live_connect(event, None)["statusCode"]), connection

    def say(self, connection: str, message: object) -> list[Any]:
        """Send a message (text as it is, anything else as JSON); what came back on that socket."""
        before = len(self.ports.live_push.pushed)
        body = message if isinstance(message, str) else json.dumps(message)
        deployed.live_message(_live_event("$default", connection) | {"body": body}, None)
        return heard(self.ports, connection, before)

    def close(self, connection: str) -> None:
        deployed.live_disconnect(_live_event("$disconnect", connection), None)

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _kept(self, answer: Mapping[str, Any]) -> Reply:
        set_cookies = answer["multiValueHeaders"].get("Set-Cookie", [])
        for header in set_cookies:
            pair, *attributes = header.split("; ")
            name, _, value = pair.partition("=")
            self.cookies[name] = value
            if "Max-Age=0" in attributes:
                del self.cookies[name]
        headers = {name.lower(): value for name, value in answer["headers"].items()}
        return Reply(answer["statusCode"], headers, set_cookies, answer["body"])


def heard(ports: FakePorts, connection: str, since: int = 0) -> list[Any]:
    """What was pushed to one socket."""
    return [json.loads(payload) for to, payload in ports.live_push.pushed[since:] if to == connection]


def _live_event(route: str, connection: str) -> dict[str, Any]:
    context = {
        "routeKey": route,
        "connectionId": connection,
        "domainName": "live.example",
        "stage": "live",
        "apiId": "live",
        "requestId": "test",
    }
    return {"requestContext": context, "isBase64Encoded": False, "body": None}
