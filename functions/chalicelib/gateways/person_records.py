"""GetPersonsForProfile 5.0 in and out: the question as SOAP, the answer as a RegisterPerson.

Contract `strategicresourcemanagement:persons:person` (Inera), RIV-TA basic profile 2.1: SOAP 1.1, document/literal, the
logical address as a header. Codes are Skatteverket's (Navet): relationship `V` is "has as guardian"; deregistration `AV`
deceased, `GN` and `GS` an old number that another has replaced.
"""

from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.register import Guardian, RegisterPerson
from chalicelib.errors import InvalidIdentityNumber, RegisterUnavailable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SOAP_ACTION: Final = (
    "urn:riv:strategicresourcemanagement:persons:person:GetPersonsForProfileResponder:5:GetPersonsForProfile"
)
_SOAP: Final = "http://schemas.xmlsoap.org/soap/envelope/"
_ROUTING: Final = "urn:riv:itintegration:registry:1"
_RESPONDER: Final = "urn:riv:strategicresourcemanagement:persons:person:GetPersonsForProfileResponder:5"
_PERSON: Final = "urn:riv:strategicresourcemanagement:persons:person:5"
_ROOTS: Final = {
    "personnummer": "1.2.752.129.2.1.3.1",
    "samordningsnummer": "1.2.752.129.2.1.3.3",
    "reservnummer": "1.2.752.129.2.1.3.2",
}
_PROFILE_WITH_RELATIONSHIPS: Final = "P4"
_GUARDIAN: Final = "V"
_DECEASED: Final = "AV"
_REPLACED: Final = ("GN", "GS")
_ADULT_AGE: Final = 18


def request_body(number: IdentityNumber, logical_address: str) -> bytes:
    """The envelope that asks for one person. Referred identities are not followed: we want to know of them (P5)."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="{_SOAP}" xmlns:r="{_ROUTING}" xmlns:q="{_RESPONDER}" xmlns:p="{_PERSON}">
<soap:Header><r:LogicalAddress>{escape(logical_address, quote=False)}</r:LogicalAddress></soap:Header>
<soap:Body><q:GetPersonsForProfile>
<q:personId><p:root>{_ROOTS[number.kind]}</p:root><p:extension>{number.digits}</p:extension></q:personId>
<q:profile>{_PROFILE_WITH_RELATIONSHIPS}</q:profile>
<q:ignoreReferredIdentity>true</q:ignoreReferredIdentity>
</q:GetPersonsForProfile></soap:Body>
</soap:Envelope>""".encode()


def read_person(body: bytes, asked: IdentityNumber, now: datetime) -> RegisterPerson | None:
    """The person, or None when the register has no record of the number.

    Whatever is not the one answer to this one question raises RegisterUnavailable, a missing protection mark above all.
    """
    requested = _requested_record(body)
    if _text(requested, "requestedPersonalIdentity/extension") != asked.digits:
        raise RegisterUnavailable("the register answered for another person")
    record = _find(requested, "personRecord")
    if record is None:
        return None
    given_name, family_name = _name(record)
    protected = _is_protected(record)
    if not family_name and not given_name and not protected:
        raise RegisterUnavailable("the register's record has no name")
    reason = _deregistration(record)
    return RegisterPerson(
        number=asked,
        given_name=given_name,
        family_name=family_name,
        protected=protected,
        deceased=reason == _DECEASED,
        deregistered=reason is not None and reason != _DECEASED,
        referred_to=_referred_to(record, asked, reason),
        guardians=_guardians(record, asked, now),
        fetched_at=now,
    )


def _requested_record(body: bytes) -> "Element":
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415  cold start
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415

    try:
        envelope = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):  # the last two: a broken encoding
        raise RegisterUnavailable("the register's answer is no XML") from None
    if envelope.tag != f"{{{_SOAP}}}Envelope":
        raise RegisterUnavailable("the register's answer is no SOAP")
    answers = envelope.findall(
        f"{{{_SOAP}}}Body/{{{_RESPONDER}}}GetPersonsForProfileResponse/{{{_RESPONDER}}}requestedPersonRecord"
    )
    if len(answers) != 1:
        raise RegisterUnavailable("the register did not give one answer to one question")
    return answers[0]


