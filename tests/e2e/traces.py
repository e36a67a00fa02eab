"""What the browsers of a test run have asked for, and what personal and secret they have sent on the way."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebSocket

from tests.e2e.secrets import Kind, Secret

FIELDS: dict[str, Kind] = {
    "number": "number",
    "phone": "phone",
    "email": "email",
    "name": "name",
    "display_name": "name",
    "reason": "reason",
    "text": "chat",
    "token": "token",
}
"""Of the bodies that our pages send: the fields that hold something of a person, or that opens something."""

IN_CALL: dict[str, Kind] = {"token": "token", "text": "call chat"}
"""Of the frames that go to the media node."""


POLICY = "Content Security Policy"
"""Stands in what Chromium says in the console of something that a page's policy has stopped."""


class Traces:
    """`addresses` are without the fragment, which no browser sends. `stopped`: what our pages' policies did not let them."""

    def __init__(self) -> None:
        self.addresses: set[str] = set()
        self.secrets: set[Secret] = set()
        self.stopped: set[str] = set()

    def follow(self, context: BrowserContext) -> None:
        """From now on all that this profile sends is noted."""
        context.on("request", self._asked)
        context.on("page", self._opened)
        context.on("console", self._told)

    def keep_cookies(self, context: BrowserContext) -> None:
        """Each cookie is a session. To be called before the context is closed."""
        self.secrets |= {Secret("token", cookie["value"]) for cookie in context.cookies() if "value" in cookie}

    def _asked(self, request: Request) -> None:
        self.addresses.add(urldefrag(request.url).url)
        proof = request.headers.get("x-csrf-token")
        if proof:
            self.secrets.add(Secret("proof", proof))
        self.secrets |= set(_in_body(request.post_data or ""))

    def _told(self, message: ConsoleMessage) -> None:
        if POLICY in message.text:
            self.stopped.add(message.text)

    def _opened(self, page: Page) -> None:
        page.on("websocket", self._connected)

    def _connected(self, socket: WebSocket) -> None:
        self.addresses.add(socket.url)
        socket.on("framesent", self._said)

    def _said(self, frame: str | bytes) -> None:
        """The join token and the call's chat: both are for the media node alone."""
        data = _json(frame).get("data")
        for name, kind in IN_CALL.items():
            value = data.get(name) if isinstance(data, dict) else None
            if isinstance(value, str):
                self.secrets.add(Secret(kind, value))


def _in_body(body: str) -> Iterator[Secret]:
    for name, value in _json(body).items():
        if name in FIELDS and isinstance(value, str) and value:
            yield Secret(FIELDS[name], value)
        for each in value if isinstance(value, list) else ():
            yield from _in_body(json.dumps(each))


def _json(text: str | bytes) -> dict[str, Any]:
    """The object that the text is; empty for anything else, as a form."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


TRACES = Traces()
"""Of all browsers of this test run: the privacy test looks at what the others have left."""
