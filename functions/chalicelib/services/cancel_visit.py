"""Avboka: with a reason for staff; everyone is told, and every link says so at once (B9)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from chalicelib.domain.access import require
from chalicelib.domain.audit import of_visit
from chalicelib.domain.changes import Change, Count, Create
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.message_ids import invitation_id
from chalicelib.domain.rebooking import cancelled
from chalicelib.domain.rescheduling import require_as_seen
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Rebooking, Status, Visit
from chalicelib.domain.visit_messages import cancelled_messages
from chalicelib.services.change_visit import Decision
from chalicelib.services.known_organisation import organisation_of
from chalicelib.services.log_access import change_as_staff, log_visit_read
from chalicelib.services.open_visit import open_visit
from chalicelib.services.ports import Ports
from chalicelib.services.reschedule_visit import CHANGES, CHANGES_WINDOW_S

_SOON = timedelta(minutes=1)  # an invitation due by then may be on its way


def cancel_visit(ports: Ports, staff: Staff, visit_id: str, sequence: int, reason: str) -> Visit:
    """The visit as cancelled, with messages and access log in one transaction; again changes nothing.

    Possible whatever the register says of the patient. Raises NotFound, Conflict (`booking_changed`, `visit_begun`,
    `visit_over`), and TooManyAttempts.
    """
    opened, _ = open_visit(ports, staff, visit_id, "cancel")
    by = Rebooking(staff.name, ports.clock.now())
    tell = cancellation_notice(ports, opened, by.at)

    def decide(visit: Visit) -> Decision | None:
        require(visit, "staff", "cancel")
        if visit.status is Status.CANCELLED:
            return None
        require_as_seen(visit, sequence)
        after = cancelled(visit, reason, by, "staff")
        return after, [*map(Create, tell(visit)), *_logged(staff, visit, by.at)]

    return change_as_staff(ports, staff, opened, decide)


def preview_cancelling(ports: Ports, staff: Staff, visit_id: str) -> tuple[Visit, list[OutboxMessage]]:
    """The visit, and what `cancel_visit` would send; nothing but the access is written. Raises as it does."""
    visit, _ = open_visit(ports, staff, visit_id, "cancel")
    log_visit_read(ports, staff, visit, "visit.preview")
    if visit.status is Status.CANCELLED:
        return visit, []
    return visit, cancellation_notice(ports, visit, ports.clock.now())(visit)


def cancellation_notice(
    ports: Ports, opened: Visit, now: datetime, *, but: str = ""
) -> Callable[[Visit], list[OutboxMessage]]:
    """What each who has been invited is told when the visit is cancelled: all of them `but` this person."""
    organisation = organisation_of(ports, opened)
    untold = _not_yet_invited(ports, opened, now) | {but}

    def notice(visit: Visit) -> list[OutboxMessage]:
        told = {p.participant_id for p in visit.participants} - untold
        return cancelled_messages(visit, now, organisation, told) if told else []

    return notice


def _not_yet_invited(ports: Ports, visit: Visit, now: datetime) -> set[str]:
    """Of a repeated booking the later visits are invited to some days before; who has heard of none hears of no end."""
    if not visit.series_id or visit.timed_sequence:
        return set()
    invitations = ports.store.messages([i for i in (invitation_id(visit, p) for p in visit.participants) if i])
    told = {m.participant_id for m in invitations if m.state != "queued" or m.due_at <= now + _SOON}
    return {p.participant_id for p in visit.participants if not p.invited_again} - told


def _logged(staff: Staff, visit: Visit, now: datetime) -> list[Change]:
    count = Count(f"rebooking#{staff.org_id}#{staff.hsa_id}", CHANGES, CHANGES_WINDOW_S)
    return [*map(Create, of_visit(staff, "visit.cancel", now, visit)), count]
