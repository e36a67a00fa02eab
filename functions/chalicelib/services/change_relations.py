"""Another ombud or primary contact in a visit that is booked already (P6, B4)."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from chalicelib.domain.access import require
from chalicelib.domain.audit import of_visit
from chalicelib.domain.booking import ombud_of
from chalicelib.domain.changes import Change, Create
from chalicelib.domain.invitations import invitation
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.patient import Patient, PatientGuardian
from chalicelib.domain.relations import Relation, chosen
from chalicelib.domain.removal import without_participant
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Participant, Visit
from chalicelib.errors import NotFound
from chalicelib.services.change_visit import Decision
from chalicelib.services.end_participation import end_participation_now
from chalicelib.services.known_patient import patient_of
from chalicelib.services.log_access import change_as_staff
from chalicelib.services.new_links import new_link
from chalicelib.services.open_visit import open_visit
from chalicelib.services.ports import Ports


def change_relations(ports: Ports, staff: Staff, visit_id: str, relations: Sequence[Relation]) -> Visit:
    """The visit with these relations; the same again changes nothing.

    One transaction: the former ombud is out, with link, sessions and place in a running call, and the new one is invited,
    who is a guest no longer. An ombud whose contact has changed since is invited anew there. Raises NotFound, Conflict
    (`visit_over`), and what `domain.relations.chosen` raises.
    """
    opened, _ = open_visit(ports, staff, visit_id, "change_relations")
    organisation, patient = _context(ports, opened)
    now = ports.clock.now()

    def decide(visit: Visit) -> Decision | None:
        require(visit, "staff", "change_relations")
        picked = chosen(patient, visit.kind, relations)
        after, also = visit, list[Change]()
        if picked.ombud is not None and not _is_ombud(visit, picked.ombud):
            after, also = _with_ombud(ports, organisation, visit, picked.ombud, now)
        after = replace(after, primary_contact_id=picked.primary_contact_id)
        if after == visit:
            return None
        return after, [*also, *map(Create, of_visit(staff, "visit.change_relations", now, visit))]

    changed = change_as_staff(ports, staff, opened, decide)
    end_participation_now(ports, changed)
    return changed


def _context(ports: Ports, visit: Visit) -> tuple[Organisation, Patient]:
    organisation = ports.store.organisation(visit.org_id)
    if organisation is None:
        raise NotFound("the visit's organisation is not there")
    return organisation, patient_of(ports, visit)


def _is_ombud(visit: Visit, guardian: PatientGuardian) -> bool:
    """Also that the invitation went where the guardian is reached now."""
    ombud = visit.ombud
    return ombud is not None and (ombud.guardian_id, ombud.contact) == (guardian.guardian_id, guardian.contact)


def _with_ombud(
    ports: Ports, organisation: Organisation, visit: Visit, guardian: PatientGuardian, now: datetime
) -> tuple[Visit, list[Change]]:
    without, removals = visit, list[Change]()
    for person in _replaced(visit, guardian):
        without, removal = without_participant(without, person, now)
        removals += removal
    ombud = ombud_of(visit.visit_id, guardian, f"ombud{visit.version + 1}")
    after = replace(without, participants=tuple(_beside_the_patient(without, ombud)))
    message = invitation(after, ombud, now)
    invited = [Create(message)] if message else []
    return after, [*removals, Create(new_link(ports, organisation, after, ombud)), *invited]


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
