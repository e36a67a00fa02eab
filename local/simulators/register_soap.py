"""GetPersonsForProfile 5.0 as the register sees it: the question out of SOAP (RIV-TA 2.1), the answer's envelope."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SOAP_ACTION = "urn:riv:strategicresourcemanagement:persons:person:GetPersonsForProfileResponder:5:GetPersonsForProfile"
PERSON = "urn:riv:strategicresourcemanagement:persons:person:5"
_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_ROUTING = "urn:riv:itintegration:registry:1"
_RESPONDER = "urn:riv:strategicresourcemanagement:persons:person:GetPersonsForProfileResponder:5"
_PROFILES = ("P1", "P2", "P3", "P4", "P5")
_MOST_PEOPLE = 500


class BadQuestion(Exception):
    """The fault text to answer with."""


@dataclass(frozen=True, slots=True)
class Question:
    """`people`: root (OID) and extension (number) of each person asked for, in that order."""

    people: tuple[tuple[str, str], ...]
    profile: str
    ignore_referred: bool

    @property
    def with_relationships(self) -> bool:
        """The contract's profiles 4 and 5 hold relations."""
        return self.profile in {"P4", "P5"}


def read_question(body: bytes) -> Question:
    """Raises BadQuestion."""
    try:
        envelope = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        raise BadQuestion("Malformed XML") from None
    if not envelope.findtext(f"{{{_SOAP}}}Header/{{{_ROUTING}}}LogicalAddress"):
        raise BadQuestion("VP003 No LogicalAddress found in message header")
    question = envelope.find(f"{{{_SOAP}}}Body/{{{_RESPONDER}}}GetPersonsForProfile")
    if question is None:
        raise BadQuestion("No GetPersonsForProfile in the body")
    profile = question.findtext(f"{{{_RESPONDER}}}profile") or ""
    ignored = question.findtext(f"{{{_RESPONDER}}}ignoreReferredIdentity")
    people = tuple(map(_person_id, question.findall(f"{{{_RESPONDER}}}personId")))
    if profile not in _PROFILES or ignored not in {"true", "false"} or not 1 <= len(people) <= _MOST_PEOPLE:
        raise BadQuestion("Validation failed")
    return Question(people, profile, ignored == "true")


def answer(records: list[str]) -> str:
    """The answer of one `requestedPersonRecord` per person asked for."""
    return _envelope(
        f'<q:GetPersonsForProfileResponse xmlns:q="{_RESPONDER}" xmlns="{PERSON}">'
        f"{''.join(records)}</q:GetPersonsForProfileResponse>"
    )


def requested(root: str, number: str, record: str) -> str:
    """The answer to one number; `record` is empty for one that the register does not know."""
    return (
        f"<q:requestedPersonRecord><requestedPersonalIdentity><root>{escape(root)}</root>"
        f"<extension>{escape(number)}</extension></requestedPersonalIdentity>{record}</q:requestedPersonRecord>"
    )


def fault(text: str, side: str = "Client") -> str:
    return _envelope(
        f"<soap:Fault><faultcode>soap:{side}</faultcode><faultstring>{escape(text)}</faultstring></soap:Fault>"
    )


def _person_id(element: "Element") -> tuple[str, str]:
    root, extension = element.findtext(f"{{{PERSON}}}root"), element.findtext(f"{{{PERSON}}}extension")
    if not root or not extension:
        raise BadQuestion("Validation failed")
    return root, extension


def _envelope(body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="{_SOAP}"><soap:Body>{body}</soap:Body>'
        "</soap:Envelope>"
    )
