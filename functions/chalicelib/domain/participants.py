"""Pure rules of who may be added to a visit and taken out of it (G1, G3, G4, B5)."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.organisation import StaffMember
from chalicelib.domain.places import Guest, digest
from chalicelib.domain.visit import Contact, Form, Participant, Role, Visit
from chalicelib.errors import Conflict

MOST_PARTICIPANTS = 25
MOST_IN_GROUP = 45  # its patients besides
KEPT_ROLES: frozenset[Role] = frozenset({"patient", "ombud"})


class Additions(Concealed, Struct, frozen=True, kw_only=True):
    """Who is to be added. The same `request_id` in the same visit adds once, however often it is sent."""

    request_id: str
    guests: tuple[Guest, ...] = ()
    staff: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()

    @property
    def hsa_ids(self) -> list[str]:
        return list(dict.fromkeys((*self.staff, *self.colleagues)))


def added(visit: Visit, wanted: Additions, members: Iterable[StaffMember]) -> tuple[Participant, ...]:
    """The new participants, `members` being those of `wanted.hsa_ids`; none when this request was carried out before.

    Raises Conflict (`already_in_visit`, `too_many_participants`).
    """
    people = (*_clinicians(visit, wanted, members), *_guests(visit, wanted))
    if _carried_out(visit, people):
        return ()
    if any(visit.staff(hsa_id) for hsa_id in wanted.hsa_ids):
        raise Conflict("they are in the visit already", code="already_in_visit")
    if len(visit.participants) + len(people) > (MOST_IN_GROUP if visit.form is Form.GROUP else MOST_PARTICIPANTS):
        raise Conflict("the visit would have too many participants", code="too_many_participants")
    return people


def with_added(visit: Visit, people: Iterable[Participant]) -> Visit:
    return replace(visit, participants=(*visit.participants, *people))


def require_not_own(guests: Iterable[Contact], visit: Visit, patients: Iterable[Contact]) -> None:
    """A guest comes in without e-ID: so no guest's link goes to a patient's or the ombud's own number or address (B5).

    `patients`: what is written of each now; the visit has what was written when it was booked. Raises Conflict
    (`own_number`).
    """
    own = [*patients, *(p.contact for p in visit.participants if p.role in KEPT_ROLES)]
    taken = {each for contact in own for each in _ways(contact)}
    if any(way in taken for contact in guests for way in _ways(contact)):
        raise Conflict("a guest's link would go to the patient or the ombud", code="own_number")


def require_removable(visit: Visit, person: Participant) -> None:
    """Raises Conflict (`not_removable`) for the owner, the patient, and the ombud, who is changed among the relations. Of a
    group's patients all but the last can be taken out."""
    if not is_removable(visit, person):
        raise Conflict("the visit cannot do without this person", code="not_removable")


def is_removable(visit: Visit, person: Participant) -> bool:
    if person.role == "patient" and visit.form is Form.GROUP:
        return len(visit.patients) > 1
    return person.role not in KEPT_ROLES and person.hsa_id != visit.owner_hsa_id


def _ways(contact: Contact) -> set[str]:
    return {way for way in (contact.phone, contact.email.lower()) if way}


def _carried_out(visit: Visit, people: Iterable[Participant]) -> bool:
    known = {p.participant_id for p in visit.participants} | {gone.person_id for gone in visit.removed}
    return any(person.participant_id in known for person in people)


def _clinicians(visit: Visit, wanted: Additions, members: Iterable[StaffMember]) -> list[Participant]:
    return [
        Participant(
            participant_id=_person(visit, wanted, member.hsa_id),
            role="staff" if member.hsa_id in wanted.staff else "colleague",
            name=member.name,
            hsa_id=member.hsa_id,
        )
        for member in members
    ]


def _guests(visit: Visit, wanted: Additions) -> list[Participant]:
    return [_guest(_person(visit, wanted, f"guest{place}"), guest) for place, guest in enumerate(wanted.guests)]


def _guest(person_id: str, guest: Guest) -> Participant:
    return Participant(
        participant_id=person_id,
        role="guest",
        name=guest.name,
        link_id="l_" + digest(person_id, "link", "1"),
        contact=guest.contact,
        guest_kind=guest.kind,
    )


def _person(visit: Visit, wanted: Additions, place: str) -> str:
    """The same for the same request, and nobody else's, ever."""
    return "p_" + digest(visit.visit_id, "added", wanted.request_id, place)
