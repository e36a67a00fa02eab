"""B10 on the running stack: what carriers tell reaches whoever has the visit open, and an SMS that fails goes by e-mail."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from tests.integration.functions.clinic import log_in, messages
from tests.integration.functions.real_browser import RealBrowser, next_message
from tests.stack import free_settings, stack

PATIENCE_S = 30.0
BO = "195711212893"
Shown = list[tuple[str, str]]


@pytest_asyncio.fixture
async def clinician(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RealBrowser]:
    data: Path = tmp_path_factory.mktemp("deliveries")
    with stack(data, free_settings(data)) as up:
        async with RealBrowser.opened(up.settings) as browser:
            await log_in(browser)
            yield browser


async def _booked(clinician: RealBrowser, phone: str) -> str:
    """A visit of a patient with this number and an address."""
    person = {"number": BO, "phone": phone, "email": "bo@example.se"}
    status, patient = await clinician.post("/patients", person)
    assert status in {200, 201}
    booking = {
        "request_id": str(uuid4()),
        "patients": [{"patient_id": patient["patient_id"]}],
        "starts_at": (datetime.now(UTC) + timedelta(minutes=5)).isoformat(),
        "duration_minutes": 30,
        "reason": "Återbesök",
    }
    status, booked = await clinician.post("/visits", booking)
    assert status == 201
    visit_id: str = booked["visit"]["visit_id"]
    return visit_id


async def _shown(clinician: RealBrowser, visit_id: str) -> Shown:
    """Channel and state of what the patient was sent, newest first, as the visit page has it."""
    _, visit = await clinician.get(f"/visits/{visit_id}")
    (patient,) = [person for person in visit["participants"] if person["role"] == "patient"]
    return [(each["channel"], each["state"]) for each in patient["deliveries"]]


async def _until(clinician: RealBrowser, page: Any, visit_id: str, expected: Shown) -> None:
    """Each time that the page is told of a change it reads the visit again."""
    async with asyncio.timeout(PATIENCE_S):
        while await _shown(clinician, visit_id) != expected:
            await next_message(page, "delivery.changed")


async def test_an_sms_that_does_not_arrive_goes_by_email_and_staff_see_it_happen(clinician: RealBrowser) -> None:
    visit_id = await _booked(clinician, "070-174 06 00")  # the simulated carrier delivers to no number that ends so
    async with clinician.live("staff") as page:
        await page.send_json({"action": "watch", "visit_id": visit_id})
        await _until(clinician, page, visit_id, [("email", "delivered"), ("sms", "failed")])
    arrived = await messages(clinician, clinician.settings)
    assert [message["kind"] for message in arrived] == ["email", "sms"]
    assert "BEGIN:VCALENDAR" in arrived[0]["calendar"]
