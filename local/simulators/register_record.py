"""One person's record as GetPersonsForProfile 5.0 tells it, its elements in the order that the schema demands."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from local.simulators.demo import Person

_PERSONNUMMER = "1.2.752.129.2.1.3.1"
_NATIONAL_RESERVNUMMER = "1.2.752.74.9.1"


def record_of(person: Person, people: Mapping[str, Person], *, with_relationships: bool) -> str:
    """Of a protected person no more than profile 1 is told (the contract's rule 3), which holds no relations."""
    related = _relationships(person, people) if with_relationships and not person.is_protected else ""
    return f"""<personRecord><personalIdentity>{_identity(person.number)}</personalIdentity>\
<protectedPersonIndicator>{_boolean(person.protected)}</protectedPersonIndicator>\
<testIndicator>true</testIndicator>\
<primaryIdentity>{_boolean(not person.referred_to)}</primaryIdentity>\
{_name(person)}{_referral(person)}{_deregistration(person)}{related}\
<protectedPopulationRecord>{_boolean(person.protected_registration)}</protectedPopulationRecord></personRecord>"""


def _relationships(person: Person, people: Mapping[str, Person]) -> str:
    parents = [_relationship("MO", people[person.mother])] if person.mother else []
    return "".join([*parents, *(_relationship("V", people[number]) for number in person.guardians)])


def _relationship(kind: str, other: Person) -> str:
    return (
        f"<relationship><relationshipId><personalIdentity>{_identity(other.number)}</personalIdentity></relationshipId>"
        f"<relationshipType>{kind}</relationshipType>{_name(other)}</relationship>"
    )


def _referral(person: Person) -> str:
    if not person.referred_to:
        return ""
    newer = f"<referredPersonalIdentity>{_identity(person.referred_to)}</referredPersonalIdentity>"
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


def _name(person: Person) -> str:
    return f"<name><givenName>{escape(person.given_name)}</givenName><surname>{escape(person.family_name)}</surname></name>"


def _identity(number: str) -> str:
    root = _PERSONNUMMER if number.isdigit() else _NATIONAL_RESERVNUMMER
    return f"<root>{root}</root><extension>{escape(number)}</extension>"


def _boolean(value: bool) -> str:
    return "true" if value else "false"
