"""GetPersonsForProfile 5.0 as the register sees it: the question out of SOAP, the answer into it (RIV-TA 2.1)."""

from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from local.simulators.demo import Person

SOAP_ACTION = "urn:riv:strategicresourcemanagement:persons:person:GetPersonsForProfileResponder:5:GetPersonsForProfile"
_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_ROUTING = "urn:riv:itintegration:registry:1"
_RESPONDER = "urn:riv:strategicresourcemanagement:persons:person:GetPersonsForProfileResponder:5"
_PERSON = "urn:riv:strategicresourcemanagement:persons:person:5"
_PROFILES_WITH_RELATIONSHIPS = {"P4", "P5"}


class BadQuestion(Exception):
    """The fault text to answer with."""


def read_question(body: bytes) -> tuple[str, str, bool]:
    """Root (OID) and extension (number) of the one person asked for, and whether relationships go into the answer.

    Raises BadQuestion.
    """
    try:
        envelope = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        raise BadQuestion("Malformed XML") from None
    if not envelope.findtext(f"{{{_SOAP}}}Header/{{{_ROUTING}}}LogicalAddress"):
        raise BadQuestion("VP003 No LogicalAddress found in message header")
    question = envelope.find(f"{{{_SOAP}}}Body/{{{_RESPONDER}}}GetPersonsForProfile")
    if question is None:
        raise BadQuestion("No GetPersonsForProfile in the body")
    person_id = f"{{{_RESPONDER}}}personId"
    root = question.findtext(f"{person_id}/{{{_PERSON}}}root")
    extension = question.findtext(f"{person_id}/{{{_PERSON}}}extension")
    profile = question.findtext(f"{{{_RESPONDER}}}profile")
    if (
        not root
        or not extension
        or question.findtext(f"{{{_RESPONDER}}}ignoreReferredIdentity") not in {"true", "false"}
    ):
        raise BadQuestion("Validation failed")
    return root, extension, profile in _PROFILES_WITH_RELATIONSHIPS


def answer(root: str, number: str, person: Person | None, guardians: list[Person]) -> str:
    record = _record(root, person, guardians) if person else ""
    return _envelope(
        f'<q:GetPersonsForProfileResponse xmlns:q="{_RESPONDER}" xmlns="{_PERSON}"><q:requestedPersonRecord>'
        f"<requestedPersonalIdentity>{_identity(root, number)}</requestedPersonalIdentity>{record}"
        "</q:requestedPersonRecord></q:GetPersonsForProfileResponse>"
    )


def fault(text: str, side: str = "Client") -> str:
    return _envelope(
        f"<soap:Fault><faultcode>soap:{side}</faultcode><faultstring>{escape(text)}</faultstring></soap:Fault>"
    )


def _envelope(body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="{_SOAP}"><soap:Body>{body}</soap:Body>'
        "</soap:Envelope>"
    )


def _record(root: str, person: Person, guardians: list[Person]) -> str:
    """In the order that the schema demands."""
    parts = [
        f"<personalIdentity>{_identity(root, person.number)}</personalIdentity>",
        f"<protectedPersonIndicator>{_boolean(person.protected)}</protectedPersonIndicator>",
        "<testIndicator>true</testIndicator>",
        f"<primaryIdentity>{_boolean(not person.referred_to)}</primaryIdentity>",
        _name(person),
        _referral(root, person),
        _deregistration(person),
        *(_guardian(root, guardian) for guardian in guardians),
        "<protectedPopulationRecord>false</protectedPopulationRecord>",
    ]
    return f"<personRecord>{''.join(parts)}</personRecord>"


def _referral(root: str, person: Person) -> str:
    if not person.referred_to:
        return ""
    newer = f"<referredPersonalIdentity>{_identity(root, person.referred_to)}</referredPersonalIdentity>"
    return (
        f"<linkedIdentity>{newer}<assuranceLevel>1</assuranceLevel><primaryIdentity>true</primaryIdentity></linkedIdentity>"
        f"<referredPersonalIdentities>{newer}</referredPersonalIdentities>"
    )


def _deregistration(person: Person) -> str:
    reason = "GN" if person.referred_to else person.deregistered
    if not reason:
        return ""
    return (
        f"<deregistration><deregistrationReasonCode>{escape(reason)}</deregistrationReasonCode><deregistrationDate>"
        "<format>YYYY-MM-DD</format><value>2025-03-01</value></deregistrationDate></deregistration>"
    )


def _guardian(root: str, guardian: Person) -> str:
    return (
        "<relationship><relationshipId><personalIdentity>"
        f"{_identity(root, guardian.number)}</personalIdentity></relationshipId>"
        f"<relationshipType>V</relationshipType>{_name(guardian)}</relationship>"
    )


def _name(person: Person) -> str:
    return f"<name><givenName>{escape(person.given_name)}</givenName><surname>{escape(person.family_name)}</surname></name>"


def _identity(root: str, number: str) -> str:
    return f"<root>{escape(root)}</root><extension>{escape(number)}</extension>"


def _boolean(value: bool) -> str:
    return "true" if value else "false"
