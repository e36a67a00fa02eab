"""The simulated phone: every SMS as a bubble, every letter as a card, live. `POST /phone/admin` stops deliveries."""

import asyncio
import json

from aiohttp import web

from local.simulators.message_store import MESSAGES, TooManyListeners
from local.simulators.outage import Outage
from local.simulators.pages import page

routes = web.RouteTableDef()
DELIVERY = web.AppKey("delivery", Outage)
_STOPPING = web.AppKey("stopping", asyncio.Event)
_HEARTBEAT_S = 15.0
_MOST_AT_ONCE = 500


def prepare(app: web.Application) -> None:
    app[DELIVERY] = Outage()
    app[_STOPPING] = asyncio.Event()
    app.router.add_post("/phone/admin", app[DELIVERY].switch)
    app.on_shutdown.append(_stop)


async def _stop(app: web.Application) -> None:
    app[_STOPPING].set()


@routes.get("/phone")
async def without_slash(_: web.Request) -> web.Response:
    raise web.HTTPFound("/phone/")


@routes.get("/phone/")
async def show(_: web.Request) -> web.Response:
    return page(
        "Telefonen",
        """<div class="handset">
<header class="handset-top"><h1>Meddelanden</h1><p id="state" role="status">Ansluter</p></header>
<nav id="recipients" aria-label="Mottagare"></nav>
<ol id="messages" aria-label="Meddelanden, senaste först"></ol>
<p id="empty" class="quiet">Inga meddelanden än. SMS och e-post visas här när de skickas.</p>
</div>""",
        script="phone.js",
        look="phone",
    )


@routes.get("/phone/api/messages")
async def messages(request: web.Request) -> web.Response:
    """`{"messages": [...]}`, newest first; `?to=` one recipient, `?after=` later than that id, `?limit=`."""
    limit = min(_number(request, "limit", 200), _MOST_AT_ONCE)
    found = request.app[MESSAGES].newest(limit, request.query.get("to", ""), _number(request, "after", 0))
    return web.json_response({"messages": found}, headers={"Cache-Control": "no-store"})


@routes.delete("/phone/api/messages")
async def clear(request: web.Request) -> web.Response:
    request.app[MESSAGES].clear()
    return web.Response(status=204)


@routes.get("/phone/events")
async def events(request: web.Request) -> web.StreamResponse:
    """New messages as server-sent events; `Last-Event-ID` brings what came meanwhile."""
    store = request.app[MESSAGES]
    try:
        with store.listening() as queue:
            response = web.StreamResponse(
                headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
            )
            await response.prepare(request)
            await response.write(b"retry: 1000\n\n")
            for missed in reversed(store.newest(_MOST_AT_ONCE, after=_last_event_id(request))):
                await response.write(_event(missed))
            while not request.app[_STOPPING].is_set():
                await response.write(await _next_event(queue, request.app[_STOPPING]))
            return response
    except TooManyListeners:
        raise web.HTTPServiceUnavailable(text="too many pages are open") from None


async def _next_event(queue: "asyncio.Queue[dict[str, object]]", stopping: asyncio.Event) -> bytes:
    """The next message, or a comment that keeps the connection known to be alive."""
    arrival = asyncio.ensure_future(queue.get())
    stop = asyncio.ensure_future(stopping.wait())
    try:
        await asyncio.wait({arrival, stop}, timeout=_HEARTBEAT_S, return_when=asyncio.FIRST_COMPLETED)
        return _event(arrival.result()) if arrival.done() else b": alive\n\n"
    finally:
        arrival.cancel()
        stop.cancel()


def _event(message: dict[str, object]) -> bytes:
    return f"id: {message['id']}\ndata: {json.dumps(message)}\n\n".encode()


def _last_event_id(request: web.Request) -> int:
    """Where to go on; 2**62 (nothing missed) for one who comes anew."""
    text = request.headers.get("Last-Event-ID", request.query.get("after", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 2**62


def _number(request: web.Request, name: str, default: int) -> int:
    text = request.query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else default