def _name(record: "Element") -> tuple[str, str]:
    return _text(record, "name/givenName"), _text(record, "name/surname")


def _is_protected(record: "Element") -> bool:
    """Sekretessmarkering or skyddad folkbokföring."""
    marked = _boolean(record, "protectedPersonIndicator")
    if marked is None:
        raise RegisterUnavailable("the register's record does not say whether the person is protected")
    return marked or _boolean(record, "protectedPopulationRecord") is True


def _deregistration(record: "Element") -> str | None:
    """The reason code, "" when deregistered without one, None when not deregistered."""
    deregistration = _find(record, "deregistration")
    if deregistration is None:
        return None
    if _find(deregistration, "foundDeadAtDate") is not None:
        return _DECEASED
    return _text(deregistration, "deregistrationReasonCode")


def _referred_to(record: "Element", asked: IdentityNumber, reason: str | None) -> IdentityNumber | None:
    """The newer identity: of the register's own links, else of the numbers that Skatteverket has replaced."""
    identity = _identity(record, "personalIdentity")
    if identity is None:
        raise RegisterUnavailable("the register's record has no identity")
    if identity != asked:
        return identity
    for linked in _find_all(record, "linkedIdentity"):
        newer = _identity(linked, "referredPersonalIdentity")
        if _boolean(linked, "primaryIdentity") and newer not in {None, asked}:
            return newer
    if reason in _REPLACED:
        newer_ones = [
            _identity(each, "referredPersonalIdentity") for each in _find_all(record, "referredPersonalIdentities")
        ]
        return newer_ones[0] if len(newer_ones) == 1 else None
    return None


def _guardians(record: "Element", asked: IdentityNumber, now: datetime) -> tuple[Guardian, ...]:
    """The guardians of today, of a person under 18.

    A guardian without a Swedish number cannot log in and is left out; a child who has no other cannot be told from one
    without guardians, so that raises RegisterUnavailable.
    """
    today = now.astimezone(ZoneInfo("Europe/Stockholm")).date()
    age = asked.age_on(today)
    if age is not None and age >= _ADULT_AGE:
        return ()
    current = list(_current_guardians(record, today.isoformat()))
    found = [guardian for guardian in map(_guardian, current) if guardian]
    if current and not found:
        raise RegisterUnavailable("no guardian in the register's record has a Swedish identity number")
    return tuple(found)


def _current_guardians(record: "Element", today: str) -> Iterator["Element"]:
    for relationship in _find_all(record, "relationship"):
        begins = _text(relationship, "relationshipFromDate/value")
        ends = _text(relationship, "relationshipToDate/value")
        if _text(relationship, "relationshipType") != _GUARDIAN or _deregistration(relationship) == _DECEASED:
            continue
        if begins[:10] <= today and (not ends or today < ends):
            yield relationship


def _guardian(relationship: "Element") -> Guardian | None:
    number = _identity(relationship, "relationshipId/personalIdentity")
    return Guardian(number, *_name(relationship)) if number else None


def _identity(parent: "Element", path: str) -> IdentityNumber | None:
    """None when there is none; RegisterUnavailable when there is something that is no identity number."""
    digits = _text(parent, f"{path}/extension")
    if not digits:
        return None
    try:
        return IdentityNumber(digits)
    except InvalidIdentityNumber:
        raise RegisterUnavailable("the register's record holds no valid identity number") from None


def _boolean(parent: "Element", path: str) -> bool | None:
    """XML Schema's boolean; None when absent."""
    text = _text(parent, path)
    if text not in {"", "true", "1", "false", "0"}:
        raise RegisterUnavailable("the register's record holds neither true nor false")
    return text in {"true", "1"} if text else None


def _text(parent: "Element", path: str) -> str:
    found = _find(parent, path)
    return (found.text or "").strip() if found is not None else ""


def _find(parent: "Element", path: str) -> "Element | None":
    return parent.find(_qualified(path))


def _find_all(parent: "Element", path: str) -> list["Element"]:
    return parent.findall(_qualified(path))


def _qualified(path: str) -> str:
    return "/".join(f"{{{_PERSON}}}{step}" for step in path.split("/"))
