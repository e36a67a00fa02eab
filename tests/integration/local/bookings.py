"""Bookings that go on through trouble, several at once, and the account of what was answered when."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from aiohttp import ClientError

from chalicelib.domain.message import message_id
from tests.integration.functions.real_browser import RealBrowser

PATIENTS = {
    "194408139089": "070-174 06 05",
    "195711212893": "070-174 06 06",
    "195712302842": "070-174 06 07",
    "197912309296": "070-174 06 08",
}
ANSWER_SECONDS = 90.0
AGAIN_SECONDS = 0.1


@dataclass
class Booking:
    """One click: the request with its own id, and when (epoch seconds) it was answered with which visit."""

    patient_id: str
    request_id: str = field(default_factory=lambda: str(uuid4()))
    visit_id: str = ""
    answered_at: float = 0.0


class Clinic:
    """A clinician who books for each of PATIENTS at the same time, and repeats what had no answer, as the page does."""

    def __init__(self, browser: RealBrowser) -> None:
        self.browser = browser
        self.bookings: list[Booking] = []
        self._patients: list[str] = []
        self._answered = asyncio.Condition()

    async def meet_patients(self) -> None:
        for number, phone in PATIENTS.items():
            status, patient = await self.browser.post("/patients", {"number": number, "phone": phone})
            assert status in {200, 201}
            self._patients.append(patient["patient_id"])

    async def book(self, each: int) -> list[Booking]:
        """`each` bookings one after the other for every patient, the patients at once."""
        made = [[Booking(patient) for _ in range(each)] for patient in self._patients]
        await asyncio.gather(*(self._one_after_the_other(bookings) for bookings in made))
        return [booking for bookings in made for booking in bookings]

    async def book_during(self, kill: Callable[[], None], each: int, answered: int) -> float:
        """As `book`; `kill` comes when so many are answered and the others under way. When it came (epoch seconds)."""
        enough = len(self.bookings) + answered
        booking = asyncio.create_task(self.book(each))
        async with self._answered:
            await self._answered.wait_for(lambda: len(self.bookings) >= enough)
        kill()
        killed_at = time.time()
        await booking
        return killed_at

    async def repeat(self, booking: Booking) -> None:
        """Send the request until it is answered with a visit. Raises TimeoutError."""
        async with asyncio.timeout(ANSWER_SECONDS):
            while not await self._sent(booking):  # noqa: ASYNC110  nobody tells when the server is back
                await asyncio.sleep(AGAIN_SECONDS)

    async def missing(self) -> list[Booking]:
        """Those that were answered and are not there. Waits until the clinic answers at all. Raises TimeoutError."""
        return [booking for booking in self.bookings if await self.visit(booking) is None]

    async def visit(self, booking: Booking) -> dict[str, Any] | None:
        """As the visit page reads it. Raises TimeoutError."""
        async with asyncio.timeout(ANSWER_SECONDS):
            while (answer := await self._asked("GET", f"/visits/{booking.visit_id}"))[0] >= 500:  # noqa: ASYNC110
                await asyncio.sleep(AGAIN_SECONDS)
        assert answer[0] in {200, 404}, answer
        return answer[1] if answer[0] == 200 else None

    async def invitation_of(self, booking: Booking) -> str:
        """The id under which its SMS is sent."""
        visit = await self.visit(booking)
        assert visit is not None
        (patient,) = [person for person in visit["participants"] if person["role"] == "patient"]
        return message_id(booking.visit_id, patient["participant_id"], "invitation", "sms")

    async def _one_after_the_other(self, bookings: list[Booking]) -> None:
        for booking in bookings:
            await self.repeat(booking)
            async with self._answered:
                self.bookings.append(booking)
                self._answered.notify_all()

    async def _sent(self, booking: Booking) -> bool:
        body = {
            "request_id": booking.request_id,
            "patients": [{"patient_id": booking.patient_id}],
            "starts_at": (datetime.now(UTC) + timedelta(minutes=5)).isoformat(),
            "duration_minutes": 30,
            "reason": "Återbesök",
        }
        status, answer = await self._asked("POST", "/visits", body)
        assert status in {200, 201} or status >= 500, answer
        if status >= 500:
            return False
        assert booking.visit_id in {"", answer["visit"]["visit_id"]}, "the same request is the same visit"
        booking.visit_id, booking.answered_at = answer["visit"]["visit_id"], time.time()
        return True

    async def _asked(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """503 also when nobody answers."""
        try:
            return await self.browser.request(method, path, body)
        except (ClientError, ConnectionError, TimeoutError):
            return 503, None
