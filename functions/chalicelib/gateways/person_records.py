"""Records of GetPersonsForProfile 5.0 as people: a person, the guardians a child's record names, and a guardian's own.

Codes are Skatteverket's (Navet): relationship `V` is "has as guardian"; deregistration `AV` deceased, `GN` and `GS` an old
number that another has replaced.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from chalicelib.concealed import Concealed
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.local_time import local_date
from chalicelib.domain.register import DECEASED, Guardian, RegisterPerson
from chalicelib.errors import RegisterUnavailable
from chalicelib.gateways.register_xml import boolean, find, find_all, identity, text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_GUARDIAN: Final = "V"
_REPLACED: Final = ("GN", "GS")
_ENDED: Final = ("AVREGISTRERAT", "EJ_AKTUELLT")
_ENDED_BECAUSE: Final = {"AVLIDEN": DECEASED, "ERSATT": "GS"}
_ADULT_AGE: Final = 18


@dataclass(frozen=True, slots=True, repr=False)
class PersonRecord(Concealed):
    """A person without guardians yet, and the numbers of those that the record names as such."""

    person: RegisterPerson
    guardian_numbers: tuple[IdentityNumber, ...]


def read_person(record: "Element", asked: IdentityNumber, now: datetime) -> PersonRecord:
    """Whatever must be known and is not there raises RegisterUnavailable, a missing protection mark above all.

    Of a folkbokfört child whose relations are neither there nor withheld, the code is `register_incomplete`.
    """
    given_name, family_name = _name(record)
    marked, protected_registration = _protection(record)
    protected = marked or protected_registration
    if not family_name and not given_name and not protected:
        raise RegisterUnavailable("the register's record has no name")
    code = _deregistration(record)
    referred_to = _referred_to(record, asked, code)
    is_adult = _is_adult(asked, now)
    relations = [] if is_adult else find_all(record, "relationship")
    unnamed = not is_adult and not relations
    may_be_unnamed = protected or asked.kind != "personnummer" or code is not None or referred_to is not None
    if unnamed and not may_be_unnamed:
        raise _incomplete("the register's record of a child names no relation")
    person = RegisterPerson(
        number=asked,
        given_name=given_name,
        family_name=family_name,
        confidentiality_marked=marked,
        protected_registration=protected_registration,
        deregistration_code=code,
        referred_to=referred_to,
        guardians=(),
        guardians_withheld=unnamed,
        fetched_at=now,
    )
    return PersonRecord(person, _guardian_numbers(relations, now))


def is_test_person(record: "Element") -> bool:
    """Whether the register marks the person as invented."""
    return boolean(record, "testIndicator") is True


def with_guardians(child: PersonRecord, records: "Mapping[IdentityNumber, Element]") -> RegisterPerson:
    """Each guardian by the own record. Raises RegisterUnavailable (`register_incomplete`) when one has none."""
    if not records.keys() >= set(child.guardian_numbers):
        raise _incomplete("the register has no record of a guardian")
    guardians = tuple(_guardian(number, records[number]) for number in child.guardian_numbers)
    return replace(child.person, guardians=guardians)


def _guardian(number: IdentityNumber, record: "Element") -> Guardian:
    given_name, family_name = _name(record)
    code = _deregistration(record)
    referred_to = _referred_to(record, number, code)
    if referred_to is not None and referred_to != identity(record, "personalIdentity"):
        raise _incomplete("the register's record of a guardian is not that of the newer identity")
    return Guardian(
        number=referred_to or number,
        given_name=given_name,
        family_name=family_name,
        protected=any(_protection(record)),
        deceased=code == DECEASED,
    )


def _incomplete(message: str) -> RegisterUnavailable:
    return RegisterUnavailable(message, code="register_incomplete")


def _is_adult(number: IdentityNumber, now: datetime) -> bool:
    """Only of a number that tells: anyone else may be a child."""
    age = number.age_on(local_date(now))
    return age is not None and age >= _ADULT_AGE


def _name(record: "Element") -> tuple[str, str]:
    return text(record, "name/givenName"), text(record, "name/surname")


def _protection(record: "Element") -> tuple[bool, bool]:
    """Sekretessmarkering and skyddad folkbokföring."""
    marked = boolean(record, "protectedPersonIndicator")
    if marked is None:
        raise RegisterUnavailable("the register's record does not say whether the person is protected")
    return marked, boolean(record, "protectedPopulationRecord") is True


def _deregistration(record: "Element") -> str | None:
    """The reason code, "" when deregistered without one, None when not deregistered."""
    deregistration = find(record, "deregistration")
    if deregistration is None:
        return _samordningsnummer_ended(record)
    if find(deregistration, "foundDeadAtDate") is not None:
        return DECEASED
    return text(deregistration, "deregistrationReasonCode")


def _samordningsnummer_ended(record: "Element") -> str | None:
    """Who has a samordningsnummer was never registered, so death and replacement are told in a class of their own."""
    if find(record, "coOrdinationNumberData/deceasedDate") is not None:
        return DECEASED
    status = text(record, "personalIdentityStatus/identityStatus") or text(
        record, "personalIdentityStatus/identityStatusValue"
    )
    if status not in _ENDED:
        return None
    return _ENDED_BECAUSE.get(text(record, "personalIdentityStatus/identityStatusCause"), "")


def _referred_to(record: "Element", asked: IdentityNumber, code: str | None) -> IdentityNumber | None:
    """The newer identity: of the register's own links, else of the numbers that Skatteverket has replaced."""
    told = identity(record, "personalIdentity")
    if told is None:
        raise RegisterUnavailable("the register's record has no identity")
    if told != asked:
        return told
    main = [each for each in find_all(record, "linkedIdentity") if boolean(each, "primaryIdentity")]
    for linked in main:  # the others are of any form, such as the reservnummer of another region
        newer = identity(linked, "referredPersonalIdentity")
        if newer not in {None, asked}:
            return newer
    if code in _REPLACED:
        newer_ones = [
            identity(each, "referredPersonalIdentity") for each in find_all(record, "referredPersonalIdentities")
        ]
        return newer_ones[0] if len(newer_ones) == 1 else None
    return None


def _guardian_numbers(relations: "list[Element]", now: datetime) -> tuple[IdentityNumber, ...]:
    """The guardians of today.

    A guardian without a Swedish number cannot log in and is left out; a child who has no other cannot be told from one
    without guardians, so that raises RegisterUnavailable.
    """
    current = list(_current_guardians(relations, local_date(now).isoformat()))
    numbers = [identity(relation, "relationshipId/personalIdentity") for relation in current]
    found = dict.fromkeys(number for number in numbers if number)
    if current and not found:
        raise _incomplete("no guardian in the register's record has a Swedish identity number")
    return tuple(found)


def _current_guardians(relations: "list[Element]", today: str) -> "Iterator[Element]":
    """Dates are of a year, a month or a day, and compare as written."""
    for relation in relations:
        begins = text(relation, "relationshipFromDate/value")
        ends = text(relation, "relationshipToDate/value")
        kind = text(relation, "relationshipType")
        if not kind:
            raise _incomplete("the register's record does not say what relation it is")
        if kind == _GUARDIAN and begins[:10] <= today and (not ends or today < ends):
            yield relation
