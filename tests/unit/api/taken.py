"""What has become of the bookings that another system has sent, as it stands on the fake ports."""

from typing import Any

from chalicelib.domain.imported_booking import ImportedBooking
from chalicelib.domain.integration_message import IntegrationMessage
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit import Visit
from tests.unit.api.systems import BookingSystem


def visits(vas: BookingSystem) -> list[Visit]:
    return vas.ports.store.of(Visit)


def booking(vas: BookingSystem) -> ImportedBooking:
    (found,) = vas.ports.store.of(ImportedBooking)
    return found


def messages(vas: BookingSystem) -> list[IntegrationMessage]:
    return sorted(vas.ports.store.of(IntegrationMessage), key=lambda each: each.message_id)


def outcomes(vas: BookingSystem) -> list[tuple[str, str]]:
    """In the order they were taken: the fake clock stands still, so ids do not tell."""
    every = [each.record for commit in vas.ports.store.commits for each in commit if hasattr(each, "record")]
    return [(each.outcome, each.why) for each in every if isinstance(each, IntegrationMessage)]


def reasons(vas: BookingSystem) -> list[str]:
    return sorted(each.reason for each in vas.ports.store.of(OutboxMessage) if each.channel != "reminder")


def code_of(outcome: Any) -> str:
    assert outcome["resourceType"] == "OperationOutcome"
    return str(outcome["issue"][0]["details"]["coding"][0]["code"])
