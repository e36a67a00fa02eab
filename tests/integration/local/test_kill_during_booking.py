"""B3: a `kill -9` of any process while bookings are made loses none that was answered with success, and sends each once."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import ClientError

from local.settings import Settings
from tests.integration.functions.clinic import book, log_in, messages
from tests.integration.functions.real_browser import RealBrowser
from tests.integration.local.test_supervisor import processes_of
from tests.stack import stack

BOOKINGS = 8
KILLED_AFTER = 3
ANSWER_SECONDS = 30.0
CLAIM_AND_SWEEP_SECONDS = 150.0
"""A message whose sender died is claimed for 60 s more, and the sweep comes every 60 s."""
LOST_AT_MOST_SECONDS = 2.0


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with stack(tmp_path_factory.mktemp("killed")) as up:
        yield up.settings


@pytest.mark.parametrize("module", ["local.gateway", "local.worker", "local.simulators", "mediaserver"])
async def test_no_booking_and_no_message_is_lost(running: Settings, module: str) -> None:
    async with RealBrowser.opened(running) as clinician:
        await log_in(clinician)
        before = {each["message_id"] for each in await messages(clinician, running)}
        answered = [await patiently_booked(clinician) for _ in range(KILLED_AFTER)]
        in_flight = [asyncio.create_task(patiently_booked(clinician)) for _ in range(BOOKINGS - KILLED_AFTER)]
        await asyncio.sleep(0)
        os.kill(processes_of(running)[module], signal.SIGKILL)
        answered += await asyncio.gather(*in_flight)
        await everything_answers(clinician)
        for visit_id in answered:
            assert (await clinician.get(f"/visits/{visit_id}"))[0] == 200
        async with asyncio.timeout(CLAIM_AND_SWEEP_SECONDS):
            while len(sent := await new_messages(clinician, before)) < BOOKINGS:  # noqa: ASYNC110
                await asyncio.sleep(0.1)  # the phone's list is all that can be asked
    assert len(set(answered)) == BOOKINGS
    assert len({each["message_id"] for each in sent}) == BOOKINGS


async def test_a_killed_database_loses_its_last_two_seconds_at_most(running: Settings) -> None:
    async with RealBrowser.opened(running) as clinician:
        await log_in(clinician)
        answered = []
        for _ in range(10):
            visit_id = await patiently_booked(clinician)
            answered.append((visit_id, time.monotonic()))
            await asyncio.sleep(0.4)
        killed_at = time.monotonic()
        os.kill(processes_of(running)["local.emulator"], signal.SIGKILL)
        await everything_answers(clinician)
        old = [visit_id for visit_id, answered_at in answered if killed_at - answered_at > LOST_AT_MOST_SECONDS]
        assert len(old) >= 3
        for visit_id in old:
            assert (await clinician.get(f"/visits/{visit_id}"))[0] == 200


async def patiently_booked(clinician: RealBrowser) -> str:
    """Book as the page does: what had no answer, or one that asks to, is tried again with the same request id."""
    request_id = str(uuid4())
    async with asyncio.timeout(ANSWER_SECONDS):
        while True:
            try:
                booked: dict[str, Any] = await book(clinician, request_id)
            except (ClientError, AssertionError):
                await asyncio.sleep(0.2)
            else:
                visit_id: str = booked["visit"]["visit_id"]
                return visit_id


async def everything_answers(clinician: RealBrowser) -> None:
    async with asyncio.timeout(ANSWER_SECONDS):
        while not await answers(clinician):  # noqa: ASYNC110
            await asyncio.sleep(0.1)  # processes that come back tell nobody


async def answers(clinician: RealBrowser) -> bool:
    try:
        status, _ = await clinician.get("/agenda")
        await messages(clinician, clinician.settings)
    except ClientError:
        return False
    return status == 200


async def new_messages(clinician: RealBrowser, before: set[str]) -> list[dict[str, Any]]:
    return [each for each in await messages(clinician, clinician.settings) if each["message_id"] not in before]
