"""Invitations in the product's own words, for who has no organisation at hand; see `domain.visit_messages`."""

from datetime import datetime

from chalicelib.domain import visit_messages
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.visit import Participant, Visit
from chalicelib.domain.visit_messages import INVITATION, invitation_id

__all__ = ["REASON", "invitation_id"]

REASON = INVITATION


def invitations(visit: Visit, now: datetime) -> list[OutboxMessage]:
    return visit_messages.invitations(visit, now, _organisation(visit))


def invitation(visit: Visit, participant: Participant, now: datetime) -> OutboxMessage | None:
    return visit_messages.invitation(visit, participant, now, _organisation(visit))


def _organisation(visit: Visit) -> Organisation:
    return Organisation(
        org_id=visit.org_id, name=visit.org_name, care_provider_hsa_id=visit.org_id, sms_sender="Vardrum"
    )
