"""Slumpvis stickprov: a few entries of a period, drawn at random, for the systematic follow-up (HSLF-FS 2016:40)."""

import secrets
from datetime import date, datetime

from chalicelib.domain.audit import AuditEntry, by_staff, position_at
from chalicelib.domain.changes import Create
from chalicelib.domain.local_time import day_bounds, local_date
from chalicelib.domain.staff import Staff
from chalicelib.services.ports import Ports
from chalicelib.services.search_access_log import LONGEST_DAYS, LogPage, patient_numbers, period

LARGEST = 25
NEIGHBOURS = 25
DRAWS_EACH = 4
_RANDOM = secrets.SystemRandom()


def sample_access_log(ports: Ports, staff: Staff, from_day: date | None, to_day: date | None, size: int) -> LogPage:
    """Up to `size` entries (at most LARGEST) of the period, newest first; fewer where it holds hardly more.

    A moment of the period is drawn, and one of the NEIGHBOURS entries before it on that day: an entry in a quiet hour is
    drawn more often than one in a busy hour, which is where a follow-up looks first. Raises BadInput.
    """
    first, last = period(ports, from_day, to_day, LONGEST_DAYS)
    start, end = day_bounds(first)[0], min(day_bounds(last)[1], max(ports.clock.now(), day_bounds(first)[1]))
    drawn: dict[str, AuditEntry] = {}
    for _ in range(DRAWS_EACH * min(size, LARGEST)):
        entry = _one_before(ports, staff.org_id, start + (end - start) * _RANDOM.random())
        if entry is not None:
            drawn[entry.audit_id] = entry
        if len(drawn) >= min(size, LARGEST):
            break
    entries = sorted(drawn.values(), key=lambda entry: entry.position, reverse=True)
    page = LogPage(entries, patient_numbers(ports, staff.org_id, entries), None, None)
    ports.store.commit([Create(by_staff(staff, "audit.sample", ports.clock.now()))])
    return page


def _one_before(ports: Ports, org_id: str, moment: datetime) -> AuditEntry | None:
    near = ports.access_log.of_day(org_id, local_date(moment), position_at(moment), NEIGHBOURS)
    return _RANDOM.choice(near) if near else None
