"""S6: why something cannot be done tells of a patient, and so is in the access log before it is told."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib.domain.visit import Status
from tests.browser import Browser, Reply
from tests.builders import ANNA, EK, a_patient, a_patient_guardian
from tests.fake_ports import FakePorts
from tests.unit.api.access_log import BrokenLog, entries
from tests.unit.api.access_world import GUARDIAN, World, samples, the_world
from tests.unit.api.integration_world import a_pending_booking

Ask = Callable[[World], Reply]


@pytest.fixture
def world(ports: FakePorts) -> World:
    ports.store = BrokenLog()
    world = the_world(ports)
    world.staff("staff")
    return world


def _visit_path(world: World) -> str:
    return f"/visits/{world.visit(Status.BOOKED).visit_id}"


def _with(world: World, **known: object) -> Browser:
    """The patient is as the register tells now; the clinician has not looked at them."""
    world.ports.store.seed(replace(a_patient(), guardians=(a_patient_guardian(),), **known))
    return world.staff("staff")


def of_one_who_has_died(world: World) -> Reply:
    visit = world.visit(Status.BOOKED)
    return _with(world, deceased=True).post(
        f"/visits/{visit.visit_id}/reschedule", samples(visit)["reschedule_visit"]()
    )


def whose_phone_it_is(world: World) -> Reply:
    path = _visit_path(world)
    guest = {"name": "Gun", "phone": a_patient().contact.phone}
    return _with(world).post(f"{path}/participants", {"request_id": str(uuid4()), "guests": [guest]})


def who_acts_for_them(world: World) -> Reply:
    path = _visit_path(world)
    return _with(world).put(f"{path}/relations", {"relations": [{"guardian_id": GUARDIAN, "ombud": True}]})


def of_a_booking_that_waits(world: World) -> Reply:
    booking_id = a_pending_booking(world.ports, EK, ANNA)
    return _with(world, deceased=True).post(f"/pending-bookings/{booking_id}/complete", {})


REFUSALS = [
    (of_one_who_has_died, "deceased"),
    (whose_phone_it_is, "own_number"),
    (who_acts_for_them, "ombud_not_needed"),
    (of_a_booking_that_waits, "deceased"),
]


@pytest.mark.parametrize(("ask", "code"), REFUSALS, ids=lambda each: getattr(each, "__name__", ""))
def test_a_refusal_that_tells_of_a_patient_is_a_reading(world: World, ask: Ask, code: str) -> None:
    before = len(entries(world.ports))
    reply = ask(world)
    assert 400 <= reply.status < 500
    assert reply.code == code
    (entry,) = entries(world.ports)[before:]
    assert (entry.user, entry.patient_id, entry.result) == (EK, a_patient().patient_id, "ok")


@pytest.mark.parametrize(("ask", "code"), REFUSALS, ids=lambda each: getattr(each, "__name__", ""))
def test_and_is_not_told_where_it_cannot_be_logged(world: World, ask: Ask, code: str) -> None:
    assert isinstance(world.ports.store, BrokenLog)
    world.ports.store.broken = True
    reply = ask(world)
    assert (reply.status, reply.code) == (503, "unavailable")
    assert code not in reply.text
