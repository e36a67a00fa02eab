"""The population register (Personuppgiftstjänsten): the SOAP endpoint, a list of its people, and a switch."""

from html import escape

from aiohttp import web

from local.simulators import register_soap
from local.simulators.demo import Person
from local.simulators.demo_keys import PEOPLE
from local.simulators.outage import DOWN, WELL, Outage
from local.simulators.pages import page
from local.simulators.register_faults import AILMENTS, worsened
from local.simulators.register_record import record_of

routes = web.RouteTableDef()
REGISTER = web.AppKey("register", Outage)
_MODES = {WELL: "svarar", DOWN: "svarar inte", **AILMENTS}


def prepare(app: web.Application) -> None:
    app[REGISTER] = Outage(AILMENTS)
    app.router.add_post("/register/admin", app[REGISTER].switch)


@routes.post("/register")
async def get_persons_for_profile(request: web.Request) -> web.Response:
    if request.app[REGISTER].down:
        return _soap(register_soap.fault("VP009 Error connecting to service producer", "Server"), 500)
    if request.headers.get("SOAPAction", "").strip('"') != register_soap.SOAP_ACTION:
        return _soap(register_soap.fault("Unknown SOAPAction"), 500)
    try:
        question = register_soap.read_question(await request.read())
    except register_soap.BadQuestion as bad:
        return _soap(register_soap.fault(str(bad)), 500)
    answer = _answer(question, request.app[PEOPLE])
    return _soap(*await worsened(request.app[REGISTER].mode, question, answer, lambda: _is_gone(request)))


@routes.get("/register")
async def without_slash(_: web.Request) -> web.Response:
    raise web.HTTPFound("/register/")


@routes.get("/register/")
async def show(request: web.Request) -> web.Response:
    down, mode = request.app[REGISTER].down, request.app[REGISTER].mode
    rows = "".join(_row(person, request.app[PEOPLE]) for person in request.app[PEOPLE].values())
    return page(
        "Personuppgiftstjänsten",
        f"""<h1>Personuppgiftstjänsten</h1>
<form method="post" action="/register/switch" class="switch">
<p role="status">Registret {_MODES[mode]}.</p>
<button class="primary" name="down" value="{"no" if down else "yes"}">{"Sätt på" if down else "Stäng av"}</button>
</form>
<form method="post" action="/register/mode" class="switch">
<label>Registret <select name="mode">{"".join(_option(*each, mode) for each in _MODES.items())}</select></label>
<button>Välj</button>
</form>
<div class="table"><table><caption>Testpersoner</caption>
<thead><tr><th scope="col">Personnummer</th><th scope="col">Namn</th><th scope="col">Uppgifter</th></tr></thead>
<tbody>{rows}</tbody></table></div>""",
    )


@routes.post("/register/switch")
async def switch(request: web.Request) -> web.Response:
    request.app[REGISTER].down = (await request.post()).get("down") == "yes"
    raise web.HTTPSeeOther("/register/")


@routes.post("/register/mode")
async def choose_mode(request: web.Request) -> web.Response:
    try:
        request.app[REGISTER].mode = str((await request.post()).get("mode"))
    except ValueError:
        raise web.HTTPBadRequest(text="no such mode") from None
    raise web.HTTPSeeOther("/register/")


def _is_gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


def _answer(question: register_soap.Question, people: dict[str, Person]) -> str:
    return register_soap.answer(
        [
            register_soap.requested(root, number, _record(people.get(number), people, question))
            for root, number in question.people
        ]
    )


def _record(person: Person | None, people: dict[str, Person], question: register_soap.Question) -> str:
    if person is None:
        return "<personRecord/>"
    if person.referred_to and not question.ignore_referred:
        person = people[person.referred_to]
    return record_of(person, people, with_relationships=question.with_relationships)


def _option(mode: str, label: str, chosen: str) -> str:
    return f'<option value="{mode}"{" selected" if mode == chosen else ""}>{escape(label)}</option>'


def _row(person: Person, people: dict[str, Person]) -> str:
    notes = [
        *(["sekretessmarkering"] if person.protected else []),
        *(["skyddad folkbokföring"] if person.protected_registration else []),
        *(["avliden"] if person.deregistered == "AV" else []),
        *(["utvandrad"] if person.deregistered == "UV" else []),
        *([f"hänvisas till {people[person.referred_to].written_number}"] if person.referred_to else []),
        *([f"vårdnadshavare {', '.join(people[each].name for each in person.guardians)}"] if person.guardians else []),
    ]
    cells = (person.written_number, person.name, "; ".join(notes))
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _soap(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/xml", charset="utf-8")
