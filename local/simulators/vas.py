"""VAS: a day's bookings of the demo clinicians, delivered, moved and cancelled at a click or by a test.

`GET /vas/api/bookings?day=2026-11-23`; `POST /vas/api/send` with `{"external_id": ..., "action": "send"}` (`move`, `cancel`,
`again`: the same version once more), or `{"day": ...}` for all of a day; `POST /vas/api/bookings` delivers any booking, with
the fields of `vas_day.VasBooking`.
"""

from dataclasses import asdict
from datetime import date, datetime
from html import escape
from typing import Any

import msgspec
from aiohttp import web

from local.simulators.pages import page
from local.simulators.vas_client import VAS
from local.simulators.vas_day import STOCKHOLM, VasBooking, cancelled, moved

routes = web.RouteTableDef()
_ACTIONS = {"send": "Skicka", "move": "Flytta en timme", "cancel": "Avboka", "again": "Skicka igen"}


def prepare(app: web.Application) -> None:
    """Nothing to prepare: it only sends."""


@routes.get("/vas")
async def without_slash(_: web.Request) -> web.Response:
    raise web.HTTPFound("/vas/")


@routes.get("/vas/")
async def show(request: web.Request) -> web.Response:
    day, vas = _day(request.query.get("day", "")), request.app[VAS]
    rows = "".join(_row(each, request) for each in vas.day.of(day))
    return page(
        "VAS",
        f"""<h1>VAS</h1>
<form method="get" action="/vas/" class="switch">
<label>Dag <input type="date" name="day" value="{day.isoformat()}"></label> <button>Visa</button>
</form>
<form method="post" action="/vas/day" class="switch">
<input type="hidden" name="day" value="{day.isoformat()}">
<button class="primary">Skicka hela dagen</button>
</form>
<div class="table"><table><caption>Bokningar</caption>
<thead><tr><th scope="col">Tid</th><th scope="col">Bokning</th><th scope="col">Patient</th>
<th scope="col">Hos</th><th scope="col">Svar</th><th scope="col">Gör</th></tr></thead>
<tbody>{rows}</tbody></table></div>""",
        look="vas",
    )


@routes.post("/vas/day")
async def send_day(request: web.Request) -> web.Response:
    day = _day(str((await request.post()).get("day", "")))
    for booking in request.app[VAS].day.of(day):
        await request.app[VAS].send(booking)
    raise web.HTTPSeeOther(f"/vas/?day={day.isoformat()}")


@routes.post("/vas/act")
async def act(request: web.Request) -> web.Response:
    form = await request.post()
    booking = _known(request, str(form.get("external_id", "")))
    await _acted(request, booking, str(form.get("action", "")))
    raise web.HTTPSeeOther(f"/vas/?day={booking.start.date().isoformat()}")


@routes.get("/vas/api/bookings")
async def bookings(request: web.Request) -> web.Response:
    found = request.app[VAS].day.of(_day(request.query.get("day", "")))
    return _json([asdict(each) for each in found])


@routes.post("/vas/api/send")
async def send(request: web.Request) -> web.Response:
    asked: Any = await request.json()
    if "external_id" in asked:
        booking = _known(request, str(asked["external_id"]))
        return _json(await _acted(request, booking, str(asked.get("action", "send"))))
    every = request.app[VAS].day.of(_day(str(asked.get("day", ""))))
    return _json([await request.app[VAS].send(each) for each in every])


@routes.post("/vas/api/bookings")
async def send_any(request: web.Request) -> web.Response:
    try:
        booking = msgspec.json.decode(await request.read(), type=VasBooking)
    except msgspec.DecodeError as error:
        raise web.HTTPBadRequest(text=str(error)) from None
    return _json(await request.app[VAS].send(booking))


async def _acted(request: web.Request, booking: VasBooking, action: str) -> dict[str, Any]:
    if action not in _ACTIONS:
        raise web.HTTPBadRequest(text="no such action")
    changed = {"move": moved, "cancel": cancelled}.get(action, lambda same: same)(booking)
    return await request.app[VAS].send(changed, same_version=action == "again")


def _known(request: web.Request, external_id: str) -> VasBooking:
    booking = request.app[VAS].day.booking(external_id)
    if booking is None:
        raise web.HTTPNotFound(text="no such booking")
    return booking


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else datetime.now(STOCKHOLM).date()
    except ValueError:
        raise web.HTTPBadRequest(text="no such day") from None


def _row(booking: VasBooking, request: web.Request) -> str:
    day = request.app[VAS].day
    person = day.people.get(booking.number)
    names = ", ".join(day.clinicians[each].name for each in booking.staff if each in day.clinicians)
    cells = (
        f"{booking.start:%H:%M}",
        f"{booking.external_id}. {booking.note}" + (" (avbokad)" if booking.status == "cancelled" else ""),
        f"{person.name if person else 'okänd'}",
        names,
        booking.sent or "inte skickad",
    )
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    buttons = "".join(_button(booking, action, label) for action, label in _ACTIONS.items())
    return f'<tr>{told}<td><div class="actions">{buttons}</div></td></tr>'


def _button(booking: VasBooking, action: str, label: str) -> str:
    return (
        '<form method="post" action="/vas/act">'
        f'<input type="hidden" name="external_id" value="{escape(booking.external_id)}">'
        f'<button name="action" value="{action}">{label}</button></form>'
    )


def _json(value: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), content_type="application/json")
