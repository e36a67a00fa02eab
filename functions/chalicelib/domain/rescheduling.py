"""What Omboka asks for, and what may be asked of this visit and its patients (B4, B9)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.booking import require_bookable
from chalicelib.domain.kinds import kind_on, require_kind
from chalicelib.domain.local_time import local_date
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.patient import Patient
from chalicelib.domain.places import digest
from chalicelib.domain.relations import Relation
from chalicelib.domain.visit import Contact, Form, Kind, Participant, Visit, with_participant
from chalicelib.errors import BadInput, Conflict


class Rescheduling(Concealed, Struct, frozen=True, kw_only=True):
    """What None says nothing of stays as it is. `sequence`: of the visit as the one who asks has seen it."""

    sequence: int
    starts_at: datetime
    duration_minutes: int
    reason: str | None = None
    owner_hsa_id: str | None = None
    kind: Kind | None = None
    relations: tuple[Relation, ...] = ()

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.duration_minutes)

    def stands(self, visit: Visit) -> bool:
        """Whether the visit is as this asks for."""
        return (
            (visit.starts_at, visit.ends_at) == (self.starts_at, self.ends_at)
            and self.reason in {None, visit.reason}
            and self.owner_hsa_id in {None, visit.owner_hsa_id}
            and self.kind in {None, visit.kind}
        )


def fitting(wanted: Rescheduling, visit: Visit) -> Rescheduling:
    """Of groups and of conversations with relatives the kind is given, and of the latter the reason too (B7, B8)."""
    if visit.form is Form.GROUP:
        return replace(wanted, kind=None)
    return replace(wanted, kind=None, reason=None) if visit.form is Form.RELATIVE else wanted


def is_carried_out(wanted: Rescheduling, visit: Visit) -> bool:
    """Whether this very request, or another one like it, is what the visit was last changed by."""
    return visit.sequence == wanted.sequence + 1 and wanted.stands(visit)


def require_as_seen(visit: Visit, sequence: int) -> None:
    """Raises Conflict (`booking_changed`) for someone who has not seen what the booking is now."""
    if visit.sequence != sequence:
        raise Conflict("the booking was changed by someone else", code="booking_changed")


def require_movable(
    visit: Visit, wanted: Rescheduling, patients: Sequence[Patient], organisation: Organisation
) -> None:
    """As a booking of the new day. Raises what `booking.require_bookable` does, and BadInput (`wrong_kind_adult`,
    `wrong_kind_child`, `wrong_kind_youth`, `group_child`, `relative_not_adult`).

    A child that has turned 13 by then must be asked for as a youth; nobody becomes a child.
    """
    day = local_date(wanted.starts_at)
    for patient in patients:
        require_bookable(patient)
        right = kind_on(patient.identity, day, organisation.child_age_limit)
        asked = visit.kind if wanted.kind is None else wanted.kind
        if visit.form is Form.GROUP:
            _require_not_a_child(right)
        elif visit.form is Form.RELATIVE:
            _require_adult(right)
        else:
            require_kind(asked, right)
            _require_no_new_child(visit.kind, right)


def _require_not_a_child(kind: Kind) -> None:
    if kind is Kind.CHILD:
        raise BadInput("a child has no e-ID to come to a group with", code="group_child", field="starts_at")


def _require_adult(kind: Kind) -> None:
    if kind is not Kind.ADULT:
        raise BadInput("a relative in a conversation is an adult", code="relative_not_adult", field="starts_at")


def _require_no_new_child(now: Kind, right: Kind) -> None:
    if right is Kind.CHILD and now is not Kind.CHILD:
        raise BadInput("the patient is a child on that day", code="wrong_kind_child", field="starts_at")


def invited_themselves(visit: Visit, patient: Patient) -> Visit:
    """The visit with a patient who has a link of their own, as they are now too old for an ombud.

    Raises BadInput (`patient_contact_missing`).
    """
    if not patient.contact.phone:
        raise BadInput("the patient has no mobile number", code="patient_contact_missing", field="kind")
    return with_participant(visit, _with_link(visit.patient, patient.contact))


def _with_link(person: Participant, contact: Contact) -> Participant:
    return replace(person, link_id="l_" + digest(person.participant_id, "link", "own"), contact=contact)
