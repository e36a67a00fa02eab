"""B3: a `kill -9` of any process while bookings are made loses none that was answered with success, and sends each once.

Two windows are open, and said so (README, docs/data-model.md): the embedded database may lose its last 2 s, what it has
noted of sent messages too; and an SMS whose sender dies between the carrier's yes and the note of it is sent again.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from local.settings import Settings
from tests.integration.functions.clinic import log_in, messages
from tests.integration.functions.real_browser import RealBrowser
from tests.integration.local.bookings import Booking, Clinic
from tests.integration.local.conftest import eventually
from tests.integration.local.test_supervisor import SERVED, answers, processes_of
from tests.stack import RunningStack, free_settings, stack

EACH, ANSWERED_BEFORE = 3, 4
LOST_AT_MOST_S = 4.0
"""Two seconds, and two more on a machine that is busy with something else."""
CLAIM_AND_SWEEP_S = 180.0
"""What a dead sender had claimed is free after 60 s, and swept up in the minute of the worker that came after it: of that
some has passed already, and a busy machine needs more."""
NO_DOUBT = ("mediaserver", "local.gateway")


@dataclass
class Killed:
    """What is remembered over the tests of this file: the one login, all that was booked, and when kills came that
    leave doubt (epoch seconds)."""

    folder: Path
    settings: Settings
    up: ExitStack = field(default_factory=ExitStack)
    cookies: dict[str, str] = field(default_factory=dict)
    csrf_token: str = ""
    bookings: list[Booking] = field(default_factory=list)
    doubtful_at: list[float] = field(default_factory=list)

    running: RunningStack | None = None

    def stack(self) -> RunningStack:
        """Started unless it runs."""
        if self.running is None or self.running.process.poll() is not None:
            self.running = self.up.enter_context(stack(self.folder, self.settings))
        return self.running

    @asynccontextmanager
    async def clinic(self) -> AsyncIterator[Clinic]:
        """Logged in, with a first booking for each patient; all its bookings are remembered."""
        async with RealBrowser.opened(self.settings) as browser:
            browser.cookies, browser.csrf_token = self.cookies, self.csrf_token
            if not self.cookies:
                await log_in(browser)
                self.csrf_token = browser.csrf_token
            clinic = Clinic(browser)
            await clinic.meet_patients()
            await clinic.book(1)
            yield clinic
            self.bookings += clinic.bookings


@pytest.fixture(scope="session")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killed]:
    folder = tmp_path_factory.mktemp("killed")
    account = Killed(folder, free_settings(folder))
    with account.up:
        yield account


async def test_the_supervisor(killed: Killed) -> None:
    """Nothing outlives it, and the next start goes on with the data."""
    running = killed.stack()
    async with killed.clinic() as clinic:
        booking = asyncio.create_task(_kill_while_booking(clinic, running.process.kill))
        await asyncio.to_thread(running.process.wait)
        await asyncio.to_thread(eventually, lambda: processes_of(killed.settings) == {})
        killed.stack()  # by this thread: it lives as long as the thread that started it
        killed.doubtful_at.append(await booking)
        assert await clinic.missing() == []


@pytest.mark.parametrize(
    "module", ["local.emulator", "local.worker", "local.simulators", "mediaserver", "local.gateway"]
)
async def test_a_process(killed: Killed, module: str) -> None:
    """It comes back by itself, and what was answered is there; of the database, what was answered 2 s before."""
    killed.stack()
    async with killed.clinic() as clinic:
        await asyncio.sleep(LOST_AT_MOST_S if module == "local.emulator" else 0)  # nothing of before may be lost
        process = processes_of(killed.settings)[module]
        killed_at = await _kill_while_booking(clinic, partial(os.kill, process, signal.SIGKILL))
        await asyncio.to_thread(eventually, partial(_all_back, killed.settings, process))
        for booking in await clinic.missing():
            assert module == "local.emulator"
            assert booking.answered_at > killed_at - LOST_AT_MOST_S
            await clinic.repeat(booking)
        assert await clinic.missing() == []
        killed.doubtful_at += [] if module in NO_DOUBT else [killed_at]


async def test_each_was_sent_one_sms(killed: Killed) -> None:
    """Runs when the others of this folder have run (conftest.py), for what a dead sender had claimed is free after a minute."""
    killed.stack()
    async with killed.clinic() as clinic:
        bookings = [*killed.bookings, *clinic.bookings]
        wanted = {await clinic.invitation_of(booking) for booking in bookings}
        assert len(wanted) == len(bookings)
        async with asyncio.timeout(CLAIM_AND_SWEEP_S):
            while not wanted <= (arrivals := await _arrivals(clinic.browser)).keys():  # noqa: ASYNC110  all one can ask
                await asyncio.sleep(0.2)
    assert arrivals.keys() == wanted, "nothing was sent for a booking that is not there"
    for times in arrivals.values():
        assert len(times) == 1 or _in_doubt(min(times), killed.doubtful_at)
    killed.up.close()


async def _kill_while_booking(clinic: Clinic, kill: Callable[[], None]) -> float:
    return await clinic.book_during(kill, EACH, ANSWERED_BEFORE)


def _all_back(settings: Settings, dead: int) -> bool:
    processes = processes_of(settings)
    urls = (f"{settings.public_url}/api/docs", f"{settings.simulators_url}/phone/", f"{settings.media_url}/healthz")
    return processes.keys() == set(SERVED) and dead not in processes.values() and all(map(answers, urls))


async def _arrivals(browser: RealBrowser) -> dict[str, list[float]]:
    """When (epoch seconds) each message came, by its id."""
    found: dict[str, list[float]] = {}
    for message in await messages(browser, browser.settings):
        found.setdefault(message["message_id"], []).append(message["received_at_ms"] / 1000)
    return found


def _in_doubt(first_at: float, doubtful_at: list[float]) -> bool:
    """Handed over shortly before a kill: nobody can know whether it was noted."""
    return any(killed_at - LOST_AT_MOST_S < first_at <= killed_at for killed_at in doubtful_at)
