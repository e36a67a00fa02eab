"""Booking: one read round, one transaction for each visit, and the same answer to the same request sent again (B2, B3)."""

from dataclasses import dataclass

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import of_visit
from chalicelib.domain.booking import Booking
from chalicelib.domain.changes import Count, Create
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Visit
from chalicelib.errors import Conflict
from chalicelib.services.find_overlaps import Overlap, find_overlaps
from chalicelib.services.log_access import log_visit_read
from chalicelib.services.plan_booking import BookingPlan, log_preview, plan_booking
from chalicelib.services.ports import Ports
from chalicelib.services.show_visit import VisitPage, page_of, page_with
from chalicelib.services.try_to_commit import try_to_commit

# Far above what one clinician books by hand; each booking sends up to thirty messages.
BOOKINGS, BOOKINGS_WINDOW_S = 300, 3600


@dataclass(frozen=True, slots=True, repr=False)
class Booked(Concealed):
    """`is_new`: not booked by the same request before. `series`: all visits of a repeated booking; else empty."""

    page: VisitPage
    is_new: bool
    series: list[Visit]


@dataclass(frozen=True, slots=True, repr=False)
class Preview(Concealed):
    """`messages` are the first visit's; `overlaps` are of all `visits`."""

    visits: list[Visit]
    messages: list[OutboxMessage]
    overlaps: list[Overlap]


def book_visit(ports: Ports, staff: Staff, booking: Booking) -> Booked:
    """The booked visit's page: visit, links, messages and access log in one transaction.

    The page is made of what was written: nothing is read again. Of a repeated booking each visit is a transaction, and the
    first, whose invitation tells of them all, is the last to be written; the same request again books what a crash left
    out. Raises TooManyAttempts, and what `plan_booking` raises.
    """
    plan = plan_booking(ports, staff, booking)
    for visit in reversed(plan.visits[1:]):
        _write(ports, staff, plan, visit)
    first = plan.visits[0]
    is_new = _write(ports, staff, plan, first)
    page = page_with(first, first.owner, plan.patients, plan.invitations(first), first.created_at)
    series = plan.visits if booking.repeat else []
    return Booked(page if is_new else _booked_before(ports, staff, first), is_new, series)


def preview_booking(ports: Ports, staff: Staff, booking: Booking) -> Preview:
    """What `book_visit` would write and send; nothing but the access is written. Raises as it does."""
    plan = plan_booking(ports, staff, booking)
    log_preview(ports, staff, booking.patient_ids)
    return Preview(plan.visits, plan.invitations(plan.visits[0]), find_overlaps(ports, plan.visits))


def _write(ports: Ports, staff: Staff, plan: BookingPlan, visit: Visit) -> bool:
    """False for a visit that this request has booked before."""
    action = "visit.book" if visit.started_at is None else "visit.book_now"
    entries = of_visit(staff, action, visit.created_at, visit)
    counted = Count(f"booking#{staff.org_id}#{staff.hsa_id}", BOOKINGS, BOOKINGS_WINDOW_S)
    return try_to_commit(ports.store, [*plan.changes(ports, visit), *map(Create, entries), counted])


def _booked_before(ports: Ports, staff: Staff, planned: Visit) -> VisitPage:
    """The same request has booked already, and the visit may have gone on since."""
    visit = ports.store.visit(planned.visit_id)
    me = visit.staff(staff.hsa_id) if visit else None
    if visit is None or me is None:
        raise Conflict("the booking could not be written", code="changed_meanwhile")
    log_visit_read(ports, staff, visit, "visit.view")
    return page_of(ports, visit, me)
