"""What another system has delivered, as it stands in the tables: for tests of who may see it."""

from datetime import timedelta

from chalicelib.domain.imported_booking import ImportedBooking, SourceVersion, WaitingFor, Wanted
from chalicelib.domain.integration_message import IntegrationMessage
from chalicelib.domain.patient import patient_id
from chalicelib.domain.sealed import seal
from tests.builders import BO, INTEGRATION_KEY, NOW, ORG, PATIENT_KEY
from tests.fake_ports import FakePorts

# Whose pending booking it is: the clinician of the access tests who is in no visit.
OWNER = "SE2321000115-E003"


def a_pending_booking(
    ports: FakePorts, owner: str = OWNER, number: str = BO, org_id: str = ORG, booking_id: str = "b_waits"
) -> str:
    """The id of a booking that waits for a patient who is not here."""
    unknown = patient_id(PATIENT_KEY, ORG, number)
    starts_at = NOW + timedelta(days=1)
    booking = ImportedBooking(
        booking_id=booking_id,
        version=1,
        org_id=org_id,
        external_id="VAS-1",
        source=SourceVersion(number=1),
        state="pending",
        why="unknown_patient",
        changed_at=NOW,
        expires_at=NOW + timedelta(days=90),
        wanted=Wanted(
            patient_id=unknown,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=30),
            reason="Återbesök",
            staff=(owner,),
        ),
        number=number,
        missing="unknown_patient",
    )
    waits = WaitingFor(org_id=org_id, patient_id=unknown, booking_id=booking.booking_id, expires_at=booking.expires_at)
    ports.store.seed(booking, waits)
    return booking.booking_id


def a_message(ports: FakePorts, body: bytes = b"{}", org_id: str = ORG) -> str:
    """The id of a message that was refused."""
    message = IntegrationMessage(
        message_id="20261123T080000000000-00ff00ff00ff00ff",
        org_id=org_id,
        received_at=NOW,
        expires_at=NOW + timedelta(days=90),
        client_id="vas",
        system="VAS",
        operation="create",
        external_id="VAS-1",
        outcome="rejected",
        why="bad_input",
        visit_id="",
        patient_id=patient_id(PATIENT_KEY, ORG, BO),
        body=seal(INTEGRATION_KEY, "20261123T080000000000-00ff00ff00ff00ff", body),
    )
    ports.store.seed(message)
    return message.message_id
