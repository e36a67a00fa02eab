"""The simulators over real HTTP, and a server that answers whatever a test tells it to."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from aiohttp import web

from chalicelib.gateways.population_register import SoapPopulationRegister
from local.keys import ensure_keys
from local.simulators.app import make_app
from tests.unit.gateways.register_time import ADDRESS, Time


@dataclass
class Simulators:
    """The simulators in a thread of their own. `url` as another process would reach them."""

    app: web.Application
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    url: str = ""

    def start(self) -> None:
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._runner = web.AppRunner(self.app, access_log=None)
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)

    async def _listen(self) -> None:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


@pytest.fixture
def simulators(tmp_path: Path) -> Iterator[Simulators]:
    keep_keys(tmp_path / "keys")
    running = Simulators(make_app(tmp_path))
    running.start()
    yield running
    running.stop()


def keep_keys(folder: Path) -> None:
    """The simulators' keys are there already: each test would else make RSA keys of its own."""
    folder.mkdir(mode=0o700)
    for name, key in _keys().items():
        (folder / name).write_bytes(key)
        (folder / name).chmod(0o600)


@cache
def _keys() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        ensure_keys(Path(folder))
        return {file.name: file.read_bytes() for file in Path(folder).iterdir()}


@dataclass
class Canned:
    """Answers to give, one after the other, the last one for ever; `asked` keeps the bodies of the questions."""

    url: str = ""
    answers: list[tuple[int, str, bytes]] = field(default_factory=list)
    asked: list[bytes] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def answer(self, status: int, body: bytes | str, content_type: str = "application/json") -> None:
        self.answers.append((status, content_type, body.encode() if isinstance(body, str) else body))


@pytest.fixture
def canned() -> Iterator[Canned]:
    script = Canned()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            script.asked.append(self.rfile.read(int(self.headers["Content-Length"] or 0)))
            self._answer()

        def do_GET(self) -> None:
            script.asked.append(b"")
            self._answer()

        def _answer(self) -> None:
            status, content_type, body = script.answers.pop(0) if len(script.answers) > 1 else script.answers[0]
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            for name, value in script.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_port}"
    yield script
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.fixture
def silent() -> Iterator[str]:
    """A URL where connections are taken and nothing is ever said."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture
def closed_port() -> str:
    """A URL where nothing listens."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.server_close()
    return f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def told(canned: Canned, time: Time) -> Iterator[SoapPopulationRegister]:
    """A gateway to the server that answers as told."""
    with closing(SoapPopulationRegister(canned.url, ADDRESS, waiting=time.waiting)) as gateway:
        yield gateway
