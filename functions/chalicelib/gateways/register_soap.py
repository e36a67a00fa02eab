"""GetPersonsForProfile 5.0 as SOAP: the question for several people in one envelope, and one record each out of the answer.

Contract description of `strategicresourcemanagement:persons:person` (Inera), 6.1; RIV-TA basic profile 2.1: SOAP 1.1,
document/literal, the logical address as a header. Rule 1: the answer names every number asked for, an unknown one with
an empty record or none. Rule 2: with `ignoreReferredIdentity` false the record is that of the newer identity.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from chalicelib.domain.identity_number import IdentityNumber, Kind
from chalicelib.errors import RegisterUnavailable
from chalicelib.gateways.register_xml import PERSON, find, text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SOAP_ACTION: Final = (
    "urn:riv:strategicresourcemanagement:persons:person:GetPersonsForProfileResponder:5:GetPersonsForProfile"
)
_SOAP: Final = "http://schemas.xmlsoap.org/soap/envelope/"
_FAULT: Final = f"{{{_SOAP}}}Body/{{{_SOAP}}}Fault"
_ROUTING: Final = "urn:riv:itintegration:registry:1"
_RESPONDER: Final = "urn:riv:strategicresourcemanagement:persons:person:GetPersonsForProfileResponder:5"
_ROOTS: Final[Mapping[Kind, str]] = {
    "personnummer": "1.2.752.129.2.1.3.1",
    "samordningsnummer": "1.2.752.129.2.1.3.3",
    "reservnummer": "1.2.752.129.2.1.3.2",
    "national_reservnummer": "1.2.752.74.9.1",
}
_PROFILE_WITH_RELATIONSHIPS: Final = "P4"
_PROFILE_OF_NAMES: Final = "P1"


def question_of_people(numbers: Sequence[IdentityNumber], logical_address: str) -> bytes:
    """Asks for the numbers with their relations. A newer identity is not followed: we want to know of it (P5)."""
    return _envelope(numbers, logical_address, _PROFILE_WITH_RELATIONSHIPS, ignore_referred=True)


def question_of_guardians(numbers: Sequence[IdentityNumber], logical_address: str) -> bytes:
    """Asks for names, protection and death alone. A newer identity is followed: only that one can log in."""
    return _envelope(numbers, logical_address, _PROFILE_OF_NAMES, ignore_referred=False)


def records(body: bytes, asked: Sequence[IdentityNumber]) -> "dict[IdentityNumber, Element]":
    """The record of each number that the register knows. Raises RegisterUnavailable unless each was answered once."""
    answers = _answers(body)
    told = {text(answer, "requestedPersonalIdentity/extension"): find(answer, "personRecord") for answer in answers}
    if len(answers) != len(asked) or told.keys() != {number.digits for number in asked}:
        raise RegisterUnavailable("the register did not give one answer to each question")
    found = {number: told[number.digits] for number in asked}
    return {number: record for number, record in found.items() if record is not None and len(record)}


def is_refusal(body: bytes) -> bool:
    """Whether this is a fault of the client: the same question again gets the same answer (SOAP 1.1, 4.4.1)."""
    try:
        code = _parsed(body).findtext(f"{_FAULT}/faultcode")
    except RegisterUnavailable:
        return False
    return (code or "").rpartition(":")[2].partition(".")[0] == "Client"


def _envelope(numbers: Sequence[IdentityNumber], logical_address: str, profile: str, *, ignore_referred: bool) -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="{_SOAP}" xmlns:r="{_ROUTING}" xmlns:q="{_RESPONDER}" xmlns:p="{PERSON}">
<soap:Header><r:LogicalAddress>{escape(logical_address, quote=False)}</r:LogicalAddress></soap:Header>
<soap:Body><q:GetPersonsForProfile>
{"".join(map(_person_id, numbers))}<q:profile>{profile}</q:profile>
<q:ignoreReferredIdentity>{"true" if ignore_referred else "false"}</q:ignoreReferredIdentity>
</q:GetPersonsForProfile></soap:Body>
</soap:Envelope>""".encode()


def _person_id(number: IdentityNumber) -> str:
    root = _ROOTS[number.kind]
    return f"<q:personId><p:root>{root}</p:root><p:extension>{number.digits}</p:extension></q:personId>\n"


def _answers(body: bytes) -> "list[Element]":
    envelope = _parsed(body)
    if envelope.tag != f"{{{_SOAP}}}Envelope":
        raise RegisterUnavailable("the register's answer is no SOAP")
    if envelope.find(_FAULT) is not None:
        raise RegisterUnavailable("the register answers with a fault")
    return envelope.findall(
        f"{{{_SOAP}}}Body/{{{_RESPONDER}}}GetPersonsForProfileResponse/{{{_RESPONDER}}}requestedPersonRecord"
    )


def _parsed(body: bytes) -> "Element":
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415  cold start
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415

    try:
        return fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):  # the last two: a broken encoding
        raise RegisterUnavailable("the register's answer is no XML") from None
