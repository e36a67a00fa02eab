"""Loggutdrag: who has had access to one patient's data, for the patient to read (patientdatalagen 8 kap. 5 §)."""

from dataclasses import dataclass
from datetime import date

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import AuditEntry, by_staff, position_at
from chalicelib.domain.changes import Create
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.local_time import day_bounds
from chalicelib.domain.log_cursor import read_cursor, written_cursor
from chalicelib.domain.patient import Patient, patient_id
from chalicelib.domain.staff import Staff
from chalicelib.services.find_patient import read_number
from chalicelib.services.ports import Ports
from chalicelib.services.search_access_log import LONGEST_DAYS_OF_PATIENT, period

PAGE = 500


@dataclass(frozen=True, slots=True, repr=False)
class LogExtract(Concealed):
    """A page of it. `patient` is None for someone whom the organisation has looked for and never made a patient."""

    number: IdentityNumber
    patient: Patient | None
    first: date
    last: date
    entries: list[AuditEntry]
    cursor: str | None


def extract_access_log(
    ports: Ports, staff: Staff, text: str, days: tuple[date, date], cursor: str | None = None
) -> LogExtract:
    """Newest first, both days included; in the log itself before it is told.

    Raises InvalidIdentityNumber, BadInput (`period_too_long`, a cursor that is none of ours).
    """
    number = read_number(ports, text)
    first, last = period(ports, *days, LONGEST_DAYS_OF_PATIENT)
    key = patient_id(ports.settings.patient_key, staff.org_id, number.digits)
    before = min(position_at(day_bounds(last)[1]), read_cursor(cursor) if cursor else "~")
    entries = ports.access_log.of_patient(staff.org_id, key, day_bounds(first)[0], before, PAGE)
    patient = ports.store.patient(staff.org_id, key)
    more = written_cursor(entries[-1].position) if len(entries) == PAGE else None
    ports.store.commit([Create(by_staff(staff, "audit.extract", ports.clock.now(), patient_id=key))])
    return LogExtract(number, patient, first, last, entries, more)
