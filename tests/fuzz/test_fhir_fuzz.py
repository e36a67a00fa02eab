"""V5: whatever another system sends, the answer is FHIR, nothing fails here, and what is refused leaves no visit."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.imported_booking import ImportedBooking
from chalicelib.domain.visit import Visit
from tests.browser import Reply
from tests.unit.api.access_world import deployed_world
from tests.unit.api.systems import BookingSystem, an_appointment, with_integration

ACCEPTED, REFUSED = {200, 201}, {400, 413, 415, 422}

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
)


@pytest.fixture(scope="module")
def vas() -> Iterator[BookingSystem]:
    with deployed_world() as world:
        yield with_integration(world.ports)


def _sent(vas: BookingSystem, body: object) -> Reply:
    store = vas.ports.store
    before = len(store.of(Visit)), len(store.of(ImportedBooking))
    reply = vas.post(body)
    assert reply.status in ACCEPTED | REFUSED, reply.text
    resource = json.loads(reply.text)
    get_fhir_model_class(resource["resourceType"]).model_validate_json(reply.text)
    if reply.status in REFUSED:
        assert resource["resourceType"] == "OperationOutcome"
        assert (len(store.of(Visit)), len(store.of(ImportedBooking))) == before
    return reply


def _places(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a resource, the root aside."""
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inside:
        yield (*path, key)
        yield from _places(value, (*path, key))


PLACES = sorted(_places(an_appointment()), key=str)


def _changed(resource: Any, path: tuple[str | int, ...], value: Any, *, drop: bool) -> Any:
    resource = deepcopy(resource)
    node = resource
    for key in path[:-1]:
        node = node[key]
    if drop:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return resource


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(path=st.sampled_from(PLACES), value=values, drop=st.booleans())
def test_an_appointment_with_anything_at_any_place(
    vas: BookingSystem, path: tuple[str | int, ...], value: Any, drop: bool
) -> None:
    _sent(vas, json.dumps(_changed(an_appointment(), path, value, drop=drop)).encode())


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.binary(max_size=300) | values.map(lambda value: json.dumps(value).encode()))
def test_noise_is_refused(vas: BookingSystem, body: bytes) -> None:
    assert _sent(vas, body).status == 400


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    version=st.text(max_size=30),
    updated=st.datetimes(timezones=st.timezones()).map(lambda at: at.isoformat()) | st.text(max_size=40),
    start=st.datetimes(timezones=st.timezones()).map(lambda at: at.isoformat()),
    end=st.datetimes(timezones=st.timezones()).map(lambda at: at.isoformat()),
)
def test_any_version_and_any_time(vas: BookingSystem, version: str, updated: str, start: str, end: str) -> None:
    meta = {"versionId": version, "lastUpdated": updated}
    _sent(vas, {**an_appointment("VAS-fuzz"), "meta": meta, "start": start, "end": end})


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(header=st.text(st.characters(codec="latin-1", exclude_characters="\r\n\x00"), max_size=100))
def test_any_condition_is_answered(vas: BookingSystem, header: str) -> None:
    for name in ("if_match", "if_none_exist", "prefer"):
        assert vas.put("?identifier=urn:x|VAS-1", an_appointment(), **{name: header}).status < 500
    for name in ("if_none_match", "authorization"):
        assert vas.get("Appointment?identifier=urn:x|VAS-1", **{name: header}).status < 500
