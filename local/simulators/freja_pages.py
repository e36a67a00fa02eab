"""The Freja app in a browser: see what has arrived, on whose phone, and legitimate or decline."""

from html import escape
from urllib.parse import quote, urlencode, urlsplit

from aiohttp import web

from local.simulators.demo_keys import PEOPLE
from local.simulators.freja_orders import REQUESTS, FrejaRequest, NoSuchRequest
from local.simulators.pages import page
from local.simulators.person_choice import people_with_e_id, person_choice

routes = web.RouteTableDef()
_BAR = '<header class="bar">Freja <small>simulator</small></header>'


def prepare(_: web.Application) -> None:
    """Nothing of its own: the requests are shared with the API."""


@routes.get("/freja")
async def without_slash(_: web.Request) -> web.Response:
    raise web.HTTPFound("/freja/")


@routes.get("/freja/")
async def start(request: web.Request) -> web.Response:
    return page(
        "Freja",
        f"""{_BAR}
<h1>Väntar på dig</h1>
<section id="waiting" data-from="/freja/waiting" aria-live="polite">{_waiting(request)}</section>""",
        script="waiting.js",
        look="freja",
    )


@routes.get("/freja/waiting")
async def waiting(request: web.Request) -> web.Response:
    """The list of open requests, alone, for the page to refresh."""
    return web.Response(text=_waiting(request), content_type="text/html", headers={"Cache-Control": "no-store"})


@routes.get("/freja/app")
async def open_app(request: web.Request) -> web.Response:
    """What `frejaeid://bindUserToTransaction?transactionReference=...` is on a phone."""
    try:
        found = request.app[REQUESTS].open_in_app(request.query.get("transactionReference", ""))
    except NoSuchRequest:
        return _over()
    people = people_with_e_id(request.app[PEOPLE].values(), found.number)
    return page(
        "Legitimera dig",
        f"""{_BAR}
<h1>Legitimera dig</h1>
<p>Vårdrum vill veta vem du är.</p>
<form method="post" action="/freja/app">
<input type="hidden" name="transactionReference" value="{escape(found.auth_ref)}">
<input type="hidden" name="originAppScheme" value="{escape(request.query.get("originAppScheme", ""))}">
<fieldset><legend>Vems telefon är det?</legend>
{"".join(person_choice(person, checked=index == 0) for index, person in enumerate(people))}
</fieldset>
<div class="buttons">
<button class="primary" name="answer" value="approve">Legitimera</button>
<button name="answer" value="decline" formnovalidate>Avbryt</button>
</div>
</form>""",
        look="freja",
    )


@routes.post("/freja/app")
async def answer(request: web.Request) -> web.Response:
    form = await request.post()
    requests = request.app[REQUESTS]
    try:
        found = requests.open_in_app(str(form.get("transactionReference", "")))
    except NoSuchRequest:
        return _over()
    back = str(form.get("originAppScheme", ""))
    if form.get("answer") != "approve":
        found.status = "CANCELED"
        return _back(back, "Avbruten", "Du har avbrutit legitimeringen. Gå tillbaka till tjänsten.")
    person = request.app[PEOPLE].get(str(form.get("person", "")))
    if person is None:
        return _result("Välj en testperson", "Gå tillbaka och välj vems telefonen är.", 400)
    if not requests.approve(found, person):
        text = "Begäran gäller en annan person, och finns inte i din Freja-app."
        return _result("Ingen begäran till dig", text, 403, back=back)
    return _back(back, "Klart", "Du är legitimerad. Gå tillbaka till tjänsten.")


def _waiting(request: web.Request) -> str:
    waiting = request.app[REQUESTS].waiting()
    if not waiting:
        return '<p class="quiet">Ingen väntar på legitimering just nu.</p>'
    rows = "".join(
        f'<li><a class="choice" href="{escape(_app_url(found))}"><strong>{_label(request, found)}</strong>'
        f"<span>har väntat {age_s} s</span></a></li>"
        for found, age_s in waiting[:20]
    )
    return f'<ul class="choices">{rows}</ul>'


def _label(request: web.Request, found: FrejaRequest) -> str:
    person = request.app[PEOPLE].get(found.number)
    return f"Öppna för {escape(person.name)}" if person else "Öppna"


def _app_url(found: FrejaRequest) -> str:
    return f"/freja/app?{urlencode({'transactionReference': found.auth_ref}, quote_via=quote)}"


def _over() -> web.Response:
    return _result("Legitimeringen är avslutad", "Gå tillbaka till tjänsten och börja om.", 404)


def _back(address: str, title: str, text: str) -> web.Response:
    """To the page that opened the app, as the app does where it was told one; on another device there is none."""
    if _is_page(address):
        raise web.HTTPSeeOther(address)
    return _result(title, text)


def _is_page(address: str) -> bool:
    return urlsplit(address).scheme in {"http", "https"}


def _result(title: str, text: str, status: int = 200, *, back: str = "") -> web.Response:
    way_on = (
        f'<a href="{escape(back)}">Tillbaka till tjänsten</a>'
        if _is_page(back)
        else '<a href="/freja/">Till början</a>'
    )
    return page(
        title, f"{_BAR}\n<h1>{escape(title)}</h1><p>{escape(text)}</p><p>{way_on}</p>", look="freja", status=status
    )
