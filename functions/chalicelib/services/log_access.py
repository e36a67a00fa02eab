"""Every reading of a patient's data is in the access log before it is told (S6); what cannot be logged is refused.

Open pages read again with each live change: within READ_AGAIN_S, the same person reading the same thing is one access
and one entry. What was shown is part of "the same": a visit that is new in a list is a new access.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from chalicelib.domain.audit import AuditEntry, by_staff, by_visitor, of_visit
from chalicelib.domain.changes import MOST_IN_ONE, Count, Create
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Participant, Visit
from chalicelib.errors import BadInput, Conflict, NotFound, TooManyAttempts
from chalicelib.services.change_visit import Decision, change_visit
from chalicelib.services.ports import Ports

READ_AGAIN_S = 900
_ENTRIES_AT_ONCE = MOST_IN_ONE - 1  # and the counter by which the same reading is known


def log_visit_read(ports: Ports, staff: Staff, visit: Visit, action: str) -> None:
    """What a clinician reads of a visit. Raises Unavailable, and then nothing may be told."""
    log_read(ports, *of_visit(staff, action, ports.clock.now(), visit))


def change_as_staff(ports: Ports, staff: Staff, opened: Visit, decide: Callable[[Visit], Decision | None]) -> Visit:
    """`change_visit` of a visit just read as `opened`, whose entry is in the decision. Where there is nothing to change a
    clinician still sees the visit, and that is logged. Raises as `change_visit` does, and NotFound for someone who is not
    among the visit's staff any more."""
    changes = False

    def noted(visit: Visit) -> Decision | None:
        nonlocal changes
        _require_among_staff(visit, staff)
        decision = decide(visit)
        changes = decision is not None
        return decision

    with refusal_as_reading(ports, staff, opened):
        visit = change_visit(ports.store, opened.visit_id, noted, known=opened)
    if not changes:
        log_visit_read(ports, staff, visit, "visit.view")
    return visit


@contextmanager
def refusal_as_reading(ports: Ports, staff: Staff, visit: Visit) -> Iterator[None]:
    """Why something cannot be done to a visit tells of its patients: that one has died, whose phone it is, who acts for
    them. So it is logged as the reading that it is, before it is told. Raises Unavailable in its place."""
    try:
        yield
    except (BadInput, Conflict):
        log_visit_read(ports, staff, visit, "visit.view")
        raise


def _require_among_staff(visit: Visit, staff: Staff) -> None:
    """Also of a visit that has changed since it was opened: who was removed from it meanwhile has no say any more."""
    me = visit.staff(staff.hsa_id)
    if me is None or me.role != "staff":
        raise NotFound("no such visit")


def log_visitor_read(ports: Ports, visit: Visit, me: Participant, action: str) -> None:
    """What a patient or guest reads of their visit. Raises Unavailable."""
    log_read(ports, by_visitor(visit, me.participant_id, action, ports.clock.now()))


def log_list_read(ports: Ports, staff: Staff, action: str, day: date, visit_ids: Sequence[str]) -> None:
    """A day's list: one entry for all it showed; an empty one shows nobody. Raises Unavailable."""
    if visit_ids:
        now = ports.clock.now()
        log_read(ports, by_staff(staff, action, now, shown_day=day, shown_visits=tuple(visit_ids)))


def log_patients_read(ports: Ports, staff: Staff, action: str, patient_ids: Sequence[str]) -> None:
    """What a list shows of patients who are in no visit yet, with an entry for each. Raises Unavailable."""
    now = ports.clock.now()
    for start in range(0, len(patient_ids), _ENTRIES_AT_ONCE):
        some = patient_ids[start : start + _ENTRIES_AT_ONCE]
        log_read(ports, *(by_staff(staff, action, now, patient_id=each) for each in some))


def log_read(ports: Ports, *entries: AuditEntry) -> None:
    """One reading, with an entry for each patient it is of, is written, unless the same was a short while ago.

    Raises Unavailable.
    """
    try:
        ports.store.commit([*map(Create, entries), Count(_same_reading(entries), 1, READ_AGAIN_S)])
    except TooManyAttempts:
        return


def _same_reading(entries: Sequence[AuditEntry]) -> str:
    """Names who read what, and tells neither."""
    named = "\n".join(part for entry in entries for part in _parts(entry))
    return "read#" + hashlib.sha256(named.encode()).hexdigest()


def _parts(entry: AuditEntry) -> tuple[str, ...]:
    who = (entry.org_id, entry.unit_id, entry.user, entry.action, entry.result, entry.patient_id, entry.visit_id)
    return (*who, str(entry.shown_day or ""), *entry.shown_visits)
