"""The start page: one day's visits of one clinician, by one index query (L2)."""

from dataclasses import dataclass
from datetime import date, datetime

from chalicelib.domain.agenda import AgendaRow
from chalicelib.domain.local_time import FIRST_YEAR, LAST_YEAR, day_bounds, local_date
from chalicelib.domain.staff import Staff
from chalicelib.errors import BadInput
from chalicelib.services.log_access import log_list_read
from chalicelib.services.ports import Ports


@dataclass(frozen=True, slots=True)
class DayAgenda:
    """`next_visit_at` is looked up only for a day without visits."""

    day: date
    today: date
    rows: list[AgendaRow]
    next_visit_at: datetime | None


def show_agenda(ports: Ports, staff: Staff, day: date | None) -> DayAgenda:
    """The local day, 00:00-24:00 also when it has 23 or 25 hours; logged before it is shown. Raises BadInput."""
    today = local_date(ports.clock.now())
    shown = day or today
    if not FIRST_YEAR <= shown.year <= LAST_YEAR:
        raise BadInput("no visit is of that day", field="date")
    start, end = day_bounds(shown)
    rows = ports.store.agenda(staff.org_id, staff.hsa_id, start, end)
    log_list_read(ports, staff, "agenda.view", shown, [row.visit_id for row in rows])
    upcoming = None if rows else ports.store.next_visit_at(staff.org_id, staff.hsa_id, end)
    return DayAgenda(shown, today, rows, upcoming)
