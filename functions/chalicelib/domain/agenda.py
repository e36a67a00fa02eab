"""The start page's rows: one per staff participant, carried along with every change of the visit (L2)."""

from datetime import datetime

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.visit import Form, Kind, Participant, Received, Status, Visit

AGENDA_LIMIT = 200
"""The most rows that one reading brings."""


class Waiting(Concealed, Struct, frozen=True):
    """Who waits, and since when. `away`: was there, but the socket has closed."""

    name: str
    since: datetime
    away: bool


class AgendaRow(Concealed, Struct, frozen=True, kw_only=True):
    """What one clinician's start page shows of one visit. A protected patient has no name here (P5), nor have those of a
    group, who are counted. `late_minutes`: as the patient has told, of several the most (B11).
    `unreached`: how many have not got the newest of what they were sent, and are not here either (B10)."""

    visit_id: str
    org_id: str
    hsa_id: str
    starts_at: datetime
    ends_at: datetime
    kind: Kind
    status: Status
    patient_name: str
    protected: bool
    reason: str
    waiting: tuple[Waiting, ...]
    received: Received | None
    call_running: bool
    invited: bool = False
    form: Form = Form.INDIVIDUAL
    patients: int = 1
    late_minutes: int | None = None
    external: bool = False
    unreached: int = 0


def agenda_rows(visit: Visit) -> tuple[AgendaRow, ...]:
    """One row for each who logs in to take part; a colleague's tells that they are invited (G4)."""
    return tuple(_row(visit, person) for person in visit.participants if person.hsa_id)


def _row(visit: Visit, person: Participant) -> AgendaRow:
    return AgendaRow(
        visit_id=visit.visit_id,
        org_id=visit.org_id,
        hsa_id=person.hsa_id,
        invited=person.role == "colleague",
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        kind=visit.kind,
        status=visit.status,
        patient_name="" if visit.patient_protected or visit.form is Form.GROUP else visit.patient.name,
        protected=visit.patient_protected,
        reason=visit.reason,
        waiting=tuple(waiting(visit)),
        received=visit.received,
        call_running=visit.call is not None and bool(visit.call.connected),
        form=visit.form,
        patients=len(visit.patients),
        late_minutes=max((p.late.minutes for p in visit.participants if p.late), default=None),
        external=bool(visit.external_id),
        unreached=0 if person.role == "colleague" else _unreached(visit),
    )


def waiting(visit: Visit) -> list[Waiting]:
    """Who is in the waiting room, longest first; nobody after the visit. Names of protected patients are left out."""
    waits = [p for p in visit.participants if p.waiting_since is not None and not _in_call(visit, p)]
    people = [] if visit.is_over else waits
    rows = [_waiting(visit, p) for p in people if p.waiting_since is not None]
    return sorted(rows, key=lambda row: row.since)


def _unreached(visit: Visit) -> int:
    """Of a visit that is over nothing can be mended, but who does not know that it is cancelled can be told."""
    if visit.is_over and visit.status is not Status.CANCELLED:
        return 0
    return sum(p.unreached and p.waiting_since is None and not _in_call(visit, p) for p in visit.participants)


def _waiting(visit: Visit, person: Participant) -> Waiting:
    hidden = person.role in ("patient", "ombud") and visit.patient_protected
    since = person.waiting_since or visit.starts_at
    return Waiting(name="" if hidden else person.name, since=since, away=person.away_since is not None)


def _in_call(visit: Visit, person: Participant) -> bool:
    return visit.call is not None and person.participant_id in visit.call.connected
