"""The population register (Personuppgiftstjänsten): the SOAP endpoint, a list of its people, and a switch."""

from html import escape

from aiohttp import web

from local.simulators import register_soap
from local.simulators.demo import Person
from local.simulators.demo_keys import PEOPLE
from local.simulators.outage import Outage
from local.simulators.pages import page

routes = web.RouteTableDef()
REGISTER = web.AppKey("register", Outage)


def prepare(app: web.Application) -> None:
    app[REGISTER] = Outage()
    app.router.add_post("/register/admin", app[REGISTER].switch)


@routes.post("/register")
async def get_persons_for_profile(request: web.Request) -> web.Response:
    if request.app[REGISTER].down:
        return _soap(register_soap.fault("VP009 Error connecting to service producer", "Server"), 500)
    if request.headers.get("SOAPAction", "").strip('"') != register_soap.SOAP_ACTION:
        return _soap(register_soap.fault("Unknown SOAPAction"), 500)
    try:
        root, number, with_guardians = register_soap.read_question(await request.read())
    except register_soap.BadQuestion as bad:
        return _soap(register_soap.fault(str(bad)), 500)
    people = request.app[PEOPLE]
    person = people.get(number)
    guardians = [people[each] for each in person.guardians] if person and with_guardians else []
    return _soap(register_soap.answer(root, number, person, guardians))


@routes.get("/register")
async def without_slash(_: web.Request) -> web.Response:
    raise web.HTTPFound("/register/")


@routes.get("/register/")
async def show(request: web.Request) -> web.Response:
    down = request.app[REGISTER].down
    rows = "".join(_row(person, request.app[PEOPLE]) for person in request.app[PEOPLE].values())
    return page(
        "Personuppgiftstjänsten",
        f"""<h1>Personuppgiftstjänsten</h1>
<form method="post" action="/register/switch" class="switch">
<p role="status">{"Registret svarar inte." if down else "Registret svarar."}</p>
<button class="primary" name="down" value="{"no" if down else "yes"}">{"Sätt på" if down else "Stäng av"}</button>
</form>
<div class="table"><table><caption>Testpersoner</caption>
<thead><tr><th scope="col">Personnummer</th><th scope="col">Namn</th><th scope="col">Uppgifter</th></tr></thead>
<tbody>{rows}</tbody></table></div>""",
    )


@routes.post("/register/switch")
async def switch(request: web.Request) -> web.Response:
    request.app[REGISTER].down = (await request.post()).get("down") == "yes"
    raise web.HTTPSeeOther("/register/")


def _row(person: Person, people: dict[str, Person]) -> str:
    notes = [
        *(["skyddad identitet"] if person.protected else []),
        *(["avliden"] if person.deregistered == "AV" else []),
        *(["utvandrad"] if person.deregistered == "UV" else []),
        *([f"hänvisas till {people[person.referred_to].written_number}"] if person.referred_to else []),
        *([f"vårdnadshavare {', '.join(people[each].name for each in person.guardians)}"] if person.guardians else []),
    ]
    cells = (person.written_number, person.name, "; ".join(notes))
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _soap(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/xml", charset="utf-8")
