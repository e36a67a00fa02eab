"""From a booking to its SMS at the carrier, on the whole local stack: nothing polls, the stream wakes the sender."""

import asyncio
import tempfile
import time
from pathlib import Path

from local.settings import Settings
from tests.integration.functions.clinic import book, log_in, messages
from tests.integration.functions.real_browser import RealBrowser
from tests.stack import stack

BOOKINGS = 40
GIVEN_UP_S = 10.0


def booking_to_sms_ms() -> list[float]:
    """Milliseconds from before the request that books to the call of SNS: the booking's own time is in it."""
    with tempfile.TemporaryDirectory() as folder, stack(Path(folder) / "stack") as running:
        return asyncio.run(_measured(running.settings))


async def _measured(settings: Settings) -> list[float]:
    async with RealBrowser.opened(settings) as browser:
        await log_in(browser)
        await _times_ms(browser, settings)  # the first one meets the patient and fills caches
        return [await _times_ms(browser, settings) for _ in range(BOOKINGS)]


async def _times_ms(browser: RealBrowser, settings: Settings) -> float:
    known = {each["id"] for each in await messages(browser, settings)}
    started_ms = time.time() * 1000
    await book(browser)
    async with asyncio.timeout(GIVEN_UP_S):
        while not (new := [each for each in await messages(browser, settings) if each["id"] not in known]):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return float(new[0]["received_at_ms"]) - started_ms
