"""The subset of FHIR R4 (4.0.1) that is read and written here, as structs; elements that are not named are passed over.

hl7.org/fhir/R4: Appointment, Patient, Practitioner, OperationOutcome, datatypes. Names are FHIR's own in camelCase on the
wire. Lists are bounded, so that no message grows past what can be meant.
"""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta as Bounds
from msgspec import Struct

from chalicelib.concealed import Concealed

Text = Annotated[str, Bounds(max_length=1024)]
Uri = Annotated[str, Bounds(max_length=512)]
Instant = Annotated[datetime, Bounds(tz=True)]
Status = Literal[
    "proposed",
    "pending",
    "booked",
    "arrived",
    "fulfilled",
    "cancelled",
    "noshow",
    "entered-in-error",
    "checked-in",
    "waitlist",
]


class _Element(Concealed, Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    pass


class Coding(_Element, frozen=True, kw_only=True):
    system: Uri | None = None
    code: Text | None = None
    display: Text | None = None


class CodeableConcept(_Element, frozen=True, kw_only=True):
    coding: Annotated[tuple[Coding, ...], Bounds(max_length=20)] = ()
    text: Text | None = None


class Identifier(_Element, frozen=True, kw_only=True):
    use: Text | None = None
    system: Uri | None = None
    value: Text | None = None


class Reference(_Element, frozen=True, kw_only=True):
    reference: Uri | None = None
    type: Uri | None = None
    identifier: Identifier | None = None
    display: Text | None = None


class Extension(_Element, frozen=True, kw_only=True):
    url: Uri
    value_boolean: bool | None = None
    value_code: Text | None = None
    value_string: Text | None = None


class Meta(_Element, frozen=True, kw_only=True):
    version_id: Annotated[str, Bounds(max_length=64)] | None = None
    last_updated: Instant | None = None
    security: Annotated[tuple[Coding, ...], Bounds(max_length=20)] = ()


class HumanName(_Element, frozen=True, kw_only=True):
    use: Text | None = None
    family: Text | None = None
    given: tuple[Text, ...] = ()


class Contained(_Element, frozen=True, kw_only=True):
    """A resource inside another; only Patient and Practitioner are looked at."""

    resource_type: Text
    id: Text | None = None
    identifier: Annotated[tuple[Identifier, ...], Bounds(max_length=20)] = ()


class Participant(_Element, frozen=True, kw_only=True):
    type: Annotated[tuple[CodeableConcept, ...], Bounds(max_length=20)] = ()
    actor: Reference | None = None
    status: Text | None = None


class Appointment(_Element, frozen=True, kw_only=True, tag_field="resourceType", tag="Appointment"):
    id: Annotated[str, Bounds(max_length=64)] | None = None
    meta: Meta | None = None
    contained: Annotated[tuple[Contained, ...], Bounds(max_length=50)] = ()
    extension: Annotated[tuple[Extension, ...], Bounds(max_length=50)] = ()
    identifier: Annotated[tuple[Identifier, ...], Bounds(max_length=20)] = ()
    status: Status
    service_category: Annotated[tuple[CodeableConcept, ...], Bounds(max_length=20)] = ()
    service_type: Annotated[tuple[CodeableConcept, ...], Bounds(max_length=20)] = ()
    appointment_type: CodeableConcept | None = None
    reason_code: Annotated[tuple[CodeableConcept, ...], Bounds(max_length=20)] = ()
    start: Instant | None = None
    end: Instant | None = None
    minutes_duration: Annotated[int, Bounds(ge=1, le=1440)] | None = None
    participant: Annotated[tuple[Participant, ...], Bounds(max_length=50)] = ()


class Patient(_Element, frozen=True, kw_only=True, tag_field="resourceType", tag="Patient"):
    id: str
    meta: Meta | None = None
    identifier: tuple[Identifier, ...] = ()
    active: bool
    name: tuple[HumanName, ...] = ()


class Practitioner(_Element, frozen=True, kw_only=True, tag_field="resourceType", tag="Practitioner"):
    id: str
    identifier: tuple[Identifier, ...] = ()
    active: bool
    name: tuple[HumanName, ...] = ()


class Link(_Element, frozen=True, kw_only=True):
    relation: str
    url: str


class Entry(_Element, frozen=True, kw_only=True):
    full_url: str
    resource: Appointment


class Bundle(_Element, frozen=True, kw_only=True, tag_field="resourceType", tag="Bundle"):
    type: Literal["searchset"]
    total: int
    entry: tuple[Entry, ...] = ()


class Issue(_Element, frozen=True, kw_only=True):
    """`code`: of the value set IssueType. `details.text` is a fixed sentence, `details.coding` our own stable code."""

    severity: Literal["error", "warning", "information"]
    code: str
    details: CodeableConcept | None = None
    expression: tuple[str, ...] = ()


class OperationOutcome(_Element, frozen=True, kw_only=True, tag_field="resourceType", tag="OperationOutcome"):
    issue: tuple[Issue, ...]
