"""The access log (S6, HSLF-FS 2016:40): action, care unit, time, user and patient, for each access to a patient's data."""

from datetime import UTC, date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.ids import new_audit_id
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Visit, patient_id_of

Result = Literal["ok", "denied", "not_found"]

# HSLF-FS 2016:40, 4 kap. 9 §: at least five years. A month more, so that nothing goes before its last day is over.
KEPT = timedelta(days=5 * 366 + 31)
VISITOR = "participant:"
SYSTEM = "system:"


class AuditEntry(Concealed, Struct, frozen=True, kw_only=True):
    """`patient_id` is the keyed hash, empty where no patient or more than one is concerned.

    `user` is an HSA-id, `participant:<id>`, or `system:<client id>` of another system. Names, title and assignment (the
    commission) are those of the moment, so that the entry can be read years later without any other record.
    `shown_visits`: what a list showed, of the day `shown_day`.
    """

    audit_id: str
    at: datetime
    org_id: str
    unit_id: str
    user: str
    action: str
    unit_name: str = ""
    user_name: str = ""
    user_title: str = ""
    assignment: str = ""
    patient_id: str = ""
    visit_id: str = ""
    result: Result = "ok"
    shown_day: date | None = None
    shown_visits: tuple[str, ...] = ()

    @property
    def expires_at(self) -> datetime:
        return self.at + KEPT

    @property
    def position(self) -> str:
        """Where it stands among all others: in order of time, and no two at one place."""
        return f"{position_at(self.at)}#{self.audit_id}"

    @property
    def is_visitors(self) -> bool:
        """Of a patient or guest, not of staff."""
        return self.user.startswith(VISITOR)

    @property
    def is_systems(self) -> bool:
        """Of another system, not of a person (V5)."""
        return self.user.startswith(SYSTEM)


def position_at(moment: datetime) -> str:
    """Before every entry of this moment and after every earlier one; UTC to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def by_staff(
    staff: Staff,
    action: str,
    at: datetime,
    *,
    patient_id: str = "",
    visit_id: str = "",
    result: Result = "ok",
    shown_day: date | None = None,
    shown_visits: tuple[str, ...] = (),
) -> AuditEntry:
    """What a clinician did, on the care unit they are logged in to."""
    return AuditEntry(
        audit_id=new_audit_id(),
        at=at,
        org_id=staff.org_id,
        unit_id=staff.unit_id,
        unit_name=staff.unit_name,
        user=staff.hsa_id,
        user_name=staff.name,
        user_title=staff.title,
        assignment=staff.assignment,
        action=action,
        patient_id=patient_id,
        visit_id=visit_id,
        result=result,
        shown_day=shown_day,
        shown_visits=shown_visits,
    )


def of_visit(staff: Staff, action: str, at: datetime, visit: Visit, *, result: Result = "ok") -> tuple[AuditEntry, ...]:
    """What a clinician did with a visit: one entry for each of its patients, in whose own log it stands."""
    patients = visit.patient_ids or ("",)
    return tuple(
        by_staff(staff, action, at, patient_id=patient_id, visit_id=visit.visit_id, result=result)
        for patient_id in patients
    )


def by_visitor(visit: Visit, participant_id: str, action: str, at: datetime, *, result: Result = "ok") -> AuditEntry:
    """What someone did in a visit who is known by their place in it: of a group's patients each in their own log alone.

    Raises NotFound for someone who has no place.
    """
    person = visit.participant(participant_id)
    return AuditEntry(
        audit_id=new_audit_id(),
        at=at,
        org_id=visit.org_id,
        unit_id=visit.unit_id,
        unit_name=visit.unit_name,
        user=person.hsa_id or f"{VISITOR}{participant_id}",
        user_name=person.name,
        action=action,
        patient_id=patient_id_of(visit, person),
        visit_id=visit.visit_id,
        result=result,
    )
