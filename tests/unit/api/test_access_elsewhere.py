"""S6, O1: what is another organisation's, or another clinician's, is answered as what is not there, in the same words."""

import pytest
from msgspec.structs import replace

from chalicelib.api.endpoint import Endpoint
from chalicelib.api.routes import ENDPOINTS
from chalicelib.domain.patient import Patient
from chalicelib.domain.visit import Status
from tests.browser import Reply
from tests.builders import BERG, EK, a_patient, a_patient_guardian
from tests.fake_ports import FakePorts
from tests.unit.api.access_world import GUARDIAN, World, samples, the_world
from tests.unit.api.each_endpoint import staff_for
from tests.unit.api.integration_world import a_message, a_pending_booking

ELSEWHERE = "SE2321000016"
NAMED = {"patient_id", "booking_id", "message_id"}
BY_ID = [one for one in ENDPOINTS if one.audience == "staff" and NAMED & set(one.in_path)]
OF_BOOKINGS = [one for one in BY_ID if "booking_id" in one.in_path]
BOOKING = [one for one in ENDPOINTS if one.name in {"book_visit", "preview_booking"}]


@pytest.fixture
def world(ports: FakePorts) -> World:
    return the_world(ports)


def asked(world: World, one: Endpoint, **ids: str) -> Reply:
    body = samples(world.visit(Status.BOOKED))[one.name]() if one.body is not None else None
    path = one.path.format(**{"guardian_id": GUARDIAN, **ids})
    return world.staff(staff_for(one)).request(one.method, path, body)


def of_nobody(world: World, one: Endpoint) -> tuple[int, str]:
    reply = asked(world, one, **dict.fromkeys(NAMED, "nothing"))
    assert (reply.status, reply.code) == (404, "not_found")
    return reply.status, reply.text


def a_foreign_patient() -> Patient:
    patient = replace(a_patient(), org_id=ELSEWHERE, patient_id="elsewhere")
    return replace(patient, guardians=(a_patient_guardian(),))


@pytest.mark.parametrize("one", BY_ID, ids=lambda one: one.name)
def test_what_another_organisation_has_is_not_there(world: World, one: Endpoint) -> None:
    """Also where the clinician's own HSA-id stands in it."""
    world.ports.store.seed(a_foreign_patient())
    reply = asked(
        world,
        one,
        patient_id="elsewhere",
        booking_id=a_pending_booking(world.ports, EK, org_id=ELSEWHERE),
        message_id=a_message(world.ports, org_id=ELSEWHERE),
    )
    assert (reply.status, reply.text) == of_nobody(world, one)


@pytest.mark.parametrize("one", OF_BOOKINGS, ids=lambda one: one.name)
def test_a_booking_that_waits_for_another_clinician_is_not_there(world: World, one: Endpoint) -> None:
    """V3."""
    reply = asked(world, one, booking_id=a_pending_booking(world.ports, BERG))
    assert (reply.status, reply.text) == of_nobody(world, one)


@pytest.mark.parametrize("one", BOOKING, ids=lambda one: one.name)
def test_nobody_is_booked_who_is_another_organisations_patient(world: World, one: Endpoint) -> None:
    """B2, B8: alone or beside a patient of one's own."""
    world.ports.store.seed(a_foreign_patient())
    visit = world.visit(Status.BOOKED)
    own = {"patient_id": visit.patient_id}
    for others in ([], [own]):
        replies = [
            world.staff("staff").request(one.method, one.path, {**_sample(world, one), **patients})
            for patients in ({"patients": [*others, {"patient_id": each}]} for each in ("elsewhere", "nothing"))
        ]
        assert {(reply.status, reply.code) for reply in replies} == {(404, "not_found")}
        assert len({reply.text for reply in replies}) == 1


def _sample(world: World, one: Endpoint) -> dict[str, object]:
    sample = samples(world.visit(Status.BOOKED))[one.name]()
    assert isinstance(sample, dict)
    return sample
