"""A day of bookings as a region's VAS has them: of every sort that the rule tells apart (V2), for the demo clinicians."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from local.simulators.demo import Clinician, Person

STOCKHOLM = ZoneInfo("Europe/Stockholm")
BOOKINGS = "urn:vardrum:vas:bokning"
NUMBERS = "http://electronichealth.se/identifier/personnummer"
HSA_ID = "urn:oid:1.2.752.29.4.19"
_KARIN, _MIKAEL, _LEILA, _PER = (f"SE2321000115-E00{place}" for place in (1, 2, 3, 4))


@dataclass(frozen=True, slots=True)
class VasBooking:
    """`note`: what it is there to show. `version` rises with each change, also after a restart."""

    external_id: str
    number: str
    staff: tuple[str, ...]
    start: datetime
    minutes: int = 30
    activity: str = "Återbesök"
    contact_type: str = "DiVL"
    published: bool = True
    visit_reason: str = "BES"
    status: str = "booked"
    version: int = 0
    note: str = ""
    sent: str = ""

    def resource(self) -> dict[str, Any]:
        """The FHIR Appointment (docs/integration.md)."""
        staff = [{"identifier": {"system": HSA_ID, "value": each}, "type": "Practitioner"} for each in self.staff]
        return {
            "resourceType": "Appointment",
            "meta": {"versionId": str(self.version)},
            "contained": [
                {"resourceType": "Patient", "id": "patient", "identifier": [{"system": NUMBERS, "value": self.number}]}
            ],
            "extension": [{"url": "urn:vardrum:vas:publicerad-1177", "valueBoolean": self.published}],
            "identifier": [{"system": BOOKINGS, "value": self.external_id}],
            "status": self.status,
            "appointmentType": _coded("urn:vardrum:vas:kontakttyp", self.contact_type),
            "serviceType": [{"text": self.activity}],
            "reasonCode": [_coded("urn:vardrum:vas:besoksorsak", self.visit_reason)],
            "start": self.start.isoformat(),
            "end": (self.start + timedelta(minutes=self.minutes)).isoformat(),
            "participant": [{"actor": actor, "status": "accepted"} for actor in ({"reference": "#patient"}, *staff)],
        }


class VasDay:
    """The bookings of each day that someone has looked at, by their ids."""

    def __init__(self, clinicians: Mapping[str, Clinician], people: Mapping[str, Person]) -> None:
        self.clinicians, self.people = clinicians, people
        self._bookings: dict[str, VasBooking] = {}

    def of(self, day: date) -> list[VasBooking]:
        """In order of time."""
        prefix = f"VAS-{day:%Y%m%d}-"
        for booking in _bookings(day, prefix):
            self._bookings.setdefault(booking.external_id, booking)
        found = [each for each in self._bookings.values() if each.external_id.startswith(prefix)]
        return sorted(found, key=lambda each: (each.start, each.external_id))

    def booking(self, external_id: str) -> VasBooking | None:
        return self._bookings.get(external_id)

    def put(self, booking: VasBooking) -> None:
        self._bookings[booking.external_id] = booking


def moved(booking: VasBooking) -> VasBooking:
    """An hour later."""
    return replace(booking, start=booking.start + timedelta(hours=1), status="booked")


def cancelled(booking: VasBooking) -> VasBooking:
    return replace(booking, status="cancelled")


def _bookings(day: date, prefix: str) -> list[VasBooking]:
    def at(hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), STOCKHOLM)

    def booking(place: int, number: str, staff: tuple[str, ...], start: datetime, note: str, **more: Any) -> VasBooking:
        return VasBooking(f"{prefix}{place:02}", number, staff, start, note=note, **more)

    return [
        booking(1, "194408139089", (_KARIN,), at(9), "Videobesök"),
        booking(2, "195712302842", (_KARIN,), at(10), "Patienten finns inte i Vårdrum"),
        booking(3, "195711212893", (_KARIN,), at(10, 30), "ASAM: blir inget videobesök", visit_reason="ASAM"),
        booking(4, "197912309296", (_MIKAEL,), at(11), "Inte publicerad på 1177", published=False),
        booking(5, "199107172380", (_KARIN, _MIKAEL), at(13), "Teambesök", activity="Teambesök"),
        booking(6, "199107172380", (_MIKAEL,), at(13), "Medverkan: samma besök", activity="Medverkan teambesök"),
        booking(7, "201605172384", (_LEILA,), at(14), "Barn: ombud ska väljas"),
        booking(8, "199006022397", (_PER,), at(15), "Mottagningsbesök: inte DiVL", contact_type="MOTT"),
        booking(9, "199312172381", (_KARIN,), at(15, 30), "Videobesök"),
    ]


def _coded(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}
