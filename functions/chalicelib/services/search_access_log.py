"""An administrator reads the access log, newest first (S6). Each look is itself in it, before it is told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import AuditEntry, Result, by_staff, position_at
from chalicelib.domain.changes import Create
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.local_time import FIRST_YEAR, LAST_YEAR, day_bounds, local_date
from chalicelib.domain.log_cursor import read_cursor, written_cursor
from chalicelib.domain.patient import patient_id
from chalicelib.domain.staff import Staff
from chalicelib.errors import BadInput
from chalicelib.services.find_patient import read_number
from chalicelib.services.ports import Ports

PAGE = 50
PIECE = 100
READ_AT_MOST = 1_000  # a filter that few entries pass reads so many and then says how far it has come
LONGEST_DAYS = 31
LONGEST_DAYS_OF_PATIENT = 6 * 366

Piece = Callable[[str], list[AuditEntry]]


@dataclass(frozen=True, slots=True, repr=False)
class LogQuery(Concealed):
    """Days are Swedish, both included; today where none is given. What is empty filters nothing. `number` is a
    patient's whole identity number as typed."""

    from_day: date | None = None
    to_day: date | None = None
    user: str = ""
    number: str = ""
    visit_id: str = ""
    action: str = ""
    result: Result | None = None


@dataclass(frozen=True, slots=True, repr=False)
class LogPage(Concealed):
    """`numbers`: of the patients in it who are known, by patient id. `cursor`: where to go on; `searched_to`: how far
    back this page has looked, when there may be more."""

    entries: list[AuditEntry]
    numbers: dict[str, IdentityNumber]
    cursor: str | None
    searched_to: datetime | None


def search_access_log(ports: Ports, staff: Staff, query: LogQuery, cursor: str | None = None) -> LogPage:
    """One page. Raises BadInput (`period_too_long`, a cursor that is none of ours) and InvalidIdentityNumber."""
    patient = _patient_id(ports, staff, query.number) if query.number else ""
    first, last = period(ports, query.from_day, query.to_day, LONGEST_DAYS_OF_PATIENT if patient else LONGEST_DAYS)
    before = min(position_at(day_bounds(last)[1]), read_cursor(cursor) if cursor else "~")
    found, at = _page(_newest_first(ports, staff.org_id, patient, (first, last), before), query)
    more = (written_cursor(at.position), at.at) if at else (None, None)
    page = LogPage(found, patient_numbers(ports, staff.org_id, found), *more)
    now = ports.clock.now()
    ports.store.commit([Create(by_staff(staff, "audit.search", now, patient_id=patient, visit_id=query.visit_id))])
    return page


def period(ports: Ports, first: date | None, last: date | None, longest_days: int) -> tuple[date, date]:
    """Both days, today where none is given. Raises BadInput (`period_too_long`, or for a period that ends first)."""
    until = last or max(first or date.min, local_date(ports.clock.now()))
    since = first or until
    if since.year < FIRST_YEAR or until.year > LAST_YEAR:
        raise BadInput("no log is of that day", field="from_day")
    if since > until:
        raise BadInput("the period ends before it begins", field="from_day")
    if until - since >= timedelta(days=longest_days):
        raise BadInput("the period is too long to search", code="period_too_long", field="from_day")
    return since, until


def patient_numbers(ports: Ports, org_id: str, entries: list[AuditEntry]) -> dict[str, IdentityNumber]:
    """Of the patients that the entries concern, where they are known to the organisation."""
    ids = sorted({entry.patient_id for entry in entries if entry.patient_id})
    return {patient.patient_id: patient.identity for patient in (ports.store.patients(org_id, ids) if ids else ())}


def _patient_id(ports: Ports, staff: Staff, number: str) -> str:
    return patient_id(ports.settings.patient_key, staff.org_id, read_number(ports, number).digits)


def _page(newest_first: Iterator[AuditEntry], query: LogQuery) -> tuple[list[AuditEntry], AuditEntry | None]:
    """What passes the filter, and the last one looked at when there may be more."""
    found: list[AuditEntry] = []
    for count, entry in enumerate(newest_first, start=1):
        if _passes(entry, query):
            found.append(entry)
        if len(found) == PAGE or count == READ_AT_MOST:
            return found, entry
    return found, None


def _newest_first(
    ports: Ports, org_id: str, patient: str, days: tuple[date, date], before: str
) -> Iterator[AuditEntry]:
    """By the patient's own rows where one is asked for, else day by day."""
    log, (day, since) = ports.access_log, (days[1], days[0])
    if patient:
        start = day_bounds(since)[0]
        yield from _pieces(lambda place: log.of_patient(org_id, patient, start, place, PIECE), before)
        return
    while day >= since:
        start, end = day_bounds(day)
        if before > position_at(start):
            yield from _pieces(_of_day(ports, org_id, day), min(before, position_at(end)))
        day -= timedelta(days=1)


def _of_day(ports: Ports, org_id: str, day: date) -> Piece:
    return lambda place: ports.access_log.of_day(org_id, day, place, PIECE)


def _pieces(read: Piece, before: str) -> Iterator[AuditEntry]:
    while True:
        piece = read(before)
        yield from piece
        if len(piece) < PIECE:
            return
        before = piece[-1].position


def _passes(entry: AuditEntry, query: LogQuery) -> bool:
    asked = ((query.user, entry.user), (query.action, entry.action), (query.result, entry.result))
    of_visit = not query.visit_id or query.visit_id == entry.visit_id or query.visit_id in entry.shown_visits
    return of_visit and all(not wanted or wanted == value for wanted, value in asked)
