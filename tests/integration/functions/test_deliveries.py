"""B10 on the running stack: what carriers tell reaches whoever has the visit open, and an SMS that fails goes by e-mail."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from chalicelib.domain.local_time import STOCKHOLM
from tests.integration.functions.clinic import log_in, messages
from tests.integration.functions.real_browser import RealBrowser, next_message
from tests.stack import free_settings, stack

PATIENCE_S = 30.0
BO, BOS_ADDRESS = "195711212893", "bo@example.se"
Shown = list[tuple[str, str]]


@pytest_asyncio.fixture
async def clinician(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RealBrowser]:
    data: Path = tmp_path_factory.mktemp("deliveries")
    with stack(data, free_settings(data)) as up:
        async with RealBrowser.opened(up.settings) as browser:
            await log_in(browser)
            yield browser


async def _booked(clinician: RealBrowser, phone: str, email: str = BOS_ADDRESS) -> str:
    """A visit of a patient with this number and address."""
    person = {"number": BO, "phone": phone, "email": email}
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


async def test_who_was_not_reached_is_told_to_the_start_page_until_the_number_is_right(clinician: RealBrowser) -> None:
    """B10, L5, P4: as the stream tells of it, without the visit's page."""
    async with clinician.live("staff") as start_page:
        visit_id = await _booked(clinician, "070-174 06 00", "")
        await _until_unreached(clinician, start_page, visit_id, 1)
        _, visit = await clinician.get(f"/visits/{visit_id}")
        (patient,) = [person for person in visit["participants"] if person["role"] == "patient"]
        assert [each["failure"] for each in patient["deliveries"]] == ["not_delivered"]
        body = {
            "request_id": str(uuid4()),
            "invited_again": patient["invited_again"],
            "patient_version": visit["patient"]["version"],
            "phone": "070-174 06 07",
        }
        path = f"/visits/{visit_id}/participants/{patient['participant_id']}/invitation"
        assert [(await clinician.post(path, body))[0] for _ in range(2)] == [200, 200]
        await _until_unreached(clinician, start_page, visit_id, 0)
    async with clinician.live("staff") as page:
        await page.send_json({"action": "watch", "visit_id": visit_id})
        await _until(clinician, page, visit_id, [("sms", "delivered"), ("sms", "failed")])


async def _until_unreached(clinician: RealBrowser, start_page: Any, visit_id: str, expected: int) -> None:
    """Each time that the start page is told of a change it reads the day again; the visit may be tomorrow's."""
    async with asyncio.timeout(PATIENCE_S):
        while await _unreached(clinician, visit_id) != expected:
            await next_message(start_page, "agenda.changed")


async def _unreached(clinician: RealBrowser, visit_id: str) -> int | None:
    _, visit = await clinician.get(f"/visits/{visit_id}")
    day = datetime.fromisoformat(visit["starts_at"]).astimezone(STOCKHOLM).date()
    _, agenda = await clinician.get(f"/agenda?date={day}")
    found: list[int] = [row["unreached"] for row in agenda["entries"] if row["visit_id"] == visit_id]
    return found[0] if found else None
