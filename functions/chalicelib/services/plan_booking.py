"""What a booking would become: its visits, and what each is written with (B2, B3). Nothing is written here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import by_staff
from chalicelib.domain.booked_visit import visit_of
from chalicelib.domain.booking import Booking, require_sensible_time
from chalicelib.domain.changes import Change, Create, created
from chalicelib.domain.group import require_distinct
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation, StaffMember, require_clinicians
from chalicelib.domain.participants import require_not_own
from chalicelib.domain.patient import Patient
from chalicelib.domain.reminders import reminder_plan
from chalicelib.domain.rows_for_all import invitation_row
from chalicelib.domain.series import starts_of
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Form, Visit
from chalicelib.domain.visit_messages import invitations, later_invitation_at
from chalicelib.errors import BadInput, NotFound, VardrumError
from chalicelib.services.log_access import log_read
from chalicelib.services.new_links import new_link
from chalicelib.services.ports import Ports


@dataclass(frozen=True, slots=True, repr=False)
class BookingPlan(Concealed):
    """`visits` in order of time: one, or those of a repeated booking. `patients` in the booking's order."""

    visits: list[Visit]
    organisation: Organisation
    patients: list[Patient]

    def invitations(self, visit: Visit) -> list[OutboxMessage]:
        """To everyone invited to this visit of the plan. The first one's go out at once and tell how many there are."""
        now = visit.created_at
        if visit is self.visits[0]:
            return invitations(visit, now, self.organisation, times=len(self.visits))
        return invitations(visit, now, self.organisation, send_at=later_invitation_at(visit, now))

    def changes(self, ports: Ports, visit: Visit) -> list[Change]:
        """What the visit is written with: rows, links, and what is to be sent."""
        links = [new_link(ports, self.organisation, visit, each) for each in visit.participants if each.link_id]
        messages = [*self._outgoing(visit), *reminder_plan(visit, self.organisation, visit.created_at)]
        return [*created(visit), *map(Create, links), *map(Create, messages)]

    def _outgoing(self, visit: Visit) -> list[OutboxMessage]:
        """A group's invitations are one row, from which each is made: all of them would be too many for a transaction."""
        if visit.form is not Form.GROUP:
            return self.invitations(visit)
        now = visit.created_at
        if visit is self.visits[0]:
            return [invitation_row(visit, now, self.organisation, times=len(self.visits))]
        return [invitation_row(visit, now, self.organisation, send_at=later_invitation_at(visit, now))]


def plan_booking(ports: Ports, staff: Staff, booking: Booking) -> BookingPlan:
    """By one read round. A refusal is logged as the reading that it is.

    Raises BadInput (`starts_in_past`, `starts_too_far`, `unknown_staff`, `same_patient_twice`, and for a repeated booking
    that starts now), NotFound for an unknown patient, Conflict (`own_number`), and what `booked_visit.visit_of` raises.
    """
    now = ports.clock.now()
    if booking.start_now and booking.repeat:
        raise BadInput("a visit that starts now is one visit", field="repeat")
    wanted = replace(booking, starts_at=now) if booking.start_now else booking
    for starts_at in starts_of(wanted.starts_at, wanted.repeat):
        require_sensible_time(starts_at, now)
    organisation, patients, members = _context(ports, staff, wanted)
    try:
        visits = list(_visits(wanted, organisation, patients, members, now))
    except VardrumError:  # why it cannot be booked tells of the patients
        log_preview(ports, staff, booking.patient_ids)
        raise
    # of the commission that is worked on
    here = [replace(visit, unit_id=staff.unit_id, unit_name=staff.unit_name) for visit in visits]
    return BookingPlan(here, organisation, patients)


def log_preview(ports: Ports, staff: Staff, patient_ids: Sequence[str]) -> None:
    """What is shown of a booking that is not made tells of its patients (S6)."""
    now = ports.clock.now()
    log_read(ports, *(by_staff(staff, "visit.preview", now, patient_id=each) for each in patient_ids))


def _context(ports: Ports, staff: Staff, booking: Booking) -> tuple[Organisation, list[Patient], list[StaffMember]]:
    require_distinct(booking.patient_ids)
    wanted = list(dict.fromkeys((staff.hsa_id, *booking.staff)))
    organisation, patients, members = ports.store.booking_context(staff.org_id, booking.patient_ids, wanted)
    if organisation is None or len(patients) < len(booking.patients):
        raise NotFound("no such patient")
    require_clinicians(members, wanted)
    return organisation, patients, members


def _visits(
    booking: Booking, organisation: Organisation, patients: list[Patient], members: list[StaffMember], now: datetime
) -> Iterator[Visit]:
    for place, starts_at in enumerate(starts_of(booking.starts_at, booking.repeat)):
        each = replace(booking, starts_at=starts_at)
        visit = visit_of(each, organisation, patients, members, now, place=place)
        require_not_own([guest.contact for guest in booking.guests], visit, [p.contact for p in patients])
        yield visit
