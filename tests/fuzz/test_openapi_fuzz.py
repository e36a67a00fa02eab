"""Every operation of the OpenAPI document, with requests made from its shapes and bent out of them (schemathesis).

Whatever comes: no 5xx, and no status or body that the document does not describe. Each is asked by someone whose role has
the right, and of things that are there, so that requests reach the use cases behind the doors.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chalicelib.api.endpoint import Endpoint
from chalicelib.api.openapi import document
from chalicelib.api.routes import ENDPOINTS
from chalicelib.domain.visit import Status, Visit
from tests.browser import ORIGIN
from tests.builders import EK
from tests.fuzz.wsgi_door import door
from tests.unit.api.access_world import GUARDIAN, World, deployed_world
from tests.unit.api.each_endpoint import caller
from tests.unit.api.integration_world import a_message, a_pending_booking
from tests.unit.api.systems import an_appointment, with_integration

Case: TypeAlias = "schemathesis.Case[Any]"
BY_NAME = {one.name: one for one in ENDPOINTS}
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)

api = schemathesis.openapi.from_dict(document(ENDPOINTS))
api.app = door


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with deployed_world() as world:
        yield world


@pytest.fixture(scope="module")
def visit(world: World) -> Visit:
    return world.visit(Status.ONGOING)


def _asked(case: Case, world: World, visit: Visit) -> None:
    world.ports.rate_limits.hits.clear()
    waits, kept = a_pending_booking(world.ports, EK), a_message(world.ports, json.dumps(an_appointment()).encode())
    known = {
        "visit_id": visit.visit_id,
        "patient_id": visit.patient_id,
        "participant_id": "p_guest",
        "guardian_id": GUARDIAN,
        "booking_id": waits,
        "message_id": kept,
        "hsa_id": EK,
    }
    case.path_parameters.update({name: known[name] for name in known if name in case.path_parameters})
    headers = _who(case, world, visit)
    before = dict(world.ports.store.records)
    response = case.call(headers=headers)
    case.validate_response(response, checks=list(CHECKS))
    world.ports.store.records = before
    world.ports.store.counts.clear()


def _test_of(one: Endpoint) -> Callable[..., None]:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def test(case: Case, world: World, visit: Visit) -> None:
        _asked(case, world, visit)

    of_one: Callable[..., Callable[..., None]] = api.include(operation_id=one.name).parametrize()
    return of_one(test)


# A function for each: pytest tells the operations of one function apart by name alone and not by id, and where tests are
# dealt out to several processes all of one id are one test.
for _one in ENDPOINTS:
    globals()[f"test_no_request_of_any_shape_fails_{_one.name}"] = _test_of(_one)


def test_each_operation_is_a_test_of_its_own(request: pytest.FixtureRequest) -> None:
    mine = [item.nodeid for item in request.session.items if item.path == request.path]
    assert len(mine) == len(set(mine))


def _who(case: Case, world: World, visit: Visit) -> dict[str, str]:
    one = BY_NAME[case.operation.definition.raw["operationId"]]
    headers = {"origin": ORIGIN}
    if one.audience == "public":
        return headers
    if one.audience == "system":
        return {"authorization": f"Bearer {with_integration(world.ports).token}"}
    browser = caller(world, one, visit)
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    return headers | {"cookie": cookie, "x-csrf-token": browser.csrf_token}
