"""What a booking asks for, and what is asked of its time and its patients (B2, P5). The visit that it becomes is
`domain.booked_visit`'s."""

from datetime import datetime, timedelta

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.patient import Patient
from chalicelib.domain.places import Guest, digest
from chalicelib.domain.relations import Relation
from chalicelib.domain.series import Repeat
from chalicelib.domain.visit import Form, Kind, Language
from chalicelib.errors import BadInput, Conflict

_PAST_ALLOWED = timedelta(minutes=30)
FARTHEST = timedelta(days=2 * 366)


class BookedPatient(Concealed, Struct, frozen=True, kw_only=True):
    """One whom the visit is for; `display_name` of a group's patients, "" for a name with a number (B8)."""

    patient_id: str
    display_name: str = ""
    language: Language = "sv"


class Booking(Concealed, Struct, frozen=True, kw_only=True):
    """What is asked for; `starts_at` in UTC. The same `request_id` of the same clinician is the same booking.

    `staff`: HSA-ids of those beside the one who books. `start_now`: the visit begins with the booking (B2).
    """

    request_id: str
    kind: Kind
    starts_at: datetime
    duration_minutes: int
    reason: str
    patients: tuple[BookedPatient, ...]
    guests: tuple[Guest, ...] = ()
    relations: tuple[Relation, ...] = ()
    form: Form = Form.INDIVIDUAL
    staff: tuple[str, ...] = ()
    start_now: bool = False
    repeat: Repeat | None = None

    @property
    def patient_ids(self) -> list[str]:
        return [each.patient_id for each in self.patients]


def require_sensible_time(starts_at: datetime, now: datetime) -> None:
    """Raises BadInput (`starts_in_past`, `starts_too_far`). Half an hour back is a visit that starts late."""
    if starts_at < now - _PAST_ALLOWED:
        raise BadInput("the visit would start in the past", code="starts_in_past", field="starts_at")
    if starts_at > now + FARTHEST:
        raise BadInput("the visit is too far away", code="starts_too_far", field="starts_at")


def require_bookable(patient: Patient) -> None:
    """Raises Conflict (`deceased`, `deregistered`, `referred`), by what the register last said of them (P5)."""
    if patient.problem is not None:
        raise Conflict("nothing can be booked for this person", code=patient.problem)


def visit_id_of(org_id: str, hsa_id: str, request_id: str, place: int = 0) -> str:
    """The visit that this request becomes: always the same one, so that a second click books nothing more (B2).

    `place`: which one of a repeated booking, from 0.
    """
    return "v_" + digest(org_id, hsa_id, request_id, *([str(place)] if place else []))


def series_id_of(org_id: str, hsa_id: str, request_id: str) -> str:
    return "s_" + digest(org_id, hsa_id, request_id, "series")
