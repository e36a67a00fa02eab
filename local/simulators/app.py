"""The one web application of all simulators, each under its own path prefix."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

from aiohttp import web

from local import keys
from local.simulators import (
    bankid_api,
    bankid_pages,
    freja_api,
    freja_pages,
    idp,
    phone,
    receipts,
    register,
    ses,
    sns,
    vas,
)
from local.simulators.bankid_orders import ORDERS, Orders
from local.simulators.demo import load_clinicians, load_people
from local.simulators.demo_keys import CLINICIANS, PEOPLE
from local.simulators.freja_orders import REQUESTS, FrejaRequests
from local.simulators.freja_signer import SIGNER, FrejaSigner
from local.simulators.message_store import MESSAGES, MessageStore
from local.simulators.pages import page
from local.simulators.vas_client import VAS, Vas
from local.simulators.vas_day import VasDay

_LARGEST_BODY_BYTES = 512 * 1024
_STATIC = Path(__file__).parent / "static"


def make_app(data: Path, clinic_url: str = "http://localhost:8000") -> web.Application:
    """`data`: where messages and keys are kept over restarts. All else lives as long as the process. `clinic_url`: where
    the simulated booking system delivers to."""
    app = web.Application(client_max_size=_LARGEST_BODY_BYTES)
    app[PEOPLE] = load_people()
    app[CLINICIANS] = load_clinicians()
    app[ORDERS] = Orders()
    app[REQUESTS] = FrejaRequests()
    where = keys.ensure_keys(data / "keys")
    app[SIGNER] = FrejaSigner(where.freja_signing, where.freja_certificate)
    app[VAS] = Vas(VasDay(load_clinicians(), load_people()), clinic_url, where.vas_client)
    app.cleanup_ctx.append(partial(_with_messages, data / "simulators" / "messages.sqlite3"))
    for part in (bankid_api, bankid_pages, freja_api, freja_pages, idp, register, sns, ses, phone, vas):
        app.add_routes(part.routes)
        part.prepare(app)
    receipts.prepare(app)
    app.router.add_get("/", _index)
    app.router.add_static("/static/", _STATIC)
    return app


async def _with_messages(path: Path, app: web.Application) -> AsyncIterator[None]:
    app[MESSAGES] = MessageStore(path)
    yield
    app[MESSAGES].close()


async def _index(_: web.Request) -> web.Response:
    return page(
        "Simulatorer",
        """<h1>Simulatorer</h1>
<p>Det här är omvärlden på en utvecklingsmaskin. Alla personer är Skatteverkets testpersoner.</p>
<nav class="choices" aria-label="Simulatorer">
<a class="choice" href="/phone/"><strong>Telefonen</strong><span>Alla SMS och e-postbrev</span></a>
<a class="choice" href="/bankid/"><strong>BankID</strong><span>Skanna, legitimera, avbryt</span></a>
<a class="choice" href="/freja/"><strong>Freja</strong><span>Legitimera, avbryt</span></a>
<a class="choice" href="/register/"><strong>Personuppgiftstjänsten</strong><span>Testpersonerna, och en strömbrytare</span></a>
<a class="choice" href="/vas/"><strong>VAS</strong><span>En dags bokningar, skickas med FHIR</span></a>
</nav>""",
    )
