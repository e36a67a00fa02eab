"""The CapabilityStatement of the FHIR endpoint (hl7.org/fhir/R4/capabilitystatement.html)."""

from typing import Any

PUBLISHED = "2026-11-22"
Json = dict[str, Any]


def statement(public_url: str) -> Json:
    """What a booking system can rely on; docs/integration.md says it at length."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": PUBLISHED,
        "kind": "instance",
        "software": {"name": "Vårdrum"},
        "implementation": {"description": "Bookings of video visits", "url": f"{public_url}/api/fhir/R4"},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "json"],
        "rest": [{"mode": "server", "security": _security(public_url), "resource": [_appointment(), *_read_only()]}],
    }


def _security(public_url: str) -> Json:
    service = {"system": "http://terminology.hl7.org/CodeSystem/restful-security-service", "code": "OAuth"}
    token = {"url": "token", "valueUri": f"{public_url}/api/oauth/token"}
    oauth = {
        "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
        "extension": [token],
    }
    return {"cors": False, "service": [{"coding": [service]}], "extension": [oauth]}


def _appointment() -> Json:
    return {
        "type": "Appointment",
        "interaction": [{"code": code} for code in ("read", "create", "update", "search-type")],
        "versioning": "versioned-update",
        "readHistory": False,
        "updateCreate": False,
        "conditionalCreate": True,
        "conditionalRead": "not-match",
        "conditionalUpdate": True,
        "searchParam": [{"name": "identifier", "type": "token"}],
    }


def _read_only() -> list[Json]:
    return [{"type": name, "interaction": [{"code": "read"}]} for name in ("Patient", "Practitioner")]
