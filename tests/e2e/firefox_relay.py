"""Firefox as Playwright knows it: starts the browser, and answers the commands that this Firefox has not got yet.

Playwright drives Firefox over WebDriver BiDi (W3C). Debian's long-term Firefox lacks an emulation command without which
no page opens; nothing here needs what it does. Everything else passes through both ways, unread. Run as the browser:
takes Firefox's own arguments, and says where to connect in Firefox's own words.
"""

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import sys

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, web

ANSWERED_HERE = frozenset({"emulation.setMediaFeaturesOverride"})
_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class FirefoxMissing(Exception):
    """No Firefox on the PATH, or it ended before it listened."""


async def start_firefox(arguments: list[str]) -> tuple[asyncio.subprocess.Process, str]:
    """The browser and the address of its BiDi server. Raises FirefoxMissing."""
    program = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        raise FirefoxMissing("no Firefox on the PATH; `make setup-tests` installs it, or set FIREFOX")
    firefox = await asyncio.create_subprocess_exec(program, *arguments, stderr=asyncio.subprocess.PIPE)
    assert firefox.stderr is not None
    async for line in firefox.stderr:
        found = _LISTENING.search(line.decode(errors="replace"))
        if found:
            return firefox, found[1]
    raise FirefoxMissing("Firefox ended before it listened")


async def relay(request: web.Request) -> web.WebSocketResponse:
    """One client's session."""
    client = web.WebSocketResponse(max_msg_size=0)
    await client.prepare(request)
    async with ClientSession() as http, http.ws_connect(request.app[ADDRESS], max_msg_size=0) as firefox:
        answers = asyncio.create_task(_pass_down(firefox, client))
        async for message in client:
            if message.type == WSMsgType.TEXT:
                await _pass_up(message.data, client, firefox)
        answers.cancel()
    return client


async def _pass_up(text: str, client: web.WebSocketResponse, firefox: ClientWebSocketResponse) -> None:
    command = json.loads(text)
    if command["method"] in ANSWERED_HERE:
        await client.send_json({"type": "success", "id": command["id"], "result": {}})
    else:
        await firefox.send_str(text)


async def _pass_down(firefox: ClientWebSocketResponse, client: web.WebSocketResponse) -> None:
    async for message in firefox:
        if message.type == WSMsgType.TEXT:
            await client.send_str(message.data)
    await client.close()


ADDRESS = web.AppKey("address", str)


async def main(arguments: list[str]) -> None:
    """Until Firefox ends."""
    firefox, address = await start_firefox(arguments)
    application = web.Application()
    application[ADDRESS] = f"{address}/session"
    application.router.add_get("/session", relay)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, firefox.terminate)
    sys.stderr.write(f"WebDriver BiDi listening on ws://127.0.0.1:{runner.addresses[0][1]}\n")
    sys.stderr.flush()
    with contextlib.suppress(ConnectionError):
        await firefox.communicate()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
