"""Bookings and messages of other systems as the API shows them."""

from chalicelib.api.schemas import integration as schemas
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.integration_message import IntegrationMessage
from chalicelib.services.pending_bookings import Pending


def pending_view(pending: Pending) -> schemas.PendingBooking:
    booking, wanted, patient = pending.booking, pending.wanted, pending.patient
    return schemas.PendingBooking(
        booking_id=booking.booking_id,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        reason=wanted.reason,
        missing=booking.missing or "unknown_patient",
        number_masked=str(IdentityNumber(booking.number)),
        patient_id=patient.patient_id if patient else None,
        name=patient.name if patient and not patient.protected else "",
        protected=patient is not None and patient.protected,
    )


def summary_view(message: IntegrationMessage) -> schemas.MessageSummary:
    return schemas.MessageSummary(
        message_id=message.message_id,
        received_at=message.received_at,
        system=message.system,
        operation=message.operation,
        external_id=message.external_id,
        outcome=message.outcome,
        why=message.why,
        visit_id=message.visit_id or None,
    )


def whole_view(message: IntegrationMessage, body: bytes) -> schemas.WholeMessage:
    text = body.decode("utf-8", errors="replace")
    return schemas.WholeMessage(summary=summary_view(message), body=text, replay_of=message.replay_of or None)
