"""The servers under load: started on one core, on loopback, with their own configuration, and ended again."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.bench.media_load import own_core
from tests.bench.media_load.vardrum_client import KEY_ID
from tests.free_ports import free_port

HOST = "127.0.0.1"
START_TIMEOUT_S = 20.0
REPOSITORY = Path(__file__).resolve().parents[3]
# Handles of the largest load have a port each.
_JANUS_PORTS = 6000
CAPACITY = 4000
_NODE_ID = "bench-node"
_JANUS_LIBRARIES = Path("/usr/lib")


class ServerFailed(Exception):
    """A server did not start."""


class Server:
    """A server process pinned to one core; `address` tells the generator how to reach it."""

    def __init__(self, command: list[str], core: int, environment: Mapping[str, str], folder: Path) -> None:
        self._log = folder / "server.log"
        self.address: dict[str, Any] = {}
        self.metrics_url = ""
        with self._log.open("wb") as log:
            self._process = own_core.start(command, core, env=environment, cwd=folder, stdout=log, stderr=log)
        self.process_id = self._process.pid

    def until(self, ready: Callable[[], bool]) -> None:
        """Wait until it is ready. Raises ServerFailed, with the end of its log, if it is not in time."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while not ready():
            if time.monotonic() > deadline or self._process.poll() is not None:
                self.stop()
                raise ServerFailed(f"the server did not start:\n{self.log()[-2000:]}")
            time.sleep(0.05)

    def log(self) -> str:
        """What the process printed so far."""
        return self._log.read_text(errors="replace")

    def metrics(self) -> str:
        """What our node says of itself, in Prometheus text."""
        with urlopen(self.metrics_url, timeout=5) as answer:  # noqa: S310  # our own address
            text: str = answer.read().decode()
        return text

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _is_native(metrics: str) -> bool:
    return any("hot_path" in line and "native" in line and line.endswith(" 1") for line in metrics.splitlines())


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def start_vardrum(core: int, folder: Path, hot_path: str) -> Server:
    """Our own node, alone, with a join key made for this run; `hot_path` is python or native. Raises ServerFailed."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    port = free_port()
    environment = os.environ | {
        "PYTHONPATH": str(REPOSITORY / "media_container"),
        "MEDIA_NODE_ID": _NODE_ID,
        "MEDIA_HTTP_HOST": HOST,
        "MEDIA_HTTP_PORT": str(port),
        "MEDIA_UDP_HOST": HOST,
        "MEDIA_UDP_PORT": str(free_port(socket.SOCK_DGRAM)),
        "MEDIA_ANNOUNCED_IP": HOST,
        "MEDIA_JOIN_KEYS": json.dumps({KEY_ID: public}),
        "FLEET_TABLE": "",
        "CALL_EVENTS_QUEUE_URL": "",
        "MEDIA_CAPACITY": str(CAPACITY),
        "MEDIA_HOT_PATH": hot_path,
    }
    server = Server([sys.executable, "-m", "mediaserver"], core, environment, folder)
    server.until(lambda: _listens(port))
    server.metrics_url = f"http://{HOST}:{port}/metrics"
    if hot_path == "native" and not _is_native(server.metrics()):
        server.stop()
        raise ServerFailed("the node has no compiled hot path here")
    server.address = {
        "kind": "vardrum",
        "url": f"ws://{HOST}:{port}/media",
        "node_id": _NODE_ID,
        "private_key": private,
    }
    return server


def start_janus(core: int, folder: Path, event_loops: int) -> Server:
    """Janus with nothing but its videoroom and WebSockets. Raises ServerFailed, also if it is not installed.

    `event_loops` 0 leaves it to Janus.
    """
    program = shutil.which("janus")
    if program is None:
        raise ServerFailed("Janus is not installed (Debian: apt install janus)")
    port = free_port()
    (folder / "janus.jcfg").write_text(_janus_configuration(folder, event_loops))
    (folder / "janus.plugin.videoroom.jcfg").write_text("general: {}\n")
    (folder / "janus.transport.websockets.jcfg").write_text(
        f'general: {{\n json = "compact"\n ws = true\n ws_port = {port}\n ws_ip = "{HOST}"\n wss = false\n}}\n'
    )
    command = [program, f"--configs-folder={folder}", "--disable-colors"]
    server = Server(command, core, os.environ, folder)
    server.until(lambda: _listens(port))
    server.address = {"kind": "janus", "url": f"ws://{HOST}:{port}", "media_host": _own_address()}
    return server


def _janus_configuration(folder: Path, event_loops: int) -> str:
    libraries = next(_JANUS_LIBRARIES.glob("**/janus/plugins")).parent
    first = 20000 + os.getpid() % 20000
    return f"""
general: {{
  configs_folder = "{folder}"
  plugins_folder = "{libraries}/plugins"
  transports_folder = "{libraries}/transports"
  debug_level = 3
  session_timeout = 0
  {f"event_loops = {event_loops}" if event_loops else ""}
}}
media: {{ rtp_port_range = "{first}-{first + _JANUS_PORTS}" }}
nat: {{
  ice_lite = true
  ice_enforce_list = "{_own_address()}"
}}
plugins: {{ disable = "{_others(libraries / "plugins", "videoroom")}" }}
transports: {{ disable = "{_others(libraries / "transports", "websockets")}" }}
"""


def _others(folder: Path, wanted: str) -> str:
    return ",".join(path.name for path in sorted(folder.glob("*.so")) if wanted not in path.name)


def start_floor(core: int, folder: Path) -> Server:
    """The bare loop. Raises ServerFailed."""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    server = Server([sys.executable, "-m", "tests.bench.media_load.floor"], core, environment, folder)
    server.until(lambda: server.log().endswith("\n"))
    media_port, control_port = map(int, server.log().split())
    server.address = {"kind": "floor", "media_port": media_port, "control_port": control_port}
    return server


def _own_address() -> str:
    """This machine's address, for Janus knows no loopback; packets to it stay within the kernel all the same."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
        except OSError as error:
            raise ServerFailed("Janus needs an address other than loopback") from error
        return str(probe.getsockname()[0])
