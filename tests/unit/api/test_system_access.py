"""V5, S6: the doors of other systems, each with every wrong key: who has no token, another's, or one for something else."""

from itertools import product
from typing import Any

import jwt
import pytest

from chalicelib.api import cookies
from chalicelib.api.endpoint import Endpoint
from chalicelib.api.routes import ENDPOINTS
from chalicelib.domain.access import TABLE
from chalicelib.domain.integration_client import SCOPES, Scope
from chalicelib.domain.sealed import derived_key
from tests.browser import Browser, Reply
from tests.builders import EK, INTEGRATION_KEY, LINK_KEY, NOW, PATIENT_KEY, a_patient
from tests.fake_ports import FakePorts
from tests.unit.api.systems import BOOKINGS, SECRET, BookingSystem, a_client, an_appointment, with_integration

DOORS = [one for one in ENDPOINTS if one.audience == "system" and "anyone" not in TABLE[one.action]]
NEEDS: dict[str, Scope] = {
    "create_appointment": "system/Appointment.write",
    "put_appointment": "system/Appointment.write",
    "put_appointment_by_identifier": "system/Appointment.write",
    "search_appointment": "system/Appointment.read",
    "read_appointment_by_id": "system/Appointment.read",
    "read_patient": "system/Patient.read",
    "read_practitioner": "system/Practitioner.read",
}
ISSUER = "https://vardrum.example"


@pytest.fixture
def vas(ports: FakePorts) -> BookingSystem:
    ports.store.seed(a_patient())
    return with_integration(ports)


@pytest.fixture
def booking_id(vas: BookingSystem) -> str:
    return str(vas.post(an_appointment()).json["id"])


def ask(system: BookingSystem, one: Endpoint, booking_id: str) -> Reply:
    path = one.path.replace("{booking_id}", booking_id).replace("{hsa_id}", EK)
    path = path.replace("{patient_id}", a_patient().patient_id)
    named = one.name in {"search_appointment", "put_appointment_by_identifier"}
    resource = an_appointment(version=2) if one.method != "GET" else None
    return system.send(one.method, path + (f"?identifier={BOOKINGS}|VAS-1" if named else ""), resource)


def a_token(key: bytes, **claims: Any) -> str:
    said = {
        "iss": ISSUER,
        "aud": f"{ISSUER}/api/fhir/R4",
        "sub": "vas",
        "scope": " ".join(SCOPES),
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 600,
    }
    return jwt.encode({**said, **claims}, key, algorithm="HS256", headers={"typ": "at+jwt"})


def test_each_door_says_what_it_needs() -> None:
    assert {one.name for one in DOORS} == set(NEEDS)


@pytest.mark.parametrize("one", DOORS, ids=lambda one: one.name)
def test_a_door_opens_with_its_own_scope_and_with_no_other(vas: BookingSystem, booking_id: str, one: Endpoint) -> None:
    for scope in SCOPES:
        reply = ask(vas.authenticated(scope=scope), one, booking_id)
        assert (scope, reply.status) == (scope, 200 if scope == NEEDS[one.name] else 403), reply.text


@pytest.mark.parametrize("one", DOORS, ids=lambda one: one.name)
def test_a_door_does_not_open_for_people(
    vas: BookingSystem, booking_id: str, one: Endpoint, clinician: Browser
) -> None:
    """With a cookie, with its value as a token, and with a secret or a proof of theirs."""
    cookie = clinician.cookies[cookies.STAFF]
    for token in ("", cookie, clinician.csrf_token, SECRET, booking_id):
        system = BookingSystem(vas.ports, token, {"cookie": f"{cookies.STAFF}={cookie}"})
        reply = ask(system, one, booking_id)
        assert (reply.status, reply.headers["www-authenticate"][:6]) == (401, "Bearer")


@pytest.mark.parametrize("one", DOORS, ids=lambda one: one.name)
def test_a_door_does_not_open_with_a_token_of_another_kind(vas: BookingSystem, booking_id: str, one: Endpoint) -> None:
    """Signed with another of our keys, for another audience or by another issuer, or with none."""
    right = derived_key(INTEGRATION_KEY, "system tokens")
    wrong = [
        *(a_token(key) for key in (INTEGRATION_KEY, LINK_KEY, PATIENT_KEY)),
        a_token(derived_key(INTEGRATION_KEY, "integration messages")),
        *(a_token(right, aud=aud) for aud in ("vardrum-media", "vardrum-media-control", f"{ISSUER}/api/oauth/token")),
        a_token(right, iss="https://idp.example"),
        a_token(right, sub="nobody"),
        a_token(right, exp=int(NOW.timestamp())),
        a_token(right, cnf={"x5t#S256": "thumb"}),
    ]
    assert ask(BookingSystem(vas.ports, a_token(right)), one, booking_id).status == 200
    for token in wrong:
        assert ask(BookingSystem(vas.ports, token), one, booking_id).status == 401


@pytest.mark.parametrize("one", [one for one in DOORS if one.in_path], ids=lambda one: one.name)
def test_what_is_another_organisations_is_answered_as_what_is_not_there(
    vas: BookingSystem, booking_id: str, one: Endpoint
) -> None:
    """Also of conditions on it: they tell no version of what is not one's own."""
    vas.ports.store.seed(a_client("other", org_id="SE2321000016"))
    stranger = BookingSystem(vas.ports).authenticated("other")
    for headers, which in product(({}, {"if-match": 'W/"1"'}, {"if-none-match": "*"}), (booking_id, "b" + "a" * 32)):
        stranger.headers = headers
        reply = ask(stranger, one, which)
        assert (reply.status, reply.json["issue"][0]["details"]["coding"][0]["code"]) == (404, "not_found")
        assert "etag" not in reply.headers
