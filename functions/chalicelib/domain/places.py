"""The people of a booking as they stand in the visit: each has an id, and a link where they come in by one (B2, G2).

Ids are made of the visit and the place, so that the same booking gives the same people and links however often it is
planned.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.organisation import StaffMember
from chalicelib.domain.patient import Patient, PatientGuardian
from chalicelib.domain.visit import Contact, GuestKind, Language, Participant, Visit

OPEN_GUEST = "guestlink"


class Guest(Concealed, Struct, frozen=True, kw_only=True):
    """An external guest with at least one way to reach them (G2)."""

    name: str
    contact: Contact
    kind: GuestKind = "other"


def staff_places(visit_id: str, members: Iterable[StaffMember]) -> list[Participant]:
    return [
        Participant(participant_id=_person(visit_id, m.hsa_id), role="staff", name=m.name, hsa_id=m.hsa_id)
        for m in members
    ]


def patient_place(visit_id: str, patient: Patient, language: Language) -> Participant:
    """The one patient of a visit, who comes in by a link of their own."""
    return _patient(visit_id, "patient", patient, language)


def group_place(visit_id: str, patient: Patient, language: Language, display_name: str, *, youth: bool) -> Participant:
    """One of a group's patients (B8)."""
    place = _patient(visit_id, f"patient#{patient.patient_id}", patient, language, display_name)
    return replace(place, youth=youth)


def ombud_of(
    visit_id: str, guardian: PatientGuardian, place: str = "ombud", *, language: Language = "sv"
) -> Participant:
    """The guardian who acts for a child, with a link of their own. A `place` never used before gives a new link."""
    person = _person(visit_id, place)
    return Participant(
        participant_id=person,
        role="ombud",
        name=guardian.name,
        link_id=_link(person),
        contact=guardian.contact,
        guardian_id=guardian.guardian_id,
        language=language,
    )


def guest_places(visit_id: str, guests: Iterable[Guest]) -> list[Participant]:
    """Those invited, and the open place that the link to copy admits to (B2)."""
    named = [(f"guest{place}", guest) for place, guest in enumerate(guests)]
    return [_guest(visit_id, place, guest) for place, guest in [*named, (OPEN_GUEST, _OPEN)]]


def open_guest(visit: Visit) -> Participant:
    """The place that the link to copy admits to, whoever gets it (B2). Raises NotFound."""
    return visit.participant(_person(visit.visit_id, OPEN_GUEST))


def digest(*parts: str) -> str:
    """16 characters that name these parts, and tell none of them."""
    hashed = hashlib.sha256("\n".join(parts).encode()).digest()
    return urlsafe_b64encode(hashed[:12]).decode()


_OPEN = Guest(name="", contact=Contact())


def _patient(visit_id: str, place: str, patient: Patient, language: Language, display_name: str = "") -> Participant:
    person = _person(visit_id, place)
    return Participant(
        participant_id=person,
        role="patient",
        name=patient.name,
        link_id=_link(person),
        contact=patient.contact,
        patient_id=patient.patient_id,
        display_name=display_name,
        language=language,
    )


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


def _person(visit_id: str, place: str) -> str:
    return "p_" + digest(visit_id, place)


def _link(participant_id: str) -> str:
    return "l_" + digest(participant_id, "link", "1")
