"""From login to a dead link on the running stack: real gateway, streams, database and simulators; no browser, no media."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from local.settings import Settings
from tests.integration.functions.clinic import ANNA, book, log_in, messages
from tests.integration.functions.real_browser import RealBrowser, next_message
from tests.stack import free_settings, stack

BO = "195711212893"
PATIENCE_S = 60


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    data: Path = tmp_path_factory.mktemp("main-job")
    with stack(data, free_settings(data)) as up:
        yield up.settings


@pytest_asyncio.fixture
async def clinician(running: Settings) -> AsyncIterator[RealBrowser]:
    async with RealBrowser.opened(running) as browser:
        await log_in(browser)
        yield browser


@pytest_asyncio.fixture
async def patient(running: Settings) -> AsyncIterator[RealBrowser]:
    async with RealBrowser.opened(running) as browser:
        yield browser


async def test_from_login_to_a_dead_link(clinician: RealBrowser, patient: RealBrowser) -> None:
    """L1-L3, L5, P1-P4, B2, B3, G5, G6, S1, S2, S5, S7."""
    before = len(await messages(clinician, clinician.settings))
    booked = await book(clinician)
    visit_id = booked["visit"]["visit_id"]
    async with clinician.live("staff") as page:
        await page.send_json({"action": "watch", "visit_id": visit_id})
        token = await _link_of_sms(clinician.settings, after=before)
        await _come_in(patient, token)
        async with patient.live("visitor") as waiting_room:
            await next_message(page, "agenda.changed")
            await _until_waiting(clinician, page, visit_id)
            for step in ("receive", "start"):
                assert (await clinician.post(f"/visits/{visit_id}/{step}"))[0] == 200
                await next_message(waiting_room, "visit.changed")
            assert (await patient.get("/visitor"))[1]["clinician"] == "started"
            message = {"message_id": str(uuid4()), "text": "Strax hos dig"}
            assert (await clinician.post(f"/visits/{visit_id}/chat", message))[0] == 200
            told = await next_message(waiting_room, "chat.message")
            assert told["message"]["text"] == "Strax hos dig"
            assert (await patient.get("/visitor/chat"))[1]["messages"] == [told["message"]]
            assert (await clinician.post(f"/visits/{visit_id}/end", {"end_call": True}))[0] == 200
            assert (await next_message(waiting_room, "session.ended"))["reason"] == "ended"
    status, problem = await patient.post("/links/open", {"token": token})
    assert (status, problem["code"]) == (410, "link_ended")


async def test_the_second_click_books_and_sends_nothing_more(clinician: RealBrowser, running: Settings) -> None:
    """B2, B3."""
    before = len(await messages(clinician, running))
    request = str(uuid4())
    first, second = await asyncio.gather(book(clinician, request), book(clinician, request))
    assert first["visit"]["visit_id"] == second["visit"]["visit_id"]
    await _link_of_sms(running, after=before)
    third = await book(clinician)
    await _link_of_sms(running, after=before + 1)
    assert third["visit"]["visit_id"] != first["visit"]["visit_id"]
    assert len(await messages(clinician, running)) == before + 2


async def test_another_persons_bankid_is_refused(
    clinician: RealBrowser, patient: RealBrowser, running: Settings
) -> None:
    """G6: BankID itself refuses, and the page stays outside."""
    before = len(await messages(clinician, running))
    await book(clinician)
    token = await _link_of_sms(running, after=before)
    answer = await _identify(patient, token, as_person=BO)
    assert answer["status"] == "failed"
    assert (await patient.get("/visitor"))[1]["stage"] == "identify"


async def _link_of_sms(settings: Settings, after: int) -> str:
    """The token in the newest SMS, once there are more than `after`."""
    events = f"{settings.simulators_url}/phone/events"
    async with asyncio.timeout(PATIENCE_S), RealBrowser.opened(settings) as phone, phone.http.get(events) as arrivals:
        while len(arrived := await messages(phone, settings)) <= after:
            await arrivals.content.readline()
    found = re.search(r"/b#(\S{27})", max(arrived, key=lambda each: int(each["id"]))["text"])
    assert found
    return found[1]


async def _identify(browser: RealBrowser, token: str, *, as_person: str = ANNA) -> dict[str, Any]:
    status, page = await browser.post("/links/open", {"token": token})
    assert (status, page["stage"]) == (200, "identify")
    browser.csrf_token = page["csrf_token"]
    status, started = await browser.post("/visitor/eid")
    assert status == 200
    form = {"autostarttoken": started["auto_start_token"], "redirect": "null", "answer": "approve", "person": as_person}
    async with browser.http.post(f"{browser.settings.simulators_url}/bankid/app", data=form) as app:
        await app.read()
    async with asyncio.timeout(PATIENCE_S):
        while (answer := (await browser.post("/visitor/eid/collect"))[1])["status"] == "pending":  # noqa: ASYNC110
            await asyncio.sleep(0.2)  # as the page does: BankID tells nobody
    view: dict[str, Any] = answer
    return view


async def _come_in(browser: RealBrowser, token: str) -> None:
    assert (await _identify(browser, token))["status"] == "complete"
    status, page = await browser.get("/visitor")
    assert (status, page["stage"]) == (200, "admitted")
    browser.csrf_token = page["csrf_token"]


async def _until_waiting(clinician: RealBrowser, page: Any, visit_id: str) -> None:
    """The start page shows the patient waiting; read again each time it is told to."""
    while True:
        agenda = (await clinician.get("/agenda"))[1]
        (entry,) = [each for each in agenda["entries"] if each["visit_id"] == visit_id]
        if entry["waiting"]:
            return
        await next_message(page, "agenda.changed")
