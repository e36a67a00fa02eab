"""What a patient, or who acts for one, may do to the visit themselves (B11)."""

from datetime import datetime, timedelta

from chalicelib.domain.organisation import Organisation
from chalicelib.domain.visit import Form, Participant, Status, Visit
from chalicelib.errors import Conflict

_MAY_CANCEL = frozenset({"patient", "ombud"})


def cancel_until(visit: Visit, me: Participant, organisation: Organisation) -> datetime | None:
    """Until when they may cancel; None for who may not at all."""
    if me.role not in _MAY_CANCEL or visit.is_over or not organisation.self_cancel_allowed:
        return None
    return visit.starts_at - timedelta(minutes=organisation.self_cancel_until_minutes)


def can_cancel(visit: Visit, me: Participant, organisation: Organisation, now: datetime) -> bool:
    until = cancel_until(visit, me, organisation)
    return until is not None and now <= until and visit.status is Status.BOOKED


def require_can_cancel(visit: Visit, organisation: Organisation, now: datetime) -> None:
    """Of a visit that is booked. Raises Conflict (`self_cancel_off`, `self_cancel_too_late`)."""
    if not organisation.self_cancel_allowed:
        raise Conflict("the organisation wants to be called", code="self_cancel_off")
    if now > visit.starts_at - timedelta(minutes=organisation.self_cancel_until_minutes):
        raise Conflict("the visit is too soon", code="self_cancel_too_late")


def ends_for_all(visit: Visit) -> bool:
    """Whether the visit is over when a patient cancels: of a group only when nobody else is left in it (B8)."""
    return visit.form is not Form.GROUP or len(visit.patients) == 1


def require_in_group(visit: Visit) -> None:
    """Raises Conflict (`not_a_group`): elsewhere nobody is called anything but their name."""
    if visit.form is not Form.GROUP:
        raise Conflict("the visit is no group's", code="not_a_group")


def names_shown(visit: Visit, me: Participant) -> list[str]:
    """What the others in a group are called where all can see it. Patients' own names are not among them: that one of
    them is taken would tell who is in the group."""
    return [p.shown_name for p in visit.participants if p.participant_id != me.participant_id]
