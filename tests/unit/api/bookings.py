"""Visits that a clinician books through the HTTP door, and what is then asked of them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from chalicelib.domain.link import link_token
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit import Role, Visit
from tests.browser import Browser, Reply
from tests.builders import LINK_KEY, NOW, a_patient
from tests.fake_ports import FakePorts

TOMORROW = NOW + timedelta(days=1)
GUNILLA = {"name": "Gunilla Gäst", "phone": "070-174 06 06"}


def booked(clinician: Browser, starts_at: datetime = TOMORROW, **changes: object) -> Visit:
    """A visit with Anna Andersson and a guest, unless said otherwise."""
    if not clinician.ports.store.patients("SE2321000115", [a_patient().patient_id]):
        clinician.ports.store.seed(a_patient())
    booking = {
        "request_id": str(uuid4()),
        "patients": [{"patient_id": a_patient().patient_id}],
        "starts_at": starts_at.isoformat(),
        "duration_minutes": 30,
        "reason": "Återbesök",
        "guests": [GUNILLA],
    }
    reply = clinician.post("/visits", {**booking, **changes})
    assert reply.status == 201, reply.text
    return stored(clinician.ports, reply.json["visit"]["visit_id"])


def stored(ports: FakePorts, visit_id: str) -> Visit:
    visit = ports.store.visit(visit_id)
    assert visit is not None
    return visit


def asked(visit: Visit, **changes: object) -> dict[str, Any]:
    """Omboka as a page asks for it that shows this visit: two weeks later, unless said otherwise."""
    minutes = (visit.ends_at - visit.starts_at) // timedelta(minutes=1)
    later = (visit.starts_at + timedelta(days=14)).isoformat()
    return {"sequence": visit.sequence, "starts_at": later, "duration_minutes": minutes, **changes}


def reschedule(browser: Browser, visit: Visit, **changes: object) -> Reply:
    return browser.post(f"/visits/{visit.visit_id}/reschedule", asked(visit, **changes))


def cancel(browser: Browser, visit: Visit, reason: str = "Läkaren är sjuk", **changes: object) -> Reply:
    return browser.post(f"/visits/{visit.visit_id}/cancel", {"sequence": visit.sequence, "reason": reason, **changes})


def token_of(visit: Visit, role: Role = "patient") -> str:
    person = next(p for p in visit.participants if p.role == role and p.link_id)
    return link_token(LINK_KEY, person.link_id)


def outgoing(ports: FakePorts, visit: Visit, reason: str) -> list[OutboxMessage]:
    """The messages of the visit whose reason begins so."""
    return [m for m in ports.store.of(OutboxMessage) if m.visit_id == visit.visit_id and m.reason.startswith(reason)]


def told(ports: FakePorts, visit: Visit, reason: str) -> set[str]:
    """By which roles they are read."""
    return {visit.participant(m.participant_id).role for m in outgoing(ports, visit, reason)}


def many_numbers(count: int) -> list[str]:
    """Of people born in the 1950s, with the check digits of their personnummer."""
    days = [f"1950{month:02}{day:02}000" for month in range(1, 13) for day in range(1, 28)]
    return [f"{day}{_check_digit(day[2:])}" for day in days[:count]]


def _check_digit(nine: str) -> int:
    """Luhn's, as Skatteverket's SKV 704."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(nine)]
    return -sum(each // 10 + each % 10 for each in doubled) % 10
