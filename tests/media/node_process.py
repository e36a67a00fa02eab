"""A media node as a process of its own, and what the kernel and its metrics tell of it."""

import asyncio
import contextlib
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Self

from aiohttp import ClientConnectionError, ClientSession

from tests.free_ports import free_port
from tests.media.tokens import TokenMint

MEDIA_CONTAINER = Path(__file__).parents[2] / "media_container"
START_TIMEOUT_S, STOP_TIMEOUT_S = 60.0, 30.0
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


async def start(**environment: str) -> Process:
    """Start `python -m mediaserver` as node-a; the caller reads what it logs, and ends it."""
    return await _start(PIPE, environment)


async def _start(log: int | IO[bytes], environment: Mapping[str, str]) -> Process:
    settings = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(MEDIA_CONTAINER),
        "MEDIA_NODE_ID": "node-a",
        "MEDIA_HTTP_HOST": "127.0.0.1",
        "MEDIA_UDP_HOST": "127.0.0.1",
        "MEDIA_UDP_PORT": "0",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_DEFAULT_REGION": "eu-north-1",
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "mediaserver", env={**settings, **environment}, stdout=PIPE, stderr=log
    )


async def healthy(port: int) -> None:
    """Wait until the node answers. Raises TimeoutError."""
    async with asyncio.timeout(START_TIMEOUT_S), ClientSession() as session:
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/healthz") as answer:
                    assert answer.status == 200
                    return
            except ClientConnectionError:
                await asyncio.sleep(0.05)


class NodeProcess:
    """A node that runs alone, with a key of its own."""

    def __init__(self, process: Process, port: int, mint: TokenMint, log: Path) -> None:
        # One connection for all requests, so that it is always there among the node's.
        self._session = ClientSession()
        self.mint = mint
        self.url = f"ws://127.0.0.1:{port}/media"
        self._process = process
        self._metrics_url = f"http://127.0.0.1:{port}/metrics"
        self._proc = Path(f"/proc/{process.pid}")
        self._log = log

    @classmethod
    async def start(cls, log: Path, **environment: str) -> Self:
        """Start it and wait until it answers; `log` is a file to be written."""
        mint, port = TokenMint(), free_port()
        own = {"MEDIA_HTTP_PORT": str(port), "MEDIA_JOIN_KEYS": json.dumps(mint.public_keys)}
        with log.open("wb") as file:
            process = await _start(file, own | environment)
        node = cls(process, port, mint, log)
        try:
            await healthy(port)
        except TimeoutError:
            await node.stop()
            raise
        return node

    async def metrics(self) -> dict[str, float]:
        """All figures of /metrics by their names, `media_` left out."""
        async with self._session.get(self._metrics_url) as answer:
            lines = [line.rsplit(" ", 1) for line in (await answer.text()).splitlines() if not line.startswith("#")]
        return {name.removeprefix("media_"): float(value) for name, value in lines}

    def own_memory_kb(self) -> int:
        """Resident memory that is the process' own: without the code of its libraries (RssAnon)."""
        line = next(line for line in self._status() if line.startswith("RssAnon:"))
        return int(line.split()[1])

    def wake_ups(self) -> int:
        """How often it went to sleep until now: what its timers and sockets make it do."""
        line = next(line for line in self._status() if line.startswith("voluntary_ctxt_switches:"))
        return int(line.split()[1])

    def _status(self) -> list[str]:
        return (self._proc / "status").read_text(encoding="ascii", errors="replace").splitlines()

    def cpu_s(self) -> float:
        """CPU time used until now, user and system."""
        fields = (self._proc / "stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS_PER_SECOND

    def descriptors(self) -> dict[str, int]:
        """Open file descriptors: all, and the sockets among them."""
        targets = []
        for each in list((self._proc / "fd").iterdir()):
            with contextlib.suppress(FileNotFoundError):  # closed meanwhile
                targets.append(str(each.readlink()))
        return {"descriptors": len(targets), "sockets": sum(target.startswith("socket:") for target in targets)}

    def log_lines(self) -> list[str]:
        """What it has logged until now."""
        return self._log.read_text(encoding="utf-8").splitlines()

    async def stop(self) -> int:
        """Ask it to end; its exit status. Raises TimeoutError."""
        await self._session.close()
        if self._process.returncode is None:
            self._process.terminate()
        async with asyncio.timeout(STOP_TIMEOUT_S):
            return await self._process.wait()
