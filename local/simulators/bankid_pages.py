"""The BankID app in a browser: see who waits, scan, choose a test person, legitimate or refuse."""

from html import escape
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from local.simulators.bankid_orders import ORDERS, NoSuchOrder, Order
from local.simulators.demo_keys import PEOPLE
from local.simulators.pages import page
from local.simulators.person_choice import people_with_e_id, person_choice

routes = web.RouteTableDef()
_TO_START = '<a href="/bankid/">Till början</a>'


def prepare(_: web.Application) -> None:
    """Nothing of its own: the orders are shared with the API."""


@routes.get("/bankid")
async def without_slash(_: web.Request) -> web.Response:
    raise web.HTTPFound("/bankid/")


@routes.get("/bankid/")
async def start(request: web.Request) -> web.Response:
    return page(
        "BankID",
        f"""<header class="bar">BankID <small>simulator</small></header>
<h1>Skanna QR-kod</h1>
<section id="waiting" data-from="/bankid/waiting" aria-live="polite">{_waiting(request)}</section>
<h2>Eller klistra in</h2>
<form method="post" action="/bankid/scan" class="paste">
<label for="qr">QR-kodens text</label>
<textarea id="qr" name="qr" rows="3" required maxlength="300" autocomplete="off" spellcheck="false"
 placeholder="bankid."></textarea>
<button class="primary">Skanna</button>
</form>""",
        script="waiting.js",
        look="bankid",
    )


@routes.get("/bankid/waiting")
async def waiting(request: web.Request) -> web.Response:
    """The list of waiting orders, alone, for the page to refresh."""
    return web.Response(text=_waiting(request), content_type="text/html", headers={"Cache-Control": "no-store"})


@routes.post("/bankid/scan")
async def scan(request: web.Request) -> web.Response:
    form = await request.post()
    try:
        order = request.app[ORDERS].scan(str(form.get("qr", "")))
    except NoSuchOrder:
        return _result("QR-koden gäller inte", "Den är för gammal eller inte från BankID. Skanna igen.", 404)
    raise web.HTTPSeeOther(_app_url(order, "null"))


@routes.get("/bankid/app")
async def open_app(request: web.Request) -> web.Response:
    """What `https://app.bankid.com/?autostarttoken=...&redirect=...` is on a phone."""
    try:
        order = request.app[ORDERS].open_in_app(request.query.get("autostarttoken", ""))
    except NoSuchOrder:
        return _result("Legitimeringen är avslutad", "Gå tillbaka till tjänsten och börja om.", 404)
    people = people_with_e_id(request.app[PEOPLE].values(), order.required_number)
    return page(
        "Legitimera dig",
        f"""<header class="bar">BankID <small>simulator</small></header>
<h1>Legitimera dig</h1>
<p>Vårdrum vill veta vem du är{_for_whom(request, order)}.</p>
{_purpose(order)}
<form method="post" action="/bankid/app">
<input type="hidden" name="autostarttoken" value="{escape(order.auto_start_token)}">
<input type="hidden" name="redirect" value="{escape(request.query.get("redirect", "null"))}">
<fieldset><legend>Testperson</legend>
{"".join(person_choice(person, checked=index == 0) for index, person in enumerate(people))}
</fieldset>
<div class="buttons">
<button class="primary" name="answer" value="approve">Legitimera</button>
<button name="answer" value="refuse" formnovalidate>Avbryt</button>
</div>
</form>""",
        look="bankid",
    )


@routes.post("/bankid/app")
async def answer(request: web.Request) -> web.Response:
    form = await request.post()
    orders = request.app[ORDERS]
    try:
        order = orders.open_in_app(str(form.get("autostarttoken", "")))
    except NoSuchOrder:
        return _result("Legitimeringen är avslutad", "Gå tillbaka till tjänsten och börja om.", 404)
    redirect = order.return_url or str(form.get("redirect", "null"))
    if form.get("answer") != "approve":
        order.finish("failed", "userCancel")
        return _back(redirect, "Avbruten", "Du har avbrutit legitimeringen. Gå tillbaka till tjänsten.")
    person = request.app[PEOPLE].get(str(form.get("person", "")))
    if person is None:
        return _result("Välj en testperson", "Gå tillbaka och välj vem du är.", 400)
    if not orders.approve(order, person):
        text = "Tjänsten väntar på en annan person än den du valde."
        return _result("Legitimeringen misslyckades", text, 403, back=redirect)
    return _back(redirect, "Klart", "Du är legitimerad. Gå tillbaka till tjänsten.")


def _waiting(request: web.Request) -> str:
    orders = request.app[ORDERS].waiting()
    if not orders:
        return '<p class="quiet">Ingen väntar på legitimering just nu.</p>'
    rows = "".join(
        f'<li><a class="choice" href="{escape(_app_url(order, "null"))}"><strong>{_label(request, order)}</strong>'
        f"<span>har väntat {age_s} s</span></a></li>"
        for order, age_s in orders[:20]
    )
    return f'<ul class="choices">{rows}</ul>'


def _purpose(order: Order) -> str:
    """What the relying party wants the person to read (`userVisibleData`)."""
    lines = "<br>".join(escape(line) for line in order.purpose.splitlines())
    return f'<p class="purpose">{lines}</p>' if lines else ""


def _for_whom(request: web.Request, order: Order) -> str:
    person = request.app[PEOPLE].get(order.required_number)
    return f", och väntar på {escape(person.name)}" if person else ""


def _label(request: web.Request, order: Order) -> str:
    person = request.app[PEOPLE].get(order.required_number)
    return f"Skanna för {escape(person.name)}" if person else "Skanna"


def _app_url(order: Order, redirect: str) -> str:
    return f"/bankid/app?{urlencode({'autostarttoken': order.auto_start_token, 'redirect': redirect})}"


def _back(redirect: str, title: str, text: str) -> web.Response:
    """To the page that started the app, as BankID does; on another device there is none."""
    if _is_page(redirect):
        raise web.HTTPSeeOther(redirect)
    return _result(title, text)


def _is_page(redirect: str) -> bool:
    return urlsplit(redirect).scheme in {"http", "https"}


def _result(title: str, text: str, status: int = 200, *, back: str = "null") -> web.Response:
    way_on = f'<a href="{escape(back)}">Tillbaka till tjänsten</a>' if _is_page(back) else _TO_START
    return page(
        title,
        f"""<header class="bar">BankID <small>simulator</small></header>
<h1>{escape(title)}</h1><p>{escape(text)}</p><p>{way_on}</p>""",
        look="bankid",
        status=status,
    )
