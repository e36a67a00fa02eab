"""A booking that waited becomes a visit (V3)."""

from collections.abc import Sequence

from chalicelib.domain.relations import Relation
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Visit
from chalicelib.errors import Conflict
from chalicelib.services.pending_bookings import own_pending
from chalicelib.services.ports import Ports


def complete_booking(ports: Ports, staff: Staff, booking_id: str, relations: Sequence[Relation]) -> Visit:
    """Raises NotFound, Conflict."""
    own_pending(ports, staff, booking_id)
    raise Conflict("the patient is not complete", code="unknown_patient")
