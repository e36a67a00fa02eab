"""Another guardian becomes the ombud of a visit that is booked already (P6, B4)."""

from datetime import datetime

from msgspec.structs import replace

from chalicelib.domain.changes import Change
from chalicelib.domain.patient import PatientGuardian
from chalicelib.domain.places import ombud_of
from chalicelib.domain.removal import without_participant
from chalicelib.domain.visit import Participant, Visit


def is_ombud(visit: Visit, guardian: PatientGuardian) -> bool:
    """Also that the invitation went where the guardian is reached now."""
    ombud = visit.ombud
    return ombud is not None and (ombud.guardian_id, ombud.contact) == (guardian.guardian_id, guardian.contact)


def with_ombud(visit: Visit, guardian: PatientGuardian, now: datetime) -> tuple[Visit, Participant, list[Change]]:
    """The visit with this guardian as its ombud, who is to be invited; and what else their predecessor's end writes."""
    without, removals = visit, list[Change]()
    for person in _replaced(visit, guardian):
        without, removal = without_participant(without, person, now)
        removals += removal
    place = f"ombud{visit.version + 1}"
    ombud = ombud_of(visit.visit_id, guardian, place, language=visit.patient.language)
    return replace(without, participants=tuple(_beside_the_patient(without, ombud))), ombud, removals


def former_ombud(before: Visit, after: Visit) -> Participant | None:
    """The guardian who acts no more; None where there was none, or the same one is invited anew."""
    former, acting = before.ombud, after.ombud
    if former is None or (acting is not None and acting.guardian_id == former.guardian_id):
        return None
    return former


def _replaced(visit: Visit, guardian: PatientGuardian) -> list[Participant]:
    """The former ombud, and the guest places whose links went to the new one: nobody is in a visit twice."""
    return [p for p in visit.participants if p.role == "ombud" or (p.role == "guest" and _reaches(p, guardian))]


def _reaches(guest: Participant, guardian: PatientGuardian) -> bool:
    phone, email = guest.contact.phone, guest.contact.email.lower()
    return bool(phone and phone == guardian.contact.phone) or bool(email and email == guardian.contact.email.lower())


def _beside_the_patient(visit: Visit, ombud: Participant) -> list[Participant]:
    people = list(visit.participants)
    people.insert(people.index(visit.patient) + 1, ombud)
    return people
