"""A booking system at the door of the app: it gets a token by the token endpoint, and sends FHIR."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from chalicelib.domain.ids import secret_hash
from chalicelib.domain.integration_client import IntegrationClient
from tests.browser import Browser, Reply
from tests.builders import ANNA, EK, NOW, ORG, an_organisation
from tests.fake_ports import FakePorts

FHIR = "application/fhir+json"
SECRET = "vas-secret-of-the-tests"
NUMBERS = "http://electronichealth.se/identifier/personnummer"
BOOKINGS = "urn:example:vas:bokning"


def a_client(client_id: str = "vas", **changes: Any) -> IntegrationClient:
    client = IntegrationClient(
        client_id=client_id, org_id=ORG, name="VAS", created_at=NOW, secret_hash=secret_hash(SECRET)
    )
    return replace(client, **changes)


@dataclass
class BookingSystem:
    """Sends no cookies and no origin: it is no browser."""

    ports: FakePorts
    token: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def authenticated(self, client_id: str = "vas", secret: str = SECRET, scope: str = "") -> "BookingSystem":
        reply = self.ask_token(client_id, secret, scope)
        assert reply.status == 200, reply.text
        self.token = reply.json["access_token"]
        return self

    def ask_token(self, client_id: str = "vas", secret: str = SECRET, scope: str = "") -> Reply:
        basic = b64encode(f"{client_id}:{secret}".encode()).decode()
        form = "grant_type=client_credentials" + (f"&scope={scope.replace('/', '%2F')}" if scope else "")
        return self.form(form, {"authorization": f"Basic {basic}"})

    def form(self, form: str, headers: Mapping[str, str] | None = None) -> Reply:
        sent = {"content-type": "application/x-www-form-urlencoded", **(headers or {})}
        return self._door().send("POST", "/oauth/token", form.encode(), sent)

    def post(self, resource: object, **headers: str) -> Reply:
        return self.send("POST", "/fhir/R4/Appointment", resource, **headers)

    def put(self, place: str, resource: object, **headers: str) -> Reply:
        return self.send("PUT", f"/fhir/R4/Appointment{place}", resource, **headers)

    def get(self, path: str, **headers: str) -> Reply:
        return self.send("GET", f"/fhir/R4/{path}", None, **headers)

    def send(self, method: str, path: str, resource: object, **headers: str) -> Reply:
        """`resource`: bytes as they are, anything else as JSON. Headers by their names with `_` for `-`."""
        raw = resource if isinstance(resource, bytes) else b"" if resource is None else json.dumps(resource).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"content-type": FHIR, "authorization": f"Bearer {self.token}" if self.token else "", **named}
        return self._door().send(method, path, raw, sent)

    def _door(self) -> Browser:
        return Browser(self.ports, headers=dict(self.headers))


def with_integration(ports: FakePorts) -> BookingSystem:
    """The organisation takes bookings of the system `vas`."""
    ports.store.seed(replace(an_organisation(), booking_integration=True), a_client())
    return BookingSystem(ports).authenticated()


def an_appointment(
    external_id: str = "VAS-1",
    version: int = 1,
    *,
    status: str = "booked",
    number: str = ANNA,
    staff: tuple[str, ...] = (EK,),
    starts_at: datetime = NOW + timedelta(days=2),
    minutes: int = 30,
    contact_type: str = "DiVL",
    published: bool = True,
    visit_reason: str = "",
    activity: str = "Återbesök",
) -> dict[str, Any]:
    """A booking as the region's integration engine sends it (docs/integration.md)."""
    return {
        "resourceType": "Appointment",
        "meta": {"versionId": str(version)},
        "contained": [{"resourceType": "Patient", "id": "p", "identifier": [{"system": NUMBERS, "value": number}]}],
        "extension": [{"url": "urn:vardrum:vas:publicerad-1177", "valueBoolean": published}],
        "identifier": [{"system": BOOKINGS, "value": external_id}],
        "status": status,
        "serviceType": [{"text": activity}],
        "appointmentType": {"coding": [{"system": "urn:vardrum:vas:kontakttyp", "code": contact_type}]},
        "reasonCode": [{"coding": [{"system": "urn:vardrum:vas:besoksorsak", "code": visit_reason or "BES"}]}],
        "start": starts_at.isoformat(),
        "end": (starts_at + timedelta(minutes=minutes)).isoformat(),
        "participant": [
            {"actor": {"reference": "#p"}, "status": "accepted"},
            *({"actor": {"reference": f"Practitioner/{each}"}, "status": "accepted"} for each in staff),
        ],
    }
