"""What a clinician does over HTTP on the running stack, for tests that need it done."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from local.settings import Settings
from tests.integration.functions.real_browser import RealBrowser

EK = "SE2321000115-E001"
ANNA = "194408139089"


async def log_in(browser: RealBrowser) -> None:
    query = parse_qs(urlsplit(await browser.redirect("/login?return_to=/")).query)
    form = {name: query[name][0] for name in ("redirect_uri", "state", "nonce", "code_challenge", "claims")}
    url = f"{browser.settings.simulators_url}/idp/authorize"
    async with browser.http.post(url, data={**form, "clinician": EK}, allow_redirects=False) as chosen:
        callback = urlsplit(chosen.headers["Location"])
    assert await browser.redirect(f"{callback.path.removeprefix('/api')}?{callback.query}") == "/"
    status, session = await browser.get("/session")
    assert status == 200
    browser.csrf_token = session["csrf_token"]


async def book(browser: RealBrowser, request_id: str = "") -> dict[str, Any]:
    status, patient = await browser.post("/patients", {"number": ANNA, "phone": "070-174 06 05"})
    assert status in {200, 201}
    booking = {
        "request_id": request_id or str(uuid4()),
        "patients": [{"patient_id": patient["patient_id"]}],
        "starts_at": (datetime.now(UTC) + timedelta(minutes=5)).isoformat(),
        "duration_minutes": 30,
        "reason": "Återbesök",
    }
    status, booked = await browser.post("/visits", booking)
    assert status in {200, 201}
    answer: dict[str, Any] = booked
    return answer


async def messages(browser: RealBrowser, settings: Settings) -> list[dict[str, Any]]:
    async with browser.http.get(f"{settings.simulators_url}/phone/api/messages") as answer:
        messages: list[dict[str, Any]] = (await answer.json())["messages"]
        return messages
