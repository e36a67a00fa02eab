"""The simulated VAS delivers by the real doors: a token by client credentials, then FHIR."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiohttp import BasicAuth, ClientError, ClientSession, ClientTimeout, web

from local.settings import VAS_CLIENT
from local.simulators.vas_day import BOOKINGS, VasBooking, VasDay

_TIMEOUT = ClientTimeout(total=20)
_FHIR = "application/fhir+json"


class Vas:
    """`secret`: the file of the client's secret. A token is asked for with each delivery: this is a simulator."""

    def __init__(self, day: VasDay, clinic_url: str, secret: Path) -> None:
        self.day = day
        self._url, self._secret = clinic_url, secret

    async def send(self, booking: VasBooking, *, same_version: bool = False) -> dict[str, Any]:
        """Deliver the booking as it is now; `{"status": ..., "outcome": ...}`, status 0 where nobody answers.

        `same_version`: as it was delivered last, a duplicate.
        """
        if not same_version:
            booking = replace(booking, version=max(booking.version + 1, int(time.time() * 1000)))
        try:
            async with ClientSession(timeout=_TIMEOUT) as session:
                status, outcome = await self._put(session, await self._token(session), booking)
        except (ClientError, TimeoutError, KeyError):
            status, outcome = 0, "Vårdrum svarar inte"
        self.day.put(replace(booking, sent=f"{status} {outcome}"))
        return {"external_id": booking.external_id, "status": status, "outcome": outcome}

    async def _token(self, session: ClientSession) -> str:
        auth = BasicAuth(VAS_CLIENT, self._secret.read_text(encoding="ascii").strip())
        form = {"grant_type": "client_credentials", "scope": "system/Appointment.write"}
        async with session.post(f"{self._url}/api/oauth/token", data=form, auth=auth) as answer:
            token: str = (await answer.json())["access_token"]
            return token

    async def _put(self, session: ClientSession, token: str, booking: VasBooking) -> tuple[int, str]:
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": _FHIR,
            "Prefer": "return=OperationOutcome",
        }
        place = f"{self._url}/api/fhir/R4/Appointment"
        asked = {"identifier": f"{BOOKINGS}|{booking.external_id}"}
        async with session.put(place, params=asked, json=booking.resource(), headers=headers) as answer:
            issue = (await answer.json(content_type=None))["issue"][0]
            return answer.status, f"{issue['details']['text']} ({issue['details']['coding'][0]['code']})"


VAS = web.AppKey("vas", Vas)
