"""**Väntar på patientuppgifter**: bookings of another system that cannot be visits yet, for their owner (V3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import by_staff
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.imported_booking import ImportedBooking, Wanted
from chalicelib.domain.local_time import day_bounds, local_date
from chalicelib.domain.patient import Patient
from chalicelib.domain.pending import missing_of
from chalicelib.domain.staff import Staff
from chalicelib.services.complete_booking import complete_waiting
from chalicelib.services.find_patient import log_look_up
from chalicelib.services.log_access import log_patients_read
from chalicelib.services.own_pending import own_pending
from chalicelib.services.ports import Ports

READY_AT_ONCE = 20


@dataclass(frozen=True, slots=True, repr=False)
class Pending(Concealed):
    """`patient` is None where the organisation has none with that number."""

    booking: ImportedBooking
    wanted: Wanted
    patient: Patient | None


def pending_bookings(ports: Ports, staff: Staff) -> list[Pending]:
    """Mine, from today on, in order of time; logged before they are shown, in each patient's own log: there is no visit by
    which they would be found in a list's.

    One whose patient lacks nothing goes on now: what was to do it when the patient was made ready has not. One that cannot go
    on all the same, as when a clinician of it has left, stays where its owner sees it. At most READY_AT_ONCE patients' are
    tried in one look, so that it ends in time.
    """
    today = local_date(ports.clock.now())
    found = ports.bookings.pending_of(staff.org_id, staff.hsa_id, day_bounds(today)[0])
    waiting = [(booking, booking.wanted) for booking in found if booking.wanted is not None]
    ids = list(dict.fromkeys(wanted.patient_id for _, wanted in waiting))
    log_patients_read(ports, staff, "pending.view", ids)
    patients = {each.patient_id: each for each in ports.store.patients(staff.org_id, ids)} if ids else {}
    shown = [Pending(booking, wanted, patients.get(wanted.patient_id)) for booking, wanted in waiting]
    return _still_waiting(ports, staff, shown) if patients else shown


def _still_waiting(ports: Ports, staff: Staff, shown: Sequence[Pending]) -> list[Pending]:
    organisation = ports.store.organisation(staff.org_id)
    if organisation is None:
        return list(shown)
    ready = {
        each.patient.patient_id: each.patient
        for each in shown
        if each.patient is not None and missing_of(each.patient, each.wanted, organisation) is None
    }
    tried = dict(islice(ready.items(), READY_AT_ONCE))
    for patient in tried.values():
        complete_waiting(ports, staff, patient)
    return [each for each in shown if each.wanted.patient_id not in tried or _waits(ports, each.booking.booking_id)]


def _waits(ports: Ports, booking_id: str) -> bool:
    booking = ports.bookings.booking(booking_id)
    return booking is not None and booking.state == "pending"


def reveal_pending_number(ports: Ports, staff: Staff, booking_id: str) -> IdentityNumber:
    """The whole number, asked for on purpose, to create the patient with. Raises NotFound, TooManyAttempts."""
    booking, wanted = own_pending(ports, staff, booking_id)
    entry = by_staff(staff, "pending.reveal_number", ports.clock.now(), patient_id=wanted.patient_id)
    log_look_up(ports, staff, entry)
    return IdentityNumber(booking.number)
