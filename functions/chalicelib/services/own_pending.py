"""A booking under **Väntar på patientuppgifter**, for its owner alone (V3)."""

from chalicelib.domain.imported_booking import ImportedBooking, Wanted
from chalicelib.domain.staff import Staff
from chalicelib.errors import NotFound
from chalicelib.services.ports import Ports


def own_pending(ports: Ports, staff: Staff, booking_id: str) -> tuple[ImportedBooking, Wanted]:
    """A booking that waits, and that is the caller's. Raises NotFound, alike for another's and for none."""
    booking = ports.bookings.booking(booking_id)
    if booking is None or booking.state != "pending" or booking.wanted is None:
        raise NotFound("no such pending booking")
    if booking.org_id != staff.org_id or booking.owner_hsa_id != staff.hsa_id:
        raise NotFound("no such pending booking")
    return booking, booking.wanted
