"""Bookings of every form through the API, and enough people for them. The numbers are of Skatteverket's test series."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from msgspec.structs import replace

from chalicelib.domain.link import link_token
from chalicelib.domain.patient import Patient
from chalicelib.domain.visit import Contact, Visit
from tests.browser import Browser, Reply
from tests.builders import LINK_KEY, NOW, a_patient
from tests.fake_ports import FakePorts
from tests.unit.api.visitors import identify


def adults(count: int) -> list[Patient]:
    """So many grown-ups, each with a number, a name and a phone of their own."""
    return [_adult(place) for place in range(count)]


def a_youth() -> Patient:
    """Fourteen years old."""
    return a_patient(_with_check_digit("20120913239"), phone="+46701740699")


def _adult(place: int) -> Patient:
    digits = _with_check_digit(f"1980{1 + place // 28:02}{1 + place % 28:02}239")
    patient = a_patient(digits, phone=f"+467017406{place:02}")
    return replace(patient, given_name=f"Given{place}", family_name=f"Family{place}")


def _with_check_digit(digits: str) -> str:
    doubled = [int(each) * (2 - place % 2) for place, each in enumerate(digits[2:])]
    return digits + str(-sum(each // 10 + each % 10 for each in doubled) % 10)


def a_request(people: list[Patient], **changes: object) -> dict[str, Any]:
    """A body of `POST /visits`; tomorrow morning, unless said otherwise."""
    return {
        "request_id": str(uuid4()),
        "patients": [{"patient_id": each.patient_id} for each in people],
        "starts_at": (NOW + timedelta(days=1)).isoformat(),
        "duration_minutes": 30,
        "reason": "Återbesök",
        **changes,
    }


def booked(clinician: Browser, people: list[Patient], **changes: object) -> dict[str, Any]:
    """The answer to a booking that succeeds, of patients who are known from now on."""
    reply = book(clinician, people, **changes)
    assert reply.status == 201, reply.text
    answer: dict[str, Any] = reply.json
    return answer


def book(clinician: Browser, people: list[Patient], **changes: object) -> Reply:
    clinician.ports.store.seed(*people)
    return clinician.post("/visits", a_request(people, **changes))


def stored(ports: FakePorts, answer: dict[str, Any]) -> Visit:
    visit = ports.store.visit(answer["visit"]["visit_id"])
    assert visit is not None
    return visit


def inside(ports: FakePorts, visit: Visit, patient: Patient) -> Browser:
    """The browser of one patient of the visit, let in by their own link with their own e-ID."""
    place = next(person for person in visit.patients if person.patient_id == patient.patient_id)
    browser = Browser(ports)
    reply = browser.post("/links/open", {"token": link_token(LINK_KEY, place.link_id)})
    assert reply.status == 200, reply.text
    browser.csrf_token = reply.json["csrf_token"]
    assert identify(browser, patient.identity)["status"] == "complete"
    return browser


def reached_by_email(patient: Patient) -> Patient:
    return replace(patient, contact=Contact(email="relative@example.se"))
