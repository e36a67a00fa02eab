"""Pure rules of a booking: what is asked for, and the visit, links and messages that it becomes (B2, B3)."""

import hashlib
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.kinds import kind_on, require_kind
from chalicelib.domain.local_time import local_date
from chalicelib.domain.organisation import Organisation, StaffMember
from chalicelib.domain.patient import Patient, PatientGuardian
from chalicelib.domain.relations import Chosen, Relation, chosen
from chalicelib.domain.visit import Contact, GuestKind, Kind, Participant, Status, Visit
from chalicelib.errors import BadInput, Conflict

OPEN_GUEST = "guestlink"
_PAST_ALLOWED = timedelta(minutes=30)
_FARTHEST = timedelta(days=2 * 366)


class Guest(Concealed, Struct, frozen=True, kw_only=True):
    """An external guest with at least one way to reach them (G2)."""

    name: str
    contact: Contact
    kind: GuestKind = "other"


class Booking(Concealed, Struct, frozen=True, kw_only=True):
    """What is asked for; `starts_at` in UTC. The same `request_id` of the same clinician is the same booking."""

    request_id: str
    kind: Kind
    starts_at: datetime
    duration_minutes: int
    reason: str
    guests: tuple[Guest, ...]
    relations: tuple[Relation, ...] = ()


def require_sensible_time(starts_at: datetime, now: datetime) -> None:
    """Raises BadInput (`starts_in_past`, `starts_too_far`). Half an hour back is a visit that starts late."""
    if starts_at < now - _PAST_ALLOWED:
        raise BadInput("the visit would start in the past", code="starts_in_past", field="starts_at")
    if starts_at > now + _FARTHEST:
        raise BadInput("the visit is too far away", code="starts_too_far", field="starts_at")


def require_bookable(patient: Patient) -> None:
    """Raises Conflict (`deceased`, `deregistered`, `referred`), by what the register last said of them (P5)."""
    if patient.problem is not None:
        raise Conflict("nothing can be booked for this person", code=patient.problem)


def visit_id_of(org_id: str, hsa_id: str, request_id: str) -> str:
    """The visit that this request becomes: always the same one, so that a second click books nothing more (B2)."""
    return "v_" + _digest(org_id, hsa_id, request_id)


def visit_of(
    booking: Booking,
    organisation: Organisation,
    patient: Patient,
    staff: list[StaffMember],
    now: datetime,
) -> Visit:
    """The booked visit; the first of `staff` owns it. It has an open guest place for the link that can be copied.

    Raises BadInput (`patient_contact_missing`: of who has no ombud), and what `require_bookable`, `kinds.require_kind` and
    `relations.chosen` do.
    """
    relations = _relations(booking, organisation, patient)
    owner = staff[0]
    visit_id = visit_id_of(organisation.org_id, owner.hsa_id, booking.request_id)
    people = (
        *_staff(visit_id, staff),
        *_of_the_patient(visit_id, patient, relations),
        *_guests(visit_id, booking.guests),
    )
    return Visit(
        visit_id=visit_id,
        version=1,
        org_id=organisation.org_id,
        org_name=organisation.name,
        unit_id=owner.unit_id,
        unit_name=owner.unit_name,
        kind=booking.kind,
        status=Status.BOOKED,
        starts_at=booking.starts_at,
        ends_at=booking.starts_at + timedelta(minutes=booking.duration_minutes),
        reason=booking.reason,
        owner_hsa_id=owner.hsa_id,
        patient_id=patient.patient_id,
        patient_protected=patient.protected,
        created_at=now,
        participants=people,
        primary_contact_id=relations.primary_contact_id,
    )


def _relations(booking: Booking, organisation: Organisation, patient: Patient) -> Chosen:
    """Who comes for the patient, once it stands that this visit can be booked for them."""
    require_bookable(patient)
    day = local_date(booking.starts_at)
    require_kind(booking.kind, kind_on(patient.identity, day, organisation.child_age_limit))
    relations = chosen(patient, booking.kind, booking.relations)
    if relations.ombud is None and not patient.contact.phone:
        raise BadInput("the patient has no mobile number", code="patient_contact_missing", field="patient_id")
    return relations


def ombud_of(visit_id: str, guardian: PatientGuardian, place: str = "ombud") -> Participant:
    """The guardian who acts for a child, with a link of their own. A `place` never used before gives a new link."""
    person = _person(visit_id, place)
    return Participant(
        participant_id=person,
        role="ombud",
        name=guardian.name,
        link_id=_link(person),
        contact=guardian.contact,
        guardian_id=guardian.guardian_id,
    )


def open_guest(visit: Visit) -> Participant:
    """The place that the link to copy admits to, whoever gets it (B2). Raises NotFound."""
    return visit.participant(_person(visit.visit_id, OPEN_GUEST))


def _staff(visit_id: str, members: list[StaffMember]) -> list[Participant]:
    return [
        Participant(participant_id=_person(visit_id, m.hsa_id), role="staff", name=m.name, hsa_id=m.hsa_id)
        for m in members
    ]


def _of_the_patient(visit_id: str, patient: Patient, relations: Chosen) -> list[Participant]:
    """The patient, who comes in by a link, or has an ombud and then comes with them."""
    invited = _patient(visit_id, patient)
    if relations.ombud is None:
        return [invited]
    return [replace(invited, link_id="", contact=Contact()), ombud_of(visit_id, relations.ombud)]


def _patient(visit_id: str, patient: Patient) -> Participant:
    person = _person(visit_id, "patient")
    return Participant(
        participant_id=person,
        role="patient",
        name=patient.name,
        link_id=_link(person),
        contact=patient.contact,
    )


def _guests(visit_id: str, guests: tuple[Guest, ...]) -> list[Participant]:
    named = [(f"guest{place}", guest) for place, guest in enumerate(guests)]
    return [_guest(visit_id, place, guest) for place, guest in [*named, (OPEN_GUEST, _OPEN)]]


def _guest(visit_id: str, place: str, guest: Guest) -> Participant:
    person = _person(visit_id, place)
    return Participant(
        participant_id=person,
        role="guest",
        name=guest.name,
        link_id=_link(person),
        contact=guest.contact,
        guest_kind=guest.kind,
    )


_OPEN = Guest(name="", contact=Contact())


def _person(visit_id: str, place: str) -> str:
    return "p_" + _digest(visit_id, place)


def _link(participant_id: str) -> str:
    return "l_" + _digest(participant_id, "link", "1")


def _digest(*parts: str) -> str:
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    return urlsafe_b64encode(digest[:12]).decode()
