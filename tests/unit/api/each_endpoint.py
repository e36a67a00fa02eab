"""Any endpoint, asked by someone who may, in a state of the visit in which it can be done: for tests that try them all."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from msgspec.structs import replace

from chalicelib.api.endpoint import Endpoint
from chalicelib.domain.access import TABLE, Who
from chalicelib.domain.session import VisitorRole
from chalicelib.domain.visit import Form, Status, Visit
from tests.browser import Browser, Reply
from tests.builders import ANNA, EK, NOW
from tests.unit.api.access_log import QUESTIONS
from tests.unit.api.access_world import GUARDIAN, World, another_session, samples
from tests.unit.api.integration_world import a_message, a_pending_booking
from tests.unit.api.systems import an_appointment

PLANNED = (
    "receive_visit",
    "preview_rescheduling",
    "reschedule_visit",
    "preview_cancelling",
    "cancel_visit",
    "report_late",
    "cancel_own",
)
STATES = {"start_visit": Status.RECEIVED, "mark_no_show": Status.RECEIVED, **dict.fromkeys(PLANNED, Status.BOOKED)}
SUCH: dict[str, dict[str, object]] = {
    "cancel_own": {"starts_at": NOW + timedelta(days=1)},
    "change_display_name": {"form": Form.GROUP},
}
BEFORE_ADMISSION = {"start_eid", "cancel_eid", "enter_as_guest", "use_here"}


def asked(world: World, one: Endpoint) -> Callable[[], Reply]:
    """What asks it of the world, once all that it needs is there."""
    visit = visit_for(world, one)
    browser = caller(world, one, visit)
    path = one.path.replace("{visit_id}", visit.visit_id).replace("{participant_id}", "p_guest")
    path = path.replace("{patient_id}", visit.patient_id).replace("{guardian_id}", GUARDIAN)
    if "{session_id}" in path:
        path = path.replace("{session_id}", another_session(browser))
    if one.action == "pending_bookings":
        path = path.replace("{booking_id}", a_pending_booking(world.ports, EK, ANNA, booking_id=f"b{uuid4().hex}"))
    path = path.replace("{message_id}", a_message(world.ports, json.dumps(an_appointment()).encode()))
    body = {**samples(visit), **QUESTIONS}[one.name]() if one.body is not None else None
    return lambda: browser.request(one.method, path, body)


def visit_for(world: World, one: Endpoint) -> Visit:
    """In a state in which it can be done."""
    visit = replace(world.visit(STATES.get(one.name, Status.ONGOING)), **SUCH.get(one.name, {}))
    world.ports.store.seed(visit)
    return visit


def caller(world: World, one: Endpoint, visit: Visit) -> Browser:
    """The browser of someone whose role has the right: of a visit someone in it."""
    if one.audience == "visitor":
        return world.visitor(visit, visitor_for(one), admitted=one.name not in BEFORE_ADMISSION)
    return world.staff(staff_for(one))


def staff_for(one: Endpoint) -> Who:
    """`staff` is the clinician whose visit it is."""
    row = TABLE[one.action]
    among: tuple[Who, ...] = ("admin", "support")
    return next((role for role in among if role in row and "clinician" not in row), "staff")


def visitor_for(one: Endpoint) -> VisitorRole:
    return "patient" if "patient" in TABLE[one.action] else "guest"
